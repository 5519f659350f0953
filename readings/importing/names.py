"""Bylines: who had which part in a work, in the forms that people print."""

import re
from dataclasses import dataclass

from readings.importing import dates
from readings.importing.document import Contributor

_ROLES = (
    ("translator", r"translat(?:ed|ion|or)s?|übersetzt|traduit|traducido|traducción|tradotto|перевод"),
    ("editor", r"edit(?:ed|or)s?|herausgegeben|selected|compiled"),
    ("illustrator", r"illustrat(?:ed|ions?|or)|drawings|photographs|photos"),
    (
        "speaker",
        r"(?:a )?(?:talk|lecture|speech|address|sermon|remarks)(?: given| delivered)?|delivered|spoken|speaker",
    ),
)
_BY = re.compile(
    r"(?P<dash>[—–―-]{1,2}\s{0,2}(?:by\s)?)"
    rf"|(?P<role>(?:{'|'.join(pattern for _, pattern in _ROLES)}|written|posted|reviewed|story|text|words|as told|interview(?:ed)?|questions)"
    r"(?: and \w+)?(?: from the \w+)?(?:\s(?:by|to|von|par|por|di)\b:?|:)\s?)"
    r"|(?P<genre>(?:an? )?(?:[\w’'-]+ ){0,2}(?:poems?|stories|story|essays?|novel|tale|play|memoir|letters|songs|notes|report|reportage|review|comedy|romance) by\s)"
    r"|(?P<by>(?:by|von|par|por|di|door|av|authors?|written by|auteur|autor|автор|作者|文|著|بقلم|تأليف|מאת)\s?[:：/]\s?|(?:by|von|par|por|di|door)\s|بقلم\s|מאת\s)",
    re.IGNORECASE,
)
_DATED = re.compile(r"(?P<date>[^|]{6,40}?)[,|·•–—\s]{1,4}(?P<by>by) (?P<names>.{3,80})", re.IGNORECASE)
_INTERVIEW = re.compile(
    r"(?:an? )?(?:interview|conversation) with (?P<with>.{3,60}?)(?:,? (?:by|conducted by) (?P<by>.{3,60}))?",
    re.IGNORECASE,
)
_NAME = re.compile(
    r"(?:[^\W\d_a-z][\w'’.\-]*\.?,?)(?:\s(?:[^\W\d_a-z][\w'’.\-]*\.?,?|de|da|do|dos|di|du|des|del|della|van|von|der|den|ter|la|le|al|el|bin|ibn|ben|y|zu|af|av|a)){0,6}"
)
_PARTS = re.compile(r"\s*(?:,\s(?:and\s|&\s)?|;\s|\s(?:and|und|et|y|e|och|en|with|mit|avec|и)\s|\s?&\s)\s*")
_TITLES = frozenset(
    ["dr", "prof", "rev", "sir", "lord", "lady", "mr", "mrs", "ms", "st", "sister", "brother", "father"]
)
_NO_NAMES = frozenset(
    [
        "introduction",
        "preface",
        "prologue",
        "epilogue",
        "conclusion",
        "abstract",
        "contents",
        "notes",
        "references",
        "chapter",
        "part",
        "section",
        "book",
        "appendix",
        "foreword",
        "afterword",
        "summary",
        "background",
        "discussion",
        "methods",
        "results",
        "bibliography",
        "acknowledgements",
        "acknowledgments",
        "the",
        "a",
        "an",
        "of",
        "to",
        "in",
        "on",
        "and",
    ]
)
_LINKING = frozenset({"and", "und", "et", "y", "e", "och", "en", "with", "mit"})
_AFFILIATION = re.compile(
    r"(?:the )?(?:[\w.’'&-]+,? ){0,6}(?:university|universität|université|universidad|institute?|college|department|school|academy|faculty|centre|center|laboratory)\b.{0,80}",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"[0-9]")

_LONGEST = 140


@dataclass(frozen=True, slots=True)
class Byline:
    """What a byline says: the printed names, who they are, and a date that stood with them."""

    names: str
    contributors: tuple[Contributor, ...]
    date: str = ""
    between: str = ""  # what stood between the names and the date
    sign: str = ""  # what stood before the names and says no more than that they are names: "By", a dash


def read_byline(text: str) -> Byline | None:
    """What the line says if it is a byline with a sign of one: a dash, "By", "Translated by", "Author:"."""
    if len(text) > _LONGEST:
        return None
    if interview := _INTERVIEW.fullmatch(text):
        return _read_interview(text, interview)
    dated = _DATED.fullmatch(text)
    if dated and dates.is_date(dated["date"]) and is_name_list(dated["names"]):
        return Byline(dated["names"], _contributors(dated["names"], "author"), dated["date"], dated["by"])
    found = _BY.match(text)
    if not found:
        return _read_barred(text)
    names, between, date = _part_date(text[found.end() :].strip())
    if not is_name_list(names):
        return None
    role = _role(found["role"] or "")
    plain = found["genre"] is None and role == "author"
    return Byline(
        names if plain else text, _contributors(names, role), date, between, found[0].strip() if plain else ""
    )


def _read_barred(text: str) -> Byline | None:
    """A name of two words or more, a bar or a dot, and a date."""
    names, between, date = _part_date(text)
    if not date or not between or between not in "|•·" or len(names.split()) < 2 or not is_name_list(names):
        return None
    return Byline(names, _contributors(names, "author"), date, between)


def _read_interview(text: str, found: re.Match[str]) -> Byline | None:
    """Who is asked is the speaker, who asks and writes it down the author."""
    people = [(found["with"], "speaker")] + ([(found["by"], "author")] if found["by"] else [])
    if not all(is_name_list(names) for names, _ in people):
        return None
    return Byline(text, tuple(person for names, role in people for person in _contributors(names, role)))


def _part_date(rest: str) -> tuple[str, str, str]:
    """The names, and a date after them with what parts the two: a bar, a comma or "on"."""
    parted = re.split(r"\s{0,4}(\||•|·|,? on |–|—|, )\s{0,4}(?=[0-9]|[A-Z][a-z]{2,8}\.? [0-9])", rest, maxsplit=1)
    if len(parted) == 3 and dates.is_date(parted[2]):
        return parted[0], parted[1].strip(" ,"), parted[2]
    return rest, "", ""


def is_name_list(text: str) -> bool:
    """Whether the text is one name or several."""
    if not text or _NUMBER.search(text) or text.endswith(("?", "!", ":", ";")):
        return False
    parts = [part for part in _PARTS.split(text.strip(" .")) if part]
    return 0 < len(parts) <= 12 and all(_is_name(part) for part in parts)


def is_affiliation(text: str) -> bool:
    """Whether the line says where an author works."""
    return len(text) <= 120 and not text.endswith((".", "?", ":")) and bool(_AFFILIATION.fullmatch(text))


def _is_name(text: str) -> bool:
    tokens = text.split()
    if not tokens or len(tokens) > 7 or any(token.lower().strip(".,") in _NO_NAMES for token in tokens):
        return False
    return bool(_NAME.fullmatch(text)) or (not text.isascii() and len(text) <= 40 and text == text.swapcase())


def is_bare_name(text: str, spelled_small: frozenset[str]) -> bool:
    """Whether a line without any sign of a byline is yet a name: two to five words, none of which the text spells small."""
    tokens = text.replace(",", " ").split()
    several = [part for part in _PARTS.split(text) if part]
    if (
        not 2 <= len(tokens) <= 5 * len(several)
        or any(len(part.split()) < 2 for part in several)
        or not is_name_list(text)
        or text.endswith(".")
    ):
        return False
    heavy = [token.strip(".,’'") for token in tokens if token[0].isupper()]
    return len(heavy) >= 2 and not any(token.lower() in spelled_small - _LINKING for token in heavy)


def bare(names: str) -> Byline:
    """The byline that names alone make."""
    return Byline(names, _contributors(names, "author"))


def _role(words: str) -> str:
    words = words.strip().lower()
    return next((role for role, pattern in _ROLES if re.match(pattern, words)), "author")


def _contributors(names: str, role: str) -> tuple[Contributor, ...]:
    parts = [part.strip(" .,") for part in _PARTS.split(names.strip()) if part.strip(" .,")]
    if names.endswith(".") and len(parts) == 1 and re.search(r"\b(?:Jr|Sr)\.$", names):
        parts = [names]
    return tuple(Contributor(part, role) for part in parts)
