"""The notes of a text: where they stand, which label each has, where they end."""

import re
from dataclasses import dataclass

from readings.importing import dates, names, signs
from readings.importing.pieces import Piece
from readings.kinds import Kind

_HEADER = re.compile(
    r"(?:foot|end)?notes?(?: and references)?|references(?: and notes)?|works cited|notes? \(.{1,30}\)|anmerkungen|fußnoten|notes de bas de page|notas|riferimenti|referencias|references cited|литература|"
    r"примечания|注释|注|参考文献|註|脚注|הערות|الهوامش|هوامش|المراجع|przypisy|noten",
    re.IGNORECASE,
)
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_START = re.compile(
    r"\[\^?(?P<square>[0-9]{1,4}|[a-z]{1,4}|\*{1,3})\]:?\s{0,4}|\((?P<round>[0-9]{1,4}|[a-z]|\*{1,3})\)\s{0,4}|\{(?P<curly>[0-9]{1,4})\}\s{0,4}"
    r"|\^(?P<caret>[0-9]{1,4})\s{0,3}|(?P<raised>[¹²³⁰⁴-⁹]{1,4})\s{0,4}|(?P<sign>\*{1,4}|[†‡§¶]{1,3})\s{0,4}(?=[^\W_]|[\"“‘«(])"
    r"|(?P<figure>[0-9]{1,4})(?P<stop>[.):])\s{0,4}|(?P<naked>[0-9]{1,4})\s{1,4}(?=[^\W\d_]|[\"“‘«(])|(?:note|anm\.)\s(?P<word>[0-9]{1,4})[.:]\s",
    re.IGNORECASE,
)
_GUTENBERG = re.compile(r"\[(?:foot)?note (?P<label>[0-9]{1,4}|[A-Z]|\*{1,3}):?\s{1,3}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class NoteStart:
    """How a piece begins if it is a note."""

    label: str
    style: str  # the group of the expression that found it: "square", "raised", ...
    rest: int  # where the note's own text begins


def read_note(text: str) -> NoteStart | None:
    """How the text begins as a note, if it does."""
    found = _START.match(text[:24])
    if not found:
        return None
    style = next(name for name, value in found.groupdict().items() if value and name != "stop")
    return NoteStart(found[style].translate(_RAISED), style, found.end())


def claim_notes(pieces: list[Piece], marked: dict[str, int]) -> None:
    """Claim the notes of a work. `marked` counts, for each label, the places in the text that look like its mark."""
    _claim_announced(pieces, marked)
    _claim_bracketed(pieces)
    _claim_trailing(pieces, marked)
    _claim_scattered(pieces, marked)


def _take(piece: Piece, start: NoteStart, confidence: float = 1.0) -> None:
    piece.claim(Kind.FOOTNOTE, confidence)
    piece.label = start.label
    piece.text = piece.text[start.rest :].strip()


def _claim_announced(pieces: list[Piece], marked: dict[str, int]) -> None:
    """What stands under a heading such as "Notes" or "References", up to the next heading or the end."""
    for index, piece in enumerate(pieces):
        if not piece.is_free or len(piece.text) > 60 or not _HEADER.fullmatch(piece.text.strip(" .:*_#=-")):
            continue
        first = next((later for later in pieces[index + 1 : index + 4] if later.is_free), None)
        start = read_note(first.text) if first else None
        if first is None or start is None:
            continue
        piece.claim(Kind.HEADING, level=1)
        _claim_run(pieces, pieces.index(first, index), 0.95)


def _claim_run(pieces: list[Piece], begin: int, confidence: float) -> None:
    """Notes from here on, each with the paragraphs that continue it, as long as the numbers climb."""
    last = 0
    style = (read_note(pieces[begin].text) or NoteStart("", "", 0)).style
    for index in range(begin, len(pieces)):
        piece = pieces[index]
        if not piece.is_free:
            if piece.kind is Kind.FOOTNOTE:
                continue
            return
        start = read_note(piece.text)
        if (
            start is not None
            and start.style == style
            and (not start.label.isdigit() or last < int(start.label) <= last + 30)
        ):
            last = int(start.label) if start.label.isdigit() else last
            _take(piece, start, confidence)
        elif _continues_note(pieces, index):
            piece.claim(Kind.FOOTNOTE, 0.7)
            piece.doubt("note-continued", "A paragraph among the notes was taken as part of the note above it.")
        else:
            return


def _continues_note(pieces: list[Piece], index: int) -> bool:
    piece = pieces[index]
    if dates.is_date(piece.text) or names.read_byline(piece.text) or not signs.ends_sentence(piece.text):
        return False
    return any(read_note(later.text) for later in pieces[index + 1 : index + 3]) and len(piece.text) > 40


def _claim_bracketed(pieces: list[Piece]) -> None:
    """Notes in the form of old transcriptions: "[Footnote 1: ...]", wherever they stand."""
    for piece in pieces:
        found = _GUTENBERG.match(piece.text[:40]) if piece.is_free else None
        if found:
            piece.claim(Kind.FOOTNOTE)
            piece.label = found["label"]
            piece.text = piece.text[found.end() :].removesuffix("]").strip()


def _claim_trailing(pieces: list[Piece], marked: dict[str, int]) -> None:
    """A run of numbered pieces at the end, whose numbers stand as marks in the text, are notes without a heading."""
    end = len(pieces)
    while end > 0 and end > len(pieces) - 4 and _may_follow_notes(pieces[end - 1]):
        end -= 1
    begin = end
    while (
        begin > 0
        and pieces[begin - 1].is_free
        and (_is_numbered(pieces[begin - 1]) or (begin < end and _continues_note(pieces, begin - 1)))
    ):
        begin -= 1
    while begin < end and not _is_numbered(pieces[begin]):
        begin += 1
    begin = _begin_of_climb(pieces, begin, end)
    labels = [start.label for piece in pieces[begin:end] if (start := read_note(piece.text))]
    if labels and sum(label in marked for label in labels) >= 0.5 * len(labels):
        _claim_run(pieces, begin, 0.9)


def _is_numbered(piece: Piece) -> bool:
    start = read_note(piece.text)
    return start is not None and start.label.isdigit()


def _begin_of_climb(pieces: list[Piece], begin: int, end: int) -> int:
    """The last place where the numbers begin anew: what is above is a list of the text."""
    last = None
    for index in range(end - 1, begin - 1, -1):
        start = read_note(pieces[index].text)
        if start is None or not start.label.isdigit():
            continue
        if last is not None and int(start.label) >= last:
            return index + 1
        last = int(start.label)
    return begin if last is not None else end


def _may_follow_notes(piece: Piece) -> bool:
    return not piece.is_free or (read_note(piece.text) is None and (dates.is_date(piece.text) or len(piece.text) < 400))


def _claim_scattered(pieces: list[Piece], marked: dict[str, int]) -> None:
    """Notes right below the paragraphs they belong to: they begin with the very sign that stands as a mark above."""
    for index, piece in enumerate(pieces):
        if not piece.is_free or index == 0:
            continue
        start = read_note(piece.text)
        if start is None or start.style in ("figure", "naked", "round", "word"):
            continue
        sign = piece.text[: start.rest].strip().rstrip(":")
        above = [before for before in pieces[max(0, index - 8) : index] if before.kind is not Kind.FOOTNOTE]
        if any(re.search(r"\S" + re.escape(sign) + r"(?=\W|$)", before.text[1:]) for before in above):
            _take(piece, start, 0.9)
