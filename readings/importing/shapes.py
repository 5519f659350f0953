"""The shape of a run of lines: verse, table, code, quoted mail. And of one line: could it be a heading, is it unspaced script."""

import itertools
import re

from readings.importing import signs
from readings.importing.lines import Line
from readings.importing.lists import starts_item

_UNSPACED = re.compile("[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\u0e00-\u0e7f]")
_COLUMNS = re.compile(r"\S(?: {3,}|\t+)\S")
_PIPES = re.compile(r"\|.*\|")
_CODE = re.compile(
    r"[{};]$|^(?:def|class|import|from|return|if|for|while|function|var|let|const|#include|public|void)\b.*[:;{(]|^\$ |[=!<>]=|->|=>|\w\(\)|</?\w+>|^#|//"
)
_LEADER = re.compile(r"(?:\.{3,}|\s{2,}|\t|…)\s*[0-9ivxlc]{1,5}$")

_LONGEST_VERSE = 90  # columns


def is_unspaced(text: str) -> bool:
    """Whether it begins in a script that puts no spaces between words."""
    return bool(_UNSPACED.match(text[:1]))


def is_heading_like(text: str) -> bool:
    """Whether a line has the form of a heading: short, begins large, ends open."""
    # Where no spaces part the words, two characters make about one, and a full stop within is the end of a sentence.
    short = len(text) <= 36 and "。" not in text if is_unspaced(text) else len(text.split()) <= 14
    return short and len(text) <= 100 and signs.starts_upper(text) and text[-1:] not in ".,;:!?…-—"


def is_verse(chunk: list[Line], width: int, least: int) -> bool:
    """Whether the lines are verse: they end early and by the writer's will. `width` is the text's, 0 where it isn't wrapped."""
    if len(chunk) < least or len(chunk) > 400:
        return False
    if max(line.right - line.indent for line in chunk) > _LONGEST_VERSE:
        return False
    texts = [line.text for line in chunk]
    if any(signs.speaker_of(text) and len(text) > len(signs.speaker_of(text)) + 1 for text in texts):
        return False
    if (
        sum(starts_item(text) for text in texts) >= 0.3 * len(texts)
        or sum(bool(_LEADER.search(text)) for text in texts) >= 2
    ):
        return False
    return _ends_early(chunk, width) and not _is_narrow_prose(chunk) and _reads_as_verse(texts, strict=least > 2)


def _is_narrow_prose(chunk: list[Line]) -> bool:
    """Whether the lines fill a width of their own and run on in small letters: prose that is set in from both sides."""
    own = max(line.right for line in chunk)
    pairs = list(itertools.pairwise(chunk))
    full = sum(line.right + 1 + len(after.text.split(maxsplit=1)[0]) > own for line, after in pairs)
    small = sum(signs.starts_lower(after.text) for _, after in pairs)
    return own >= 45 and full >= 0.7 * len(pairs) and small >= 0.6 * len(pairs)


def _ends_early(chunk: list[Line], width: int) -> bool:
    own = max(line.right for line in chunk)
    if not width:  # no line of this text was broken by a machine
        return sum(len(line.text) for line in chunk) <= 62 * len(chunk)
    edge = max(width, own)
    room = [
        edge - line.right > len(after.text.split(maxsplit=1)[0]) + 1
        for line, after in itertools.pairwise(chunk)
        if not is_unspaced(after.text)
    ]
    if not room:  # unspaced script: verse is short
        return own <= 44 and (not width or own < 0.75 * width)
    return sum(room) >= (0.6 if width > own + 8 or not width else 0.75) * len(room) or (
        width > 0 and own < 0.72 * width
    )


def _reads_as_verse(texts: list[str], strict: bool) -> bool:
    inner = texts[:-1]
    stopped = sum(signs.ends_sentence(text) and not text.endswith("…") for text in inner)
    # Verse with a capital at each line, or verse that runs on in small letters; addresses and lists have neither comma nor stop.
    pointed = sum(
        text[-1:] in ',;:.!?—…–”’"' or bool(signs.starts_lower(after)) for text, after in itertools.pairwise(texts)
    )
    unspaced = all(is_unspaced(text) for text in texts)
    long_enough = sum(len(text) > 12 for text in texts) >= 0.4 * len(texts) or unspaced
    return (
        stopped <= (0.6 if strict else 0.9) * len(inner)
        and long_enough
        and (pointed >= 1 or unspaced)
        and texts[-1][-1:] not in ":,"
    )


def is_quoted(chunk: list[Line]) -> bool:
    """Whether every line begins with the sign of quoted mail."""
    return all(line.text.startswith(">") for line in chunk) and any(line.text.strip("> ") for line in chunk)


def is_table(chunk: list[Line]) -> bool:
    """Whether the lines have columns."""
    if len(chunk) < 2 or any(len(line.text) > 300 for line in chunk[:50]):
        return False
    piped = sum(line.text.startswith("|") and bool(_PIPES.match(line.text)) for line in chunk)
    columns = [len(_COLUMNS.findall(line.text)) for line in chunk]
    leaders = sum(bool(_LEADER.search(line.text)) for line in chunk)
    if piped >= 0.8 * len(chunk):
        return True
    return (
        len(chunk) >= 3
        and leaders < 0.5 * len(chunk)
        and min(columns) >= 1
        and max(columns) - min(columns) <= 1
        and max(columns) >= 2
    )


def is_code(chunk: list[Line], indent: int) -> bool:
    """Whether the lines are a listing: set in, and full of the signs of programs."""
    if min(line.indent for line in chunk) < indent + 4 or len(chunk) > 2000:
        return False
    signed = sum(bool(_CODE.search(line.text[:200])) for line in chunk)
    return signed >= 0.5 * len(chunk) and signed >= 1 and not all(signs.ends_sentence(line.text) for line in chunk)
