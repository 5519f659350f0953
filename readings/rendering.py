"""The HTML of a block, made once when its edition is stored."""

from collections.abc import Sequence
from typing import TypedDict

from common.markup import clean_block, escape
from readings.addresses import Address


class Mark(TypedDict):
    """A note mark as it is stored: what it says, where it stands, and the key of its note (None if that is missing)."""

    label: str
    at: int
    note: str | None


def render_block(text: str, marks: Sequence[Mark]) -> str:
    """Text with its note marks set in, as clean inline HTML. Line breaks in verse and code become `<br>`."""
    pieces, done = [], 0
    for mark in sorted(marks, key=lambda mark: mark["at"]):
        pieces += [_lines(text[done : mark["at"]]), _mark(mark)]
        done = mark["at"]
    pieces.append(_lines(text[done:]))
    return clean_block("".join(pieces))


def _lines(text: str) -> str:
    return escape(text).replace("\n", "<br>")


def _mark(mark: Mark) -> str:
    label = escape(mark["label"])
    if mark["note"] is None:
        return f"<sup>{label}</sup>"
    return f'<sup><a href="#{Address(key=mark["note"])}">{label}</a></sup>'
