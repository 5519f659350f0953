"""From claimed pieces to a work: marks taken out and tied to notes, languages told, the front put first."""

from bisect import bisect_right
from dataclasses import replace

from readings.addresses import normalise_lines, normalise_text
from readings.importing.document import Doubt, DraftBlock, Dropped, NoteMark, Work
from readings.importing.frontmatter import Front
from readings.importing.languages import detect_language, differs
from readings.importing.marks import choose_forms, take_marks
from readings.importing.pieces import Piece
from readings.kinds import FRONT_MATTER, Kind

_KEEPS_LINES = frozenset({Kind.VERSE, Kind.CODE, Kind.TABLE})
_WITHOUT_MARKS = frozenset({Kind.CODE, Kind.TABLE, Kind.TOC, Kind.BREAK, Kind.DATE})
_TITLE_WORDS = 8


def build_work(pieces: list[Piece], front: Front, name: str) -> Work:
    """The work that these pieces make."""
    ordered = front.pieces + [piece for piece in pieces if piece.kind not in FRONT_MATTER]
    language = detect_language("\n".join(piece.text[:2000] for piece in ordered[:60]))
    forms = choose_forms(ordered)
    labels = {piece.label for piece in ordered if piece.kind is Kind.FOOTNOTE and piece.label}
    blocks = [block for piece in ordered if (block := _draft(piece, forms, labels, language))]
    doubts = list(front.doubts)
    blocks = link_marks(blocks, doubts)
    dropped = [Dropped(words, "label", piece.span) for piece in ordered for words in piece.shed]
    work = Work(front.title, blocks, front.subtitle, front.contributors, front.date, language, dropped, doubts)
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


def _draft(piece: Piece, forms: set[str], labels: set[str], language: str) -> DraftBlock | None:
    kind = piece.kind or Kind.PARAGRAPH
    normalise = normalise_lines if kind in _KEEPS_LINES else normalise_text
    text = normalise(piece.text)
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
    return DraftBlock(
        kind,
        text,
        level=piece.level if kind is Kind.HEADING else None,
        label=piece.label,
        marker=piece.marker,
        marks=tuple(marks),
        language=differs(text, language) if kind not in (Kind.CODE, Kind.BREAK, Kind.TABLE) else None,
        confidence=piece.confidence,
        doubts=tuple(doubts),
        lines=piece.span,
    )


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
        note = _nearest(notes.get(mark.label, []), index)
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
