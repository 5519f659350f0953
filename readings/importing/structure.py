"""From text to works: the conductor. Each step below is a module of its own; here is only the order in which they come.

Every line of the source ends up in a block, a mark, a label, a marker, or among what was dropped. The same text gives the same works.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable

from readings.addresses import normalise_text
from readings.importing import captions, contents, headings, lists, marks, notes, quotes, works
from readings.importing.anchors import tie_notes
from readings.importing.build import build_work
from readings.importing.decode import UnreadableSource
from readings.importing.document import Dropped, Particulars, Work
from readings.importing.frontmatter import claim_front
from readings.importing.furniture import clear_furniture
from readings.importing.lines import Line, read_lines
from readings.importing.pages import clear_pages
from readings.importing.pieces import Piece
from readings.importing.repair import repair
from readings.importing.tree import Tree
from readings.importing.wrapping import close_up, unwrap
from readings.kinds import Kind

_BREAK = re.compile(r"(?:[*＊⁂•·#~\-–—_=☙❦❧§+oO]\s{0,8}){1,40}")


def structure(text: str, *, name: str = "") -> list[Work]:
    """The works in a text, in order, each with its blocks. `name` is the file's: a title where the text has none.

    Raises UnreadableSource where there is no text, or nothing but the furniture of a web page.
    """
    return structure_lines(read_lines(repair(text)), name=name)


def structure_lines(lines: list[Line], *, name: str = "", particulars: Particulars | None = None) -> list[Work]:
    """The works in the lines of a text or of the pages of a PDF. `particulars` say what the text does not say itself.

    Raises UnreadableSource where there is no text, or nothing but furniture.
    """
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
    if particulars and len(built) == 1:
        add_particulars(built[0], particulars)
    return built


def structure_tree(tree: Tree, *, name: str = "", dropped: Iterable[Dropped] = (), in_text: bool) -> Work:
    """The work in a document with markup. What its markup says is believed; the rules see to the rest.

    `in_text` says whether the document's own fields (title, authors, date) are part of what one reads, as in a word processor,
    or stand beside it, as in the head of a web page.
    """
    if not any(piece.text for piece in tree.pieces if piece.kind is not Kind.BREAK):
        raise UnreadableSource("There is no text in this source. Check that it was saved, and import it again.")
    tie_notes(tree)
    pieces = tree.pieces + tree.notes
    begin = _begin_with_title(pieces, tree.particulars, in_text=in_text)
    # The rules look at words; a picture without a description has none, and stands where it stood.
    worded = [piece for piece in pieces[begin:] if piece.text]
    titled = begin > 0 or worded[0].kind is Kind.TITLE
    if titled:
        worded[0].kind = None
    _claim_breaks(worded)
    front = claim_front(worded, titled=titled)
    promised = contents.claim_contents(worded)
    notes.claim_notes(worded, marks.count_labels(worded))
    captions.claim_captions(worded)
    lists.claim_lists(worded)
    said = Counter(piece.kind for piece in worded)
    if not said[Kind.HEADING]:
        headings.claim_headings(worded, promised)
    if not said[Kind.BLOCKQUOTE]:
        quotes.claim_quotes(worded, 0)
    kept = {id(piece) for piece in worded} | {id(piece) for piece in pieces if not piece.text}
    pieces = [piece for index, piece in enumerate(pieces) if index < begin or id(piece) in kept]
    for piece in pieces:
        if piece.is_free:
            piece.claim(Kind.PARAGRAPH)
    work = build_work(pieces, front, name if not tree.particulars.title else "")
    work.dropped = [*dropped, *tree.dropped, *work.dropped]
    work.pictures = tree.pictures
    add_particulars(work, tree.particulars)
    return work


def _begin_with_title(pieces: list[Piece], particulars: Particulars, *, in_text: bool) -> int:
    """Put the title where the front of a work begins, and say where that is. What stands above it is text like any other.

    A title is the line that says what the fields call the work, or the only heading of the first level, or what the fields say.
    """
    wanted = normalise_text(particulars.title).casefold()
    first = next((index for index, piece in enumerate(pieces) if piece.text), 0)
    for index, piece in enumerate(pieces[:12]):
        if wanted and piece.text.casefold() == wanted and piece.kind in (None, Kind.HEADING):
            return _mark_title(pieces, index, first)
    tops = [index for index, piece in enumerate(pieces) if piece.kind is Kind.HEADING and piece.level == 1]
    if len(tops) == 1 and tops[0] < 12 and not (in_text and wanted):
        return _mark_title(pieces, tops[0], first)
    if not (in_text and wanted):
        return first
    made = [
        _said(Kind.TITLE, particulars.title),
        _said(Kind.SUBTITLE, particulars.subtitle),
        _said(Kind.BYLINE, ", ".join(person.name for person in particulars.contributors)),
        _said(Kind.DATE, particulars.date),
    ]
    present = {piece.text.casefold() for piece in pieces[:8]}
    pieces[:0] = [piece for piece in made if piece.text and (piece is made[0] or piece.text.casefold() not in present)]
    return 0


def _mark_title(pieces: list[Piece], index: int, first: int) -> int:
    title = pieces[index]
    title.kind, title.level = Kind.TITLE, None
    deeper = [piece for piece in pieces if piece.kind is Kind.HEADING and piece.level]
    if deeper and all((piece.level or 1) > 1 for piece in deeper):  # the levels begin below the title
        for piece in deeper:
            piece.level = (piece.level or 2) - 1
    return index if index > first else first


def _said(kind: Kind, words: str) -> Piece:
    """A piece of the front that stands in the document's fields."""
    piece = Piece([Line(1, words or " ", 0, 1)], words, moved=True)
    piece.claim(kind)
    return piece


def add_particulars(work: Work, particulars: Particulars) -> None:
    """Fill in what the text does not say of itself and its file does. A language is believed where the text does not gainsay it."""
    made_up = any(doubt.code == "title-missing" for doubt in work.doubts)
    if made_up and particulars.title:
        work.title = particulars.title
        work.doubts = [doubt for doubt in work.doubts if doubt.code != "title-missing"]
    work.subtitle = work.subtitle or particulars.subtitle
    work.contributors = work.contributors or list(particulars.contributors)
    work.date = work.date or particulars.date
    work.source, work.rights = particulars.source, particulars.rights
    if particulars.language.partition("-")[0].lower() == work.language.partition("-")[0].lower():
        work.language = particulars.language


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
