"""From text to works: the conductor. Each step below is a module of its own; here is only the order in which they come.

Every line of the source ends up in a block, a mark, a label, a marker, or among what was dropped. The same text gives the same works.
"""

import re
from bisect import bisect_left
from collections import Counter

from readings.importing import captions, contents, headings, lists, marks, notes, quotes, works
from readings.importing.build import build_work
from readings.importing.decode import UnreadableSource
from readings.importing.document import Dropped, Work
from readings.importing.frontmatter import claim_front
from readings.importing.furniture import clear_furniture
from readings.importing.lines import Line, read_lines
from readings.importing.pages import clear_pages
from readings.importing.pieces import Piece
from readings.importing.repair import repair
from readings.importing.wrapping import close_up, unwrap
from readings.kinds import Kind

_BREAK = re.compile(r"(?:[*＊⁂•·#~\-–—_=☙❦❧§+oO]\s{0,8}){1,40}")


def structure(text: str, *, name: str = "") -> list[Work]:
    """The works in a text, in order, each with its blocks. `name` is the file's: a title where the text has none.

    Raises UnreadableSource where there is no text, or nothing but the furniture of a web page.
    """
    lines = read_lines(repair(text))
    if not lines:
        raise UnreadableSource("There is no text in this source. Check that it was saved, and import it again.")
    cleared = clear_furniture(lines)
    if not cleared.lines:
        raise UnreadableSource(
            "There is only a web page's navigation in this source, no text. Copy the text itself and import that."
        )
    unpaged = clear_pages(close_up(cleared.lines))
    pieces = _with_notes(unwrap(unpaged.lines), unpaged.notes)
    if not pieces:
        raise UnreadableSource(
            "There are only page numbers in this source, no text. Copy the text itself and import that."
        )
    dropped = sorted(cleared.dropped + unpaged.dropped, key=lambda drop: drop.lines or (0, 0))
    groups = works.split_works(pieces)
    authors = [None] * (len(groups) - 1) + [cleared.author]
    built = [_structure_work(group, author, name) for group, author in zip(groups, authors, strict=True)]
    _share_out(dropped, groups, built)
    return built


def _with_notes(pieces: list[Piece], page_notes: list[tuple[str, list[Line]]]) -> list[Piece]:
    """The pieces with each note from a page's foot after the piece on whose page it stood."""
    made: list[Piece] = []
    for label, lines in page_notes:
        joined = Piece(lines, " ".join(piece.text for piece in unwrap(lines)), moved=True)
        joined.claim(Kind.FOOTNOTE, 0.9)
        joined.label = label
        start = notes.read_note(joined.text)
        joined.text = joined.text[start.rest :].strip() if start else joined.text
        made.append(joined)
    starts = [piece.lines[0].number for piece in pieces]
    for note in reversed(made):
        pieces.insert(bisect_left(starts, note.lines[0].number), note)
    return pieces


def _structure_work(pieces: list[Piece], author: tuple[str, Line] | None, name: str) -> Work:
    """Each step claims what it knows; what none has claimed is a paragraph."""
    headings.read_markdown(pieces)
    _claim_breaks(pieces)
    front = claim_front(pieces, author)
    promised = contents.claim_contents(pieces)
    notes.claim_notes(pieces, marks.count_labels(pieces))
    captions.claim_captions(pieces)
    lists.claim_lists(pieces)
    headings.claim_headings(pieces, promised)
    quotes.claim_quotes(pieces, _usual_indent(pieces))
    for piece in pieces:
        if piece.is_free:
            piece.claim(Kind.PARAGRAPH)
    return build_work(pieces, front, name)


def _claim_breaks(pieces: list[Piece]) -> None:
    for piece in pieces:
        if (
            piece.is_free
            and len(piece.text) <= 80
            and _BREAK.fullmatch(piece.text)
            and not re.fullmatch(r"[oO#+]", piece.text)
        ):
            piece.claim(Kind.BREAK)


def _usual_indent(pieces: list[Piece]) -> int:
    indents = Counter(
        piece.indent for piece in pieces for _ in piece.lines[:50] if piece.kind not in (Kind.VERSE, Kind.CODE)
    )
    return indents.most_common(1)[0][0] if indents else 0


def _share_out(dropped: list[Dropped], groups: list[list[Piece]], built: list[Work]) -> None:
    """Give each work what was dropped around it: up to the line where the next one begins."""
    starts = [group[0].span[0] for group in groups[1:]]
    for drop in dropped:
        line = drop.lines[0] if drop.lines else 0
        built[sum(line >= start for start in starts)].dropped.append(drop)
