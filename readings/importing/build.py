"""From claimed pieces to a work: marks taken out and tied to notes, languages told, the front put first."""

from bisect import bisect_right
from dataclasses import replace

from readings.addresses import normalise_lines, normalise_table, normalise_text
from readings.importing.document import Doubt, DraftBlock, Dropped, NoteMark, Work
from readings.importing.frontmatter import Front
from readings.importing.languages import detect_language, differs
from readings.importing.marks import choose_forms, take_marks
from readings.importing.pieces import Piece
from readings.importing.rich import carry_over
from readings.importing.tables import read_rows
from readings.kinds import FRONT_MATTER, Kind

_KEEPS_LINES = frozenset({Kind.VERSE, Kind.CODE})
_WITHOUT_MARKS = frozenset({Kind.CODE, Kind.TABLE, Kind.TOC, Kind.BREAK, Kind.DATE})
_SET_APART = frozenset({Kind.HEADING, Kind.CAPTION, *FRONT_MATTER})
_TITLE_WORDS = 8


def build_work(pieces: list[Piece], front: Front, name: str) -> Work:
    """The work that these pieces make."""
    ordered = front.pieces + [piece for piece in pieces if piece.kind not in FRONT_MATTER]
    language = detect_language("\n".join(piece.text[:2000] for piece in ordered[:60]))
    forms = choose_forms(ordered)
    labels = {piece.label for piece in ordered if piece.kind is Kind.FOOTNOTE and piece.label}
    drafts = [_draft(piece, forms, labels, language) for piece in ordered]
    doubts = list(front.doubts)
    blocks = link_marks(tie_marks(drafts, ordered), doubts)
    dropped = [Dropped(words, "label", piece.span) for piece in ordered for words in piece.shed]
    work = Work(
        front.title, blocks, front.subtitle, front.contributors, front.date, language, dropped=dropped, doubts=doubts
    )
    _follow_marks(work)
    if not work.title:
        work.title = _derive_title(name, blocks)
        doubts.append(
            Doubt(
                "title-missing",
                "No title is printed in the source; one was made from the file's name or the first words.",
            )
        )
    return work


def _draft(piece: Piece, forms: set[str], labels: set[str], language: str) -> DraftBlock:
    kind = piece.kind or Kind.PARAGRAPH
    head = piece.rich.head if piece.rich else None
    if kind is Kind.TABLE:
        if piece.rich is None:
            piece.text, head = read_rows(piece.text)
        text = normalise_table(piece.text)
    else:
        text = (normalise_lines if kind in _KEEPS_LINES else normalise_text)(piece.text)
    marks: list[NoteMark] = []
    doubts = list(piece.doubts)
    if kind not in _WITHOUT_MARKS:
        text, marks, strange = take_marks(text, forms, labels)
        doubts += [
            Doubt(
                "note-missing",
                f"“{label}” looks like the mark of a note, but no note has that number; it was left in the text.",
            )
            for label in strange
        ]
    spans, noted = carry_over(piece.rich, text) if piece.rich else ((), ())
    if kind in _SET_APART:  # a heading in bold is a heading
        spans = tuple(span for span in spans if span.style not in ("strong", "em") or span.end - span.start < len(text))
    return DraftBlock(
        kind,
        text,
        level=piece.level if kind in (Kind.HEADING, Kind.LIST_ITEM) else None,
        label=piece.label,
        marker=piece.marker,
        marks=tuple(sorted((*marks, *noted), key=lambda mark: mark.at)),
        spans=spans,
        head=head,
        picture=piece.rich.picture if piece.rich else None,
        language=differs(text, language) if kind not in (Kind.CODE, Kind.BREAK, Kind.TABLE) else None,
        confidence=piece.confidence,
        doubts=tuple(doubts),
        lines=piece.span,
    )


def tie_marks(blocks: list[DraftBlock], pieces: list[Piece]) -> list[DraftBlock]:
    """Tie the marks of which the source itself says where their notes are."""
    places = {id(piece): index for index, piece in enumerate(pieces)}
    tied = []
    for block, piece in zip(blocks, pieces, strict=True):
        notes = {
            label: places[id(note)] for label, _, note in (piece.rich.noted if piece.rich else ()) if id(note) in places
        }
        marks = tuple(replace(mark, note=notes.get(mark.label, mark.note)) for mark in block.marks) if notes else ()
        tied.append(replace(block, marks=marks) if marks else block)
    return tied


def link_marks(blocks: list[DraftBlock], doubts: list[Doubt]) -> list[DraftBlock]:
    """Tie each mark to its note: the next one below with its label, or else the last one above."""
    notes: dict[str, list[int]] = {}
    for index, block in enumerate(blocks):
        if block.kind is Kind.FOOTNOTE and block.label:
            notes.setdefault(block.label, []).append(index)
    linked = [_link(index, block, notes) for index, block in enumerate(blocks)]
    pointed = {mark.note for block in linked for mark in block.marks}
    for label, index in ((label, index) for label, indexes in notes.items() for index in indexes):
        if index not in pointed:
            linked[index] = replace(
                linked[index],
                doubts=(*linked[index].doubts, Doubt("mark-missing", f"No mark in the text points to note {label}.")),
                confidence=min(0.7, linked[index].confidence),
            )
    return linked


def _link(index: int, block: DraftBlock, notes: dict[str, list[int]]) -> DraftBlock:
    if not block.marks:
        return block
    marks, doubts = [], list(block.doubts)
    for mark in block.marks:
        note = _nearest(notes.get(mark.label, []), index) if mark.note is None else mark.note
        if note is None:
            doubts.append(Doubt("note-missing", f"The mark “{mark.label}” points to a note that is not in the source."))
        marks.append(NoteMark(mark.label, mark.at, note))
    missing = any(mark.note is None for mark in marks)
    return replace(
        block,
        marks=tuple(marks),
        doubts=tuple(doubts),
        confidence=min(block.confidence, 0.7) if missing else block.confidence,
    )


def _nearest(notes: list[int], index: int) -> int | None:
    """Of the notes with one label, the first below the block, or else the last above it."""
    place = bisect_right(notes, index)
    if place < len(notes):
        return notes[place]
    above = [note for note in notes[max(0, place - 2) : place] if note != index]
    return above[-1] if above else None


def _follow_marks(work: Work) -> None:
    """Title and subtitle of the work read as their blocks do, without marks."""
    for block in work.blocks:
        if block.kind is Kind.TITLE:
            work.title = block.text
        if block.kind is Kind.SUBTITLE and work.subtitle and block.marks:
            work.subtitle = block.text


def _derive_title(name: str, blocks: list[DraftBlock]) -> str:
    words = normalise_text(name.replace("_", " ").replace("-", " "))
    if any(character.isalpha() for character in words):
        return words[:1].upper() + words[1:200]
    text = (
        next((block.text for block in blocks if block.kind not in (Kind.BREAK, *FRONT_MATTER)), "") or blocks[0].text
        if blocks
        else ""
    )
    first = text[:400].split()
    short = " ".join(first[:_TITLE_WORDS])
    return (short + ("…" if len(first) > _TITLE_WORDS else ""))[:200] or "Untitled"
