"""A piece: what will become one block. The steps of `structure` claim pieces one after the other by giving them a kind."""

from dataclasses import dataclass, field

from readings.importing.document import Doubt, Span
from readings.importing.lines import Line
from readings.kinds import Kind


@dataclass(frozen=True, slots=True)
class Rich:
    """What a source with markup says of a piece besides its words. Positions count in `text`, which is as it came."""

    text: str
    spans: tuple[Span, ...] = ()
    noted: tuple[tuple[str, int, "Piece | None"], ...] = ()  # marks of notes: label, place, and the note
    head: int | None = None  # tables: rows that name the columns
    picture: str | None = None  # figures: the picture's name


@dataclass(slots=True, eq=False)
class Piece:
    """Lines that belong together, joined. Steps that come later see only pieces that no earlier step has claimed."""

    lines: list[Line]
    text: str
    kind: Kind | None = None
    level: int | None = None
    label: str | None = None
    marker: str | None = None
    confidence: float = 1.0
    doubts: list[Doubt] = field(default_factory=list)
    depth: int | None = None  # of a heading in Markdown: how many signs stood before it
    emphasised: bool = False  # it stood whole between the signs of emphasis
    shed: list[str] = field(default_factory=list)  # words taken off that belong to no field, such as "By" before a name
    moved: bool = False  # taken from elsewhere in the source, such as a note from the foot of its page
    rich: Rich | None = None

    @property
    def gap(self) -> int:
        """Blank lines above it."""
        return self.lines[0].gap

    @property
    def indent(self) -> int:
        """The smallest indent of its lines: that of a paragraph is not that of its first line."""
        return min(line.indent for line in self.lines)

    @property
    def span(self) -> tuple[int, int]:
        """Its first and last line in the source."""
        return self.lines[0].number, self.lines[-1].number

    @property
    def is_free(self) -> bool:
        """Whether no step has claimed it."""
        return self.kind is None

    def claim(self, kind: Kind, confidence: float = 1.0, level: int | None = None) -> None:
        """Say what it is."""
        self.kind, self.level = kind, level
        self.confidence = min(self.confidence, confidence)

    def doubt(self, code: str, message: str, confidence: float = 0.6) -> None:
        """Say what could be otherwise."""
        self.doubts.append(Doubt(code, message))
        self.confidence = min(self.confidence, confidence)
