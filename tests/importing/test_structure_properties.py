"""What holds for every text there is, tried on generated ones."""

import re
import unicodedata
from collections import Counter

from hypothesis import example, given, settings
from hypothesis import strategies as st

from readings.addresses import normalise_lines, normalise_text
from readings.importing.decode import UnreadableSource, decode
from readings.importing.document import Work
from readings.importing.repair import repair
from readings.importing.structure import structure
from readings.kinds import FRONT_MATTER, Kind

_WORDS = [
    "the",
    "a",
    "of",
    "and",
    "harbour",
    "lamps",
    "river",
    "who",
    "wrote:",
    "said",
    "“",
    "”",
    '"',
    "'",
    "(1)",
    "[1]",
    "[2]",
    "¹",
    "*",
    "†",
    "1.",
    "2.",
    "1",
    "12",
    "(a)",
    "•",
    "-",
    "–",
    "—",
    ">",
    "#",
    "##",
    "***",
    "---",
    "CHAPTER",
    "I",
    "I.",
    "II.",
    "Chapter",
    "PART",
    "ONE",
    "Notes",
    "Contents",
    "References",
    "By",
    "Rosa",
    "Ferrão",
    "and",
    "May",
    "1921",
    "1984",
    "well-",
    "known",
    "self-",
    "lamp-",
    "light.",
    "Ends.",
    "here,",
    "Dear",
    "Yours",
    "Q:",
    "A:",
    "share",
    "Share",
    "Facebook",
    "Home",
    "Menu",
    "Search",
    "Subscribe",
    "©",
    "2020",
    "&amp;",
    "&rdqu",
    "&ldquo;",
    "Photo:",
    "Figure",
    "1:",
    "http://x.y/?a=1&b=2",
    "```",
    "|",
    "\t",
    "......",
    "7",
    "城里",
    "最后。",
    "كان",
    "السوق،",
    "עיר",
    "́",
    "\ufeff",
    "\xad",
]
_lines = st.lists(st.sampled_from(_WORDS), min_size=0, max_size=12).map(" ".join)
_indented = st.tuples(st.sampled_from(["", "", "", "  ", "      ", "\t"]), _lines).map("".join)
_texts = st.lists(_indented, min_size=1, max_size=40).map("\n".join)
_paged = st.lists(_texts, min_size=1, max_size=4).map("\n\f".join)
_any = st.one_of(_texts, _paged, st.text(max_size=400), st.text(alphabet='aA1.(* \n\f-[]"“”—', max_size=200))


def _letters(text: str) -> Counter[str]:
    return Counter(re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", normalise_text(text))))


def _kept(works: list[Work]) -> Counter[str]:
    kept: Counter[str] = Counter()
    for work in works:
        for block in work.blocks:
            kept += _letters(
                " ".join([block.text, block.label or "", block.marker or "", *(mark.label for mark in block.marks)])
            )
        for drop in work.dropped:
            kept += _letters(drop.text)
    return kept


def _try(text: str) -> list[Work]:
    try:
        return structure(text)
    except UnreadableSource:
        return []


@settings(max_examples=400, deadline=None)
@given(_any)
@example("A\n\nB (1) c.\n\n1. d")
def test_no_letter_is_lost_or_invented(text: str) -> None:
    works = _try(text)
    if works:
        assert _kept(works) == _letters(repair(text).replace("\n", " "))


@settings(max_examples=300, deadline=None)
@given(_any)
def test_what_comes_out_is_well_formed(text: str) -> None:
    for work in _try(text):
        assert work.title
        front = [block.kind for block in work.blocks if block.kind in FRONT_MATTER]
        assert [block.kind for block in work.blocks[: len(front)]] == front == sorted(front, key=FRONT_MATTER.index)
        for index, block in enumerate(work.blocks):
            normalise = normalise_lines if block.kind in (Kind.VERSE, Kind.CODE, Kind.TABLE) else normalise_text
            assert block.text == normalise(block.text)
            assert (block.level is not None) == (block.kind is Kind.HEADING)
            assert block.level is None or 1 <= block.level <= 6
            assert 0 <= block.confidence <= 1
            assert block.lines is None or block.lines[0] <= block.lines[1]
            for mark in block.marks:
                assert 0 <= mark.at <= len(block.text)
                assert mark.note is None or (work.blocks[mark.note].kind is Kind.FOOTNOTE and mark.note != index)


@settings(max_examples=100, deadline=None)
@given(_any)
def test_the_same_text_gives_the_same_works(text: str) -> None:
    assert _try(text) == _try(text)


@settings(max_examples=200, deadline=None)
@given(_any)
def test_repairing_twice_changes_nothing_more(text: str) -> None:
    assert repair(repair(text)) == repair(text)


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_text_or_are_refused_with_a_reason(data: bytes) -> None:
    said = ""
    try:
        text = decode(data)
    except UnreadableSource as error:
        text, said = "", str(error)
    assert text or said.endswith(".")
