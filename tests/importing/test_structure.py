"""What the importer makes of texts in the shapes that people have them in. All texts are made up."""

import textwrap

import pytest

from readings.importing.decode import UnreadableSource
from readings.importing.document import Contributor, DraftBlock, Work
from readings.importing.structure import structure
from readings.kinds import Kind

PROSE = (
    "The harbour had been quiet for a week, and the men who came down to it in the morning went up again without having spoken. "
    "It was the first strike that any of them had seen, and they were careful with it."
)
WRAPPED = textwrap.fill(PROSE, 66)


def _one(text: str, name: str = "") -> Work:
    (work,) = structure(text, name=name)
    return work


def _kinds(work: Work) -> list[str]:
    return [str(block.kind) for block in work.blocks]


def _of(work: Work, kind: Kind) -> list[DraftBlock]:
    return [block for block in work.blocks if block.kind is kind]


def _texts(work: Work, kind: Kind) -> list[str]:
    return [block.text for block in _of(work, kind)]


@pytest.mark.parametrize("paragraph", [PROSE, WRAPPED])
@pytest.mark.parametrize("gap", ["\n\n", "\n\n\n"])
def test_paragraphs_are_the_same_wrapped_or_not(paragraph: str, gap: str) -> None:
    assert _texts(_one(gap.join(["A Title", paragraph, paragraph])), Kind.PARAGRAPH) == [PROSE, PROSE]


def test_paragraphs_without_blank_lines_are_told_by_their_indent() -> None:
    text = "A Title\n\n" + "\n".join(textwrap.fill(PROSE, 60, initial_indent="   ") for _ in range(3))
    assert _texts(_one(text), Kind.PARAGRAPH) == [PROSE] * 3


def test_one_line_a_paragraph_needs_no_blank_lines() -> None:
    assert _texts(_one(f"A Title\n{PROSE}\n{PROSE}"), Kind.PARAGRAPH) == [PROSE, PROSE]


def test_only_hyphens_of_wrapping_go() -> None:
    text = (
        "The well-known strike was, as we shall see in what follows, a self-\n"
        "made one. It had no leaders in the sense that the word has in news-\n"
        "papers, and it had a great many in the other. They were remem-\n"
        "bered long after the newspapers were forgotten, from 1914 to 1918-\n"
        "19 and beyond, in every harbour between Riga and Lisbon, by all."
    )
    joined = _one(text).blocks[-1].text
    for word in ("well-known", "self-made", "newspapers, and", "remembered", "1918-19"):
        assert word in joined


@pytest.mark.parametrize(
    ("first", "second", "word"),
    [
        ("with", "out", "without"),
        ("pro", "vided", "provided"),
        ("so", "cial", "social"),
        ("under", "stood", "understood"),
        ("self", "taught", "self-taught"),
    ],
)
def test_a_word_divided_at_a_line_end_is_whole_again(first: str, second: str, word: str) -> None:
    text = f"The harbour had been quiet for a week, and the men who came, {first}-\n{second} as they were, went up again in the morning, and nobody spoke\nof it to the clerk, or to the pilot, or to anybody in the lower town."
    assert word in _one(text).blocks[-1].text.split()


def test_a_sentence_runs_on_across_a_page() -> None:
    text = f"THE QUEUE\n\n{WRAPPED}\n\nNobody had told them to be careful with\n\n12\n\fTHE QUEUE\n\nthe strike, and nobody had told them how.\n\n13\n"
    work = _one(text)
    assert (
        _texts(work, Kind.PARAGRAPH)[-1]
        == "Nobody had told them to be careful with the strike, and nobody had told them how."
    )
    assert [(drop.text, drop.reason) for drop in work.dropped] == [
        ("12", "page-number"),
        ("THE QUEUE", "running-head"),
        ("13", "page-number"),
    ]


def test_refrains_and_speakers_are_no_running_heads() -> None:
    text = "A Play\n\n" + "\n\n".join(["ANNA", "Where is the boat?", "PETER", "It has gone out."] * 4)
    assert not _one(text).dropped


def test_bare_numbers_of_sections_are_headings_not_pages() -> None:
    work = _one("\n\n".join(["A Title", "1", PROSE, "2", PROSE, "3", PROSE]))
    assert _texts(work, Kind.HEADING) == ["1", "2", "3"]
    assert not work.dropped


def test_the_front_stands_first_and_names_the_work() -> None:
    work = _one(
        f"The Quiet Harbour\n\nA chronicle of the first week\n\nBy Ana Reis and João Melo\n\n12 May 1921\n\n{PROSE}\n\n{PROSE}"
    )
    assert _kinds(work)[:4] == ["title", "subtitle", "byline", "date"]
    assert (work.title, work.subtitle, work.date) == (
        "The Quiet Harbour",
        "A chronicle of the first week",
        "12 May 1921",
    )
    assert work.contributors == [Contributor("Ana Reis"), Contributor("João Melo")]
    assert _texts(work, Kind.BYLINE) == ["Ana Reis and João Melo"]


@pytest.mark.parametrize(
    "byline",
    [
        "— Ana Reis",
        "By Ana Reis",
        "by Ana Reis",
        "Ana Reis",
        "Written by Ana Reis",
        "Posted by Ana Reis on May 3, 2020",
    ],
)
def test_bylines_of_many_forms_name_the_author(byline: str) -> None:
    work = _one(f"The Quiet Harbour\n\n{byline}\n\n{PROSE}\n\n{PROSE}")
    assert work.contributors == [Contributor("Ana Reis")]
    assert _texts(work, Kind.BYLINE) == ["Ana Reis"]


def test_a_translator_keeps_the_role() -> None:
    work = _one(f"The Quiet Harbour\n\nBy Ana Reis\n\nTranslated by João Melo\n\n{PROSE}\n\n{PROSE}")
    assert work.contributors == [Contributor("Ana Reis"), Contributor("João Melo", "translator")]


def test_without_a_title_one_is_made_and_doubted() -> None:
    work = _one(f"{PROSE}\n\n{PROSE}", name="quiet_harbour")
    assert work.title == "Quiet harbour"
    assert [doubt.code for doubt in work.doubts] == ["title-missing"]
    assert _kinds(work) == ["paragraph", "paragraph"]
    assert _one(PROSE).title.startswith("The harbour had been quiet")


def test_a_headnote_is_a_paragraph() -> None:
    work = _one(
        f"The Quiet Harbour\n\nThe following is modified from a talk given in Lisbon on June 3, 2011.\n\n{PROSE}\n\n{PROSE}"
    )
    assert _kinds(work) == ["title", "paragraph", "paragraph", "paragraph"]


@pytest.mark.parametrize(
    ("marks", "notes"),
    [
        ("(1)|(2)", "1. |2. "),
        ("[1]|[2]", "[1] |[2] "),
        ("¹|²", "1. |2. "),
        ("{1}|{2}", "1. |2. "),
        ("1|2", "1. |2. "),
        ("^1|^2", "1. |2. "),
        ("*|†", "* |† "),
    ],
)
def test_marks_in_every_usual_form_find_their_notes(marks: str, notes: str) -> None:
    first, second = marks.split("|")
    one, two = notes.split("|")
    work = _one(
        f"A Title\n\n{PROSE}{first}\n\n{PROSE}{second}\n\n{PROSE}\n\nNotes\n\n{one}See above.\n\n{two}See below.\n"
    )
    marked = [block for block in work.blocks if block.marks]
    assert [block.text for block in marked] == [PROSE, PROSE]
    assert [work.blocks[mark.note or 0].text for block in marked for mark in block.marks] == [
        "See above.",
        "See below.",
    ]
    assert all(mark.at == len(PROSE) for block in marked for mark in block.marks)


def test_years_and_enumerations_are_no_marks() -> None:
    sentence = "It was the year of the flood (1984), and there were (1) no bread, (2) no boats and (3) no news."
    work = _one(f"A Title\n\n{PROSE}(1)\n\n{sentence}\n\n{PROSE}(2)\n\n1. See above.\n2. See below.\n")
    assert sentence in _texts(work, Kind.PARAGRAPH)


def test_a_mark_without_its_note_is_kept_and_doubted() -> None:
    work = _one(f"A Title\n\n{PROSE}(1)\n\n{PROSE}(2)\n\n{PROSE}(3)\n\n1. See above.\n3. See below.\n")
    (block,) = [block for block in work.blocks if any(mark.note is None for mark in block.marks)]
    assert [(mark.label, mark.note) for mark in block.marks] == [("2", None)]
    assert "note-missing" in [doubt.code for doubt in block.doubts]


def test_the_line_of_an_issue_under_the_notes_is_the_date() -> None:
    work = _one(
        f"A Title\n\n{PROSE}(1)\n\n{PROSE}\n\nThanks to the pilots.\n\n\n  1. See above.\nMarch-April 2011, HR 77\n"
    )
    assert work.date == "March-April 2011, HR 77"
    assert _texts(work, Kind.FOOTNOTE) == ["See above."]


def test_a_place_and_date_under_a_preface_stay_there() -> None:
    work = _one(f"A Preface to Boats\n\n{PROSE}\n\n{PROSE}\n\nLisbon, 14 June 1921\n")
    assert _texts(work, Kind.PARAGRAPH)[-1] == "Lisbon, 14 June 1921"


@pytest.mark.parametrize(
    "lead_in", ["As the pilot wrote in his log:", "This is how the log puts it: “", "The pilot criticised those who"]
)
def test_what_is_announced_is_the_quotation(lead_in: str) -> None:
    quoted = "sit on the quay and speak of the sea, and when it rises they go home and speak of the weather."
    work = _one(f"A Title\n\n{PROSE}\n\n{lead_in}\n\n{quoted}\n\n{PROSE}")
    assert _texts(work, Kind.BLOCKQUOTE) == [quoted]
    assert lead_in in _texts(work, Kind.PARAGRAPH)


def test_a_list_after_a_colon_is_no_quotation() -> None:
    work = _one(
        f"A Title\n\n{PROSE}\n\nThere were three reasons:\n\n1. The rope.\n2. The rain.\n3. The clerk.\n\n{PROSE}"
    )
    assert [(block.marker, block.text) for block in _of(work, Kind.LIST_ITEM)] == [
        ("1.", "The rope."),
        ("2.", "The rain."),
        ("3.", "The clerk."),
    ]
    assert not _of(work, Kind.BLOCKQUOTE)


def test_numbered_theses_over_prose_are_headings() -> None:
    thesis = "{}. A harbour that is silent is not yet a harbour that has nothing to say; it may be saving its breath."
    work = _one("\n\n".join(["A Title", PROSE, thesis.format(1), PROSE, PROSE, thesis.format(2), PROSE]))
    assert _texts(work, Kind.HEADING) == [thesis.format(1), thesis.format(2)]


def test_a_bullet_and_the_paragraphs_after_it() -> None:
    work = _one(f"A Title\n\n{PROSE}\n\n• {PROSE}\n\n{PROSE}\n\n• {PROSE}\n\n{PROSE}")
    assert _kinds(work) == ["title", "paragraph", "list_item", "paragraph", "list_item", "paragraph"]


def test_levels_follow_the_numbers() -> None:
    parts = ["A Title", "1. Boats", PROSE, "1.1 Small boats", PROSE, "1.1.1 Very small boats", PROSE, "2. Ropes", PROSE]
    assert [block.level for block in _of(_one("\n\n".join(parts)), Kind.HEADING)] == [1, 2, 3, 1]


def test_parts_stand_over_chapters() -> None:
    parts = [
        "A Title",
        "PART ONE",
        "Chapter 1: Boats",
        PROSE,
        "Chapter 2: Ropes",
        PROSE,
        "PART TWO",
        "Chapter 3: Rain",
        PROSE,
    ]
    assert [block.level for block in _of(_one("\n\n".join(parts)), Kind.HEADING)] == [1, 2, 2, 1, 2]


def test_verse_keeps_its_lines() -> None:
    song = "The rope is long, the day is short,\nthe tide is in the door,\nand nobody shall leave the port\nuntil we’re owed no more."
    assert _texts(_one(f"A Title\n\n{PROSE}\n\nThey sang:\n\n{song}\n\n{PROSE}"), Kind.VERSE) == [song]


def test_a_picture_leaves_its_caption() -> None:
    pair = "Boats in the harbour of Riga (1911), drawn up on the shore, with two women mending a net.\nBoats in the harbour of Riga (1911)."
    work = _one(f"A Title\n\n{PROSE}\n\n{pair}\n\n{PROSE}\n\nPhoto credit: Harbour Archive.\n")
    assert len(_of(work, Kind.CAPTION)) == 3


def test_furniture_is_dropped_with_its_reason() -> None:
    text = f"Skip to content\n\nThe Quiet Harbour\n\n{PROSE}\n\n{PROSE}\n\nPlease consider donating to support our work:\n\nAna Reis View All\n\nAna Reis is a pilot.\n"
    work = _one(text)
    assert {drop.reason for drop in work.dropped} == {"navigation", "appeal", "author-box"}
    assert work.contributors == [Contributor("Ana Reis")]
    assert _kinds(work) == ["title", "byline", "paragraph", "paragraph"]


def test_words_of_menus_alone_may_be_a_poem() -> None:
    assert _one(f"Home\n\n{PROSE}\n\n{PROSE}").title == "Home"


def test_furniture_alone_is_refused() -> None:
    with pytest.raises(UnreadableSource, match="navigation"):
        structure("Skip to content\nHome\nAbout\nContact\n")
    with pytest.raises(UnreadableSource, match="no text"):
        structure(" \n\n ")


def test_two_works_in_one_file_are_two() -> None:
    first = f"The Quiet Harbour\n\nBy Ana Reis\n\n{PROSE}\n\n{PROSE}\n"
    second = f"The Loud Harbour\n\nBy João Melo\n\n{PROSE}\n\n{PROSE}\n"
    works = structure(first + "\n\n" + second)
    assert [(work.title, work.contributors[0].name) for work in works] == [
        ("The Quiet Harbour", "Ana Reis"),
        ("The Loud Harbour", "João Melo"),
    ]


def test_sections_after_wide_gaps_are_not_works() -> None:
    assert (
        len(
            structure(
                f"The Harbour\n\n\nThe First Week\n\n{PROSE}\n\n{PROSE}\n\n\nThe Second Week\n\n{PROSE}\n\n{PROSE}"
            )
        )
        == 1
    )


def test_a_contents_list_is_known_and_finds_the_headings() -> None:
    work = _one(
        f"A Title\n\nContents\n\nof boats ..... 3\nof ropes ..... 9\n\n\nof boats\n\n{PROSE}\n\n\nof ropes\n\n{PROSE}"
    )
    assert _texts(work, Kind.TOC) == ["Contents", "of boats ..... 3", "of ropes ..... 9"]
    assert _texts(work, Kind.HEADING) == ["of boats", "of ropes"]


def test_separators_are_breaks() -> None:
    assert _kinds(_one(f"A Title\n\n{PROSE}\n\n* * *\n\n{PROSE}")) == ["title", "paragraph", "break", "paragraph"]


def test_speeches_are_paragraphs() -> None:
    work = _one(f"A Title\n\nQ: Why now?\n\nA: {PROSE}\n\nQ: And then?\n\nA: {PROSE}")
    assert _kinds(work) == ["title", "paragraph", "paragraph", "paragraph", "paragraph"]
