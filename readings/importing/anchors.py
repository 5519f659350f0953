"""Notes that a document ties to their marks by links: `text<a href="#n1">1</a>`, and further down `<a href="#r1">1</a> The note.`"""

import re
from collections import defaultdict
from dataclasses import replace

from readings.addresses import normalise_lines, normalise_text
from readings.importing.pieces import Piece
from readings.importing.tree import Link, Tree
from readings.kinds import Kind

_LABEL = re.compile(
    r"[\[(]?\s*(?:note\s)?([0-9]{1,4}|[ivxlc]{1,6}|[a-z]{1,2}|\*{1,5}|[†‡§¶#]{1,3})\s*[\])]?[.:]?", re.IGNORECASE
)
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_BACK = re.compile(
    r"[\s\[(]*(?:[↩↑⏎⤴↵←^⇑▲\ufe0e\ufe0f]+|back|zurück|retour|return|return to text|jump up)[\s\])]*", re.IGNORECASE
)
_NOTE_NAME = re.compile(
    r"(?:.*#)?_?(?:fn|ftn|edn|note|footnote|endnote|sdfootnote|sdendnote)s?[-_.:]?[0-9]{1,4}\w{0,4}", re.IGNORECASE
)
_MAY_BE_NOTE = frozenset({None, Kind.LIST_ITEM, Kind.FOOTNOTE, Kind.PARAGRAPH})


def tie_notes(tree: Tree) -> None:
    """Claim the pieces that links name as notes, and take the marks and the ways back out of the text."""
    order = {id(piece): index for index, piece in enumerate(tree.pieces)}
    cuts: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
    answering = {
        (id(link.piece), id(back)) for link in tree.links if (back := tree.places.get(link.target)) is not None
    }
    for link in tree.links:
        note = tree.places.get(link.target)
        label = _label_of(link)
        if note is None or label is None or id(note) not in order or not _is_mark(link, note, order):
            continue
        own = _own_label(
            note, label, answers=(id(note), id(link.piece)) in answering or bool(_NOTE_NAME.fullmatch(link.target))
        )
        if own is None:
            continue
        start, end = own
        if (start, end) not in cuts[id(note)]:
            cuts[id(note)].append((start, end))
        note.kind, note.level, note.marker = Kind.FOOTNOTE, None, None
        note.label = label
        cuts[id(link.piece)].append((link.start, link.end))
        _note_mark(link, label, note)
    for link in tree.links:
        back = tree.places.get(link.target)
        if link.piece.kind is Kind.FOOTNOTE and back is not None and _BACK.fullmatch(_words(link)):
            cuts[id(link.piece)].append((link.start, link.end))
            link.piece.shed.append(_words(link).strip())
    for piece in tree.pieces:
        if found := cuts.get(id(piece)):
            _cut(piece, sorted(found))
    # The rule above the notes parts them from the text, and nothing else.
    tree.pieces[:] = [
        piece
        for piece, after in zip(tree.pieces, [*tree.pieces[1:], None], strict=True)
        if not (piece.kind is Kind.BREAK and after is not None and after.kind is Kind.FOOTNOTE)
    ]


def _words(link: Link) -> str:
    assert link.piece.rich is not None
    return link.piece.rich.text[link.start : link.end]


def _label_of(link: Link) -> str | None:
    found = _LABEL.fullmatch(_words(link).strip().translate(_RAISED))
    return found[1] if found else None


def _is_mark(link: Link, note: Piece, order: dict[int, int]) -> bool:
    """A mark stands in a text, not before it, and its note comes later; or earlier, where the notes stand first."""
    assert link.piece.rich is not None
    if note is link.piece or note.kind not in _MAY_BE_NOTE:
        return False
    at_start = not link.piece.rich.text[: link.start].strip(" [(")
    return not at_start and order[id(note)] > order[id(link.piece)]


def _own_label(note: Piece, label: str, *, answers: bool) -> tuple[int, int] | None:
    """Where a note says its own label: nowhere (0, 0) in a numbered list, else at its start. None where it is no note.

    `answers` says whether it is named as notes are, or a link leads from it back to the mark.
    """
    assert note.rich is not None
    if note.kind is Kind.FOOTNOTE and note.label:
        return (0, 0) if note.label == label else None
    begin = note.rich.text[:24].translate(_RAISED)
    found = re.match(rf"[\s\[(^]*{re.escape(label)}[\s\]).:^]*", begin)
    if found and not begin[found.end() : found.end() + 1].isdigit():
        return 0, found.end()
    return (0, 0) if answers or (note.marker or "").strip("().") == label else None


def _note_mark(link: Link, label: str, note: Piece) -> None:
    rich = link.piece.rich
    assert rich is not None
    link.piece.rich = replace(rich, noted=(*rich.noted, (label, link.start, note)))


def _cut(piece: Piece, cuts: list[tuple[int, int]]) -> None:
    """Take stretches out of a piece's text, with the space that a mark leaves before a full stop."""
    assert piece.rich is not None
    text, kept, done = piece.rich.text, "", 0
    for start, end in cuts:
        before = text[done : max(done, start)]
        rest = text[end:].lstrip("])")
        if start and before.endswith(("[", "(")) and len(rest) < len(text[end:]):
            before, end = before[:-1], len(text) - len(rest)
        kept += before.rstrip(" ") if not text[end : end + 1].strip() or text[end] in ".,;:!?" else before
        done = max(done, end)
    piece.text = (normalise_lines if piece.kind is Kind.VERSE else normalise_text)(kept + text[done:])
