"""From pandoc's tree of a document to pieces: what the document says of itself is claimed, the rest is left to the rules.

The tree is described at https://hackage.haskell.org/package/pandoc-types (Text.Pandoc.Definition). Links to notes, which many a
format knows only as links, are found in `readings.importing.anchors` once the whole tree is read.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from readings.addresses import normalise_lines, normalise_text
from readings.importing import shapes
from readings.importing.document import Dropped, Particulars, Picture
from readings.importing.inlines import Inlines, read_inlines
from readings.importing.lines import Line
from readings.importing.names import read_byline
from readings.importing.pieces import Piece, Rich
from readings.kinds import Kind

Node = dict[str, Any]
Loader = Callable[[str], Picture | None]

_TAG = re.compile(r"<[^>]*>|<!--.*?-->", re.DOTALL)
_QUOTING = frozenset({"epigraph", "quote", "quotation", "blockquote", "pullquote"})
_POETIC = frozenset({"poem", "poetry", "verse", "stanza", "line-block", "linegroup"})
_NUMERALS = {"LowerRoman": "roman", "UpperRoman": "ROMAN", "LowerAlpha": "alpha", "UpperAlpha": "ALPHA"}


@dataclass(slots=True)
class Link:
    """A link from a piece to a place in the same document."""

    piece: Piece
    start: int
    end: int
    target: str


@dataclass(slots=True)
class Tree:
    """A document with markup, read."""

    pieces: list[Piece] = field(default_factory=list)
    notes: list[Piece] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    places: dict[str, Piece] = field(default_factory=dict)  # by the names that links use
    pictures: dict[str, Picture] = field(default_factory=dict)
    dropped: list[Dropped] = field(default_factory=list)
    particulars: Particulars = field(default_factory=Particulars)


@dataclass(frozen=True, slots=True)
class _Within:
    """What a block stands in."""

    quoted: bool = False
    verse: bool = False
    depth: int = 0  # of lists
    marker: str | None = None  # of the item that begins here


class TreeReader:
    """Reads one document, which may come in several trees (the chapters of a book), one after the other."""

    def __init__(self, load: Loader) -> None:
        self.tree = Tree()
        self._load = load
        self._prefix = ""
        self._waiting: list[str] = []  # names of places whose piece has not come yet

    def read(self, document: Node, *, prefix: str = "") -> None:
        """Read a tree. `prefix` is put before the names of its places, so that chapters do not mix them up."""
        self._prefix = prefix
        if prefix:
            self._waiting.append(f"{prefix}#.")
        self._blocks(document["blocks"], _Within())

    def close(self) -> Tree:
        """The whole document. Names that nothing followed point to its last piece."""
        if self.tree.pieces:
            for name in self._waiting:
                self.tree.places.setdefault(name, self.tree.pieces[-1])
        return self.tree

    def _blocks(self, blocks: Iterable[Node], within: _Within) -> None:
        for block in blocks:
            reader: Callable[[Any, _Within], None] | None = getattr(self, f"_read_{block['t'].lower()}", None)
            if reader:
                reader(block.get("c"), within)

    def _read_para(self, content: list[Node], within: _Within) -> None:
        for part in _parts(content):
            self._paragraph(read_inlines(part), within)

    _read_plain = _read_para

    def _paragraph(self, words: Inlines, within: _Within) -> None:
        text = words.text
        kind = None
        verse = "\n" in text and _is_verse(text, least=2 if within.verse or within.quoted else 3)
        if verse:
            kind = Kind.VERSE
        elif within.quoted:
            kind = Kind.BLOCKQUOTE
        elif within.depth:
            kind = Kind.LIST_ITEM
        if normalise_text(text):
            piece = self._make(words, kind)
            if kind is Kind.LIST_ITEM:
                piece.marker, piece.level = within.marker, within.depth if within.depth > 1 else None
        self._figures(words)

    def _figures(self, words: Inlines, caption: Inlines | None = None) -> None:
        for source, description in words.images:
            self._figure(source, description)
        if caption is not None and normalise_text(caption.text):
            self._make(caption, Kind.CAPTION)

    def _figure(self, source: str, description: str) -> None:
        picture = self._load(source)
        if picture is None and not description:
            self.tree.dropped.append(Dropped(source[:200], "picture"))
            return
        piece = self._make(Inlines(description), Kind.FIGURE)
        if picture is None:
            piece.doubt("picture-missing", "The picture did not come with the text; its description stands in for it.")
        else:
            self.tree.pictures[picture.name] = picture
            piece.rich = Rich(description, picture=picture.name)

    def _read_lineblock(self, lines: list[list[Node]], within: _Within) -> None:
        words = read_inlines(_flatten_lines(lines))
        if normalise_text(words.text):
            self._make(words, Kind.VERSE)

    def _read_codeblock(self, content: list[Any], within: _Within) -> None:
        if content[1].strip():
            self._name(content[0][0])
            self._make(Inlines(content[1]), Kind.CODE)

    def _read_rawblock(self, content: list[str], within: _Within) -> None:
        if words := normalise_text(_TAG.sub(" ", content[1])):
            self.tree.dropped.append(Dropped(words, "raw-markup"))

    def _read_blockquote(self, blocks: list[Node], within: _Within) -> None:
        self._blocks(blocks, _Within(quoted=True, verse=within.verse))

    def _read_header(self, content: list[Any], within: _Within) -> None:
        level, (name, _, _), inlines = content
        words = read_inlines(inlines)
        self._name(name)
        if normalise_text(words.text):
            self._make(words, Kind.HEADING).level = max(1, min(6, level))
        self._figures(words)

    def _read_horizontalrule(self, content: None, within: _Within) -> None:
        self._make(Inlines("* * *"), Kind.BREAK)

    def _read_div(self, content: list[Any], within: _Within) -> None:
        (name, classes, attributes), blocks = content
        self._name(name)
        words = {word.lower() for word in [*classes, *dict(attributes).get("custom-style", "").split()]}
        quoted = within.quoted or bool(words & _QUOTING)
        self._blocks(blocks, _Within(quoted, within.verse or bool(words & _POETIC), within.depth, within.marker))

    def _read_figure(self, content: list[Any], within: _Within) -> None:
        (name, _, _), (_, caption), blocks = content
        self._name(name)
        self._blocks(blocks, _Within())
        self._caption(caption)

    def _caption(self, blocks: list[Node]) -> None:
        for block in blocks:
            words = read_inlines(block["c"]) if block["t"] in ("Para", "Plain") else None
            if words is not None and normalise_text(words.text):
                self._make(words, Kind.CAPTION)

    def _read_bulletlist(self, items: list[list[Node]], within: _Within) -> None:
        self._items(items, ["•"] * len(items), within)

    def _read_orderedlist(self, content: list[Any], within: _Within) -> None:
        (start, style, delimiter), items = content
        markers = [_marker(start + index, style["t"], delimiter["t"]) for index in range(len(items))]
        self._items(items, markers, within)

    def _items(self, items: list[list[Node]], markers: list[str], within: _Within) -> None:
        begin = len(self.tree.pieces)
        for blocks, marker in zip(items, markers, strict=True):
            for index, block in enumerate(blocks):
                self._blocks([block], _Within(depth=within.depth + 1, marker=None if index else marker))
        made = self.tree.pieces[begin:]
        if len(made) >= 3 and len(made) == len(items) and within.depth == 0 and all(map(self._is_entry, made)):
            for piece in made:
                piece.kind, piece.marker = Kind.TOC, None

    def _is_entry(self, piece: Piece) -> bool:
        """Whether an item is nothing but a link to a place in the document, as in a contents list."""
        return any(
            link.piece is piece
            and not piece.text[: link.start].strip()
            and not piece.text[link.end :].strip(" .0123456789")
            for link in self.tree.links[-3:]
        )

    def _read_definitionlist(self, entries: list[Any], within: _Within) -> None:
        for term, definitions in entries:
            self._paragraph(read_inlines([{"t": "Strong", "c": term}]), _Within(depth=within.depth + 1))
            for blocks in definitions:
                self._blocks(blocks, _Within(depth=within.depth + 2))

    def _read_table(self, content: list[Any], within: _Within) -> None:
        (name, _, _), (_, caption), columns, (_, head), bodies, (_, foot) = content
        self._name(name)
        tops = [*head, *(row for body in bodies for row in body[2])]
        rows = _grid([*tops, *(row for body in bodies for row in body[3]), *foot], len(columns))
        if len(columns) < 2 or _is_layout(rows):
            for row in rows:
                for cell in row:
                    self._blocks(cell, within)
        elif rows:
            self._table(rows, len(tops))
        self._caption(caption)

    def _table(self, rows: list[list[list[Node]]], heads: int) -> None:
        words = Inlines()
        used = 0
        for row in rows:
            cells = [read_inlines(_flatten(cell)) for cell in row]
            if not any(normalise_text(cell.text) for cell in cells):
                continue
            used += 1
            words.append("\n" if words.text else "")
            for index, cell in enumerate(cells):
                words.append("\t" if index else "")
                words.extend(cell, breaks=" ")
        if words.text.strip():
            piece = self._make(words, Kind.TABLE)
            piece.rich = Rich(words.text, tuple(words.spans), _without_targets(piece), min(heads, used) or None)
        self._figures(words)

    def _make(self, words: Inlines, kind: Kind | None) -> Piece:
        keeps_lines = kind in (Kind.VERSE, Kind.CODE, Kind.TABLE)
        text = (
            words.text
            if kind in (Kind.CODE, Kind.TABLE)
            else (normalise_lines if keeps_lines else normalise_text)(words.text)
        )
        number = len(self.tree.pieces) + 1
        bold, italic = (_covers(words, style) for style in ("strong", "em"))
        lines = [
            Line(number, line or " ", 0, 1 if index == 0 else 0, bold=bold, italic=italic)
            for index, line in enumerate(text.split("\n"))
        ]
        piece = Piece(lines, text, emphasised=bold or italic)
        if kind is not None:
            piece.claim(kind)
        self.tree.pieces.append(piece)
        noted = tuple(
            (str(len(self.tree.notes) + index), at, self._note(blocks))
            for index, (at, blocks) in enumerate(words.notes, 1)
        )
        piece.rich = Rich(words.text, tuple(words.spans), noted)
        for name in [*self._waiting, *(self._full(name) for name in words.names)]:
            self.tree.places.setdefault(name, piece)
        self._waiting.clear()
        self.tree.links += [Link(piece, start, end, self._full(target)) for start, end, target in words.links]
        self.tree.dropped += [Dropped(raw, "raw-markup") for raw in words.raw]
        return piece

    def _note(self, blocks: list[Node]) -> Piece:
        words = read_inlines(_flatten(blocks))
        made = Piece(
            [Line(len(self.tree.pieces), normalise_text(words.text) or " ", 0, 1)],
            normalise_text(words.text),
            moved=True,
        )
        made.claim(Kind.FOOTNOTE)
        made.rich = Rich(words.text, tuple(words.spans))
        self.tree.notes.append(made)
        return made

    def _name(self, name: str) -> None:
        if name:
            self._waiting.append(self._full(name))

    def _full(self, name: str) -> str:
        """The name of a place within the whole document: of a book, with the chapter's before it."""
        return name if not self._prefix or "#" in name else f"{self._prefix}#{name}"


def _without_targets(piece: Piece) -> tuple[tuple[str, int, Piece | None], ...]:
    return piece.rich.noted if piece.rich else ()


def _covers(words: Inlines, style: str) -> bool:
    """Whether the whole text has this style."""
    left = list(words.text)
    for span in words.spans:
        if span.style == style:
            left[span.start : span.end] = " " * (span.end - span.start)
    return bool(words.text.strip()) and not any(character.isalnum() for character in left)


def _parts(inlines: list[Node]) -> Iterator[list[Node]]:
    """A paragraph's inlines, parted where two line breaks follow each other: so paragraphs are typed where there is only <br>."""
    part: list[Node] = []
    for index, node in enumerate(inlines):
        if node["t"] == "LineBreak" and index + 1 < len(inlines) and inlines[index + 1]["t"] == "LineBreak":
            yield part
            part = []
        elif part or node["t"] != "LineBreak":
            part.append(node)
    yield part


def _is_verse(text: str, least: int) -> bool:
    lines = [Line(number, line, 0, 0) for number, line in enumerate(normalise_lines(text).split("\n"), 1) if line]
    return shapes.is_verse(lines, 0, least)


def _cells(row: list[Any]) -> list[list[Node]]:
    """The blocks of each cell of a row."""
    return [cell[4] for cell in row[1]]


def _grid(rows: list[list[Any]], columns: int) -> list[list[list[Node]]]:
    """The blocks at each place of a table. A cell that spans rows or columns stands at its first place; the others are empty."""
    taken: dict[tuple[int, int], list[Node]] = {}
    for index, row in enumerate(rows):
        column = 0
        for _, _, deep, wide, blocks in row[1]:
            while (index, column) in taken:
                column += 1
            for down in range(min(deep, len(rows) - index)):
                for right in range(min(wide, max(1, columns - column))):
                    taken[index + down, column + right] = [] if down or right else blocks
    return [[taken.get((index, column), []) for column in range(columns)] for index in range(len(rows))]


def _is_layout(rows: list[list[list[Node]]]) -> bool:
    """Whether a table only puts text side by side: a row or two with whole paragraphs in them."""
    return len(rows) <= 2 and any(
        sum(block["t"] in ("Para", "Header", "BlockQuote", "BulletList") for block in cell) > 1
        for row in rows
        for cell in row
    )


def _flatten(blocks: Iterable[Node]) -> list[Node]:
    """The inlines of blocks one after the other, as a cell or a note can hold them."""
    made: list[Node] = []
    for block in blocks:
        flattener = _FLATTENERS.get(block["t"])
        inner = flattener(block.get("c")) if flattener else []
        if made and inner:
            made.append({"t": "Space"})
        made += inner
    return made


def _flatten_lines(lines: list[list[Node]]) -> list[Node]:
    return [node for line in lines for node in [*line, {"t": "LineBreak"}]][:-1]


def _flatten_items(items: list[list[Node]]) -> list[Node]:
    return _flatten(block for item in items for block in item)


def _flatten_rows(content: list[Any]) -> list[Node]:
    rows = [*content[3][1], *(row for body in content[4] for row in [*body[2], *body[3]]), *content[5][1]]
    return _flatten(block for row in rows for cell in _cells(row) for block in cell)


def _flatten_definitions(entries: list[Any]) -> list[Node]:
    return [node for term, definitions in entries for node in [*term, {"t": "Space"}, *_flatten_items(definitions)]]


_FLATTENERS: dict[str, Callable[[Any], list[Node]]] = {
    "Para": list,
    "Plain": list,
    "LineBlock": _flatten_lines,
    "CodeBlock": lambda content: [{"t": "Code", "c": content}],
    "Header": lambda content: list(content[2]),
    "BlockQuote": _flatten,
    "Div": lambda content: [{"t": "Span", "c": [content[0], _flatten(content[1])]}],
    "BulletList": _flatten_items,
    "OrderedList": lambda content: _flatten_items(content[1]),
    "Figure": lambda content: _flatten([*content[2], *content[1][1]]),
    "Table": _flatten_rows,
    "DefinitionList": _flatten_definitions,
}


def _marker(number: int, style: str, delimiter: str) -> str:
    words = _numeral(number, _NUMERALS.get(style, ""))
    return {"OneParen": f"{words})", "TwoParens": f"({words})"}.get(delimiter, f"{words}.")


def _numeral(number: int, style: str) -> str:
    if style.lower() == "alpha":
        words = ""
        while number > 0:
            number, rest = divmod(number - 1, 26)
            words = chr(97 + rest) + words
    elif style.lower() == "roman" and 0 < number < 4000:
        words = ""
        for value, sign in zip(
            (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
            ["m", "cm", "d", "cd", "c", "xc", "l", "xl", "x", "ix", "v", "iv", "i"],
            strict=True,
        ):
            words += sign * (number // value)
            number %= value
    else:
        return str(number)
    return words.upper() if style.isupper() else words


def read_meta(meta: Node) -> Particulars:
    """What pandoc found in a document's own fields: title, authors and date."""
    people = [
        person
        for name in _meta_list(meta.get("author"))
        if (byline := read_byline(f"By {name}"))
        for person in byline.contributors
    ]
    return Particulars(
        title=_meta_text(meta.get("title")),
        subtitle=_meta_text(meta.get("subtitle")),
        contributors=tuple(people),
        date=_meta_text(meta.get("date")),
        language=_meta_text(meta.get("lang")),
        rights=_meta_text(meta.get("rights")),
    )


def _meta_list(node: Node | None) -> list[str]:
    if node is None:
        return []
    if node["t"] == "MetaList":
        return [words for entry in node["c"] if (words := _meta_text(entry))]
    words = _meta_text(node)
    return [words] if words else []


def _meta_text(node: Node | None) -> str:
    if node is None:
        return ""
    if node["t"] == "MetaString":
        return normalise_text(node["c"])
    if node["t"] == "MetaInlines":
        return normalise_text(read_inlines(node["c"]).text)
    if node["t"] == "MetaBlocks":
        return normalise_text(read_inlines(_flatten(node["c"])).text)
    if node["t"] == "MetaList":
        return ", ".join(filter(None, map(_meta_text, node["c"])))
    return ""
