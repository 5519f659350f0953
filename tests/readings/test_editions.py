"""A structured work becomes a reading that is never changed again."""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from common.append_only import CannotChange
from readings.editions import Metadata, create_reading, free_slug
from readings.exports import export_blocks
from readings.importing.document import Contributor, Doubt, DraftBlock, Dropped, NoteMark, Work
from readings.kinds import NUMBERED, Kind
from readings.models import BlockText, Edition, Reading
from readings.places import NoSuchPlace, find_place

pytestmark = pytest.mark.django_db

DRAFTS = st.lists(
    st.builds(
        DraftBlock,
        kind=st.sampled_from([Kind.PARAGRAPH, Kind.BLOCKQUOTE, Kind.LIST_ITEM, Kind.CAPTION, Kind.BREAK, Kind.VERSE]),
        text=st.sampled_from(["One.", "Two.", "Three.", "", "ثلاثة", "三"]),
    ),
    min_size=1,
    max_size=12,
)


def work(*blocks: DraftBlock, **fields) -> Work:
    return Work(title=fields.pop("title", "A work"), blocks=list(blocks), **fields)


def paragraph(text: str, **fields) -> DraftBlock:
    return DraftBlock(Kind.PARAGRAPH, text, **fields)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None)
@given(drafts=DRAFTS)
def test_every_address_that_was_given_out_resolves_to_its_block(db, drafts):
    reading = create_reading(work=work(*drafts))
    for text in BlockText.objects.of_edition(reading.current):
        addresses = [text.block.key, f"{text.block.key}@1"] + (
            [str(text.number), f"{text.number}@1"] if text.number else []
        )
        for address in addresses:
            assert find_place(reading, address).texts == (text,)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25, deadline=None)
@given(drafts=DRAFTS)
def test_the_same_text_imported_fresh_has_the_same_keys(db, drafts):
    first, second = (create_reading(work=work(*drafts)) for _ in range(2))
    assert [block["key"] for block in export_blocks(first.current)] == [
        block["key"] for block in export_blocks(second.current)
    ]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25, deadline=None)
@given(drafts=DRAFTS)
def test_the_export_has_every_block_in_order_with_its_number(db, drafts):
    exported = export_blocks(create_reading(work=work(*drafts)).current)
    assert [(block["kind"], block["text"]) for block in exported] == [(draft.kind, draft.text) for draft in drafts]
    numbers = [block["number"] for block in exported if "number" in block]
    assert numbers == list(range(1, sum(draft.kind in NUMBERED for draft in drafts) + 1))


def test_the_export_has_level_label_marker_and_notes_where_they_apply():
    exported = export_blocks(
        create_reading(
            work=work(
                DraftBlock(Kind.TITLE, "A work"),
                DraftBlock(Kind.HEADING, "One", level=2),
                paragraph("Said twice.", marks=(NoteMark("1", 4, 4), NoteMark("9", 11))),
                DraftBlock(Kind.LIST_ITEM, "Item", marker="•"),
                DraftBlock(Kind.FOOTNOTE, "A note.", label="1"),
            )
        ).current
    )
    title, heading, said, item, note = exported
    assert title.keys() == {"kind", "text", "key"}
    assert heading["level"] == 2
    assert said["notes"] == ["1", "9"]
    assert item["marker"] == "•"
    assert note["label"] == "1"


def test_a_mark_is_linked_to_its_note_and_a_missing_note_is_only_marked():
    reading = create_reading(
        work=work(
            paragraph("A < B, said twice.", marks=(NoteMark("1", 6, 1), NoteMark("9", 18))),
            DraftBlock(Kind.FOOTNOTE, "A note.", label="1"),
        )
    )
    said, note = BlockText.objects.of_edition(reading.current)
    link = f'<sup><a href="#{note.key}" rel="nofollow noopener noreferrer">1</a></sup>'
    assert said.html == f"A &lt; B,{link} said twice.<sup>9</sup>"


def test_metadata_wins_over_what_the_importer_found():
    found = work(paragraph("Text."), subtitle="Found", contributors=[Contributor("Found Author")], language="de")
    reading = create_reading(
        work=found,
        metadata=Metadata(
            title="Known", contributors=(Contributor("Ed", "editor"),), language="ar", visibility="members"
        ),
    )
    assert (reading.title, reading.subtitle, reading.slug) == ("Known", "Found", "known")
    assert [(person.name, person.role) for person in reading.contributions.all()] == [("Ed", "editor")]
    assert reading.direction == "rtl"
    assert BlockText.objects.get(edition=reading.current_id).direction == "rtl"


def test_what_was_dropped_and_doubted_stays_with_the_edition():
    doubted = paragraph("Perhaps.", confidence=0.4, doubts=(Doubt("heading-or-paragraph", "It may be a heading."),))
    made = create_reading(work=work(doubted, dropped=[Dropped("Share this", "share-links", (1, 1))]))
    edition = Edition.objects.get(reading=made)
    assert edition.dropped == [{"text": "Share this", "reason": "share-links", "lines": [1, 1]}]
    assert edition.doubts[0]["code"] == "heading-or-paragraph"
    assert edition.doubts[0]["key"] == BlockText.objects.get(edition=edition).key


@pytest.mark.parametrize(
    ("wanted", "slug"),
    [
        (("On lamps",), "on-lamps"),
        (("Über Straßen & Plätze",), "uber-straen-platze"),
        (("余白", "yohaku"), "yohaku"),
        (("المقهى",), "reading"),
        (("word " * 40,), "word-word-word-word-word-word-word-word-word-word-word-word"),
        (("", "!!!"), "reading"),
    ],
)
def test_slugs_are_short_plain_words(wanted, slug):
    assert free_slug(*wanted) == slug


def test_a_slug_is_given_once():
    slugs = [create_reading(work=work(paragraph("x"), title="Same")).slug for _ in range(3)]
    assert slugs == ["same", "same-2", "same-3"]


def test_metadata_that_cannot_be_stored_is_refused_and_leaves_nothing():
    with pytest.raises(ValidationError):
        create_reading(work=work(paragraph("x"), title="x" * 501))
    with pytest.raises(ValidationError):
        create_reading(work=work(paragraph("x")), metadata=Metadata(visibility="secret"))
    assert not Reading.objects.exists()


def test_an_edition_and_its_text_cannot_be_changed_through_the_models():
    edition = create_reading(work=work(paragraph("For ever."))).current
    text = edition.texts.get()
    text.text = "Changed."
    with pytest.raises(CannotChange):
        text.save()
    with pytest.raises(CannotChange):
        edition.texts.update(text="Changed.")
    with pytest.raises(CannotChange):
        Edition.objects.filter(pk=edition.pk).update(number=2)


def test_a_long_range_and_a_key_of_another_reading_are_not_places():
    reading = create_reading(work=work(*[paragraph(f"{n}.") for n in range(250)]))
    other = create_reading(work=work(paragraph("Elsewhere.")))
    with pytest.raises(NoSuchPlace) as long:
        find_place(reading, "1-250")
    assert long.value.nearest == ("1-200",)
    with pytest.raises(NoSuchPlace):
        find_place(reading, other.current.texts.get().key)


def test_finding_a_place_costs_a_fixed_number_of_queries(django_assert_max_num_queries):
    reading = create_reading(work=work(*[paragraph(f"{n}.") for n in range(120)]))
    for address in ("1", "5-100", reading.current.texts.all()[60].key, "7@1"):
        fresh = Reading.objects.select_related("current").get(pk=reading.pk)
        with django_assert_max_num_queries(3):
            find_place(fresh, address)
