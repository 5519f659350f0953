"""A reading's text as a page shows it: in parts of bounded size, each with the notes its marks point to."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.db.models import Max

from readings.kinds import FRONT_MATTER, Kind
from readings.models import BlockText, Edition

PART_SIZE = 500
"""Blocks shown on one page: some 200 KB of text. An essay has one part, a novel several."""

LONGEST_CONTENTS = 500
"""Headings in a contents list. A text with more has its lower levels left out of the list."""


@dataclass(frozen=True, slots=True)
class Note:
    """A note with the keys of the blocks on the same page whose marks point to it, for the way back."""

    text: BlockText
    pointed_from: list[str]


@dataclass(frozen=True, slots=True)
class Part:
    """One page of a reading's text."""

    number: int
    count: int
    body: list[BlockText]
    notes: list[Note]
    notes_heading: BlockText | None  # the text's own, where it has one

    @property
    def previous(self) -> int | None:
        return self.number - 1 if self.number > 1 else None

    @property
    def next(self) -> int | None:
        return self.number + 1 if self.number < self.count else None


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the contents list: a heading and the part it stands in."""

    text: BlockText
    part: int


def count_parts(edition: Edition) -> int:
    """How many parts an edition has. One query."""
    last = edition.texts.aggregate(last=Max("position"))["last"] or 0
    return int(last) // PART_SIZE + 1


def part_of(text: BlockText) -> int:
    """The number of the part in which a block stands, from 1."""
    return text.position // PART_SIZE + 1


def load_part(edition: Edition, number: int, count: int) -> Part:
    """One part of an edition with the notes it points to. Two queries at most."""
    begin = (number - 1) * PART_SIZE
    texts = list(BlockText.objects.of_edition(edition).filter(position__gte=begin, position__lt=begin + PART_SIZE))
    heading = _notes_heading(texts)
    body = [text for text in texts if text.kind not in (*FRONT_MATTER, Kind.FOOTNOTE) and text is not heading]
    return Part(number, count, body, load_notes(edition, texts), heading)


def _notes_heading(texts: Sequence[BlockText]) -> BlockText | None:
    """A heading with nothing but notes under it. Notes are shown at the end of a part, and their heading with them."""
    for before, after in pairwise(texts):
        if after.kind == Kind.FOOTNOTE:
            return before if before.kind == Kind.HEADING else None
    return None


def load_notes(edition: Edition, texts: Sequence[BlockText]) -> list[Note]:
    """The notes that stand among these blocks or that their marks point to, in order. One query, or none."""
    found = {text.key: text for text in texts if text.kind == Kind.FOOTNOTE}
    pointed_from: defaultdict[str, list[str]] = defaultdict(list)
    for text in texts:
        for key in dict.fromkeys(mark["note"] for mark in text.marks if mark["note"]):
            pointed_from[key].append(text.key)
    if elsewhere := pointed_from.keys() - found.keys():
        found |= {text.key: text for text in BlockText.objects.of_edition(edition).filter(block__key__in=elsewhere)}
    return [Note(text, pointed_from[text.key]) for text in sorted(found.values(), key=lambda text: text.position)]


def contents_of(edition: Edition) -> list[Entry]:
    """The contents list: the headings in order, the lowest levels left out where there are too many. One query."""
    headings = list(BlockText.objects.of_edition(edition).filter(kind=Kind.HEADING)[: 10 * LONGEST_CONTENTS])
    deepest = max((heading.level or 1 for heading in headings), default=1)
    while len(headings) > LONGEST_CONTENTS and deepest > 1:
        deepest -= 1
        headings = [heading for heading in headings if (heading.level or 1) <= deepest]
    return [Entry(heading, part_of(heading)) for heading in headings[:LONGEST_CONTENTS]]
