"""The front of a work: title, subtitle or standfirst, byline, date; and what tells a work's beginning from a section's."""

import re
from dataclasses import dataclass, field

from readings.importing import dates, names, signs
from readings.importing.document import Contributor, Doubt
from readings.importing.headings import is_known_heading, numbering_of
from readings.importing.lines import Line
from readings.importing.lists import read_item
from readings.importing.pieces import Piece
from readings.kinds import Kind

_LONGEST_TITLE = 200
_LONGEST_STANDFIRST = 330
_LABELLED = re.compile(
    r"(title|subtitle|author|authors|by|date|published|translator|editor)\s?:\s{1,8}(?=\S)", re.IGNORECASE
)
_SALUTATION = re.compile(
    r"(?:my )?(?:dear|dearest|to whom|sehr geehrte|liebe|lieber|cher|chère|chers|querido|querida|estimad[oa]|caro|cara)\b",
    re.IGNORECASE,
)
_ABOUT = re.compile(
    r"\b(?:this|the following|following|below is|here is)\b.{0,40}\b(?:talk|essay|article|interview|review|piece|text|speech|lecture|paper|story|chapter|letter|book|report|excerpt|poem|conversation)\b"
    r"|\b(?:argues?|argued|explains?|examines?|explores?|reviews?|reports?|looks (?:at|back)|considers?|discusses|reflects|asks|recalls|"
    r"describes|interviews?|talks? (?:to|with|about)|speaks? (?:to|with|about)|provides|traces|assesses|remembers|investigates|surveys|introduces|surveyed|kicked off)\b"
    r"|^(?:how|why|what|in which|on the|notes on|an? (?:review|interview|report|study|conversation|short|brief|reply|response|critique|history|introduction|letter|talk|lecture|look|guide|defence|defense|note)|or,)\b",
    re.IGNORECASE,
)
_HEADNOTE = re.compile(
    r"^(?:the following|this (?:is|was|essay|article|talk|text|piece|interview|speech|lecture|translation|version|paper) (?:is|was|first|has|were|originally)|editor(?:s|'s|’s|ial)|originally published|first published|\[|an earlier version)",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Front:
    """What the front of a work says."""

    title: str = ""
    subtitle: str = ""
    contributors: list[Contributor] = field(default_factory=list)
    date: str = ""
    pieces: list[Piece] = field(default_factory=list)  # those claimed, in the order of the design
    doubts: list[Doubt] = field(default_factory=list)


def claim_front(pieces: list[Piece], author: tuple[str, Line] | None = None, *, titled: bool = False) -> Front:
    """Claim title, subtitle, byline and date at the head of a work. A name from an author box stands in for a byline.

    `titled` says that the first piece is known to be the title. Pieces that are claimed as parts of the front already are taken.
    """
    front = Front()
    small = _spelled_small(pieces)
    if titled:
        _take(front, pieces[0], Kind.TITLE)
        front.title = pieces[0].text
        index = 1
    else:
        index = _claim_title(pieces, front)
    while index < len(pieces) and index < 14 and _claim_next(pieces, index, front, small):
        index += 1
    if author is not None and not front.contributors:
        _add_author(front, *author)
    _claim_issue_line(pieces, front)
    front.pieces.sort(
        key=lambda piece: (Kind.TITLE, Kind.SUBTITLE, Kind.BYLINE, Kind.DATE).index(piece.kind or Kind.DATE)
    )
    return front


def starts_work(pieces: list[Piece], index: int, small: frozenset[str], like_first: bool) -> bool:
    """Whether a work begins at this piece: a title, and after it what only stands under titles."""
    if not is_title(pieces, index) or numbering_of(pieces[index].text) or is_known_heading(pieces[index].text):
        return False
    if index + 2 >= len(pieces):
        return False
    after = pieces[index + 1]
    if names.read_byline(after.text) or dates.is_date(after.text):
        return True
    if like_first and names.is_bare_name(after.text, small):
        return True
    return is_standfirst(pieces, index + 1) and (pieces[index + 2].gap > 1 or bool(_ABOUT.search(after.text)))


def spelled_small(pieces: list[Piece]) -> frozenset[str]:
    """The words that the text writes with a small letter: no part of a name is among them."""
    return _spelled_small(pieces)


def _spelled_small(pieces: list[Piece]) -> frozenset[str]:
    return frozenset(word for piece in pieces for word in piece.text[:20_000].split() if word[:1].islower())


def is_title(pieces: list[Piece], index: int) -> bool:
    """Whether the piece can be the title of a work."""
    piece = pieces[index]
    text = piece.text
    if not piece.is_free or index + 1 >= len(pieces) or len(text) > _LONGEST_TITLE or len(piece.lines) > 4:
        return False
    if (signs.starts_lower(text) and not text[:1].isdigit()) or text[-1:] in ",;:-—" or _SALUTATION.match(text):
        return False
    if dates.is_date(text) or names.read_byline(text) or (signs.speaker_of(text) and ":" in text[-1:]):
        return False
    item = read_item(text)
    if (item and (not item.label or len(text) > 90)) or not any(character.isalnum() for character in text):
        return False
    return not (signs.count_sentences(text) > 2 or (text[-1:] in ".。" and not _is_short_title(pieces, index)))


def _is_short_title(pieces: list[Piece], index: int) -> bool:
    """A title may end with a full stop in old prints: then it is short, in capitals or title case, and prose follows."""
    text = pieces[index].text
    return (
        len(text) <= 70 and (signs.is_capitals(text) or signs.is_title_case(text)) and len(pieces[index + 1].text) > 0
    )


def is_standfirst(pieces: list[Piece], index: int) -> bool:
    """Whether the piece is a sentence or two about the text, between its title and its beginning."""
    if index + 1 >= len(pieces) or not pieces[index].is_free:
        return False
    text, after = pieces[index].text, pieces[index + 1]
    if (
        len(text) > _LONGEST_STANDFIRST
        or signs.count_sentences(text) > 2
        or text[-1:] in ":,;"
        or _HEADNOTE.match(text)
    ):
        return False
    if not signs.ends_sentence(text) or signs.opens_quotation(text):
        return False
    body = [piece for piece in pieces[index + 1 : index + 6] if len(piece.text) > 1.3 * len(text)]
    if not body:
        return False
    questions = (
        text.endswith("?") and (len(text) > 60 or signs.count_sentences(text) > 1) and len(body[0].text) > 2 * len(text)
    )
    apart = after.gap > pieces[index].gap and after.gap > 1
    signed = bool(names.read_byline(after.text))
    if text.endswith("?") and len(text) <= 60:
        return signed or apart
    return signed or apart or questions or bool(_ABOUT.search(text))


def _claim_title(pieces: list[Piece], front: Front) -> int:
    if not pieces:
        return 0
    labelled = _LABELLED.match(pieces[0].text[:40])
    if labelled and labelled[1].lower() == "title":
        _take(front, pieces[0], Kind.TITLE)
        front.title = _shed(pieces[0], labelled.end())
        return 1
    if not is_title(pieces, 0) or is_known_heading(pieces[0].text) or _is_first_of_several(pieces):
        return 0
    last = 0
    while last < 3 and _runs_on(pieces, last):
        last += 1
    title = pieces[0]
    if last:
        title.text = " ".join(piece.text for piece in pieces[: last + 1])
        title.lines = [line for piece in pieces[: last + 1] for line in piece.lines]
        del pieces[1 : last + 1]
    _take(front, title, Kind.TITLE)
    front.title = title.text
    if signs.ends_sentence(title.text) and title.text[-1] == ".":
        title.doubt("title-or-paragraph", "The first line was taken as the title, but it ends like a sentence.", 0.7)
    return 1


def _shed(piece: Piece, end: int) -> str:
    """Take a label such as "Title:" off a piece."""
    piece.shed.append(piece.text[:end].strip())
    piece.text = piece.text[end:]
    return piece.text


def _is_first_of_several(pieces: list[Piece]) -> bool:
    """Whether the first line is the number of a chapter among others: a text without a title, not a title."""
    style = numbering_of(pieces[0].text)
    return (
        bool(style)
        and sum(numbering_of(piece.text) == style for piece in pieces if len(piece.text) < _LONGEST_TITLE) > 1
    )


def _runs_on(pieces: list[Piece], index: int) -> bool:
    """Whether the title goes on in the next line: it ends in a small word, or both are lines of capitals without a space between."""
    if index + 2 >= len(pieces) or pieces[index + 1].gap > 0 or not pieces[index + 1].is_free:
        return False
    before, after = pieces[index].text, pieces[index + 1].text
    if (
        names.read_byline(after)
        or dates.is_date(after)
        or len(after) > 100
        or after.lower() in ("by", "von", "par", "por")
    ):
        return False
    hangs = before.split()[-1].lower() in (
        "the",
        "a",
        "an",
        "of",
        "and",
        "or",
        "to",
        "in",
        "on",
        "for",
        "with",
        "from",
        "der",
        "die",
        "das",
        "und",
        "de",
        "la",
        "le",
        "et",
    )
    small = after.split()[0].lower() in (
        "of",
        "and",
        "or",
        "in",
        "on",
        "for",
        "from",
        "to",
        "with",
        "by",
        "at",
        "und",
        "et",
        "y",
        "de",
    )
    return hangs or small or signs.starts_lower(after) or before.endswith((":", "&", "—"))


def _take(front: Front, piece: Piece, kind: Kind) -> None:
    piece.claim(kind, piece.confidence)
    front.pieces.append(piece)


def _claim_next(pieces: list[Piece], index: int, front: Front, small: frozenset[str]) -> bool:
    """Claim one more piece of the front; say whether there was one."""
    piece = pieces[index]
    if not piece.is_free:
        return _take_known(piece, front)
    if _claim_labelled(piece, front) or _claim_further_name(piece, front, small):
        return True
    if (
        piece.text.lower().rstrip(":") in ("by", "von", "par", "por", "di")
        and index + 1 < len(pieces)
        and names.is_name_list(pieces[index + 1].text)
    ):
        _join_by(pieces, index)
    byline = names.read_byline(piece.text)
    if byline and (front.title or index > 0 or not signs.ends_sentence(piece.text)):
        return _claim_byline(piece, byline, front)
    if dates.is_date(piece.text) and (front.title or index == 0):
        _take(front, piece, Kind.DATE)
        bare = dates.without_label(piece.text)
        front.date = (
            front.date or _shed(piece, len(piece.text) - len(bare)) if bare != piece.text else front.date or bare
        )
        return True
    if not front.title:
        return False
    if front.contributors and names.is_affiliation(piece.text) and front.pieces[-1].kind is Kind.BYLINE:
        _take(front, piece, Kind.BYLINE)
        return True
    if _is_unsigned_byline(pieces, index, front, small):
        piece.doubt(
            "byline-or-heading",
            "A line under the title was taken as the author's name; it could be a subtitle or a heading.",
            0.75,
        )
        return _claim_byline(piece, names.bare(piece.text), front)
    if _is_subtitle(pieces, index, front, small):
        _take(front, piece, Kind.SUBTITLE)
        front.subtitle = f"{front.subtitle} {piece.text}".strip()
        return True
    return False


def _is_unsigned_byline(pieces: list[Piece], index: int, front: Front, small: frozenset[str]) -> bool:
    """Whether a name stands under the title without any sign that it is the author's."""
    text = pieces[index].text
    return (
        not front.contributors
        and names.is_bare_name(text, small)
        and not is_known_heading(text)
        and _has_prose_below(pieces, index)
    )


def _join_by(pieces: list[Piece], index: int) -> None:
    """The word "by" in a line of its own goes with the name below it."""
    piece, name = pieces[index], pieces.pop(index + 1)
    piece.text = f"{piece.text} {name.text}"
    piece.lines = [*piece.lines, *name.lines]


def _claim_further_name(piece: Piece, front: Front, small: frozenset[str]) -> bool:
    """Claim the second of several authors who each have a line."""
    follows = bool(front.pieces) and front.pieces[-1].kind is Kind.BYLINE and bool(front.contributors)
    if not follows or is_known_heading(piece.text) or not names.is_bare_name(piece.text, small):
        return False
    return _claim_byline(piece, names.bare(piece.text), front)


def _take_known(piece: Piece, front: Front) -> bool:
    """Take a piece of which the document itself says what it is."""
    if piece.kind not in (Kind.SUBTITLE, Kind.BYLINE, Kind.DATE):
        return False
    front.pieces.append(piece)
    if piece.kind is Kind.SUBTITLE:
        front.subtitle = piece.text
    elif piece.kind is Kind.DATE:
        front.date = piece.text
    else:
        front.contributors += names.bare(piece.text).contributors
    return True


def _claim_labelled(piece: Piece, front: Front) -> bool:
    found = _LABELLED.match(piece.text[:40])
    if not found or len(piece.text) > _LONGEST_TITLE:
        return False
    label, rest = found[1].lower(), piece.text[found.end() :]
    if label in ("title", "subtitle"):
        kind = Kind.TITLE if label == "title" else Kind.SUBTITLE
        if getattr(front, label):
            return False
        setattr(front, label, rest)
    elif label in ("date", "published"):
        kind = Kind.DATE
        front.date = front.date or rest
    else:
        byline = names.read_byline(f"By {rest}")
        if byline is None:
            return False
        role = label if label in ("translator", "editor") else "author"
        kind = Kind.BYLINE
        front.contributors += [Contributor(person.name, role) for person in byline.contributors]
    _shed(piece, found.end())
    _take(front, piece, kind)
    return True


def _claim_byline(piece: Piece, byline: names.Byline, front: Front) -> bool:
    _take(front, piece, Kind.BYLINE)
    if byline.sign or byline.date:
        piece.text = byline.names
        piece.shed += [words for words in (byline.sign, byline.between) if any(map(str.isalnum, words))]
    if byline.date:
        date = Piece(piece.lines, byline.date, moved=True)
        _take(front, date, Kind.DATE)
        front.date = front.date or byline.date
    known = {(person.name, person.role) for person in front.contributors}
    front.contributors += [person for person in byline.contributors if (person.name, person.role) not in known]
    return True


def _has_prose_below(pieces: list[Piece], index: int) -> bool:
    return any(
        (signs.ends_sentence(piece.text) and len(piece.text) > 60) or piece.kind is Kind.VERSE
        for piece in pieces[index + 1 : index + 5]
    )


def _is_subtitle(pieces: list[Piece], index: int, front: Front, small: frozenset[str]) -> bool:
    piece = pieces[index]
    text = piece.text
    if is_standfirst(pieces, index) and index <= 4 and not front.contributors:
        piece.confidence = 0.8
        return True
    if (
        is_standfirst(pieces, index)
        and index <= 4
        and (pieces[index + 1].gap > 1 or _ABOUT.search(text))
        and not front.subtitle
    ):
        piece.confidence = 0.7
        return bool(
            pieces[index + 1].gap > 1 or (re.match(r"(?:this|an?) \w+", text, re.IGNORECASE) and _ABOUT.search(text))
        )
    if len(text) > 150 or (signs.ends_sentence(text) and text[-1] not in "?!") or front.subtitle or text[-1:] in ":,;":
        return False
    if is_known_heading(text) or numbering_of(text) or read_item(text) or index + 1 >= len(pieces):
        return False
    after = pieces[index + 1]
    if names.read_byline(after.text) or dates.is_date(after.text) or after.text.lower() == "by":
        return True
    if re.match(r"(?:\(|or,? |a |an |being |in which )", text, re.IGNORECASE) or (
        piece.gap == 0 and pieces[index - 1].kind is Kind.TITLE
    ):
        return _has_prose_below(pieces, index) or piece.gap == 0
    return names.is_bare_name(after.text, small) and not front.contributors


def _add_author(front: Front, name: str, line: Line) -> None:
    piece = Piece([line], name, moved=True)
    piece.confidence = 0.8
    _take(front, piece, Kind.BYLINE)
    front.contributors += names.bare(name).contributors


def _claim_issue_line(pieces: list[Piece], front: Front) -> None:
    """The line that names issue and date under an article becomes its date where none is known."""
    for piece in pieces[-3:]:
        if piece.is_free and len(pieces) > 3 and dates.is_issue_line(piece.text) and not front.date:
            _take(front, piece, Kind.DATE)
            piece.moved = True
            piece.doubt(
                "date-from-foot",
                "The line under the text was taken as its date; it could belong to the last paragraph.",
                0.8,
            )
            front.date = piece.text
