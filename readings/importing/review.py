"""A draft under review: what the importer made of a document, and what a person has decided about it since.

The importer's work is never changed. A review is that work with the person's steps taken on it, one after the other (see
`steps`), so that every step can be undone, and stays with the edition as a decision. Plain Python, no Django.
"""

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from readings.addresses import normalise_text
from readings.importing.document import Doubt, DraftBlock, Dropped, NoteMark, Work
from readings.importing.hyphens import Vocabulary
from readings.importing.lines import Line
from readings.importing.wording import with_sign
from readings.kinds import FRONT_MATTER, Kind

BY_HAND = "by-hand"
"""The reason of what a person left out."""

_LATER = frozenset({*FRONT_MATTER, Kind.FOOTNOTE})  # what the importer moves away from where it found it


@dataclass(frozen=True, slots=True)
class Item:
    """One piece of a draft: a block of the text to be, or something that is left out of it.

    Its name is its own for as long as the draft lives: "b12" for the importer's blocks, "x3" for what the importer left out,
    "s7-1" for what the seventh step split off.
    """

    name: str
    block: DraftBlock  # of a piece left out: the block it would be
    ties: tuple[str | None, ...] = ()  # for each of the block's marks, the name of its note
    reason: str | None = None  # why it is left out; None: it is in the text
    settled: bool = False  # somebody looked at what the importer doubted
    origin: Dropped | None = None  # as the importer left it out
    seam: tuple[str, str] | None = None  # the piece that was split off it, and what stood between the two

    @property
    def is_in(self) -> bool:
        """Whether it is part of the text."""
        return self.reason is None

    @property
    def doubts(self) -> tuple[Doubt, ...]:
        """What nobody has looked at yet."""
        return self.block.doubts if self.is_in and not self.settled else ()

    @property
    def marks(self) -> Iterator[tuple[NoteMark, str | None]]:
        """Its note marks, each with the name of its note."""
        return zip(self.block.marks, self.ties, strict=True)


@dataclass(slots=True)
class Review:
    """A draft as it stands: its pieces in the order of the source, and what is known about the work."""

    work: Work  # the importer's
    items: dict[str, Item]
    order: list[str]  # names, in the order of the source
    said: dict[str, Any]  # what a person says of the work: see `FACTS`
    settled: frozenset[int] = frozenset()  # doubts about the whole work that somebody looked at
    steps: int = 0  # how many were taken
    titles: dict[Kind, str] = field(
        default_factory=dict
    )  # the first block of each kind that `fact` asks, as it was found
    vocabulary: Vocabulary = field(
        default_factory=lambda: Vocabulary([])
    )  # it decides on hyphens where two pieces are joined

    def copy(self) -> "Review":
        """The same state, to take a step on."""
        return replace(self, items=dict(self.items), order=list(self.order), said=dict(self.said))

    def shown(self) -> list[Item]:
        """The pieces in the order in which they are read: title, subtitle, byline and date stand first."""
        places = {kind: place for place, kind in enumerate(FRONT_MATTER)}
        items = [self.items[name] for name in self.order]
        front = [item for item in items if item.is_in and item.block.kind in places]
        rest = [item for item in items if not (item.is_in and item.block.kind in places)]
        return sorted(front, key=lambda item: places[item.block.kind]) + rest

    def after(self, name: str) -> Item | None:
        """The next piece of the text after this one, in the order in which they are read."""
        shown = [item for item in self.shown() if item.is_in or item.name == name]
        place = next(place for place, item in enumerate(shown) if item.name == name)
        return shown[place + 1] if place + 1 < len(shown) else None

    @property
    def doubts(self) -> list[tuple[int, Doubt]]:
        """What is doubtful about the work as a whole and nobody has looked at yet, with its index."""
        return [(index, doubt) for index, doubt in enumerate(self.work.doubts) if index not in self.settled]

    def fact(self, name: str) -> Any:
        """What is known about the work under this name of `FACTS`: as a person said it, as its blocks say it, or as found."""
        if name in self.said:
            return self.said[name]
        kind = {"title": Kind.TITLE, "subtitle": Kind.SUBTITLE, "published": Kind.DATE}.get(name)
        found: Any = getattr(self.work, _FOUND.get(name, name), "")
        if kind is not None:
            now = self._first(kind)
            # The importer may have mended what it read from the block (case, a full stop): kept until somebody changes the block.
            if now != self.titles.get(kind, ""):
                return now or ("" if kind is not Kind.TITLE else found)
        return tuple(found) if name == "contributors" else found

    def _first(self, kind: Kind) -> str:
        return next((item.block.text for item in self.items.values() if item.is_in and item.block.kind is kind), "")

    def as_work(self) -> Work:
        """The work as it would be published now."""
        shown = self.shown()
        inside = [item for item in shown if item.is_in]
        places = {item.name: place for place, item in enumerate(inside) if item.block.kind is Kind.FOOTNOTE}
        return Work(
            title=self.fact("title"),
            blocks=[
                replace(
                    item.block,
                    marks=tuple(replace(mark, note=places.get(tie or "")) for mark, tie in item.marks),
                    doubts=item.doubts,
                    confidence=1.0 if item.settled else item.block.confidence,
                )
                for item in inside
            ],
            subtitle=self.fact("subtitle"),
            contributors=list(self.fact("contributors")),
            date=self.fact("published"),
            language=self.fact("language"),
            source=self.fact("source"),
            rights=self.fact("rights"),
            dropped=[_as_dropped(item) for item in shown if not item.is_in],
            doubts=[doubt for _, doubt in self.doubts],
            pictures=self.work.pictures,
        )


FACTS = ("title", "subtitle", "contributors", "published", "language", "source", "rights", "visibility", "slug")
"""What can be said of a work beside its text. `contributors` is a tuple of `Contributor`, the others are strings."""

_FOUND = {"published": "date"}


def open_review(work: Work, said: Mapping[str, Any] | None = None) -> Review:
    """The state of a draft before any step. `said` is what who brought the document said of it: names of `FACTS`."""
    names = [f"b{index}" for index in range(len(work.blocks))]
    items: dict[str, Item] = {}
    for name, block in zip(names, work.blocks, strict=True):
        ties = tuple(None if mark.note is None else names[mark.note] for mark in block.marks)
        items[name] = Item(name, replace(block, marks=tuple(replace(mark, note=None) for mark in block.marks)), ties)
    order = _put_in(names, work)
    for index, drop in enumerate(work.dropped):
        block = DraftBlock(Kind.PARAGRAPH, normalise_text(drop.text), lines=drop.lines)
        items[f"x{index}"] = Item(f"x{index}", block, reason=drop.reason, origin=drop)
    spelling = Vocabulary([Line(number, block.text, 0, 0) for number, block in enumerate(work.blocks, 1)])
    known = {name: value for name, value in (said or {}).items() if value}
    review = Review(work, items, order, known, vocabulary=spelling)
    review.titles = {kind: review._first(kind) for kind in (Kind.TITLE, Kind.SUBTITLE, Kind.DATE)}
    return review


def _put_in(names: list[str], work: Work) -> list[str]:
    """The names of blocks and of what was left out, each of these where its lines stood in the source."""
    bounds: list[tuple[int, int]] = []  # of blocks that stand where they were found: first line, index
    for index, block in enumerate(work.blocks):
        if block.lines and block.kind not in _LATER and (not bounds or block.lines[0] >= bounds[-1][0]):
            bounds.append((block.lines[0], index))
    front = sum(block.kind in FRONT_MATTER for block in work.blocks)
    before: dict[int, list[str]] = {}
    for number, drop in enumerate(work.dropped):
        if drop.lines is None:
            index = len(names)
        else:
            place = bisect_right(bounds, (drop.lines[0], -1))
            index = bounds[place][1] if place < len(bounds) else len(names)
            index = front if place == 0 and bounds else index
        before.setdefault(index, []).append(f"x{number}")
    order: list[str] = []
    for index in range(len(names) + 1):
        order += before.get(index, [])
        order += names[index : index + 1]
    return order


def _as_dropped(item: Item) -> Dropped:
    if item.origin is not None and item.origin.reason == item.reason:
        return item.origin
    return Dropped(with_sign(item.block).text, item.reason or BY_HAND, item.block.lines)
