"""Emphasis, links and note marks of a source with markup, carried over to the text that the rules made of it.

The rules that structure a text know words alone: they take off the number of a list's item, the label of a note, the marks in
the text. What they leave is the text that came less some of it, so every place in it can be found again.
"""

from bisect import bisect_left, bisect_right

from rapidfuzz.distance import Indel

from readings.importing.document import NoteMark, Span
from readings.importing.pieces import Rich


def carry_over(rich: Rich, text: str) -> tuple[tuple[Span, ...], tuple[NoteMark, ...]]:
    """The spans and marks of a piece where they stand in its block's text. A span of which no letter is left is gone."""
    if not rich.spans and not rich.noted:
        return (), ()
    places = Places(rich.text, text)
    spans = (Span(*places.within(span.start, span.end), span.style, span.href) for span in rich.spans)
    noted = tuple(NoteMark(label, places.after(at)) for label, at, _ in rich.noted)
    return tuple(span for span in spans if span.start < span.end), noted


class Places:
    """Where the characters of one text are in another that was made from it."""

    def __init__(self, before: str, after: str) -> None:
        self._runs = (
            [(0, 0, len(before))]
            if before == after
            else [
                (block.src_start, block.dest_start, block.src_end - block.src_start)
                for block in Indel.opcodes(before, after)
                if block.tag == "equal"
            ]
        )
        self._starts = [start for start, _, _ in self._runs]
        self._after = after

    def after(self, at: int) -> int:
        """The place just after the last character before `at` that is still there."""
        index = bisect_left(self._starts, at) - 1
        if index < 0:
            return 0
        start, there, length = self._runs[index]
        return there + min(length, at - start)

    def within(self, start: int, end: int) -> tuple[int, int]:
        """What is left of a run, without white space at its ends. Start and end are the same where nothing is."""
        index = bisect_right(self._starts, start) - 1
        if index >= 0 and start < self._runs[index][0] + self._runs[index][2]:
            first = self._runs[index][1] + start - self._runs[index][0]
        elif index + 1 < len(self._runs):
            first = self._runs[index + 1][1]
        else:
            first = len(self._after)
        last = max(first, self.after(end))
        while first < last and self._after[first].isspace():
            first += 1
        while first < last and self._after[last - 1].isspace():
            last -= 1
        return first, last
