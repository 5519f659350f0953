"""Which language a text is in: by its script, and among languages in Latin letters by their commonest words."""

import re
import unicodedata
from collections import Counter

_SCRIPTS = (
    ("ja", re.compile("[\u3040-\u30ff]")),  # before Chinese: Japanese has its characters too
    ("ko", re.compile("[\uac00-\ud7a3\u1100-\u11ff]")),
    ("zh", re.compile("[\u3400-\u9fff\uf900-\ufaff]")),
    ("he", re.compile("[\u0590-\u05ff]")),
    ("ar", re.compile("[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff]")),
    ("ru", re.compile("[\u0400-\u052f]")),
    ("el", re.compile("[\u0370-\u03ff\u1f00-\u1fff]")),
    ("hi", re.compile("[\u0900-\u097f]")),
    ("bn", re.compile("[\u0980-\u09ff]")),
    ("ta", re.compile("[\u0b80-\u0bff]")),
    ("th", re.compile("[\u0e00-\u0e7f]")),
    ("ka", re.compile("[\u10a0-\u10ff]")),
    ("hy", re.compile("[\u0530-\u058f]")),
    ("am", re.compile("[\u1200-\u137f]")),
)
_LATIN = re.compile("[A-Za-z\u00c0-\u024f]")
_WORDS = {
    "en": "the of and to in is that was it for with as his on be at by had not are but from have they which this were their been there we",
    "de": "der die und das ist nicht von zu den mit sich des auf für ein eine dem im es auch als an wird aus er hat dass wie bei einer um",
    "fr": "le la les de des et est un une que dans qui pour pas sur au avec il ce sont par plus ne se nous du cette elle mais ont à être",
    "es": "el la los las de que y en un una por con para no se del al lo es su como más pero sus le ya este porque cuando muy sin está",
    "it": "il la di che e un una per non sono con del della le si da al dei i come più ma anche nel gli alla ha questo era delle è",
    "pt": "o a os as de que e do da em um uma para com não por mais se no na dos das ao como mas foi seu sua pelo também à são é",
    "nl": "de het een en van ik te dat die in niet zijn is op met aan er maar om hem dan zou wat haar voor ook nog naar bij uit geen wordt",
    "sv": "och att det som en på är av för med till den har inte om ett han men var jag sig från vi så kan när hade eller också där",
    "pl": "i w na z się nie to że do jest o jak po ale co od za przez był tak dla jego tylko czy są być oraz ich był jej",
    "tr": "ve bir bu da de için ile olarak ne daha çok gibi kadar en o olan sonra var ama her değil mi ki onun ya diye hiç",
}
_COMMON = {language: frozenset(words.split()) for language, words in _WORDS.items()}
_TOKEN = re.compile(r"[^\W\d_]+")
_UKRAINIAN = re.compile("[іїєґІЇЄҐ]")
_PERSIAN = re.compile("[پچژگی\u06a9]")
_URDU = re.compile("[ٹڈڑےں]")

_SAMPLE = 20_000
_ENOUGH_WORDS = 12
_BLOCK_WORDS = 20


def detect_language(text: str, default: str = "en") -> str:
    """The language of a text as a BCP 47 tag, from its first 20,000 characters; the default where it cannot be told."""
    text = unicodedata.normalize("NFC", text[:_SAMPLE])
    script = _dominant_script(text)
    if script != "latin":
        return _refine(script, text) if script else default
    scores = _score_words(text)
    best, count = max(scores.items(), key=lambda entry: entry[1], default=("", 0))
    return best if count >= 2 else default


def differs(text: str, language: str) -> str | None:
    """The language of a block where it clearly is another than the work's; else None."""
    script = _dominant_script(text[:5000])
    if script and script != "latin":
        found = _refine(script, text[:5000])
        letters = len(re.findall(r"[^\W\d_]", text[:5000]))
        same = (
            found == language
            or {found, language} <= {"zh", "ja"}
            or {found, language} <= {"ru", "uk"}
            or {found, language} <= {"ar", "fa", "ur"}
        )
        return None if same or letters < 8 else found
    tokens = _TOKEN.findall(text[:5000])
    if len(tokens) < _BLOCK_WORDS and language in _COMMON:
        return None
    scores = _score_words(text[:5000])
    best, count = max(scores.items(), key=lambda entry: entry[1], default=("", 0))
    if best == language or count < 3 or len(tokens) < 6:
        return None
    clear = count >= 2.5 * scores.get(language, 0) and count >= 0.15 * len(tokens)
    return best if clear else None


def _dominant_script(text: str) -> str:
    counts = Counter({language: len(pattern.findall(text)) for language, pattern in _SCRIPTS})
    if counts["ja"] >= 0.1 * (counts["zh"] + 1):
        counts["ja"] += counts.pop("zh")
    latin = len(_LATIN.findall(text))
    language, count = counts.most_common(1)[0]
    if count == 0 and latin == 0:
        return ""
    # One character of Chinese says as much as several letters.
    weight = 3 if language in ("zh", "ja") else 1
    return language if weight * count > latin else "latin"


def _refine(language: str, text: str) -> str:
    if language == "ru" and len(_UKRAINIAN.findall(text)) > 0.02 * len(text):
        return "uk"
    if language == "ar":
        if len(_URDU.findall(text)) > 0.02 * len(text):
            return "ur"
        return "fa" if len(_PERSIAN.findall(text)) > 0.03 * len(text) else "ar"
    return language


def _score_words(text: str) -> dict[str, int]:
    tokens = Counter(token.lower() for token in _TOKEN.findall(text))
    return {language: sum(tokens[word] for word in words) for language, words in _COMMON.items()}
