"""How well plain text becomes blocks: run the importer over the gold documents and print what it got right.

    python -m bench.structure            every document, and the totals
    python -m bench.structure NAME...    those documents, with what went wrong in them

Gold is a `.txt` and a `.json` of the blocks that a careful editor would make of it (see README.md there). What is kept aside shows in its
total only, and is never used to improve a rule. "Held out" was once, and is known too well by now.
"""

import hashlib
import json
import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from readings.addresses import normalise_text
from readings.importing.decode import decode
from readings.importing.document import DraftBlock, Work
from readings.importing.repair import repair
from readings.importing.structure import structure
from readings.kinds import Kind

GOLD = Path(__file__).parent / "gold"
SHARED = Path(__file__).resolve().parents[1].parent / "shared" / "readings"

Expected = dict[str, Any]


@dataclass(slots=True)
class Score:
    """Counts of what was right, added up over documents."""

    expected: int = 0  # blocks in the gold
    made: int = 0  # blocks that the importer made
    matched: int = 0  # with the same beginning and end
    kinds: int = 0  # of those matched, with the same kind
    headings: tuple[int, int, int] = (0, 0, 0)  # expected, made, both (level included)
    notes: tuple[int, int, int] = (0, 0, 0)  # marks expected, made, both (the tie to the note included)
    front: tuple[int, int] = (0, 0)  # facts about the work expected, right
    dropped: tuple[int, int] = (0, 0)  # lines to be dropped, dropped
    letters: int = 0  # letters and figures of the source
    lost: int = 0  # of them, not to be found in the outcome
    invented: int = 0  # in the outcome, not in the source
    faults: list[str] = field(default_factory=list)

    def __iadd__(self, other: "Score") -> "Score":
        for name in ("expected", "made", "matched", "kinds", "letters", "lost", "invented"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        for name in ("headings", "notes", "front", "dropped"):
            setattr(self, name, tuple(a + b for a, b in zip(getattr(self, name), getattr(other, name), strict=True)))
        return self

    @property
    def boundaries(self) -> float:
        """F1 of blocks with the right beginning and end."""
        return _f1(self.expected, self.made, self.matched)


def _f1(expected: int, made: int, both: int) -> float:
    return 2 * both / (expected + made) if expected + made else 1.0


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0


def score_document(source: bytes, name: str, works: list[dict[str, Any]]) -> Score:
    """Compare what the importer makes of a source with its gold."""
    text = decode(source)
    made = structure(text, name=name)
    score = Score()
    if len(made) != len(works):
        score.faults.append(f"{len(made)} works were found, {len(works)} expected")
    for expected, work in zip(works, made, strict=False):
        score += _score_work(expected, work, score.faults)
    for work in made[len(works) :]:
        score.made += len(work.blocks)
    for expected in works[len(made) :]:
        score.expected += len(expected["blocks"])
    _count_letters(repair(text), made, score)
    return score


def _score_work(expected: dict[str, Any], work: Work, faults: list[str]) -> Score:
    score = Score(expected=len(expected["blocks"]), made=len(work.blocks))
    pairs = align(expected["blocks"], work.blocks)
    score.matched = len(pairs)
    matched = {gold for gold, _ in pairs}, {made for _, made in pairs}
    for index, block in enumerate(expected["blocks"]):
        if index not in matched[0]:
            faults.append(f"not found: {block['kind']} {_shown(block)}")
    for index, draft in enumerate(work.blocks):
        if index not in matched[1]:
            faults.append(f"too many:  {draft.kind} {draft.text[:60]!r} … {draft.text[-30:]!r}")
    for gold, made in pairs:
        _score_pair(expected["blocks"][gold], work.blocks[made], work, score, faults)
    _count_unmatched(expected, work, matched, score)
    _score_front(expected, work, score, faults)
    return score


def align(expected: list[Expected], made: list[DraftBlock]) -> list[tuple[int, int]]:
    """The longest run of pairs, in order, of gold and made blocks that are the same text."""
    best = [[0] * (len(made) + 1) for _ in range(len(expected) + 1)]
    same = [[_is_same(gold, draft) for draft in made] for gold in expected]
    for row in range(len(expected) - 1, -1, -1):
        for column in range(len(made) - 1, -1, -1):
            step = best[row + 1][column + 1] + 1 if same[row][column] else 0
            best[row][column] = max(step, best[row + 1][column], best[row][column + 1])
    pairs, row, column = [], 0, 0
    while row < len(expected) and column < len(made):
        if same[row][column] and best[row][column] == best[row + 1][column + 1] + 1:
            pairs.append((row, column))
            row, column = row + 1, column + 1
        elif best[row + 1][column] >= best[row][column + 1]:
            row += 1
        else:
            column += 1
    return pairs


def _is_same(expected: Expected, draft: DraftBlock) -> bool:
    if "sha256" in expected:
        return bool(hashlib.sha256(draft.text.encode()).hexdigest() == expected["sha256"])
    if "text" in expected:
        return bool(draft.text == expected["text"])
    held = all(part in draft.text for part in expected.get("has", ()))
    return held and draft.text.startswith(expected["start"]) and draft.text.endswith(expected["end"])


def _shown(block: Expected) -> str:
    return repr(block.get("text") or block.get("start"))[:90]


def _score_pair(expected: Expected, draft: DraftBlock, work: Work, score: Score, faults: list[str]) -> None:
    score.kinds += draft.kind == expected["kind"]
    if draft.kind != expected["kind"]:
        faults.append(f"{draft.kind}, not {expected['kind']}: {_shown(expected)}")
    gold_heading, made_heading = expected["kind"] == "heading", draft.kind is Kind.HEADING
    right = gold_heading and made_heading and draft.level == expected.get("level", draft.level)
    score.headings = _plus(score.headings, gold_heading, made_heading, right)
    if gold_heading and made_heading and not right:
        faults.append(f"level {draft.level}, not {expected['level']}: {_shown(expected)}")
    if expected.get("label", draft.label) != draft.label:
        faults.append(f"label {draft.label}, not {expected['label']}: {_shown(expected)}")
    gold_marks: Counter[str] = Counter(expected.get("notes", []))
    made_marks = Counter(_said(mark.label, mark.note, work) for mark in draft.marks)
    score.notes = _plus(score.notes, gold_marks.total(), made_marks.total(), (gold_marks & made_marks).total())
    if gold_marks != made_marks:
        faults.append(f"marks {sorted(made_marks)}, not {sorted(gold_marks)}: {_shown(expected)}")


def _said(label: str, note: int | None, work: Work) -> str:
    """A mark as gold writes it: its label, with a question mark where the note is missing."""
    if note is None:
        return f"{label}?"
    return label if work.blocks[note].label == label else f"{label}!"


def _plus(counts: tuple[int, int, int], expected: int, made: int, both: int) -> tuple[int, int, int]:
    return counts[0] + expected, counts[1] + made, counts[2] + both


def _count_unmatched(expected: dict[str, Any], work: Work, matched: tuple[set[int], set[int]], score: Score) -> None:
    for index, block in enumerate(expected["blocks"]):
        if index not in matched[0]:
            score.headings = _plus(score.headings, block["kind"] == "heading", 0, 0)
            score.notes = _plus(score.notes, len(block.get("notes", [])), 0, 0)
    for index, draft in enumerate(work.blocks):
        if index not in matched[1]:
            score.headings = _plus(score.headings, 0, draft.kind is Kind.HEADING, 0)
            score.notes = _plus(score.notes, 0, len(draft.marks), 0)


def _score_front(expected: dict[str, Any], work: Work, score: Score, faults: list[str]) -> None:
    people = [{"name": person.name, "role": person.role} for person in work.contributors]
    asked = [  # gold of texts that are not ours holds no words of theirs, so that some facts are not asked
        ("title", expected["title"], work.title),
        ("subtitle", expected["subtitle"], work.subtitle),
        ("contributors", expected["contributors"], people),
        ("date", expected["date"], work.date),
        ("language", expected["language"], work.language),
    ]
    facts = [(name, gold, made) for name, gold, made in asked if gold is not None]
    right = sum(gold == made for _, gold, made in facts)
    faults += [f"{name}: {made!r}, not {gold!r}" for name, gold, made in facts if gold != made]
    gone = Counter(drop.text for drop in work.dropped)
    wanted = Counter(expected.get("dropped", []))
    faults += [f"not dropped: {text!r}" for text in (wanted - gone)]
    faults += [f"dropped: {text!r}" for text in (gone - wanted)] if "dropped" in expected else []
    score.front = score.front[0] + len(facts), score.front[1] + right
    score.dropped = score.dropped[0] + wanted.total(), score.dropped[1] + (wanted & gone).total()


def _count_letters(text: str, works: list[Work], score: Score) -> None:
    before = Counter(_letters([text]))
    after = Counter(_letters(_all_text(works)))
    score.letters += before.total()
    score.lost += (before - after).total()
    score.invented += (after - before).total()
    if before != after:
        score.faults.append(f"letters lost {dict(before - after)}, invented {dict(after - before)}")


def _letters(texts: Iterable[str]) -> Iterator[str]:
    return (
        letter
        for text in texts
        for letter in re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", normalise_text(text)))
    )


def _all_text(works: list[Work]) -> Iterator[str]:
    for work in works:
        for block in work.blocks:
            yield from (block.text, block.label or "", block.marker or "", *(mark.label for mark in block.marks))
        yield from (drop.text for drop in work.dropped)


def load_gold() -> list[tuple[str, bytes, dict[str, Any]]]:
    """Name, source and gold of every document; real documents are left out, with a word, where they are missing."""
    loaded = []
    for path in sorted([*GOLD.glob("*.json"), *GOLD.glob("aside/*.json")]):
        gold = json.loads(path.read_text(encoding="utf-8"))
        source = SHARED / gold["shared"] if "shared" in gold else path.with_suffix(".txt")
        if source.exists():
            loaded.append((path.stem, source.read_bytes(), gold))
        else:
            print(f"{path.stem}: left out, {source.name} is not here", file=sys.stderr)
    return loaded


_HEADER = f"{'document':34}{'blocks':>8}{'bounds':>8}{'kinds':>8}{'headings':>10}{'notes':>8}{'front':>8}{'dropped':>9}{'lost':>7}{'invented':>10}"


def _row(name: str, score: Score) -> str:
    return (
        f"{name:34}{score.expected:8}{score.boundaries:8.3f}{_share(score.kinds, score.matched):8.3f}{_f1(*score.headings):10.3f}"
        f"{_f1(*score.notes):8.3f}{_share(score.front[1], score.front[0]):8.3f}{_share(score.dropped[1], score.dropped[0]):9.3f}"
        f"{_share(score.lost, score.letters):7.4f}{_share(score.invented, score.letters):10.4f}"
    )


def kind_of(gold: dict[str, Any]) -> str:
    """In which total a document counts: what the rules were tuned on, what they met later, what nobody looks at."""
    if "shared" in gold:
        return "real"
    if "aside" in gold:
        return "aside" if gold["aside"] else "fresh"
    return "held out" if gold["held_out"] else "tuned"


def main(chosen: list[str]) -> None:
    """Print the scores of all documents, or those of the chosen ones with their faults."""
    totals = {name: Score() for name in ("tuned", "held out", "fresh", "aside", "real")}
    print(_HEADER)
    for name, source, gold in load_gold():
        kind = kind_of(gold)
        if chosen and (name not in chosen or kind == "aside"):
            continue
        score = score_document(source, name, gold["works"])
        totals[kind] += score
        if kind != "aside":
            print(_row(name + (" (held out)" if kind == "held out" else ""), score))
        for fault in score.faults if chosen else ():
            print("   ", fault)
    for name, score in totals.items():
        if score.expected:
            print(_row(f"TOTAL {name}", score))


if __name__ == "__main__":
    main(sys.argv[1:])
