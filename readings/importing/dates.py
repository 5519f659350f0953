"""Lines that say when (and where) a text appeared, in the forms that people print."""

import re

_MONTHS = (
    r"jan(?:uary|uar|vier|uari|eiro)?|feb(?:ruary|ruar|ruari|rero|braio)?|février|fevereiro|mar(?:ch|s|zo|ço|t)?|märz|maart|apr(?:il|ile)?|avril|abril"
    r"|may|mai|mayo|maggio|mei|maj|jun(?:e|i|ho|io)?|juin|giugno|jul(?:y|i|ho|io)?|juillet|luglio|aug(?:ust|ustus|usti)?|août|agosto|sep(?:t|tember|tembre|tiembre)?"
    r"|setembro|settembre|oct(?:ober|obre|ubre)?|okt(?:ober)?|outubro|ottobre|nov(?:ember|embre|iembre|embro)?|dec(?:ember)?|dez(?:ember)?|décembre|diciembre|dezembro|dicembre"
    r"|января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря|январь|февраль|март|апрель|май|июнь|июль|август|сентябрь|октябрь|ноябрь|декабрь"
)
_SEASONS = r"spring|summer|autumn|fall|winter|printemps|été|automne|hiver|frühling|frühjahr|sommer|herbst|primavera|verano|otoño|invierno"
_YEAR = r"(?:1[0-9]{3}|20[0-9]{2})"
_DATE = re.compile(
    rf"\b(?:{_MONTHS}|{_SEASONS})\b\.?(?: ?[-–—/&] ?(?:{_MONTHS}|{_SEASONS})\b\.?)?(?:,? ?[0-9]{{1,2}}(?:st|nd|rd|th)?(?: ?[-–] ?[0-9]{{1,2}})?)?(?:,| de| of)? ?{_YEAR}\b"
    rf"|\b[0-9]{{1,2}}(?:\.|st|nd|rd|th|er|º)? (?:de |of )?(?:{_MONTHS})\b\.?(?:,| de| of)? ?{_YEAR}\b"
    rf"|\b{_YEAR}[-/.][0-9]{{1,2}}[-/.][0-9]{{1,2}}\b|\b[0-9]{{1,2}}[-/.][0-9]{{1,2}}[-/.]{_YEAR}\b"
    rf"|{_YEAR} ?年(?: ?[0-9]{{1,2}} ?月)?(?: ?[0-9]{{1,2}} ?日)?",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"(?:first )?(?:date|dated|published|posted|written|publication date|updated|release date)(?: on| in)?\s*:?\s+",
    re.IGNORECASE,
)
_ISSUE = re.compile(
    r"\b(?:no|nos|nr|issue|vol|volume|number|numéro|número|nummer|heft|band)\b\.? ?[0-9]|#[0-9]+", re.IGNORECASE
)
_ABBREVIATED = re.compile(r"\b[A-Z]{2,6} #?[0-9]{1,4}\b")
_RANGE = re.compile(rf"\b(?:{_MONTHS}|{_SEASONS})\b ?[-–—/&] ?(?:{_MONTHS}|{_SEASONS})\b", re.IGNORECASE)
_BARE_YEAR = re.compile(rf"\(?{_YEAR}(?: ?[-–] ?(?:{_YEAR}|[0-9]{{2}}))?\)?")

_READING_TIME = re.compile(r"[\s|·•,–—-]{0,4}[0-9]{1,3} min(?:ute)?s?\.?(?: read)?$", re.IGNORECASE)

_LONGEST = 90


def is_date(text: str) -> bool:
    """Whether the line is a date, with at most a place or an issue beside it."""
    if len(text) > _LONGEST or text.endswith(("?", "!")):
        return False
    bare = _READING_TIME.sub("", _LABEL.sub("", text, count=1))
    if _BARE_YEAR.fullmatch(bare):
        return True
    found = _DATE.search(bare)
    if not found:
        return False
    rest = (bare[: found.start()] + " " + bare[found.end() :]).strip(" ,.;:()|–—-")
    rest_words = rest.split()
    return len(rest_words) <= 5 and all(
        word[:1].isupper() or word[:1].isdigit() or len(word) <= 3 for word in rest_words
    )


def is_issue_line(text: str) -> bool:
    """Whether the line names the issue of a periodical and its date: "Spring 1998, No. 12"."""
    if not is_date(text):
        return False
    return bool(
        _ISSUE.search(text) or _ABBREVIATED.search(text) or _RANGE.search(text) or _DATE.fullmatch(text.strip(" ()."))
    )


def without_label(text: str) -> str:
    """The date as printed, less a word such as "Published:"."""
    return _LABEL.sub("", text, count=1) if _LABEL.match(text) else text


def find_date(text: str) -> str:
    """The first full date in a text, or nothing."""
    found = _DATE.search(text[:300])
    return found[0] if found else ""
