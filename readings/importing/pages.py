"""Pages of a scan or a print: their numbers, running heads and notes at the foot, taken out so that sentences meet again."""

import itertools
import re
from collections import Counter
from dataclasses import dataclass, replace

from readings.importing import signs
from readings.importing.document import Dropped
from readings.importing.lines import Line, without

_NUMBER = re.compile(
    r"(?P<decor>[\[(\-–—•~|\s]*(?:page|pag\.|p\.|seite|s\.|стр\.|страница)?\s{0,3})(?P<number>[0-9]{1,4}|[ivxlc]{1,8})"
    r"(?:\s{0,3}(?P<of>of|/|von|de|sur)\s{0,3}[0-9]{1,4})?[\])\-–—•~|\s]*",
    re.IGNORECASE,
)
_HEAD = re.compile(
    r"(?:(?P<before>[0-9]{1,4})[\s|·•—–\-]{1,12})?(?P<head>[^\W\d_].{1,78}?)(?:[\s|·•—–\-.]{1,40}(?P<after>[0-9]{1,4}))?"
)
_NOTE_START = re.compile(
    r"(?:\[(\d{1,3}|\*{1,3})\]|\((\d{1,3}|\*{1,3})\)|(\d{1,3})[.)]?|([*†‡§]{1,3})|([¹²³⁰⁴-⁹]{1,3}))\s{0,3}(?=[^\W_]|[\"“‘«(])"
)
_RULE = re.compile(r"[_\-–—─]{3,}")
_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")


@dataclass(slots=True)
class Unpaged:
    """The lines without their pages; what was dropped; the notes from the feet of pages, each with its label."""

    lines: list[Line]
    dropped: list[Dropped]
    notes: list[tuple[str, list[Line]]]


def clear_pages(lines: list[Line]) -> Unpaged:
    """Take away page numbers and running heads, and set the notes at page feet apart."""
    numbers = _find_numbers(lines)
    heads = _find_heads(lines, numbers)
    dropped = [Dropped(lines[index].text, "page-number", (lines[index].number,) * 2) for index in numbers]
    dropped += [Dropped(lines[index].text, "running-head", (lines[index].number,) * 2) for index in heads]
    gone = numbers | heads
    marked = [replace(line, new_page=True) if index in gone else line for index, line in enumerate(lines)]
    kept = without(marked, gone)
    kept, notes, rules = _take_foot_notes(kept)
    return Unpaged(kept, sorted(dropped + rules, key=lambda drop: drop.lines or (0, 0)), notes)


def _interrupts(lines: list[Line], index: int, skipped: set[int]) -> bool:
    """Whether a sentence runs on from above this line to below it."""
    above = next((step for step in range(index - 1, index - 6, -1) if step not in skipped), -1)
    below = next((step for step in range(index + 1, index + 6) if step not in skipped), len(lines))
    if above < 0 or below >= len(lines):
        return False
    before, after = lines[above].text, lines[below].text
    return not signs.ends_sentence(before) and not signs.ends_with_colon(before) and signs.starts_lower(after)


def _find_numbers(lines: list[Line]) -> set[int]:
    candidates: dict[int, int] = {}
    decorated: set[int] = set()
    for index, line in enumerate(lines):
        found = _NUMBER.fullmatch(line.text) if len(line.text) <= 24 else None
        value = _value(found["number"]) if found else None
        if found and value is not None:
            candidates[index] = value
            if found["decor"].strip() or found["of"]:
                decorated.add(index)
    in_order = _longest_climb(candidates)
    at_page_end = {index for index in in_order if _meets_page_end(lines, index)}
    # Two numbers may share a page break with a running head, so that neighbours are looked through.
    near = {
        index + step
        for index in candidates
        for step in (-1, 1)
        if 0 <= index + step < len(lines) and len(lines[index + step].text) < 80
    }
    broken = {
        index for index in in_order if _interrupts(lines, index, {index}) or _interrupts(lines, index, near | {index})
    }
    if len(in_order) >= 2 and (
        at_page_end or broken or decorated & in_order or min(candidates[index] for index in in_order) > 1
    ):
        return in_order
    return at_page_end | broken | {index for index in candidates if _meets_page_end(lines, index)}


def _value(number: str) -> int | None:
    if number.isdigit():
        return int(number)
    letters = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
    if not (number.islower()):
        return None  # capitals number chapters
    values = [letters[letter] for letter in number]
    return sum(-one if one < following else one for one, following in zip(values, [*values[1:], 0], strict=True))


def _longest_climb(candidates: dict[int, int]) -> set[int]:
    """Those of the numbers that climb by small steps from the first to the last: the others are something else."""
    best: list[int] = []
    run: list[int] = []
    for index, value in candidates.items():
        if run and not 0 < value - candidates[run[-1]] <= 6:
            best, run = (run if len(run) > len(best) else best), []
        run.append(index)
    return set(run if len(run) > len(best) else best)


def _meets_page_end(lines: list[Line], index: int) -> bool:
    return lines[index].new_page or (index + 1 < len(lines) and lines[index + 1].new_page)


def _find_heads(lines: list[Line], numbers: set[int]) -> set[int]:
    """Lines that come again and again where pages meet. Names of speakers and refrains come again too, but elsewhere."""
    named: dict[int, str] = {}
    for index, line in enumerate(lines):
        if index in numbers or len(line.text) > 80:
            continue
        found = _HEAD.fullmatch(line.text)
        if found:
            named[index] = re.sub(r"\W+", " ", found["head"]).strip().casefold()
    counts = Counter(named.values())
    numbered = _with_numbers(lines, named)
    heads: set[int] = set()
    seen: set[str] = set()
    for index, name in named.items():
        if counts[name] < 2 or not name or not (index in numbered or _could_be_head(lines[index].text)):
            continue
        at_border = _is_at_border(lines, index, numbers) or index in numbered
        if at_border and not (name not in seen and _could_be_heading(lines, index)):
            heads.add(index)
        seen.add(name)
    return heads | _repeated_interruptions(lines, named, counts, numbers)


def _is_at_border(lines: list[Line], index: int, numbers: set[int]) -> bool:
    return lines[index].new_page or (index > 0 and index - 1 in numbers) or index + 1 in numbers


def _with_numbers(lines: list[Line], named: dict[int, str]) -> set[int]:
    """Lines of one wording with a page number in the same line, where at least two have different ones that climb."""
    pages: dict[str, dict[int, int]] = {}
    for index, name in named.items():
        found = _HEAD.fullmatch(lines[index].text)
        number = found and (found["before"] or found["after"])
        if number and not re.search(r"\.{3}|…|(?:\. ){3}", lines[index].text):  # leaders are of contents lists
            pages.setdefault(name, {})[index] = int(number)
    climbing = [
        places for places in pages.values() if len(places) > 1 and list(places.values()) == sorted(set(places.values()))
    ]
    return {index for places in climbing for index in places}


def _could_be_heading(lines: list[Line], index: int) -> bool:
    """The first time that the words of a running head appear, they may be the title or a heading itself."""
    line = lines[index]
    if index == 0:
        return True
    if re.match(r"\d", line.text) or re.search(r"\d$", line.text) or index + 1 >= len(lines):
        return False
    return line.gap > 0 and lines[index + 1].gap > 0 and not _interrupts(lines, index, {index - 1, index})


def _repeated_interruptions(
    lines: list[Line], named: dict[int, str], counts: Counter[str], numbers: set[int]
) -> set[int]:
    """Running heads where neither page numbers nor form feeds are left: a line that cuts through sentences three times."""
    cutting: dict[str, list[int]] = {}
    for index, name in named.items():
        if counts[name] >= 3 and _is_head_like(lines[index].text) and _interrupts(lines, index, numbers | {index}):
            cutting.setdefault(name, []).append(index)
    names = {name for name, places in cutting.items() if len(places) >= 2 and 2 * len(places) >= counts[name] - 1}
    first = {name: next(index for index, other in named.items() if other == name) for name in names}
    return {
        index for index, name in named.items() if name in names and (index != first[name] or index in cutting[name])
    }


def _could_be_head(text: str) -> bool:
    """Whether a line without a number could be a running head at all: not one that is part of a sentence."""
    return len(text) <= 60 and signs.starts_upper(text) and not signs.ends_sentence(text) and text[-1:] not in ",;:-—"


def _is_head_like(text: str) -> bool:
    return len(text) <= 60 and signs.starts_upper(text) and (signs.is_capitals(text) or signs.is_title_case(text))


def _take_foot_notes(lines: list[Line]) -> tuple[list[Line], list[tuple[str, list[Line]]], list[Dropped]]:
    """Notes at the foot of a page whose mark stands on the same page."""
    starts = [0, *(index for index, line in enumerate(lines) if line.new_page and index), len(lines)]
    if len(starts) == 2:
        return lines, [], []
    gone: set[int] = set()
    notes: list[tuple[str, list[Line]]] = []
    rules: list[Dropped] = []
    for start, end in itertools.pairwise(starts):
        found = _notes_of_page(lines, start, end)
        if not found:
            continue
        first = found[0][1][0]
        notes += [(label, lines[begin:stop]) for label, (begin, stop) in found]
        gone.update(range(first, end))
        if _RULE.fullmatch(lines[first - 1].text):
            gone.add(first - 1)
            rules.append(Dropped(lines[first - 1].text, "rule", (lines[first - 1].number,) * 2))
    marked = [replace(line, new_page=True) if index in gone else line for index, line in enumerate(lines)]
    return without(marked, gone), notes, rules


def _notes_of_page(lines: list[Line], start: int, end: int) -> list[tuple[str, tuple[int, int]]]:
    """Label and range of lines of each note at the foot of the page from start to end."""
    for first in range(max(start + 1, end - 40), end):
        found = _NOTE_START.match(lines[first].text[:12])
        apart = lines[first].gap > 0 or _RULE.fullmatch(lines[first - 1].text)
        if not found or not apart:
            continue
        body = " ".join(line.text for line in lines[start:first])
        labelled = [
            (_label(begun), index)
            for index in range(first, end)
            if (begun := _NOTE_START.match(lines[index].text[:12]))
        ]
        if all(_is_marked(body, label) for label, _ in labelled) and _is_note_run(lines, first, end):
            stops = [index for _, index in labelled[1:]] + [end]
            return [(label, (index, stop)) for (label, index), stop in zip(labelled, stops, strict=True)]
    return []


def _is_note_run(lines: list[Line], first: int, end: int) -> bool:
    """Whether from here to the page's end there are only notes: a blank line is followed by another note."""
    return all(lines[index].gap == 0 or _NOTE_START.match(lines[index].text[:12]) for index in range(first + 1, end))


def _label(found: re.Match[str]) -> str:
    return next(group for group in found.groups() if group).translate(_SUPERSCRIPTS)


def _is_marked(body: str, label: str) -> bool:
    raised = label.translate(str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹"))
    if not label.isdigit():
        return label in body
    return raised in body or bool(re.search(rf"(?:[^\W\d_]|[.,;:!?\"”’)])(?:{label}(?!\d)|[\[(]{label}[\])])", body))
