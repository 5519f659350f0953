"""From lines to pieces: which lines make one paragraph.

A text is hard-wrapped when its lines end where the next word would not have fitted. That test, line by line, also tells the last
line of a paragraph, verse (whose lines end early) and lists; indents and blank lines say the rest.
"""

import itertools
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from readings.addresses import normalise_lines, normalise_text
from readings.importing import shapes, signs
from readings.importing.hyphens import Vocabulary, join_lines
from readings.importing.lines import Line
from readings.importing.lists import starts_item
from readings.importing.pieces import Piece
from readings.kinds import Kind

_WIDEST = 140  # columns; longer lines are paragraphs
_SLACK = 2


@dataclass(frozen=True, slots=True)
class Layout:
    """How the text is set."""

    wrapped: bool  # its lines were broken to a width
    width: int  # that width, in columns
    indent: int  # the indent of most lines
    spaced: bool  # blank lines part its paragraphs
    gap: int  # how many
    stanza: int  # lines in nearly every run of lines, 0 where that differs


def measure(lines: list[Line]) -> Layout:
    """Find out how the text is set."""
    pairs = [
        (line, after) for line, after in itertools.pairwise(lines) if after.gap == 0 and not starts_item(after.text)
    ]
    width = _usual_width([line for line, _ in pairs])
    full = sum(is_full(line, after, width) for line, after in pairs)
    stanza = _stanza(lines)
    enough = max(1, (0.9 if stanza else 0.45) * len(pairs))
    wrapped = bool(pairs) and 36 <= width <= _WIDEST and full >= enough and _runs_on(pairs)
    indents = Counter(line.indent for line in lines)
    gaps = Counter(line.gap for line in lines[1:] if line.gap)
    spaced = sum(gaps.values()) >= (0.1 if wrapped else 0.5) * max(1, len(lines) - 1)
    gap = gaps.most_common(1)[0][0] if gaps else 0
    return Layout(wrapped, width, indents.most_common(1)[0][0], spaced, gap, stanza)


def _usual_width(lines: list[Line]) -> int:
    rights = sorted(line.right for line in lines)
    return rights[min(len(rights) - 1, (19 * len(rights)) // 20)] if rights else 0


def _stanza(lines: list[Line]) -> int:
    """How many lines nearly every run has, where none ends on a short one: stanzas do that, paragraphs do not. Else 0."""
    starts = [index for index, line in enumerate(lines) if line.gap or index == 0]
    runs = [lines[start:end] for start, end in zip(starts, [*starts[1:], len(lines)], strict=True) if end - start > 1]
    sizes = Counter(map(len, runs))
    if not sizes:
        return 0
    size, times = sizes.most_common(1)[0]
    even = sum(run[-1].right >= 0.6 * max(line.right for line in run) for run in runs)
    return size if size <= 8 and times >= max(3, 0.8 * len(runs)) and even >= 0.8 * len(runs) else 0


def _runs_on(pairs: list[tuple[Line, Line]]) -> bool:
    """Whether sentences go on from line to line, which sets wrapped prose apart from short paragraphs of one line."""
    open_ends = sum(not signs.ends_sentence(line.text) for line, _ in pairs)
    return open_ends >= 0.4 * len(pairs)


def is_full(line: Line, after: Line, width: int) -> bool:
    """Whether the first word of the next line would not have fitted on this one."""
    first = after.text.split(maxsplit=1)[0] if len(after.text) < 1000 else after.text[:40].split(maxsplit=1)[0]
    first_width = 2 if shapes.is_unspaced(after.text) else len(first)
    return line.right + 1 + first_width > width - (_SLACK if width < 60 or first_width == 2 else 0)


def close_up(lines: list[Line]) -> list[Line]:
    """Where a blank line follows every line, even within sentences, take one away everywhere."""
    later = lines[1:]
    if len(later) < 8 or sum(line.gap > 0 for line in later) < 0.9 * len(later):
        return lines
    cut = sum(
        not signs.ends_sentence(line.text) and signs.starts_lower(after.text)
        for line, after in zip(lines, later, strict=False)
    )
    if cut < 0.4 * len(later) or max(line.right for line in lines) > _WIDEST:
        return lines
    return [replace(line, gap=max(0, line.gap - 1)) for line in lines]


def unwrap(lines: list[Line]) -> list[Piece]:
    """The pieces of a text, in order. Verse, tables and code are claimed at once: they alone keep their line breaks."""
    layout = measure(lines)
    join = _joiner(lines)
    chunks = list(_chunks(lines, layout))
    poetic = _is_poetic(chunks, layout)
    pieces: list[Piece] = []
    for chunk in chunks:
        pieces += _reflow(chunk, layout, poetic, join, pieces)
    if poetic:
        _claim_lone_verses(pieces)
    return pieces


def _claim_lone_verses(pieces: list[Piece]) -> None:
    """Stanzas of one line, among verse: they are pointed as verse is, where headings are not."""
    for index, piece in enumerate(pieces):
        near = pieces[max(0, index - 1)].kind is Kind.VERSE or (
            index + 1 < len(pieces) and pieces[index + 1].kind is Kind.VERSE
        )
        pointed = piece.text[-1:] in ".,;:!?—…" or signs.starts_lower(piece.text)
        if (
            piece.is_free
            and index
            and near
            and any(character.isalpha() for character in piece.text)
            and pointed
            and len(piece.text) <= 80
            and piece.gap <= 1
        ):
            piece.claim(Kind.VERSE, 0.8)


def _joiner(lines: list[Line]) -> Callable[[list[Line]], str]:
    vocabulary = Vocabulary(lines)
    return lambda group: normalise_text(join_lines([line.text for line in group], vocabulary))


def _chunks(lines: list[Line], layout: Layout) -> Iterator[list[Line]]:
    """Runs of lines without a blank line, or with no more between them than a page end in mid-sentence."""
    chunk: list[Line] = []
    fenced = False
    for line in lines:
        if chunk and not fenced and (line.gap > 0 or line.new_page) and not _continues_across(chunk[-1], line, layout):
            yield chunk
            chunk = []
        if line.text.startswith("```"):
            fenced = not fenced
        chunk.append(line)
    if chunk:
        yield chunk


def _continues_across(before: Line, line: Line, layout: Layout) -> bool:
    """Whether a paragraph goes on after a page end, or after a blank line that cut it by mistake."""
    if (
        shapes.is_heading_like(before.text)
        and before.right < 0.8 * layout.width
        and not (line.new_page and signs.breaks_off(before.text))
    ):
        return False
    if line.new_page:
        open_end = not signs.ends_sentence(before.text) and not signs.ends_with_colon(before.text)
        return open_end and (
            signs.starts_lower(line.text) or is_full(before, line, layout.width) or before.text[-1:] == "-"
        )
    return (
        layout.wrapped
        and line.gap == 1
        and signs.starts_lower(line.text)
        and not signs.ends_sentence(before.text)
        and before.text[-1:] not in ":,;—"
        and is_full(before, line, layout.width)
        and before.right > 0.8 * layout.width
        and line.indent == before.indent
        and not starts_item(line.text)
    )


def _is_poetic(chunks: list[list[Line]], layout: Layout) -> bool:
    """Whether the text is mostly verse: then short stanzas are verse too."""
    several = [chunk for chunk in chunks if len(chunk) > 1]
    verses = sum(shapes.is_verse(chunk, layout.width if layout.wrapped else 0, least=2) for chunk in several)
    lone = sum(len(chunk) == 1 and len(chunk[0].text) > 90 for chunk in chunks)
    return len(several) >= 2 and verses >= 0.6 * len(several) and verses > lone


def _reflow(
    chunk: list[Line], layout: Layout, poetic: bool, join: Callable[[list[Line]], str], before: list[Piece]
) -> list[Piece]:
    if chunk[0].text.startswith("```") and len(chunk) > 1:
        return [_kept(chunk, Kind.CODE)]
    if shapes.is_quoted(chunk):
        return _reflow_quoted(chunk, layout, join)
    if shapes.is_table(chunk):
        return [_kept(chunk, Kind.TABLE, 0.8)]
    if shapes.is_code(chunk, layout.indent):
        return [_kept(chunk, Kind.CODE, 0.8)]
    set_in = min(line.indent for line in chunk) >= layout.indent + 2
    announced = bool(before) and signs.ends_with_colon(before[-1].text)
    follows_verse = bool(before) and before[-1].kind is Kind.VERSE
    least = 2 if poetic or set_in or announced or follows_verse else 4
    if shapes.is_verse(chunk, layout.width if layout.wrapped else 0, least=least):
        return [_kept(chunk, Kind.VERSE, 0.9 if poetic or set_in or announced else 0.7)]
    if poetic and len(chunk) == layout.stanza > 2:  # among verse, a stanza whose every line is a sentence
        return [_kept(chunk, Kind.VERSE, 0.8)]
    return [Piece(group, join(group)) for group in _paragraphs(chunk, layout)]


def _kept(chunk: list[Line], kind: Kind, confidence: float = 1.0) -> Piece:
    text = "\n".join(line.text for line in chunk)  # of a table, the wide spaces are the bounds of its cells
    piece = Piece(chunk, text if kind is Kind.TABLE else normalise_lines(text))
    piece.claim(kind, confidence)
    return piece


def _reflow_quoted(chunk: list[Line], layout: Layout, join: Callable[[list[Line]], str]) -> list[Piece]:
    """Lines that each begin with ">", as in mail and Markdown."""
    bare = [replace(line, text=line.text.lstrip("> ")) for line in chunk]
    pieces = []
    group: list[Line] = []
    for line in [*bare, None]:
        if line is not None and line.text:
            group.append(line)
        elif group:
            piece = Piece(group, join(group))
            piece.claim(Kind.BLOCKQUOTE)
            pieces.append(piece)
            group = []
    return pieces


def _paragraphs(chunk: list[Line], layout: Layout) -> list[list[Line]]:
    """The lines of a chunk, in paragraphs."""
    width = _width_of(chunk, layout)
    body = _body_indent(chunk)
    groups = [[chunk[0]]]
    for before, line in itertools.pairwise(chunk):
        if _starts_paragraph(before, line, groups[-1], width, body):
            groups.append([line])
        else:
            groups[-1].append(line)
    return groups


def _width_of(chunk: list[Line], layout: Layout) -> int:
    """The width this chunk was wrapped to; 0 when each of its lines is a paragraph."""
    own = max((line.right for line in chunk[:-1]), default=0)
    if layout.wrapped and own <= _WIDEST:
        # What is set in from both sides has a width of its own.
        return (
            own
            if min(line.indent for line in chunk) >= layout.indent + 2 and len(chunk) > 2
            else max(own, layout.width)
        )
    if own > _WIDEST or len(chunk) < 2:
        return 0
    pairs = list(itertools.pairwise(chunk))
    runs_on = sum(not signs.ends_sentence(line.text) and signs.starts_lower(after.text) for line, after in pairs)
    full = sum(is_full(line, after, own) for line, after in pairs)
    return own if full >= 0.8 * len(pairs) and runs_on >= 0.4 * len(pairs) and own >= 40 else 0


def _body_indent(chunk: list[Line]) -> int:
    return Counter(line.indent for line in chunk[1:]).most_common(1)[0][0] if len(chunk) > 1 else chunk[0].indent


def _starts_paragraph(before: Line, line: Line, group: list[Line], width: int, body: int) -> bool:
    if not width:
        return True
    if line.new_page:
        return _starts_after_page(before, line, width, body)
    full = is_full(before, line, width)
    if starts_item(line.text) and (not full or signs.ends_sentence(before.text) or starts_item(group[0].text)):
        return True
    hanging = starts_item(group[0].text) or (len(group) > 1 and group[0].indent < group[1].indent)
    if line.indent > body and line.indent > before.indent and not hanging:
        return (
            signs.ends_sentence(before.text)
            or signs.ends_with_colon(before.text)
            or not full
            or not signs.starts_lower(line.text)
        )
    if hanging and line.indent < before.indent and line.indent <= group[0].indent:
        return signs.ends_sentence(before.text) or not full
    if full:
        return False
    if signs.ends_sentence(before.text) or signs.ends_with_colon(before.text):
        return before.right < width - 12 or bool(signs.speaker_of(line.text)) or _far_from_full(before, line, width)
    return not signs.starts_lower(line.text) and before.right < 0.8 * width


def _starts_after_page(before: Line, line: Line, width: int, body: int) -> bool:
    if not signs.ends_sentence(before.text) and not signs.ends_with_colon(before.text):
        return False
    return line.indent > body or not is_full(before, line, width)


def _far_from_full(before: Line, line: Line, width: int) -> bool:
    return len(line.text) > 1 and before.right + 2 + len(line.text.split(maxsplit=1)[0]) <= width - 3
