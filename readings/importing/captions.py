"""Captions, credits of pictures, and the alternative text that web pages leave behind."""

import re

from readings.importing import signs
from readings.importing.headings import is_known_heading, numbering_of
from readings.importing.pieces import Piece
from readings.kinds import Kind

_LABELLED = re.compile(
    r"\[?\(?(?:(?:figure|fig\.|abbildung|abb\.|figura|plate|illustration|map|chart|photo(?:graph)?|image|picture|exhibit|table|tabelle|рис\.|图|図|شكل)\s{0,2}[0-9]{1,3}(?:\.[0-9]{1,2})?\s?[a-z]?\s?[.:：—–|)-]"
    r"|(?:featured |cover |header |main |lead )?(?:image|photo(?:graph)?|picture|illustration|artwork|art|video|graphic|foto|imagen|bild)s?(?: credit| courtesy| source| caption)?s?\s?(?::|\bby [A-Z]|\bcourtesy)"
    r"|(?:image|photo|picture) (?:credit|courtesy)|credit:|\[(?:illustration|image|photo|picture|figure)\b|(?:photo|image)s? ©|via wikimedia|courtesy of )",
    re.IGNORECASE,
)
_CREDIT = re.compile(
    r"\b(?:wikimedia(?: commons)?|getty(?: images)?|flickr|unsplash|public domain|cc[ -]by(?:-[a-z]{2}){0,2}|creative commons|library of congress|national archives?|AFP|reuters|photographer|"
    r"photo(?:graph)? by|courtesy of|(?:photo|image|picture|illustration|drawing|credit|source)s?:|archives?\b\.?\)?$|collection\)?$)",
    re.IGNORECASE,
)
_PICTURED = re.compile(
    r"^(?:an? )?(?:[\w’'-]+ ){0,3}(?:poster|photo(?:graph)?|portrait|painting|drawing|engraving|woodcut|cartoon|cover|map|illustration|postcard|banner|statue|bust|mural|scene|view|sketch|lithograph|detail|leaflet|newspaper|"
    r"frontispiece|diagram|screenshot|front page|masthead)\b"
    r"|\b(?:newspaper|poster|portrait|painting|mural|cartoon|photograph)\b|\((?:left|right|above|below|centre|center|top|bottom|pictured)\)|,? (?:pictured|shown|seen) (?:here|above|below|in|at)\b"
    r"|\b(?:speaking|speaks|addressing|addresses|marching|march|posing|poses?|standing|stands?|sitting|seated|demonstrating|protesting|gather(?:ed)?|picketing|outside|in front|holding|during|circa|c\.) ",
    re.IGNORECASE,
)
_VERBS = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|can|could|should|must|may|might|do|does|did|am|been|isn['’]t|aren['’]t|wasn['’]t|don['’]t|i|we|you|he|she|they|it)\b",
    re.IGNORECASE,
)
_LONGEST = 260


def claim_captions(pieces: list[Piece]) -> None:
    """Claim captions: labelled ones, pairs of description and caption, and stray lines where a picture stood."""
    usual = _usual_gap(pieces)
    for index, piece in enumerate(pieces):
        if not piece.is_free or len(piece.text) > 2 * _LONGEST:
            continue
        if _is_labelled(piece.text):
            piece.claim(Kind.CAPTION, 0.95)
        elif _is_pair(pieces, index):
            _claim_pair(piece, pieces[index + 1])
        elif _is_stray(pieces, index, usual):
            piece.claim(Kind.CAPTION, 0.7)
            piece.doubt(
                "caption-or-paragraph",
                "A line that stands apart was taken as the caption of a picture; it could be a paragraph or a heading.",
                0.6,
            )


def _is_labelled(text: str) -> bool:
    if len(text) > _LONGEST and not re.match(r"(?:figure|fig\.|table)\s?[0-9]", text, re.IGNORECASE):
        return False
    return bool(_LABELLED.match(text[:80])) and signs.count_sentences(text) <= 4


def _is_pair(pieces: list[Piece], index: int) -> bool:
    """A description for those who cannot see the picture, and right below it the caption, which says much of it again."""
    if index == 0 or index + 1 >= len(pieces) or not pieces[index + 1].is_free or pieces[index].gap == 0:
        return False
    above, below = pieces[index].text, pieces[index + 1].text
    if (index + 2 < len(pieces) and pieces[index + 2].gap == 0) or signs.count_sentences(pieces[index].text) > 2:
        return False
    if pieces[index + 1].gap > 0 or max(len(above), len(below)) > 2 * _LONGEST or len(below) < 8:
        return False
    said, again = {word.lower() for word in signs.words(above)}, [word.lower() for word in signs.words(below)]
    shared = sum(word in said for word in again)
    return len(again) >= 3 and shared >= 0.6 * len(again)


def _claim_pair(description: Piece, caption: Piece) -> None:
    description.claim(Kind.CAPTION, 0.8)
    description.doubt(
        "alternative-text",
        "This line seems to describe a picture for those who cannot see it; the line after it is the caption.",
        0.75,
    )
    caption.claim(Kind.CAPTION, 0.9)


def _usual_gap(pieces: list[Piece]) -> int:
    gaps = sorted(piece.gap for piece in pieces[1:])
    return gaps[len(gaps) // 4] if gaps else 0


def _is_stray(pieces: list[Piece], index: int, usual: int) -> bool:
    """A short line between long paragraphs, set off where a picture stood, or naming what is to be seen."""
    if not 0 < index < len(pieces) - 1:
        return False
    piece, above, after = pieces[index], pieces[index - 1], pieces[index + 1]
    text = piece.text
    if (
        len(text) > _LONGEST
        or len(piece.lines) > 3
        or signs.count_sentences(text) > 2
        or text[-1:] in "?!:;,"
        or signs.speaker_of(text)
    ):
        return False
    if numbering_of(text) or is_known_heading(text) or signs.starts_lower(text) or signs.opens_quotation(text):
        return False
    if above.kind not in (None, Kind.CAPTION, Kind.BLOCKQUOTE, Kind.LIST_ITEM) or not after.is_free:
        return False
    if not (signs.ends_sentence(above.text) or above.kind is Kind.CAPTION) or len(after.text) < 100:
        return False
    credited = bool(_CREDIT.search(text))
    if not credited and len(after.text) < max(200, 1.5 * len(text)):
        return False
    set_off = piece.gap > usual >= 1 and piece.gap >= after.gap
    names_picture = bool(_PICTURED.search(text))
    verbless = not _VERBS.search(text)
    if credited and (verbless or len(text) < 120):
        return True
    if set_off:
        return names_picture or (verbless and not signs.is_title_case(text) and len(text.split()) >= 5)
    return (
        names_picture
        and verbless
        and not signs.ends_sentence(text)
        and not signs.is_title_case(text)
        and bool(re.search(r"[0-9]{4}|\(", text))
    )
