"""What a stretch of text looks like: how it begins and ends, how many sentences and words it has. Looks at form only.

Every expression here is linear, and what could be long is looked at by its ends.
"""

import re

_CLOSERS = "\"'”’»›)]}」』】〉》“*_"
_TERMINAL = ".!?…。！？؟۔।։."
_OPENERS = "\"'“‘«‹([{「『【〈《„‚¿¡*_—–"

_SENTENCE_END = re.compile(r"[.!?…]+[\"'”’»)\]]*(?=\s+[\"'“‘«(\[¿¡]?[^\W\d_a-zà-ÿ])|[。！？؟۔।][」』”’]?")
_ABBREVIATION = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|St|Prof|Rev|Gen|Col|Capt|Sen|Gov|Hon|Jr|Sr|vs|etc|No|Nos|Vol|vol|pp|p|ed|eds|Ed|cf|Fig|fig|Inc|Co|Ltd|ca|Art)"
    r"|\b[^\W\d_]|\be\.g|\bi\.e)\.$"
)
_MARK_AT_END = re.compile(r"(?<=[.!?…\"”’。])(?:\s?[\[({][0-9*†‡]{1,3}[\])}]|[0-9*†‡]{1,3}|[⁰¹²³⁴-⁹]{1,3})$")
_WORD = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*")
_SPEAKER = re.compile(r"[^\W\d_][^\n:：]{0,40}[:：](?=\s|$)")
_LINKS = frozenset(
    [
        "upon",
        "into",
        "under",
        "over",
        "between",
        "about",
        "after",
        "before",
        "its",
        "their",
        "his",
        "her",
        "our",
        "my",
        "your",
        "this",
        "these",
        "those",
        "who",
        "that",
        "which",
        "when",
        "where",
        "because",
        "and",
        "or",
        "but",
        "as",
        "of",
        "to",
        "from",
        "with",
        "by",
        "if",
        "whether",
        "than",
        "the",
        "a",
        "an",
        "for",
        "in",
        "on",
        "not",
        "is",
        "was",
        "were",
        "are",
    ]
)
_SMALL_WORDS = frozenset(
    [
        "a",
        "an",
        "the",
        "and",
        "or",
        "but",
        "nor",
        "of",
        "in",
        "on",
        "at",
        "to",
        "for",
        "from",
        "by",
        "with",
        "as",
        "vs",
        "via",
        "is",
        "de",
        "la",
        "le",
        "les",
        "du",
        "des",
        "et",
        "el",
        "los",
        "y",
        "en",
        "un",
        "una",
        "der",
        "die",
        "das",
        "und",
        "von",
        "zu",
        "im",
        "di",
        "il",
        "lo",
        "e",
        "a",
        "da",
        "do",
        "dos",
        "o",
        "os",
        "ou",
        "over",
        "into",
        "upon",
    ]
)


def ends_sentence(text: str) -> bool:
    """Whether the text ends as sentences do, closing quotes, brackets and the mark of a note looked through."""
    tail = _MARK_AT_END.sub("", text[-16:]).rstrip(_CLOSERS + " ")
    return bool(tail) and tail[-1] in _TERMINAL


def ends_with_colon(text: str) -> bool:
    """Whether it ends by announcing what follows, an opening quote mark after the colon looked through."""
    return text[-12:].rstrip(" \"'“„«‘‹「『—-")[-1:] in (":", "：")


def starts_lower(text: str) -> bool:
    """Whether its first letter is a small one, in scripts that have two sizes."""
    head = text[:12].lstrip(_OPENERS + " ")
    return head[:1].islower()


def starts_upper(text: str) -> bool:
    """Whether its first letter is a capital, or a letter of a script without capitals, or a figure."""
    head = text[:12].lstrip(_OPENERS + " ")
    return bool(head) and not head[0].islower()


def is_capitals(text: str) -> bool:
    """Whether it is written in capitals throughout, with at least three letters."""
    letters = [character for character in text[:300] if character.isalpha()]
    return len(letters) >= 3 and all(letter.isupper() for letter in letters)


def is_title_case(text: str) -> bool:
    """Whether all words but the small ones begin with a capital, as in English titles."""
    found = words(text[:300])
    heavy = [word for word in found if word.lower() not in _SMALL_WORDS and not word.isdigit()]
    return bool(heavy) and sum(word[0].isupper() for word in heavy) >= 0.8 * len(heavy)


def words(text: str) -> list[str]:
    """Its words."""
    return _WORD.findall(text)


def count_sentences(text: str) -> int:
    """About how many sentences it has; those of very long texts are counted in the first 5,000 characters."""
    text = text[:5000].strip()
    if not text:
        return 0
    breaks = [
        found
        for found in _SENTENCE_END.finditer(text)
        if not _ABBREVIATION.search(text[max(0, found.start() - 8) : found.end()])
    ]
    inner = sum(found.end() < len(text) for found in breaks)
    return inner + 1


def speaker_of(text: str) -> str:
    """The name before the colon, where a text begins as a speech in a dialogue does; else nothing."""
    found = _SPEAKER.match(text[:60])
    if not found:
        return ""
    name = found[0].rstrip(":：").strip()
    named = words(name)
    return (
        name
        if 0 < len(named) <= 4
        and not any(part.isdigit() for part in named)
        and (is_title_case(name) or is_capitals(name))
        else ""
    )


def opens_quotation(text: str) -> bool:
    """Whether it begins with an opening quote mark."""
    return text[:1] in tuple("\"“«„「『‘‹»'")


def closes_quotation(text: str) -> bool:
    """Whether it ends with a closing quote mark, a note mark or a full stop after it looked through."""
    return bool(re.search(r"[\"”»」』’›'“][.,;]?(?:[\[({]?[0-9*†‡]{1,3}[\])}]?)?$", text[-12:]))


def breaks_off(text: str) -> bool:
    """Whether it ends in mid-sentence: on a comma, or on a word that needs another after it."""
    tail = text[-80:]
    if ends_sentence(tail) or closes_quotation(tail) or len(tail.split()) < 3:
        return False
    last = tail.split()[-1]
    return last.endswith(",") or last in _LINKS
