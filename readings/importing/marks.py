"""The marks in the text that point to notes: found in every usual form, taken out, and tied to their notes.

Which signs are marks is decided for the text as a whole: a form counts where its labels are those of the notes, or, without notes,
where they count up from one. A year in brackets, "(1)" before the first of two reasons, or a formula does neither.
"""

import itertools
import re
from collections import Counter
from dataclasses import dataclass

from readings.addresses import normalise_lines, normalise_text
from readings.importing.document import NoteMark
from readings.importing.pieces import Piece
from readings.kinds import Kind

_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_LABELS = r"[0-9]{1,3}(?:\s?[,;]\s?[0-9]{1,3}){0,8}"
_FORMS = {
    "square": re.compile(rf"\s?\[\^?({_LABELS}|[a-zA-Z]|[ivxlc]{{1,5}}|\*{{1,3}}|†|(?:foot)?note [0-9]{{1,3}})\]"),
    "round": re.compile(r"\s?\(([0-9]{1,3}|\*{1,3})\)"),
    "curly": re.compile(rf"\s?\{{({_LABELS})\}}"),
    "caret": re.compile(r"\^([0-9]{1,3})\b"),
    "raised": re.compile(r"([¹²³⁰⁴-⁹]{1,3})"),
    "sign": re.compile(r"(\*{1,3}|†{1,2}|‡{1,2})(?=[\s.,;:!?\"”’)\]]|$)"),
    "figure": re.compile(r"([0-9]{1,3})(?=[\s.,;:!?\"”’)\]]|$)"),
}
_TELLTALE = {  # without one of these signs a text has no mark of that form, which is quicker to see
    "square": re.compile(r"\["),
    "round": re.compile(r"\("),
    "curly": re.compile(r"\{"),
    "caret": re.compile(r"\^"),
    "raised": re.compile("[¹²³⁰⁴-⁹]"),
    "sign": re.compile(r"[*†‡]"),
    "figure": re.compile(r"[0-9]"),
}
_STUCK = {"sign": re.compile(r"[^\s*†‡§]"), "figure": re.compile(r"[^\W\d_A-Z]|[.,;:!?\"”’)»]")}
_NO_MARK_BEFORE = re.compile(
    r"(?:\b(?:p|pp|no|nos|vol|vols|fig|figs|n|nn|ch|chs|sec|art|cf|§|st|ed|bk|v|vv)\.|[0-9][.,:]|[A-Za-z]:)$",
    re.IGNORECASE,
)
_MARKED_KINDS = frozenset(
    {
        Kind.PARAGRAPH,
        Kind.BLOCKQUOTE,
        Kind.LIST_ITEM,
        Kind.VERSE,
        Kind.HEADING,
        Kind.CAPTION,
        Kind.TITLE,
        Kind.SUBTITLE,
        Kind.BYLINE,
        Kind.FOOTNOTE,
    }
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place in a text that looks like a mark."""

    form: str
    labels: tuple[str, ...]
    start: int
    end: int


def find_candidates(text: str) -> list[Candidate]:
    """Everything in a text that has the form of a mark, in order."""
    found = [
        candidate
        for form, pattern in _FORMS.items()
        if _TELLTALE[form].search(text)
        for match in pattern.finditer(text)
        if (candidate := _read(form, match, text))
    ]
    return sorted(found, key=lambda candidate: candidate.start)


def _read(form: str, match: re.Match[str], text: str) -> Candidate | None:
    if match.start() == 0 or (match.start() < 4 and not text[: match.start()].strip()):
        return None  # at the beginning it is an item's number or a note's own label
    if form in _STUCK and not _STUCK[form].match(text[match.start() - 1]):
        return None
    if form == "figure" and _NO_MARK_BEFORE.search(text[max(0, match.start() - 6) : match.start()]):
        return None
    if form in ("round", "square") and match[0][0].isspace() and _counts_off(text, match):
        return None
    label = next(group for group in match.groups() if group).translate(_RAISED)
    label = re.sub(r"^(?:foot)?note ", "", label, flags=re.IGNORECASE)
    return Candidate(form, tuple(re.split(r"\s?[,;]\s?", label)), match.start(), match.end())


def _counts_off(text: str, match: re.Match[str]) -> bool:
    """Whether "(1)" stands before what it counts: the sentence goes on after it as it would after a word such as "first"."""
    if match[1].startswith("*") or match[0].lstrip()[0] == "[":
        return False
    before = text[max(0, match.start() - 8) : match.start()].rstrip()[-1:]
    after = text[match.end() : match.end() + 8]
    return (
        after[:1].isspace()
        and before not in '.!?”"’'
        and after.lstrip()[:1].isalnum()
        and (before in ",;:—–" or after.lstrip()[:1].islower())
    )


def count_labels(pieces: list[Piece]) -> dict[str, int]:
    """How often each label stands in the text in the form of a mark."""
    return Counter(label for piece in pieces for candidate in find_candidates(piece.text) for label in candidate.labels)


def choose_forms(pieces: list[Piece]) -> set[str]:
    """The forms in which this text prints its marks."""
    labels = {piece.label for piece in pieces if piece.kind is Kind.FOOTNOTE and piece.label}
    found: dict[str, list[str]] = {}
    for piece in _readable(pieces):
        for candidate in find_candidates(piece.text):
            found.setdefault(candidate.form, []).extend(candidate.labels)
    return {form for form, seen in found.items() if _fits(form, seen, labels)}


def _readable(pieces: list[Piece]) -> list[Piece]:
    return [piece for piece in pieces if (piece.kind or Kind.PARAGRAPH) in _MARKED_KINDS]


def _fits(form: str, seen: list[str], labels: set[str]) -> bool:
    if labels:
        known = sum(label in labels for label in seen)
        if form in ("figure", "round"):
            highest = max((int(label) for label in labels if label.isdigit()), default=0)
            near = sum(label in labels or (label.isdigit() and 0 < int(label) <= highest) for label in seen)
            return (
                known >= max(1, 0.5 * len(seen))
                and near >= 0.7 * len(seen)
                and _climbs([label for label in seen if label in labels])
            )
        return known >= 1 and (known >= 0.4 * len(seen) or form in ("raised", "sign"))
    figures = [int(label) for label in seen if label.isdigit()]
    if form in ("figure", "round", "curly", "caret"):
        return len(figures) >= 3 and figures == list(range(1, len(figures) + 1))
    if form in ("square", "raised"):
        firsts = list(dict.fromkeys(figures))
        return len(firsts) >= 2 and firsts == list(range(1, len(firsts) + 1))
    return False


def _climbs(labels: list[str]) -> bool:
    """Whether the numbers rise, but for a few that cite again or begin anew."""
    figures = [int(label) for label in labels if label.isdigit()]
    falls = sum(after < before and after != 1 for before, after in itertools.pairwise(figures))
    return falls <= 0.1 * len(figures)


def take_marks(text: str, forms: set[str], labels: set[str]) -> tuple[str, list[NoteMark], list[str]]:
    """The text without its marks, the marks with their places, and the labels that were left in because no note has them."""
    kept: list[str] = []
    marks: list[NoteMark] = []
    strange: list[str] = []
    length = position = 0
    for candidate in find_candidates(text):
        if candidate.form not in forms or candidate.start < position:
            continue
        if not _is_mark(candidate, labels):
            strange += candidate.labels
            continue
        kept.append(_before_mark(text, position, candidate))
        length += len(kept[-1])
        marks += [NoteMark(label, length) for label in candidate.labels]
        position = candidate.end
    left = "".join([*kept, text[position:]])
    if marks and left != (normalise_lines(left) if "\n" in text else normalise_text(left)):
        return text, [], strange  # rare: what the mark kept apart must not meet; then it stays where it is
    return left, marks, strange


def _before_mark(text: str, position: int, candidate: Candidate) -> str:
    """The text up to a mark, less the space that stood before it where a space or nothing comes after it."""
    before = text[position : candidate.start]
    closes = candidate.end == len(text) or text[candidate.end] in " \n.,;:!?"
    return before.removesuffix(" ") if closes else before


def _is_mark(candidate: Candidate, labels: set[str]) -> bool:
    """Whether it points to a note, be it one that is missing: a number among those of the notes."""
    if any(label in labels for label in candidate.labels):
        return True
    figures = [int(label) for label in labels if label.isdigit()]
    numbers = [int(label) for label in candidate.labels if label.isdigit()]
    if not labels:
        return candidate.form != "sign"
    return bool(numbers and figures) and max(numbers) <= max(figures) + 2 and candidate.form != "figure"
