"""The HTML of a block, made once when its edition is stored."""

import re
from collections.abc import Iterator, Sequence
from typing import TypedDict

from common.markup import clean_block, clean_table, escape, is_safe_address
from readings.addresses import Address
from readings.importing.document import STYLES, DraftBlock, Span
from readings.kinds import Kind

_ORDER = {style: place for place, style in enumerate(STYLES)}
_BETWEEN_CELLS = re.compile(r"[\t\n]")


class Mark(TypedDict):
    """A note mark as it is stored: what it says, where it stands, and the key of its note (None if that is missing)."""

    label: str
    at: int
    note: str | None


def render_block(text: str, marks: Sequence[Mark], spans: Sequence[Span] = ()) -> str:
    """Text with its note marks and spans set in, as clean inline HTML. Line breaks in verse and code become `<br>`."""
    return clean_block(_inline(text, 0, len(text), marks, spans).replace("\n", "<br>"))


def render_draft(draft: DraftBlock, marks: Sequence[Mark]) -> str:
    """The HTML of a block of any kind."""
    if draft.kind is Kind.TABLE:
        return render_table(draft.text, marks, draft.spans, draft.head)
    return render_block(draft.text, marks, draft.spans)


def render_table(text: str, marks: Sequence[Mark], spans: Sequence[Span] = (), head: int | None = None) -> str:
    """A table as clean HTML: a row for each line of its text, cells parted by tabs, the first `head` rows naming the columns.

    Tabs and line breaks stay between the cells, so that the text of the HTML is the text of the block.
    """
    rows: list[str] = []
    start = 0
    cells: list[tuple[int, int]] = []
    for bound in [*_BETWEEN_CELLS.finditer(text), None]:
        end = bound.start() if bound else len(text)
        cells.append((start, end))
        start = end + 1
        if bound is None or bound[0] == "\n":
            tag = ' scope="col"' if len(rows) < (head or 0) else ""
            name = "th" if tag else "td"
            made = (f"<{name}{tag}>{_inline(text, *cell, marks, spans)}</{name}>" for cell in cells)
            rows.append("<tr>" + "\t".join(made) + "</tr>")
            cells = []
    top, body = rows[: head or 0], rows[head or 0 :]
    groups = [f"<{name}>" + "\n".join(of) + f"</{name}>" for name, of in (("thead", top), ("tbody", body)) if of]
    return clean_table("<table>" + "\n".join(groups) + "</table>")


def _inline(text: str, start: int, end: int, marks: Sequence[Mark], spans: Sequence[Span]) -> str:
    """A stretch of a text as HTML. Spans that cross are closed and opened again, so that elements nest."""
    inside = sorted(
        (span for span in spans if span.start < end and span.end > start),
        key=lambda span: (span.start, -span.end, _ORDER.get(span.style, len(_ORDER))),
    )
    bounds = sorted(
        {start, end, *(max(start, span.start) for span in inside), *(min(end, span.end) for span in inside)}
    )
    here = {mark["at"] for mark in marks if start <= mark["at"] <= end}
    pieces: list[str] = []
    open_spans: list[Span] = []
    for at, until in _stretches(sorted({*bounds, *here})):
        active = [span for span in inside if span.start <= at < span.end]
        # A mark is a link, and links do not nest: everything is closed before it.
        common = 0 if at in here else _common(open_spans, active)
        pieces += [_closing(span) for span in reversed(open_spans[common:])]
        pieces += [_mark(mark) for mark in marks if mark["at"] == at and start <= at]
        pieces += [_opening(span) for span in active[common:]]
        pieces.append(escape(text[at:until]))
        open_spans = active
    return "".join(pieces) + "".join(_closing(span) for span in reversed(open_spans))


def _stretches(bounds: list[int]) -> Iterator[tuple[int, int]]:
    yield from zip(bounds, [*bounds[1:], bounds[-1]], strict=True)


def _common(before: list[Span], after: list[Span]) -> int:
    count = 0
    for one, other in zip(before, after, strict=False):
        if one is not other:
            break
        count += 1
    return count


def _opening(span: Span) -> str:
    if span.style == "link":
        return f'<a href="{escape(span.href, quote=True)}">' if is_safe_address(span.href) else ""
    return f"<{span.style}>"


def _closing(span: Span) -> str:
    if span.style == "link":
        return "</a>" if is_safe_address(span.href) else ""
    return f"</{span.style}>"


def _mark(mark: Mark) -> str:
    label = escape(mark["label"])
    if mark["note"] is None:
        return f"<sup>{label}</sup>"
    return f'<sup><a href="#{Address(key=mark["note"])}">{label}</a></sup>'
