"""Headings and their levels: numbered, in words, marked up, in capitals, or short lines that stand alone between paragraphs."""

import re
from collections import Counter
from dataclasses import dataclass

from readings.importing import shapes, signs
from readings.importing.lists import read_item
from readings.importing.pieces import Piece
from readings.kinds import Kind

_COUNT = (
    r"(?:[0-9]{1,3}|[ivxlc]{1,7}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|"
    r"eighteen|nineteen|twenty(?:-\w+)?|thirty(?:-\w+)?|the (?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|last)|"
    r"first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|erstes|zweites|drittes|premier|deuxième|[A-Z])"
)
_PART = re.compile(
    rf"(?:part|book|volume|teil|buch|partie|livre|parte|libro|часть|книга)\s{{1,3}}{_COUNT}\b(?P<end>[.:,—–\-\s]|$)",
    re.IGNORECASE,
)
_CHAPTER = re.compile(
    rf"(?:chapter|chap\.|kapitel|chapitre|cap[ií]tulo|capitolo|hoofdstuk|rozdział|глава|bölüm|letter|canto|act|lecture|thesis|stave|lesson|day)\s{{1,3}}{_COUNT}\b(?P<end>[.:,—–\-\s]|$)"
    r"|第[0-9一二三四五六七八九十百〇零]{1,6}[章回節节課课部篇]|الفصل |الباب |פרק ",
    re.IGNORECASE,
)
_SECTION = re.compile(
    rf"(?:section|abschnitt|article|artikel|appendix|annex|scene|§)\s{{0,3}}{_COUNT}\b(?P<end>[.:,—–\-\s]|$)",
    re.IGNORECASE,
)
_DECIMAL = re.compile(r"(?P<number>[0-9]{1,3}(?:\.[0-9]{1,3}){1,4})\.?\s{1,6}(?=[^\W\d_])")
_BARE = re.compile(r"[\[(]?(?:(?P<figure>[0-9]{1,3})|(?P<roman>[IVXLC]{1,7}))[\])]?\.?")
_EAST = re.compile(r"[一二三四五六七八九十]{1,3}[、．.](?=\S)")
_MARKDOWN = re.compile(r"(?P<signs>#{1,6})\s{1,4}(?=\S)")
_EMPHASIS = re.compile(r"(\*\*|__|\*|_)([^*_\s][^*_]{1,200})\1")
_UNDERLINE = re.compile(r"(?:={3,}|-{3,}|~{3,})")

_KNOWN = re.compile(
    r"(?:introduction|introductory(?: note| remarks)?|preface|foreword|prologue|epilogue|afterword|conclusions?|concluding remarks|abstract|summary|"
    r"(?:end|foot)?notes?(?: and references)?|references(?: and notes)?|bibliography|works cited|further reading|acknowledge?ments?|appendix|appendices|"
    r"glossary|index|background|methods?|methodology|results|discussion|related work|literature review|dedication|postscript|sources|"
    r"einleitung|vorwort|nachwort|schluss|zusammenfassung|anmerkungen|literatur|fazit|avant-propos|préface|conclusion|résumé|bibliographie|"
    r"introducción|prefacio|prólogo|conclusión|conclusiones|resumen|notas|bibliografía|referencias|introduzione|conclusione|riassunto|note|"
    r"введение|предисловие|заключение|примечания|литература|引言|前言|序|序言|结语|结论|摘要|参考文献|注释|مقدمة|خاتمة|الهوامش|المراجع|ملخص|מבוא|סיכום|הערות|הקדמה)[.:]?",
    re.IGNORECASE,
)
_SIGNED = re.compile(
    r"(?:yours|sincerely|with (?:love|best|kind|warm|comradely|fraternal)|in solidarity|best (?:wishes|regards)|kind regards|love|your (?:affectionate|loving|obedient|friend|humble)|"
    r"affectionately|respectfully|faithfully|cordially|comradely|mit freundlichen|hochachtungsvoll|cordialement|atentamente|p\.? ?s\.?\b)",
    re.IGNORECASE,
)
_ADDRESSED = re.compile(
    r"(?:my )?(?:dear|dearest)\b|to whom\b|sehr geehrte|liebe[rs]?\b|chère?s?\b|querid[oa]|estimad[oa]", re.IGNORECASE
)

_SPEECH = re.compile(r"[^\W\d_a-z][^\W\d_a-z.' -]{1,24}[.:] \S")  # in plays: "ANNA. Gone."
_END = re.compile(r"(?:the )?(?:end|finis|fin|ende|fine|конец|完|終|النهاية|סוף)[.!]?", re.IGNORECASE)

_LONGEST = 120
_LONGEST_THESIS = 300


@dataclass(frozen=True, slots=True)
class Talk:
    """What of a text is conversation: its lines are no headings."""

    speakers: frozenset[str]  # names before a colon, more than once
    asks: bool  # questions are part of it


def is_known_heading(text: str) -> bool:
    """Whether the words are a heading in any text: "Introduction", "Notes"."""
    return len(text) <= 40 and bool(_KNOWN.fullmatch(text.strip(" *_#:")))


def numbering_of(text: str) -> str:
    """The style in which a heading is numbered ("part", "chapter", "section", "decimal2", "1", "I" ...), or nothing."""
    head = text[:40]
    for style, pattern in (("part", _PART), ("chapter", _CHAPTER), ("section", _SECTION)):
        if pattern.match(head) and (style != "section" or len(text) < 100):
            return style
    if found := _DECIMAL.match(head):
        return f"decimal{found['number'].count('.') + 1}"
    if found := _BARE.fullmatch(text):
        return "figure" if found["figure"] else "roman"
    if _EAST.match(head):
        return "east"
    item = read_item(text)
    if item and item.label and item.style[0] in "1AI(" and item.style[0] != "(":
        return item.style
    return ""


def read_markdown(pieces: list[Piece]) -> None:
    """Take the signs of Markdown off headings and emphasised lines, and remember what they said."""
    _read_underlines(pieces)
    for piece in pieces:
        if piece.is_free and (emphasis := _EMPHASIS.fullmatch(piece.text[:204])):
            piece.text, piece.emphasised = emphasis[2].strip(), True
        found = _MARKDOWN.match(piece.text[:12]) if piece.is_free else None
        if found and len(piece.text) <= 200 and len(piece.lines) == 1:
            piece.depth = len(found["signs"])
            piece.text = piece.text[found.end() :].rstrip("# ")


def claim_headings(pieces: list[Piece], promised: dict[str, int]) -> None:
    """Claim headings and give them levels. `promised` holds what a contents list announced, with its level there."""
    styles: dict[int, str] = {}
    numbered = _numbered(pieces)
    talk = _listen(pieces)
    for index, piece in enumerate(pieces):
        if piece.is_free and (style := _style(pieces, index, promised, numbered, talk)):
            styles[index] = style
            piece.claim(Kind.HEADING, piece.confidence)
    styles = _join_numbers(pieces, styles)
    _set_levels(pieces, styles, promised)


def _read_underlines(pieces: list[Piece]) -> None:
    """A line over a row of signs is a heading; the row goes."""
    kept: list[Piece] = []
    for piece in pieces:
        above = kept[-1] if kept else None
        ruled = (
            above is not None and piece.gap == 0 and len(piece.lines) == 1 and _UNDERLINE.fullmatch(piece.text[:200])
        )
        if ruled and above is not None and above.is_free and len(above.text) <= _LONGEST and len(above.lines) == 1:
            above.depth = 1 if piece.text[0] == "=" else 2
        else:
            kept.append(piece)
    pieces[:] = kept


def _numbered(pieces: list[Piece]) -> set[int]:
    """Indexes of pieces that a number makes headings: the same style at least twice, or in words once."""
    styles = {
        index: style for index, piece in enumerate(pieces) if piece.is_free and (style := numbering_of(piece.text))
    }
    counts: dict[str, int] = {}
    for style in styles.values():
        counts[style] = counts.get(style, 0) + 1
    chosen = set()
    for index, style in styles.items():
        text = pieces[index].text
        limit = _LONGEST if style in ("part", "chapter", "section") else _LONGEST_THESIS
        wordy = signs.count_sentences(re.sub(r"^[^\s]{1,12}\s", "", text)) > (2 if len(text) < 140 else 1)
        if len(text) > limit or wordy or text[-1:] in ",;" or (text.endswith(":") and style not in ("chapter", "part")):
            continue
        if style in ("part", "chapter") or counts[style] > 1 or style.startswith("decimal"):
            if style in ("part", "chapter", "section") and not _reads_as_heading(text):
                continue
            if _next_is_body(pieces, index) or (index + 1 < len(pieces) and index + 1 in styles):
                chosen.add(index)
    return chosen


def _reads_as_heading(text: str) -> bool:
    """Not a sentence that happens to begin with "Part one of ..."."""
    return len(text) <= 40 or (
        not (signs.ends_sentence(text) and not signs.is_capitals(text))
        and (signs.is_title_case(text) or bool(re.search(r"[.:—–-]\s", text[:40])))
    )


def _style(pieces: list[Piece], index: int, promised: dict[str, int], numbered: set[int], talk: Talk) -> str:
    """How the piece is a heading, or nothing."""
    piece = pieces[index]
    text = piece.text
    if piece.depth:
        return f"markdown{piece.depth}"
    if heading_key(text) in promised and len(text) <= 200:
        return numbering_of(text) or "promised"
    if index in numbered:
        return numbering_of(text)
    if is_known_heading(text) and _next_is_body(pieces, index):
        return "known"
    if not _stands_alone(pieces, index) or not _is_short_line(text) or signs.speaker_of(text) in talk.speakers:
        return ""
    if piece.emphasised and not signs.ends_sentence(text):
        return "bold"
    if signs.is_capitals(text) and len(signs.words(text)) <= 14:
        piece.confidence = min(piece.confidence, 0.9)
        return "capitals"
    return _plain_style(pieces, index, talk)


def _plain_style(pieces: list[Piece], index: int, talk: Talk) -> str:
    piece, text = pieces[index], pieces[index].text
    if text[-1:] in ".。" or (signs.ends_sentence(text) and text[-1] not in "?!？！…"):
        return ""
    after = pieces[index + 1] if index + 1 < len(pieces) else None
    if after is None or not _next_is_body(pieces, index):
        return ""
    if text[-1:] in "!！…":
        return ""  # an outcry of one line
    asked = text[-1:] in "?？"
    if asked and (len(text.split()) > 9 or talk.asks):
        return ""
    certain = signs.is_title_case(text) or after.kind is Kind.VERSE or text.count(" ") <= 2
    piece.confidence = min(piece.confidence, 0.85 if certain and not asked else 0.7)
    if not certain or asked:
        piece.doubt(
            "heading-or-paragraph",
            "A short line between paragraphs was taken as a heading; it could be a paragraph or a caption.",
            0.65,
        )
    return "plain"


def _listen(pieces: list[Piece]) -> Talk:
    """Hear who speaks in the text, and whether it asks and answers."""
    names = Counter(speaker for piece in pieces if piece.is_free and (speaker := signs.speaker_of(piece.text)))
    asked = sum(piece.is_free and len(piece.text) < 300 and piece.text[-1:] in "?？" for piece in pieces)
    return Talk(
        frozenset(name for name, count in names.items() if count > 1), asked >= 3 and asked >= 0.2 * len(pieces)
    )


def _is_short_line(text: str) -> bool:
    if not 1 < len(text) <= 90 or len(text.split()) > 13 or text[-1:] in ",;:-—–،：；" or not signs.starts_upper(text):
        return False
    if shapes.is_unspaced(text) and (len(text) > 36 or "。" in text):
        return False
    if signs.ends_with_colon(text) or signs.breaks_off(text) or _END.fullmatch(text):
        return False
    if _SPEECH.match(text) and not signs.is_capitals(text):
        return False
    if text[0] in '—–-*•("“«„[_' and not re.match(r"[\"“«„].{2,60}[\"”»“]\W?.{0,40}$", text):
        return False
    return (
        not _SIGNED.match(text)
        and not _ADDRESSED.match(text)
        and not signs.speaker_of(text[:60] if text.endswith(":") else "")
        and any(c.isalpha() for c in text)
    )


def _stands_alone(pieces: list[Piece], index: int) -> bool:
    """Whether what stands above ended before it."""
    piece = pieces[index]
    if len(piece.lines) > 2:
        return False
    if index == 0:
        return True
    above = pieces[index - 1]
    closed = above.kind is not None or signs.ends_sentence(above.text) or signs.closes_quotation(above.text)
    if piece.depth:
        return True
    return closed and (piece.gap > 0 or above.kind is not None or len(above.text) > 2 * len(piece.text))


def _next_is_body(pieces: list[Piece], index: int) -> bool:
    """Whether text follows that a heading could stand over."""
    for after in pieces[index + 1 : index + 4]:
        if after.kind in (Kind.VERSE, Kind.LIST_ITEM, Kind.BLOCKQUOTE, Kind.CODE, Kind.TABLE, Kind.FOOTNOTE):
            return True
        if after.kind in (Kind.HEADING, Kind.CAPTION, Kind.FIGURE, Kind.TOC):
            continue
        if after.kind is None and (
            len(after.text) > 120
            or signs.ends_sentence(after.text)
            or signs.ends_with_colon(after.text)
            or signs.speaker_of(after.text)
        ):
            return True
        if after.kind is None and not (
            (len(after.text) <= _LONGEST and _is_short_line(after.text)) or numbering_of(after.text)
        ):
            return False
    return False


def heading_key(text: str) -> str:
    """The words by which a heading is known again in a contents list: without numbers, case and signs."""
    text = re.sub(r"^(?:(?:chapter|part|section)\s)?(?:[0-9.]{1,10}|[ivxlc]{1,7})[.):]?\s", "", text[:200].casefold())
    return re.sub(r"\W+", " ", text).strip()


def _join_numbers(pieces: list[Piece], styles: dict[int, str]) -> dict[int, str]:
    """The number of a chapter in one line and its title in the line below are one heading. Returns the styles anew."""
    joined: dict[int, str] = {}
    kept: list[Piece] = []
    for index, piece in enumerate(pieces):
        style = styles.get(index)
        above = joined.get(len(kept) - 1, "") if styles.get(index - 1) else ""
        if (
            style in ("plain", "capitals", "promised")
            and piece.gap <= 1
            and _is_bare_number(kept[-1] if kept else piece, above)
        ):
            kept[-1].text += " " + piece.text
            kept[-1].lines = [*kept[-1].lines, *piece.lines]
            continue
        if style:
            joined[len(kept)] = style
        kept.append(piece)
    pieces[:] = kept
    return joined


def _is_bare_number(piece: Piece, style: str) -> bool:
    """Whether a heading is a number and no more, so that its words may follow in the next line."""
    bare = _BARE.fullmatch(piece.text) or (style in ("part", "chapter") and len(piece.text.split()) <= 2)
    return style in ("part", "chapter", "figure", "roman") and bool(bare) and len(piece.lines) == 1


_RANK = ("part", "chapter", "section", "roman", "I", "capitals", "A", "figure", "east", "1", "bold", "plain")


def _set_levels(pieces: list[Piece], styles: dict[int, str], promised: dict[str, int]) -> None:
    """Levels by style: parts over chapters over numbers over plain lines, decimals by their depth."""
    used = {_family(style) for style in styles.values()}
    ranks = [family for family in _RANK if family in used]
    base_decimal = ranks.index("1") if "1" in ranks else sum(rank in ("part", "chapter") for rank in ranks)
    highest = len(ranks)
    for index, style in styles.items():
        family = _family(style)
        if family.startswith("markdown"):
            level = int(style[-1])
        elif family.startswith("decimal"):
            level = base_decimal + int(style[-1])
        elif family in ("known", "promised"):
            level = promised.get(heading_key(pieces[index].text), 1)
        elif family in ("plain", "bold") and highest >= ranks.index(family):
            level = 1  # no heading of a higher style stands above it
        else:
            level = ranks.index(family) + 1
        highest = min(highest, ranks.index(family) if family in ranks else highest)
        pieces[index].level = max(1, min(6, level))
    _lift_markdown(pieces, styles)


def _family(style: str) -> str:
    if style[0] in "1AI" and style not in ("part",):
        return style[0]
    return style


def _lift_markdown(pieces: list[Piece], styles: dict[int, str]) -> None:
    """Where the title took the first sign, the sections begin at two: they are the first level of the text."""
    marked = [index for index, style in styles.items() if style.startswith("markdown")]
    lowest = min((pieces[index].level or 1 for index in marked), default=1)
    for index in marked:
        pieces[index].level = (pieces[index].level or 1) - lowest + 1
