"""What the importing stages hand each other: plain data, no Django, no I/O.

`extract` makes `Line`s, `structure` makes `Work`s of `DraftBlock`s, `review` may change them, `editions` stores them.
All text in here is normalised (`readings.addresses.normalise_text`), and all positions count code points in it. The text of a
table has a line for each row, and a tab between cells.
"""

from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from readings.kinds import Kind


@dataclass(frozen=True, slots=True)
class NoteMark:
    """A mark in a block's text that points to a note. The mark itself is taken out of the text."""

    label: str  # what the mark says, without brackets: "1", "*", "iv"
    at: int  # where it stood: a position in the block's text, 0 to len(text)
    note: int | None = None  # index of the footnote in Work.blocks; None when the note is missing


@dataclass(frozen=True, slots=True)
class Doubt:
    """One decision the importer was not sure of, in words for the person who reviews it."""

    code: str  # stable, for scripts: "note-missing", "heading-or-paragraph"
    message: str  # one English sentence; says what was decided and what else it could be


@dataclass(frozen=True, slots=True)
class Span:
    """A run of a block's text that its source set apart: emphasis, a link, a name of code. Spans nest or lie apart."""

    start: int  # positions in the block's text: 0 <= start < end <= len(text)
    end: int
    style: str  # one of STYLES
    href: str = ""  # of links: an address with http, https or mailto

    def as_json(self) -> dict[str, Any]:
        """The span as it is stored and sent."""
        plain: dict[str, Any] = {"start": self.start, "end": self.end, "style": self.style}
        return plain | {"href": self.href} if self.href else plain


STYLES = ("link", "strong", "em", "s", "sub", "sup", "code")
"""What a span can be, the outermost first where two have the same ends."""


@dataclass(frozen=True, slots=True)
class Picture:
    """An image of a source, made anew by us (see `pictures`): nothing of the file that came is in it but what one sees."""

    data: bytes  # WebP
    width: int  # pixels
    height: int

    @property
    def name(self) -> str:
        """Its name everywhere: the SHA-256 of its bytes, in hexadecimal."""
        return sha256(self.data).hexdigest()


@dataclass(frozen=True, slots=True)
class DraftBlock:
    """One block of a draft, before it has a key."""

    kind: Kind
    text: str
    level: int | None = None  # headings: 1 to 6; list items: how deep, from 1 (None is 1)
    label: str | None = None  # footnotes: their own mark, without brackets or full stop
    marker: str | None = None  # list items: the sign that stood before them, such as "•" or "2."
    marks: tuple[NoteMark, ...] = ()
    spans: tuple[Span, ...] = ()
    head: int | None = None  # tables: how many rows at the top name the columns
    picture: str | None = None  # figures: the name of a picture in Work.pictures
    language: str | None = None  # BCP 47, only where it differs from the work's
    confidence: float = 1.0  # 0 to 1, of kind and boundaries together
    doubts: tuple[Doubt, ...] = ()
    lines: tuple[int, int] | None = None  # first and last source line, counted from 1


@dataclass(frozen=True, slots=True)
class Dropped:
    """Something the importer left out on purpose, kept so that it can be checked and restored."""

    text: str
    reason: str  # stable: "navigation", "share-links", "running-head", "page-number", "author-box", …
    lines: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Contributor:
    """A person who had a part in a work."""

    name: str
    role: str = "author"  # author, editor, translator, speaker, illustrator


@dataclass(frozen=True, slots=True)
class Particulars:
    """What a file says of its work outside the text: in its properties, or in the head of its page. Empty where it says nothing."""

    title: str = ""
    subtitle: str = ""
    contributors: tuple[Contributor, ...] = ()
    date: str = ""  # as it is given
    language: str = ""  # BCP 47
    source: str = ""  # where it was published: a site, a journal, a publisher
    rights: str = ""


@dataclass(slots=True)
class Work:
    """One work found in a document: the draft of one reading."""

    title: str
    blocks: list[DraftBlock]
    subtitle: str = ""
    contributors: list[Contributor] = field(default_factory=list)
    date: str = ""  # as it is printed in the source
    language: str = "en"  # BCP 47
    source: str = ""  # where it was published, as its file says
    rights: str = ""
    dropped: list[Dropped] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)  # about the work as a whole
    pictures: dict[str, Picture] = field(default_factory=dict)  # by name
