"""The steps by which a person changes a draft. Each is a small JSON object; what cannot be done is refused in a sentence.

    {"do": "kind", "pieces": ["b3", "b4"], "kind": "heading", "level": 2}     level: of headings and list items
    {"do": "split", "piece": "b3", "at": [120, 240]}                         positions in its text, in code points
    {"do": "join", "piece": "b3"}                                            with the next one of the text
    {"do": "edit", "piece": "b3", "text": "The words as they should be."}
    {"do": "drop", "pieces": ["b3"]}                                         leave out; "restore" puts back
    {"do": "restore", "pieces": ["x0"]}
    {"do": "settle", "pieces": ["b3", "w0"]}                                 its doubts were looked at; "w0": of the whole work
    {"do": "tie", "piece": "b3", "mark": 0, "note": "b40"}                   which note a mark points to; null: none
    {"do": "describe", "title": "…", "contributors": [{"name": "…", "role": "author"}]}   any of `review.FACTS`

The same steps on the same work give the same text. Steps come from clients: nothing in them is trusted.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from itertools import pairwise
from typing import Any

from readings.importing.document import Contributor, DraftBlock
from readings.importing.hyphens import join_lines
from readings.importing.lists import read_item
from readings.importing.review import BY_HAND, FACTS, Item, Review
from readings.importing.wording import LINED, begin_at, cut, restate, run_together, white_at, with_sign
from readings.kinds import Kind

Step = Mapping[str, Any]

MOST_PIECES = 500
"""Pieces that one step touches."""

LONGEST_TEXT = 100_000
"""Code points of a block that was edited."""

LONGEST_FACT = 500
MOST_PEOPLE = 50
ROLES = ("author", "editor", "translator", "speaker", "illustrator")

_NOTE = re.compile(
    r"(?:\[([^\W_]{1,4}|[*†‡§¶]{1,3})\]|\(([^\W_]{1,4})\)|([*†‡§¶]{1,3})|([0-9]{1,4})[.)]?)[ \u00a0]+(?=\S)"
)
_FIXED = {
    Kind.FIGURE: "A picture stays a picture. Leave it out if it should not be there.",
    Kind.BREAK: "A separator has no words to be anything else. Leave it out, or edit it first.",
}


class BadStep(ValueError):
    """This cannot be done. The message says why, and what can be done instead."""


def take(review: Review, step: Step) -> Review:
    """The state after a step. Raises BadStep; the state before is never changed."""
    after = review.copy()
    replay(after, step)
    return after


def replay(review: Review, step: Step) -> None:
    """Take a step on the state itself, for many of them one after the other. After BadStep the state is not to be used."""
    act = _ACTS.get(_text(step, "do", "a step says what to do"))
    if act is None:
        raise BadStep(f"There is no such step. There is: {', '.join(_ACTS)}.")
    review.steps += 1
    act(review, step)


def _kind(review: Review, step: Step) -> None:
    try:
        kind = Kind(_text(step, "kind", "say which kind it is"))
    except ValueError as error:
        raise BadStep(f"There is no such kind. There is: {', '.join(Kind)}.") from error
    level = step.get("level")
    if level is not None and not (type(level) is int and 1 <= level <= 6):
        raise BadStep("A level is a whole number from 1 to 6.")
    if level is not None and kind not in (Kind.HEADING, Kind.LIST_ITEM):
        raise BadStep("Only headings and list items have a level.")
    for item in _pieces(review, step):
        _put(review, _as_kind(review, _inside(item), kind, level))


def _as_kind(review: Review, item: Item, kind: Kind, level: int | None) -> Item:
    block = item.block
    if kind is not block.kind:
        _check_kind(block, kind)
        # What the importer took off the text for this kind alone is text again.
        block = with_sign(block)
        block = replace(restate(block, block.text, kind), level=None, head=None)
        if kind in (Kind.LIST_ITEM, Kind.FOOTNOTE):
            block = _marked(block, kind)
        item = replace(item, block=block)
        if kind is Kind.FOOTNOTE:
            _tie_to(review, item)
    if kind is Kind.HEADING:
        level = level or item.block.level or _level_before(review, item.name)
    elif kind is Kind.LIST_ITEM and level is None:
        level = item.block.level
    return replace(item, block=replace(item.block, level=level), settled=True)


def _check_kind(block: DraftBlock, kind: Kind) -> None:
    if block.kind is Kind.FIGURE or (block.kind is Kind.BREAK and not block.text):
        raise BadStep(_FIXED[block.kind])
    if kind is Kind.FIGURE:
        raise BadStep("Words cannot become a picture.")
    if kind is Kind.BREAK and any(letter.isalnum() for letter in block.text):
        raise BadStep("A separator has no words. Leave the words out, or choose another kind.")


def _marked(block: DraftBlock, kind: Kind) -> DraftBlock:
    """The block with the sign before its text taken off, as the importer does."""
    if kind is Kind.FOOTNOTE:
        found = _NOTE.match(block.text[:16])
        label = next(filter(None, found.groups()), None) if found else None
        return replace(begin_at(block, found.end()) if found else block, label=label)
    read = read_item(block.text)
    return replace(begin_at(block, read.rest), marker=read.marker) if read else block


def _tie_to(review: Review, note: Item) -> None:
    """Tie the nearest mark before a new footnote that says its label and has no note; the nearest after it, if there is none."""
    if not note.block.label:
        return
    place = review.order.index(note.name)
    before = reversed(review.order[:place])
    for name in [*before, *review.order[place + 1 :]]:
        item = review.items[name]
        for index, (mark, tie) in enumerate(item.marks):
            if item.is_in and tie is None and mark.label == note.block.label:
                _put(review, replace(item, ties=(*item.ties[:index], note.name, *item.ties[index + 1 :])))
                return


def _level_before(review: Review, name: str) -> int:
    place = review.order.index(name)
    headings = (
        review.items[before].block
        for before in reversed(review.order[:place])
        if review.items[before].is_in and review.items[before].block.kind is Kind.HEADING
    )
    return next((block.level for block in headings if block.level), 2)


def _split(review: Review, step: Step) -> None:
    item = _inside(_piece(review, step))
    given = step.get("at")
    if not isinstance(given, list) or not given or len(given) > MOST_PIECES or not all(type(at) is int for at in given):
        raise BadStep("Say where to split: a list of positions in its text.")
    bounds = sorted(set(given))
    text = item.block.text
    parts = [0, *bounds, len(text)]
    if bounds[0] < 0 or bounds[-1] > len(text) or not all(text[start:end].strip() for start, end in pairwise(parts)):
        raise BadStep("There must be words on both sides of a split.")
    if item.block.kind is Kind.TABLE and any("\n" not in white_at(text, at) for at in bounds):
        raise BadStep("A table is split between two rows.")
    names = [item.name, *(f"s{review.steps}-{number}" for number in range(1, len(parts) - 1))]
    place = review.order.index(item.name)
    review.order[place + 1 : place + 1] = names[1:]
    for index, (start, end) in enumerate(pairwise(parts)):
        block, marks = cut(item.block, start, end)
        seam = (names[index + 1], white_at(text, end)) if index < len(bounds) else item.seam
        ties = tuple(item.ties[mark] for mark in marks)
        _put(review, replace(item, name=names[index], block=block, ties=ties, settled=True, seam=seam))


def _join(review: Review, step: Step) -> None:
    item = _inside(_piece(review, step))
    other = review.after(item.name)
    if other is None:
        raise BadStep("There is nothing after this to join it with.")
    if any(each.block.kind is Kind.FIGURE or not each.block.text for each in (item, other)):
        raise BadStep("Pictures and separators are not joined with anything. Leave one of the two out instead.")
    if (item.block.kind is Kind.TABLE) is not (other.block.kind is Kind.TABLE):
        raise BadStep("A table is joined with tables only. Change the kind of one of the two first.")
    second = with_sign(other.block)
    second = restate(second, second.text, item.block.kind)
    first, glue = _meeting(review, item, other, second.text)
    made = run_together(first, second, glue)
    if len(made.text) > LONGEST_TEXT:
        raise BadStep(f"Together they would have more than {LONGEST_TEXT:,} characters.")
    review.order.remove(other.name)
    del review.items[other.name]
    joined = replace(item, block=made, ties=(*item.ties, *other.ties), settled=True, seam=other.seam)
    _put(review, joined)
    for each in list(review.items.values()):
        if other.name in each.ties:
            _put(review, replace(each, ties=tuple(item.name if tie == other.name else tie for tie in each.ties)))


def _meeting(review: Review, item: Item, other: Item, after: str) -> tuple[DraftBlock, str]:
    """The first of two blocks as it ends where the second one goes on, and what stands between their words."""
    block = item.block
    if item.seam and item.seam[0] == other.name:
        return block, item.seam[1]
    if block.kind in LINED:
        return block, "\n"
    joined = join_lines([block.text, after], review.vocabulary)
    before = joined[: len(joined) - len(after)]
    if len(before) < len(block.text):  # the hyphen of a word that was divided
        return restate(block, before), ""
    return block, before[len(block.text) :]


def _edit(review: Review, step: Step) -> None:
    item = _inside(_piece(review, step))
    text = _text(step, "text", "say what its text is to be")
    if len(text) > LONGEST_TEXT:
        raise BadStep(f"A block has at most {LONGEST_TEXT:,} characters. Split it first.")
    edited = restate(item.block, text)
    if item.block.kind not in (Kind.FIGURE, Kind.BREAK) and not edited.text:
        raise BadStep("A block without words is no block. Leave it out instead.")
    if item.block.kind is Kind.BREAK:
        _check_kind(edited, Kind.BREAK)
    _put(review, replace(item, block=edited, settled=True, seam=None))


def _drop(review: Review, step: Step) -> None:
    for item in _pieces(review, step):
        inside = _inside(item)
        _put(review, replace(inside, reason=inside.origin.reason if inside.origin else BY_HAND))


def _restore(review: Review, step: Step) -> None:
    for item in _pieces(review, step):
        if item.is_in:
            raise BadStep("This is in the text already.")
        if not item.block.text and item.block.kind is Kind.PARAGRAPH:
            raise BadStep("There are no words in this to put back.")
        _put(review, replace(item, reason=None))


def _settle(review: Review, step: Step) -> None:
    names = _names(step)
    for name in names:
        if re.fullmatch(r"w[0-9]{1,3}", name, re.ASCII) and int(name[1:]) < len(review.work.doubts):
            review.settled |= {int(name[1:])}
        else:
            _put(review, replace(_find(review, name), settled=True))


def _tie(review: Review, step: Step) -> None:
    item = _inside(_piece(review, step))
    index, note = step.get("mark"), step.get("note")
    if type(index) is not int or not 0 <= index < len(item.ties):
        raise BadStep("There is no such mark in this block. They are counted from 0.")
    if note is not None:
        found = _inside(_find(review, note if isinstance(note, str) else ""))
        if found.block.kind is not Kind.FOOTNOTE:
            raise BadStep("A mark points to a footnote. Make it one first.")
        note = found.name
    _put(review, replace(item, ties=(*item.ties[:index], note, *item.ties[index + 1 :]), settled=True))


def _describe(review: Review, step: Step) -> None:
    said = {name: value for name, value in step.items() if name != "do"}
    if not said or not set(said) <= set(FACTS):
        raise BadStep(f"What can be said of the work: {', '.join(FACTS)}.")
    for name, value in said.items():
        if name == "contributors":
            review.said[name] = _people(value)
        elif not isinstance(value, str) or len(value) > LONGEST_FACT or "\0" in value:
            raise BadStep(f"The {name} is a text of at most {LONGEST_FACT} characters.")
        else:
            review.said[name] = " ".join(value.split())
    if not review.fact("title"):
        raise BadStep("A reading has a title.")


def _people(value: Any) -> tuple[Contributor, ...]:
    wrong = BadStep(f"Contributors are at most {MOST_PEOPLE} objects, each with a name and a role: {', '.join(ROLES)}.")
    if not isinstance(value, list) or len(value) > MOST_PEOPLE:
        raise wrong
    people = []
    for person in value:
        if not isinstance(person, dict) or not set(person) <= {"name", "role"}:
            raise wrong
        name, role = person.get("name"), person.get("role", "author")
        if not isinstance(name, str) or not 1 <= len(name.strip()) <= 200 or "\0" in name or role not in ROLES:
            raise wrong
        people.append(Contributor(" ".join(name.split()), role))
    return tuple(people)


_ACTS: dict[str, Callable[[Review, Step], None]] = {
    "kind": _kind,
    "split": _split,
    "join": _join,
    "edit": _edit,
    "drop": _drop,
    "restore": _restore,
    "settle": _settle,
    "tie": _tie,
    "describe": _describe,
}


def _put(review: Review, item: Item) -> None:
    review.items[item.name] = item


def _text(step: Step, name: str, wish: str) -> str:
    value = step.get(name)
    if not isinstance(value, str):
        raise BadStep(f"There is no “{name}” here: {wish}.")
    return value


def _names(step: Step) -> list[str]:
    names = step.get("pieces")
    if (
        not isinstance(names, list)
        or not 1 <= len(names) <= MOST_PIECES
        or not all(isinstance(name, str) for name in names)
    ):
        raise BadStep(f"“pieces” is a list of 1 to {MOST_PIECES} names of pieces.")
    return list(dict.fromkeys(names))


def _pieces(review: Review, step: Step) -> list[Item]:
    return [_find(review, name) for name in _names(step)]


def _piece(review: Review, step: Step) -> Item:
    return _find(review, _text(step, "piece", "say which piece it is about"))


def _find(review: Review, name: str) -> Item:
    item = review.items.get(name)
    if item is None:
        raise BadStep(f"There is no piece {name[:20]!r} in this draft now.")
    return item


def _inside(item: Item) -> Item:
    if not item.is_in:
        raise BadStep("This is left out. Put it back first.")
    return item
