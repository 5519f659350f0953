"""Block quotations: set in, or announced by the paragraph above and by nothing else. And epigraphs."""

import re

from readings.importing import signs
from readings.importing.languages import detect_language
from readings.importing.lists import read_item
from readings.importing.pieces import Piece
from readings.kinds import Kind

_OPEN_QUOTE = re.compile(r"[\"“„«‘‹「『]\s*$")
_SPOKEN = re.compile(
    r"\b(?:wr(?:ote|ites?|itten|iting)|sa(?:id|ys?|ying)|notes?|noted|observ\w+|explain\w*|argu\w+|stat(?:es?|ed|ing|ement)|put(?:s|ting)?|declar\w+|"
    r"describ\w+|description|defin\w+|definition|stress\w*|summ\w+|conclud\w+|add(?:s|ed)|recall\w*|remember\w*|remark\w*|comment\w*|report\w*|insist\w*|"
    r"words?|quot\w+|passage|letter|preface|introduction|essay|speech|book|poem|diary|manifesto|thesis|theses|writings?|article|report|memoirs?|chapter|frame|answer\w*|repl\w+|ask\w*|cites?|cited|"
    r"proclaim\w*|announce\w*|reads?|goes|told|tells?|affirm\w*|formulat\w*|express\w*|warn\w*|schr\w+|sag\w+|écri\w+|dit|dice|dijo|escrib\w+)\b",
    re.IGNORECASE,
)
_LISTING = re.compile(
    r"\b(?:reasons?|questions|points|things|ways|steps|lessons|arguments|factors|elements|tasks|demands|rules|items|kinds|types|stages|parts|conclusions|examples|problems|"
    r"options|conditions|principles|include|includes|including|following (?:is|are) the|as follows|namely|follows|two|three|four|five|six|seven)\b[^.]{0,60}:?$",
    re.IGNORECASE,
)
_ORDINAL = re.compile(
    r"(?:first(?:ly)?|one|second(?:ly)?|to begin with|the first|the one|number one|in the first place|on the one hand|step one)\b",
    re.IGNORECASE,
)
_OWN_VOICE = re.compile(
    r"(?:but|so|and|yet|thus|therefore|however|here|this|that|these|those|as (?:we|i)|in other words|now|well)\b",
    re.IGNORECASE,
)
_ATTRIBUTION = re.compile(r"(?:[—–―]|--)\s{0,2}(?=\S)")


def claim_quotes(pieces: list[Piece], usual_indent: int) -> None:
    """Claim block quotations and epigraphs."""
    _claim_epigraph(pieces)
    for index, piece in enumerate(pieces):
        if not piece.is_free:
            continue
        if index and _is_lead_in(pieces, index - 1):
            _claim_announced(pieces, index)
        elif _is_set_in(piece, usual_indent):
            piece.claim(Kind.BLOCKQUOTE, 0.9)
        elif index and pieces[index - 1].kind in (Kind.BLOCKQUOTE, Kind.VERSE) and _is_attribution(piece.text):
            piece.claim(Kind.BLOCKQUOTE, 0.8)


def _is_set_in(piece: Piece, usual_indent: int) -> bool:
    return (
        piece.indent >= usual_indent + 2
        and (len(piece.lines) > 1 or len(piece.text) > 90)
        and not read_item(piece.text)
    )


def _is_attribution(text: str) -> bool:
    if len(text) > 120 or text[-1:] in "?!…:;," or re.search(r"[,.?!…] ?[—–]", text):
        return False  # speeches in a dialogue begin with a dash too
    if re.fullmatch(r"\([^()]{4,110}\)\.?", text):
        return True
    found = _ATTRIBUTION.match(text)
    rest = text[found.end() :] if found else ""
    return bool(rest) and (
        signs.is_title_case(rest[:40]) or (rest == rest.swapcase() and not signs.ends_sentence(rest))
    )


def _claim_epigraph(pieces: list[Piece]) -> None:
    """A short quotation between the front or a heading and the text, with or without its author below."""
    for index, piece in enumerate(pieces):
        if (index and pieces[index - 1].is_free) or not piece.is_free or index + 1 >= len(pieces):
            continue
        if index and pieces[index - 1].kind in (
            Kind.BLOCKQUOTE,
            Kind.LIST_ITEM,
            Kind.FOOTNOTE,
            Kind.CAPTION,
            Kind.TABLE,
            Kind.CODE,
        ):
            continue
        after = pieces[index + 1]
        attributed = after.is_free and _is_attribution(after.text) and after.text[0] in "—–―-" and len(after.text) < 100
        whole = signs.opens_quotation(piece.text) and signs.closes_quotation(piece.text) and len(piece.text) < 400
        if attributed and len(piece.text) < 900 and index + 2 < len(pieces):
            piece.claim(Kind.BLOCKQUOTE, 0.9)
            after.claim(Kind.BLOCKQUOTE, 0.9)
        elif (
            whole
            and index
            and index <= 5
            and pieces[index - 1].kind in (Kind.TITLE, Kind.SUBTITLE, Kind.BYLINE, Kind.DATE)
            and _is_one_quotation(piece.text)
        ):
            piece.claim(Kind.BLOCKQUOTE, 0.7)
            piece.doubt(
                "epigraph-or-paragraph",
                "A quotation at the head was taken as an epigraph; it could be the first paragraph.",
            )


def _is_one_quotation(text: str) -> bool:
    return sum(text.count(sign) for sign in '"”»') <= 2


def _is_lead_in(pieces: list[Piece], index: int) -> bool:
    """Whether the paragraph ends so that what it announces must follow."""
    piece = pieces[index]
    if piece.kind is not None or signs.speaker_of(piece.text) == piece.text.rstrip(":： "):
        return False
    return (
        signs.ends_with_colon(piece.text)
        or (bool(_OPEN_QUOTE.search(piece.text[-3:])) and not signs.ends_sentence(piece.text))
        or _runs_into(pieces, index)
    )


def _runs_into(pieces: list[Piece], index: int) -> bool:
    """Whether the sentence breaks off, and the next paragraph takes it up with a small letter."""
    text, after = pieces[index].text, pieces[index + 1]
    if signs.breaks_off(text):
        return True
    return (
        len(text.split()) >= 5
        and not signs.ends_sentence(text)
        and not signs.closes_quotation(text)
        and signs.starts_lower(after.text)
    )


def _claim_announced(pieces: list[Piece], index: int) -> None:
    """The paragraph after a lead-in is the quotation, unless it is the first of a list or the writer's own next step."""
    lead_in, piece = pieces[index - 1].text, pieces[index]
    opened = bool(_OPEN_QUOTE.search(lead_in[-3:]))
    certain = _is_announcement(lead_in) or (not signs.ends_with_colon(lead_in) and signs.starts_lower(piece.text))
    if not opened and not _could_be_quoted(lead_in, piece.text, certain):
        return
    if not (certain or opened or signs.opens_quotation(piece.text) or _names_someone(lead_in)):
        piece.doubt(
            "quotation-or-paragraph", "A paragraph after a colon was left a paragraph; it could be a quotation.", 0.7
        )
        return
    piece.claim(Kind.BLOCKQUOTE, 0.85 if certain or opened else 0.65)
    if not (certain or opened or signs.opens_quotation(piece.text)):
        piece.doubt(
            "quotation-or-paragraph",
            "A paragraph after a colon was taken as a quotation; it could be the writer's own words.",
            0.6,
        )
    _claim_rest(pieces, index)


def _is_announcement(lead_in: str) -> bool:
    """Whether the sentence that leads in speaks of saying or writing."""
    sentence = re.split(r"(?<=[.!?])[\"”’)]?\s", lead_in[-400:])[-1]
    return bool(_SPOKEN.search(sentence))


def _names_someone(lead_in: str) -> bool:
    """Whether the sentence that leads in has a name in it, which may be the source's. Only English is known well enough."""
    if detect_language(lead_in, default="") != "en":
        return True
    sentence = re.split(r"(?<=[.!?])[\"”’)]?\s", lead_in[-400:])[-1]
    return any(word[0].isupper() and len(word) > 2 for word in signs.words(sentence)[1:])


def _could_be_quoted(lead_in: str, text: str, certain: bool) -> bool:
    if len(text.split()) < 3 or signs.speaker_of(text):
        return False
    if signs.opens_quotation(text):
        return True
    tail = lead_in[-120:]
    if _ORDINAL.match(text) or (_LISTING.search(re.split(r"[.!?]\s", tail)[-1].rstrip(" :")) and not certain):
        return False
    if not signs.ends_with_colon(lead_in):
        return signs.starts_lower(text) or certain
    if _OWN_VOICE.match(text) and not certain:
        return False
    return not lead_in.rstrip().endswith("?:")


def _claim_rest(pieces: list[Piece], index: int) -> None:
    """A quotation of several paragraphs opens a quote mark at each of them and closes it at the last."""
    if not signs.opens_quotation(pieces[index].text) or signs.closes_quotation(pieces[index].text):
        return
    for piece in pieces[index + 1 : index + 12]:
        if not piece.is_free or not signs.opens_quotation(piece.text):
            return
        piece.claim(Kind.BLOCKQUOTE, 0.8)
        if signs.closes_quotation(piece.text):
            return
