"""Reviewing a draft: each step does what it says, can be undone, and loses no letter. All texts are made up."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readings.importing.codec import block_as_json
from readings.importing.document import Contributor, Doubt, DraftBlock, Dropped, NoteMark, Span, Work
from readings.importing.review import open_review
from readings.importing.steps import BadStep, take
from readings.importing.wording import normalise_as
from readings.kinds import Kind

WORK = Work(
    title="The Lamp Room",
    blocks=[
        DraftBlock(Kind.TITLE, "THE LAMP ROOM", lines=(3, 3)),
        DraftBlock(
            Kind.PARAGRAPH,
            "Lamps were lent at dusk. Nobody signed for them.",
            marks=(NoteMark("1", 24, 4),),
            lines=(5, 6),
        ),
        DraftBlock(
            Kind.PARAGRAPH,
            "The keeper knew every house by its light-",
            lines=(7, 7),
            doubts=(Doubt("page", "Was it cut?"),),
        ),
        DraftBlock(Kind.PARAGRAPH, "house, she said.", spans=(Span(0, 5, "em"),), lines=(9, 9)),
        DraftBlock(Kind.FOOTNOTE, "In winter at four.", label="1", lines=(12, 12)),
    ],
    dropped=[Dropped("Share this page", "share-links", (1, 1)), Dropped("14", "page-number", (8, 8))],
    doubts=[Doubt("title", "Is it all of it?")],
)


def steps_on(*steps, work=WORK):
    review = open_review(work)
    for step in steps:
        review = take(review, step)
    return review


def texts(review):
    return [block.text for block in review.as_work().blocks]


def test_without_a_step_it_is_the_importers_work():
    assert open_review(WORK).as_work() == WORK


def test_what_was_left_out_stands_where_its_lines_stood():
    assert open_review(WORK).order == ["b0", "x0", "b1", "b2", "x1", "b3", "b4"]


def test_a_paragraph_becomes_a_heading_with_a_level():
    review = steps_on({"do": "kind", "pieces": ["b2"], "kind": "heading", "level": 3})
    assert (review.items["b2"].block.kind, review.items["b2"].block.level) == (Kind.HEADING, 3)
    review = take(review, {"do": "kind", "pieces": ["b3"], "kind": "heading"})
    assert review.items["b3"].block.level == 3  # as the one before it
    review = take(review, {"do": "kind", "pieces": ["b2"], "kind": "paragraph"})
    assert review.items["b2"].block.level is None
    assert not review.items["b2"].doubts  # somebody has looked


def test_a_number_taken_off_a_note_or_an_item_comes_back_with_another_kind():
    review = steps_on({"do": "kind", "pieces": ["b4"], "kind": "paragraph"})
    assert texts(review)[-1] == "1. In winter at four."
    assert review.as_work().blocks[1].marks[0].note is None
    review = take(review, {"do": "kind", "pieces": ["b4"], "kind": "list_item"})
    assert (review.items["b4"].block.marker, texts(review)[-1]) == ("1.", "In winter at four.")
    review = take(review, {"do": "kind", "pieces": ["b4"], "kind": "footnote"})
    assert review.items["b4"].block.label == "1"
    assert review.as_work().blocks[1].marks[0].note == 4


def test_a_new_note_is_tied_to_the_nearest_mark_that_says_its_label():
    work = Work("T", [
        DraftBlock(Kind.PARAGRAPH, "One.", marks=(NoteMark("*", 4),)),
        DraftBlock(Kind.PARAGRAPH, "Two.", marks=(NoteMark("*", 4),)),
        DraftBlock(Kind.PARAGRAPH, "* Said in 1891."),
    ])  # fmt: skip
    made = steps_on({"do": "kind", "pieces": ["b2"], "kind": "footnote"}, work=work).as_work()
    assert [block.marks and block.marks[0].note for block in made.blocks] == [None, 2, ()]
    assert (made.blocks[2].label, made.blocks[2].text) == ("*", "Said in 1891.")


def test_a_split_and_a_join():
    review = steps_on({"do": "split", "piece": "b1", "at": [24]})
    assert texts(review)[1:3] == ["Lamps were lent at dusk.", "Nobody signed for them."]
    assert review.items["b1"].block.marks[0].at == 24
    again = take(review, {"do": "join", "piece": "b1"})
    assert again.items["b1"].block == replace(WORK.blocks[1], marks=(NoteMark("1", 24),))


def test_a_word_that_was_divided_is_one_again_and_its_emphasis_stays():
    review = steps_on({"do": "join", "piece": "b2"})
    assert texts(review)[2] == "The keeper knew every house by its lighthouse, she said."
    assert review.items["b2"].block.spans == (Span(40, 45, "em"),)
    assert "b3" not in review.items


def test_words_are_edited_and_marks_stay_with_them():
    review = steps_on({"do": "edit", "piece": "b1", "text": "  The lamps were lent at dusk.\nNobody signed. "})
    block = review.items["b1"].block
    assert block.text == "The lamps were lent at dusk. Nobody signed."
    assert block.text[: block.marks[0].at] == "The lamps were lent at dusk."


def test_dropped_and_put_back():
    review = steps_on({"do": "drop", "pieces": ["b2", "b3"]})
    assert [drop.reason for drop in review.as_work().dropped] == ["share-links", "by-hand", "page-number", "by-hand"]
    assert take(review, {"do": "restore", "pieces": ["b2", "b3"]}).as_work() == WORK
    review = take(review, {"do": "restore", "pieces": ["x1"]})
    assert texts(review) == [WORK.blocks[0].text, WORK.blocks[1].text, "14", WORK.blocks[4].text]
    assert take(review, {"do": "drop", "pieces": ["x1"]}).as_work().dropped[2] == WORK.dropped[1]


def test_a_note_that_is_dropped_lets_go_of_its_mark_until_it_is_back():
    review = steps_on({"do": "drop", "pieces": ["b4"]})
    assert review.as_work().blocks[1].marks[0].note is None
    assert take(review, {"do": "restore", "pieces": ["b4"]}).as_work() == WORK


def test_a_title_stands_first_and_names_the_work():
    review = steps_on({"do": "drop", "pieces": ["b0"]}, {"do": "kind", "pieces": ["b3"], "kind": "title"})
    made = review.as_work()
    assert (made.title, made.blocks[0].text) == ("house, she said.", "house, she said.")
    back = take(review, {"do": "kind", "pieces": ["b3"], "kind": "paragraph"})
    assert texts(back) == [block.text for block in WORK.blocks[1:]]
    assert open_review(WORK).as_work().title == "The Lamp Room"  # the importer had mended its capitals
    named = take(review, {"do": "describe", "title": "  Lent  lamps "})
    assert named.as_work().title == "Lent lamps"


def test_what_is_said_of_the_work_wins_over_what_was_found():
    review = open_review(
        replace(WORK, subtitle="Found", date="1891"), {"subtitle": "Said", "language": "de", "visibility": "members"}
    )
    assert (review.fact("subtitle"), review.fact("published"), review.fact("language")) == ("Said", "1891", "de")
    review = take(
        review, {"do": "describe", "subtitle": "", "contributors": [{"name": "Ann Holloway", "role": "editor"}]}
    )
    made = review.as_work()
    assert (made.subtitle, made.contributors) == ("", [Contributor("Ann Holloway", "editor")])


def test_doubts_are_settled_one_by_one():
    review = steps_on({"do": "settle", "pieces": ["b2", "w0"]})
    made = review.as_work()
    assert not made.doubts
    assert not any(block.doubts for block in made.blocks)


def test_a_mark_is_tied_to_another_note_or_to_none():
    review = steps_on({"do": "tie", "piece": "b1", "mark": 0, "note": None})
    assert review.as_work().blocks[1].marks[0].note is None
    assert take(review, {"do": "tie", "piece": "b1", "mark": 0, "note": "b4"}).as_work().blocks[1].marks[0].note == 4


def test_a_table_is_split_between_rows():
    table = Work("T", [DraftBlock(Kind.TABLE, "ship\tyear\nAnna\t1880\nMaria\t1890", head=1)])
    review = steps_on({"do": "split", "piece": "b0", "at": [19]}, work=table)
    assert texts(review) == ["ship\tyear\nAnna\t1880", "Maria\t1890"]
    assert take(review, {"do": "join", "piece": "b0"}).as_work() == table
    with pytest.raises(BadStep, match="between two rows"):
        steps_on({"do": "split", "piece": "b0", "at": [4]}, work=table)


@pytest.mark.parametrize(
    ("step", "reason"),
    [
        ({}, "what to do"),
        ({"do": "burn"}, "There is no such step"),
        ({"do": ["kind"]}, "what to do"),
        ({"do": "kind", "pieces": ["b1"], "kind": "poem"}, "no such kind"),
        ({"do": "kind", "pieces": ["b1"], "kind": "heading", "level": 7}, "from 1 to 6"),
        ({"do": "kind", "pieces": ["b1"], "kind": "heading", "level": True}, "from 1 to 6"),
        ({"do": "kind", "pieces": ["b1"], "kind": "verse", "level": 2}, "Only headings"),
        ({"do": "kind", "pieces": ["b1"], "kind": "figure"}, "cannot become a picture"),
        ({"do": "kind", "pieces": ["b1"], "kind": "break"}, "has no words"),
        ({"do": "kind", "pieces": "b1", "kind": "verse"}, "is a list"),
        ({"do": "kind", "pieces": [], "kind": "verse"}, "is a list"),
        ({"do": "kind", "pieces": ["b9"], "kind": "verse"}, "no piece 'b9'"),
        ({"do": "split", "piece": "b1", "at": [0]}, "both sides"),
        ({"do": "split", "piece": "b1", "at": [-1]}, "both sides"),
        ({"do": "split", "piece": "b1", "at": [10**9]}, "both sides"),
        ({"do": "split", "piece": "b1", "at": "24"}, "list of positions"),
        ({"do": "split", "piece": "b1", "at": [True]}, "list of positions"),
        ({"do": "join", "piece": "b4"}, "nothing after"),
        ({"do": "edit", "piece": "b1", "text": " \n "}, "Leave it out instead"),
        ({"do": "edit", "piece": "b1", "text": "x" * 100_001}, "at most 100,000"),
        ({"do": "edit", "piece": "b1"}, "what its text is to be"),
        ({"do": "edit", "piece": "x0", "text": "Words"}, "Put it back first"),
        ({"do": "drop", "pieces": ["x0"]}, "Put it back first"),
        ({"do": "restore", "pieces": ["b1"]}, "in the text already"),
        ({"do": "tie", "piece": "b1", "mark": 1, "note": "b4"}, "no such mark"),
        ({"do": "tie", "piece": "b1", "mark": 0, "note": "b2"}, "points to a footnote"),
        ({"do": "describe"}, "What can be said"),
        ({"do": "describe", "price": "3"}, "What can be said"),
        ({"do": "describe", "title": " "}, "has a title"),
        ({"do": "describe", "title": 3}, "at most 500"),
        ({"do": "describe", "contributors": [{"name": "Ann", "role": "king"}]}, "name and a role"),
        ({"do": "settle", "pieces": ["w1"]}, "no piece 'w1'"),
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_refused_and_changes_nothing(step, reason):
    review = open_review(WORK)
    with pytest.raises(BadStep, match=reason):
        take(review, step)
    assert review.as_work() == WORK


WORDS = st.text(st.sampled_from("abc déж漢-1.¹ \u0301"), min_size=1, max_size=30)


@st.composite
def blocks(draw):
    kind = draw(
        st.sampled_from(
            [Kind.PARAGRAPH, Kind.HEADING, Kind.VERSE, Kind.FOOTNOTE, Kind.LIST_ITEM, Kind.TITLE, Kind.TABLE]
        )
    )
    joint = {Kind.VERSE: "\n", Kind.TABLE: "\t"}.get(kind, " ")
    text = normalise_as(kind, joint.join(draw(st.lists(WORDS, min_size=1, max_size=3)))) or "a"
    places = st.integers(0, len(text))
    spans = []
    if draw(st.booleans()):
        start = draw(st.integers(0, len(text) - 1))
        end = draw(st.integers(start + 1, len(text)))
        if not (text[start].isspace() or text[end - 1].isspace()):  # the importer trims its spans
            spans.append(Span(start, end, draw(st.sampled_from(["em", "strong"]))))
    return DraftBlock(
        kind, text,
        level=1 if kind is Kind.HEADING else None,
        label="1" if kind is Kind.FOOTNOTE else None,
        marks=tuple(NoteMark("1", at) for at in sorted(draw(st.lists(places, max_size=2)))),
        spans=tuple(spans),
    )  # fmt: skip


WORKS = st.lists(blocks(), min_size=1, max_size=6).map(
    lambda made: Work("A title", made, dropped=[Dropped("left out here", "navigation", None)])
)
NAMES = st.sampled_from([*(f"b{index}" for index in range(6)), "x0", "s1-1", "s2-1", "w0", ""])
STEPS = st.one_of(
    st.fixed_dictionaries({"do": st.just("kind"), "pieces": st.lists(NAMES, min_size=1, max_size=2), "kind": st.sampled_from([*Kind])}),
    st.fixed_dictionaries({"do": st.just("split"), "piece": NAMES, "at": st.lists(st.integers(0, 40), min_size=1, max_size=2)}),
    st.fixed_dictionaries({"do": st.just("join"), "piece": NAMES}),
    st.fixed_dictionaries({"do": st.sampled_from(["drop", "restore", "settle"]), "pieces": st.lists(NAMES, min_size=1, max_size=2)}),
    st.fixed_dictionaries({"do": st.just("edit"), "piece": NAMES, "text": WORDS}),
    st.fixed_dictionaries({"do": st.just("tie"), "piece": NAMES, "mark": st.integers(0, 2), "note": NAMES}),
)  # fmt: skip


def letters(work):
    """Every letter and figure of a work, in its text or left out."""
    said = [sign for block in work.blocks for sign in (block.text, block.label or "", block.marker or "")]
    return sorted(
        letter for text in [*said, *(drop.text for drop in work.dropped)] for letter in text if letter.isalnum()
    )


@given(WORKS, st.lists(STEPS, max_size=12))
def test_any_steps_leave_a_whole_text(work, steps):
    review = open_review(work)
    for step in steps:
        before = review.as_work()
        try:
            review = take(review, step)
        except BadStep:
            assert review.as_work() == before
            continue
        made = review.as_work()
        if step["do"] != "edit":
            assert letters(made) == letters(before)
            assert sum(len(block.marks) for block in made.blocks) == sum(
                len(block.marks) for block in before.blocks
            ) or step["do"] in {"drop", "restore"}
        assert sorted(review.order) == sorted(review.items)
        for block in made.blocks:
            assert block.text == normalise_as(block.kind, block.text)
            assert all(0 <= mark.at <= len(block.text) for mark in block.marks)
            assert all(0 <= span.start < span.end <= len(block.text) for span in block.spans)
            assert (block.level is not None) == (block.kind is Kind.HEADING) or block.kind is Kind.LIST_ITEM
            assert all(made.blocks[mark.note].kind is Kind.FOOTNOTE for mark in block.marks if mark.note is not None)
        json.dumps([block_as_json(block) for block in made.blocks])


@given(WORKS, st.integers(0, 5), st.integers(0, 90))
def test_a_split_that_is_joined_again_changes_nothing(work, index, at):
    review = open_review(work)
    name = f"b{index}"
    try:
        split = take(review, {"do": "split", "piece": name, "at": [at]})
    except BadStep:
        return
    try:
        joined = take(split, {"do": "join", "piece": name})
    except BadStep:  # a second title moved in between
        assert work.blocks[index].kind is Kind.TITLE
        return
    if work.blocks[index].kind is Kind.TITLE and sum(block.kind is Kind.TITLE for block in work.blocks) > 1:
        return
    before, after = review.items[name].block, joined.items[name].block
    assert (after.text, after.label, after.marker, after.spans) == (
        before.text,
        before.label,
        before.marker,
        before.spans,
    )
    assert [mark.label for mark in after.marks] == [mark.label for mark in before.marks]


@given(WORKS, st.lists(st.sampled_from(["b0", "b1", "b2"]), min_size=1, max_size=3))
def test_what_is_dropped_and_put_back_is_as_it_was(work, names):
    review = open_review(work)
    try:
        dropped = take(review, {"do": "drop", "pieces": names})
    except BadStep:
        return
    assert take(dropped, {"do": "restore", "pieces": names}).as_work() == review.as_work()
