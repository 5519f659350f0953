"""The contents list with its warmth: where in the text people talk."""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass

from readings.models import BlockText, Edition
from readings.parts import Entry, contents_of

HOTTEST = 4


@dataclass(frozen=True, slots=True)
class Section:
    """A line of the contents list with the comments on what stands under its heading, up to the next line."""

    entry: Entry
    comments: int
    warmth: int  # 0 to HOTTEST, against the section with the most comments

    @property
    def text(self) -> BlockText:
        return self.entry.text

    @property
    def part(self) -> int:
        return self.entry.part


def view_contents(edition: Edition, counts: Mapping[int, int]) -> list[Section]:
    """The contents of an edition, warmed by counts of comments by block. Two queries, one where nobody talks."""
    entries = contents_of(edition)
    starts = [entry.text.position for entry in entries]
    sums = [0] * (len(entries) + 1)
    talked = [block for block, count in counts.items() if count]
    if talked and entries:
        for position, block in edition.texts.filter(block__in=talked).order_by().values_list("position", "block"):
            sums[bisect_right(starts, position)] += counts[block]
    most = max(sums[1:], default=0) or 1
    return [
        Section(entry, comments, -(-comments * HOTTEST // most))
        for entry, comments in zip(entries, sums[1:], strict=True)
    ]
