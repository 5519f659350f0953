"""List items, and the numbered lines that are headings instead."""

import itertools
import re
from dataclasses import dataclass

from readings.importing import signs
from readings.importing.pieces import Piece
from readings.kinds import Kind

_BULLETS = "•‣▪▫●○◦·∙⁃■□◆◇►▸➢✓✔★☐"
_ITEM = re.compile(
    rf"(?P<bullet>[{_BULLETS}]|[-–*+o](?=\s))\s{{0,8}}(?=\S)"
    r"|(?P<marker>(?P<open>[(\[])?(?P<label>[0-9]{1,3}|[ivxlc]{1,7}|[IVXLC]{1,7}|[a-zA-Z])(?P<close>[.)\]]))\s{1,8}(?=\S)"
)


@dataclass(frozen=True, slots=True)
class Item:
    """How a piece begins if it is an item."""

    marker: str
    label: str  # its number or letter, empty for bullets
    rest: int  # where its own text begins
    style: str  # items of one list have the same

    @property
    def order(self) -> int | None:
        """Its place in the list by its number; None for bullets."""
        return next(iter(self.orders), None)

    @property
    def orders(self) -> tuple[int, ...]:
        """All places that its number can mean: "i" is one or nine."""
        if not self.label:
            return ()
        if self.label.isdigit():
            return (int(self.label),)
        roman = _roman(self.label.lower()) if set(self.label.lower()) <= set("ivxlc") else None
        letter = ord(self.label.lower()) - 96 if len(self.label) == 1 else None
        return tuple(order for order in (roman, letter) if order)


def _roman(number: str) -> int:
    values = [{"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}[letter] for letter in number]
    return sum(-one if one < after else one for one, after in zip(values, [*values[1:], 0], strict=True))


def read_item(text: str) -> Item | None:
    """How the text begins as an item, if it does."""
    found = _ITEM.match(text[:24])
    if not found:
        return None
    if found["bullet"]:
        return Item(found["bullet"], "", found.end(), found["bullet"])
    if bool(found["open"]) != (found["close"] in ")]") and found["close"] == "]":
        return None
    label = found["label"]
    size = "1" if label.isdigit() else "a" if label.islower() else "A"
    return Item(found["marker"], label, found.end(), f"{found['open'] or ''}{size}{found['close']}")


def starts_item(text: str) -> bool:
    """Whether a line begins as the item of a list does. A lone letter with a full stop may as well begin a name."""
    item = read_item(text)
    if item is None:
        return False
    return not item.label or item.label.isdigit() or item.style[0] in "([" or item.style.endswith(")")


def claim_lists(pieces: list[Piece]) -> None:
    """Claim the items of lists: bullets wherever they stand, numbers where they run on from one to the next."""
    items = {index: item for index, piece in enumerate(pieces) if piece.is_free and (item := read_item(piece.text))}
    for index, item in items.items():
        if item.label:
            continue
        if item.marker in "-–*+o·" and not _has_company(pieces, items, index, item):
            continue
        _claim(pieces[index], item, 1.0 if item.marker in _BULLETS else 0.9)
    for run in find_runs(pieces, items):
        if _is_list(pieces, run):
            for index in run:
                _claim(pieces[index], items[index], 0.9)


def _claim(piece: Piece, item: Item, confidence: float) -> None:
    piece.claim(Kind.LIST_ITEM, confidence)
    piece.marker = item.marker
    piece.text = piece.text[item.rest :]


def _has_company(pieces: list[Piece], items: dict[int, Item], index: int, item: Item) -> bool:
    """Whether other items of the same style stand near: a dash or an asterisk alone may be anything."""
    if item.marker in "–-" and _is_dialogue(pieces, items, index):
        return False
    near = [other for other in range(index - 3, index + 4) if other != index and other in items]
    return any(items[other].style == item.style for other in near)


def _is_dialogue(pieces: list[Piece], items: dict[int, Item], index: int) -> bool:
    """Speeches in many languages begin with a dash: they begin large, end as sentences, and answer each other."""
    same = [
        other for other in range(index - 2, index + 3) if other in items and items[other].style == items[index].style
    ]
    spoken = sum(bool(re.search(r"[?!…]|[,.!?] [–—-] ", pieces[other].text)) for other in same)
    return items[index].marker == "–" and spoken >= max(1, len(same) // 2)


def find_runs(pieces: list[Piece], items: dict[int, Item]) -> list[list[int]]:
    """Indexes of numbered pieces of one style that count on from the first by one."""
    runs: list[list[int]] = []
    open_runs: dict[str, tuple[list[int], int]] = {}
    for index, item in items.items():
        if not item.label:
            continue
        run, last = open_runs.get(item.style, ([], 0))
        if run and last + 1 in item.orders:
            run.append(index)
            open_runs[item.style] = (run, last + 1)
        elif item.orders:
            run = [index]
            runs.append(run)
            open_runs[item.style] = (run, 1 if 1 in item.orders else item.orders[-1])
    return [run for run in runs if len(run) >= 2]


def _apart(pieces: list[Piece], before: int, after: int) -> int:
    """How many pieces stand between two items, items of an inner list right below not counted."""
    return sum(
        piece.gap > 0 or (read_item(piece.text) is None and piece.kind is not Kind.LIST_ITEM)
        for piece in pieces[before + 1 : after][:50]
    )


def _is_list(pieces: list[Piece], run: list[int]) -> bool:
    """Whether the numbered pieces are items, not headings: nothing, or little, stands between them."""
    between = [_apart(pieces, before, after) for before, after in itertools.pairwise(run)]
    followed = sum(gap > 0 for gap in between)
    if followed <= 0.4 * len(between):
        return True
    lengths = [len(pieces[index].text) for index in run]
    sentences = [signs.count_sentences(pieces[index].text) for index in run]
    # Numbered paragraphs: long, of several sentences each. Theses and headings say one thing.
    return sum(count > 2 for count in sentences) > 0.5 * len(run) or sum(
        length > 350 for length in lengths
    ) > 0.5 * len(run)
