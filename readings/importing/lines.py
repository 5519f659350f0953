"""The lines of a text, each with what its typist said without words: indent, blank lines above, a new page."""

import re
import unicodedata
from dataclasses import dataclass, replace

_WIDE = re.compile("[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]")
_INVISIBLE = "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad"


@dataclass(frozen=True, slots=True)
class Line:
    """One line that is not blank."""

    number: int  # counted from 1 in the source
    text: str  # without the white space at its ends
    indent: int  # columns of white space before it
    gap: int  # blank lines above it
    new_page: bool = False  # a page ended above it
    size: float = 1.0  # of its type, against the body's, where the source has type
    bold: bool = False  # the whole line
    italic: bool = False

    @property
    def right(self) -> int:
        """The column where it ends; characters of double width count twice."""
        return self.indent + len(self.text) + len(_WIDE.findall(self.text[:500]))


def read_lines(text: str) -> list[Line]:
    """The lines that are not blank. Form feeds are page ends, wherever they stand in a line."""
    lines: list[Line] = []
    gap, new_page = 0, False
    for number, raw in enumerate(text.split("\n"), start=1):
        for position, part in enumerate(raw.split("\f")):
            new_page = new_page or position > 0
            line = _read(part, number, gap, new_page)
            if line is not None:
                lines.append(line)
                gap, new_page = 0, False
        if not lines or lines[-1].number != number:
            gap += 1
    return lines


def _read(raw: str, number: int, gap: int, new_page: bool) -> Line | None:
    text = raw.strip()
    if not text or not text.strip(_INVISIBLE):
        return None
    before = raw[: len(raw) - len(raw.lstrip())].expandtabs(8)
    return Line(
        number, text, sum(2 if unicodedata.east_asian_width(space) == "F" else 1 for space in before), gap, new_page
    )


def without(lines: list[Line], dropped: set[int]) -> list[Line]:
    """The lines less those with these indexes. The gaps around what went add up, and page ends are handed on."""
    kept: list[Line] = []
    gap, new_page = 0, False
    for index, line in enumerate(lines):
        gap, new_page = gap + line.gap, new_page or line.new_page
        if index in dropped:
            continue
        kept.append(replace(line, gap=gap, new_page=new_page))
        gap, new_page = 0, False
    return kept
