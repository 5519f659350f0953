"""A block's words changed by hand: written anew, cut in two, run together. Its spans and marks stay with their words."""

from collections.abc import Iterable
from dataclasses import replace

from readings.addresses import normalise_lines, normalise_table, normalise_text
from readings.importing.document import DraftBlock, Span
from readings.importing.rich import Places
from readings.kinds import Kind

LINED = frozenset({Kind.VERSE, Kind.CODE, Kind.TABLE})
"""The kinds whose line breaks mean something."""


def normalise_as(kind: Kind, text: str) -> str:
    """Text as blocks of this kind have it."""
    if kind is Kind.TABLE:
        return normalise_table(text)
    return normalise_lines(text) if kind in LINED else normalise_text(text)


def restate(block: DraftBlock, text: str, kind: Kind | None = None) -> DraftBlock:
    """The block with other words, normalised as its kind wants; spans and marks stay with the words that are still there."""
    kind = kind or block.kind
    clean = normalise_as(kind, text)
    if clean == block.text:
        return replace(block, kind=kind)
    places = Places(block.text, clean)
    spans = (
        replace(span, start=start, end=end)
        for span in block.spans
        for start, end in [places.within(span.start, span.end)]
    )
    return replace(
        block,
        kind=kind,
        text=clean,
        spans=_filled(spans),
        marks=tuple(replace(mark, at=places.after(mark.at)) for mark in block.marks),
    )


def with_sign(block: DraftBlock) -> DraftBlock:
    """The block with the sign that was taken off its text put back before it."""
    sign = block.marker or (f"{block.label}." if block.label and block.label.isalnum() else block.label)
    block = replace(block, marker=None, label=None)
    return _begin(block, 0, f"{sign} ") if sign and block.text else block


def begin_at(block: DraftBlock, start: int) -> DraftBlock:
    """The block without what stands before this place in its text."""
    return _begin(block, start, "")


def _begin(block: DraftBlock, start: int, sign: str) -> DraftBlock:
    by = len(sign) - start
    spans = (replace(span, start=max(0, span.start + by), end=max(0, span.end + by)) for span in block.spans)
    return replace(
        block,
        text=sign + block.text[start:],
        spans=_filled(spans),
        marks=tuple(replace(mark, at=max(0, mark.at + by)) for mark in block.marks),
    )


def cut(block: DraftBlock, start: int, end: int) -> tuple[DraftBlock, list[int]]:
    """The part of a block between two places of its text, and which of its marks stand in it.

    Every mark is in exactly one of the parts that a text is cut into. White space at a cut is gone: see `white_at`.
    """
    whole = block.text
    here = [
        index
        for index, mark in enumerate(block.marks)
        if _is_right(whole, start, mark.at) and not (end < len(whole) and _is_right(whole, end, mark.at))
    ]
    is_first, raw = start == 0, whole[start:end]
    start, end = start + len(raw) - len(raw.lstrip()), end - (len(raw) - len(raw.rstrip()))
    spans = (
        replace(span, start=max(span.start, start) - start, end=min(span.end, end) - start)
        for span in block.spans
        if span.start < end and span.end > start
    )
    made = replace(
        block,
        text=whole[start:end],
        marks=tuple(
            replace(block.marks[index], at=min(max(block.marks[index].at - start, 0), end - start)) for index in here
        ),
        spans=_filled(spans),
        marker=block.marker if is_first else None,
        label=block.label if is_first else None,
        head=block.head if is_first else None,
    )
    return made, here


def _is_right(text: str, bound: int, at: int) -> bool:
    """Whether a mark stands in what begins at a bound. It belongs to the word before it, if there is one."""
    return bound == 0 or at > bound or (at == bound and text[at - 1].isspace())


def white_at(text: str, at: int) -> str:
    """The white space around a place of a text."""
    before, after = text[:at], text[at:]
    return before[len(before.rstrip()) :] + after[: len(after) - len(after.lstrip())]


def run_together(first: DraftBlock, second: DraftBlock, glue: str) -> DraftBlock:
    """Two blocks of one kind as one, with this between their words. A span that ends where one like it begins runs on."""
    shift = len(first.text) + len(glue)
    spans = list(first.spans)
    for span in second.spans:
        moved = replace(span, start=span.start + shift, end=span.end + shift)
        before = Span(0, len(first.text), span.style, span.href)
        runs_on = [one for one in spans if span.start == 0 and replace(one, start=0) == before]
        if runs_on:
            spans[spans.index(runs_on[0])] = replace(runs_on[0], end=moved.end)
        else:
            spans.append(moved)
    lines = [block.lines for block in (first, second) if block.lines]
    return replace(
        first,
        text=first.text + glue + second.text,
        spans=tuple(spans),
        marks=(*first.marks, *(replace(mark, at=mark.at + shift) for mark in second.marks)),
        lines=(min(start for start, _ in lines), max(end for _, end in lines)) if lines else None,
    )


def _filled(spans: Iterable[Span]) -> tuple[Span, ...]:
    return tuple(span for span in spans if span.start < span.end)
