"""Series: who may do what with them, and that the order holds whatever is done to it."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import Http404
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import User
from common.submissions import SubmissionConflict
from common.verdicts import Refused
from readings.editions import Metadata, create_reading
from readings.importing.document import DraftBlock, Work
from readings.kinds import Kind
from readings.models import Block, BlockText, Edition, Reading, Series, SeriesEntry
from readings.places import NoSuchPlace
from readings.policies_series import may_change_series
from readings.series import (
    MOST_ENTRIES,
    SeriesChanged,
    add_entry,
    append_readings,
    change_entry,
    create_series,
    delete_series,
    describe_series,
    find_part,
    move_entry,
    put_back,
    remove_entry,
    series_named,
    set_entries,
)
from readings.syllabus import stops_of, view_syllabus

pytestmark = pytest.mark.django_db


def make_reading(slug: str, paragraphs: int = 6, **more: str) -> Reading:
    blocks = [DraftBlock(Kind.HEADING, f"About {slug}", level=1)]
    blocks += [DraftBlock(Kind.PARAGRAPH, f"Paragraph {n} of {slug}, in nine words or so.") for n in range(paragraphs)]
    return create_reading(work=Work(title=slug.title(), blocks=blocks), metadata=Metadata(slug=slug, **more))


def later_edition(reading: Reading, texts: list[BlockText]) -> Edition:
    """The next edition, with these blocks of an earlier one in this order."""
    assert reading.current is not None
    edition = Edition.objects.create(
        reading=reading, number=reading.current.number + 1, importer=1, paragraphs=len(texts), words=1
    )
    for position, text in enumerate(texts):
        BlockText.objects.create(
            edition=edition,
            block=text.block,
            position=position,
            kind=text.kind,
            number=position + 1,
            text=text.text,
            html=text.html,
            language="en",
            direction="ltr",
        )
    reading.current = edition
    reading.save()
    return edition


@pytest.fixture
def series(member: User) -> Series:
    return create_series(maker=member, title="Lamps and ferries", description="In the order they were lit.")


@pytest.fixture
def three(series: Series, member: User) -> list[SeriesEntry]:
    return [add_entry(editor=member, series=series, reading=make_reading(slug)) for slug in ("ash", "birch", "cedar")]


def order(series: Series, person: object) -> list[str]:
    return [station.reading.slug for station in view_syllabus(series, person)]  # type: ignore[arg-type]


def test_a_series_has_an_address_made_of_its_title_once(member):
    made = [create_series(maker=member, title=title).slug for title in ("Night Lamps", "Night lamps", "夜の灯", "New")]
    assert made == ["night-lamps", "night-lamps-2", "series", "new-2"]


def test_a_title_fits_one_line_and_is_not_empty(member):
    assert create_series(maker=member, title="  Night\n lamps ").title == "Night lamps"
    for title in ("", " \n ", "x" * 201, "a\0b", "a\ud800b"):
        with pytest.raises(ValidationError) as refusal:
            create_series(maker=member, title=title)
        assert list(refusal.value.error_dict) == ["title"]


def test_the_same_submission_makes_one_series(member, reader):
    one = create_series(maker=member, title="Lamps", submission="form:a")
    assert create_series(maker=member, title="Lamps", submission="form:a") == one
    assert create_series(maker=reader, title="Lamps", submission="form:a") != one
    with pytest.raises(SubmissionConflict):
        create_series(maker=member, title="Ferries", submission="form:a")


def test_only_who_made_it_and_moderators_change_it(series, member, reader, moderator, visitor):
    reading = make_reading("ash")
    for person in (reader, visitor):
        assert not may_change_series(person, series)
        with pytest.raises(Refused):
            add_entry(editor=person, series=series, reading=reading)
        with pytest.raises(Refused):
            describe_series(editor=person, series=series, title="Mine")
    assert describe_series(editor=moderator, series=series, title="Ours").title == "Ours"
    assert not series.entries.exists()


def test_a_closed_account_makes_no_series(member):
    member.is_active = False
    with pytest.raises(Refused):
        create_series(maker=member, title="Lamps")


def test_what_changed_meanwhile_is_not_overwritten(series, member):
    describe_series(editor=member, series=series, title="First", expected={1})
    with pytest.raises(SeriesChanged):
        describe_series(editor=member, series=series, title="Second", expected={1})
    assert Series.objects.get().title == "First"


def test_saying_the_same_again_changes_nothing(series, member):
    before = Series.objects.get().version
    describe_series(editor=member, series=series, title=series.title)
    assert Series.objects.get().version == before


def test_a_range_is_stored_as_blocks_and_shown_as_numbers(series, member):
    reading = make_reading("ash")
    entry = add_entry(editor=member, series=series, reading=reading, address=" 2-4 ")
    (station,) = view_syllabus(series, member)
    assert (station.address, station.range, station.url) == ("2-4", "¶2–4", "/readings/ash/2-4")
    assert entry.words == 27
    assert station.minutes == 1


def test_a_range_in_a_script_without_spaces_counts_its_words_by_characters(series, member):
    work = Work(title="灯", language="ja", blocks=[DraftBlock(Kind.PARAGRAPH, "夜" * 880)])
    add_entry(editor=member, series=series, reading=create_reading(work=work), address="1")
    assert view_syllabus(series, member)[0].minutes == 2


@pytest.mark.parametrize("address", ["9", "2-9", "x!", "0", "zzzzz", "2@7"])
def test_a_range_that_is_not_there_is_refused_with_the_nearest(series, member, address):
    reading = make_reading("ash")
    with pytest.raises(NoSuchPlace) as refusal:
        add_entry(editor=member, series=series, reading=reading, address=address)
    assert refusal.value.nearest
    assert not series.entries.exists()


def test_a_range_keeps_its_paragraphs_when_the_next_edition_counts_otherwise(series, member):
    reading = make_reading("ash")
    add_entry(editor=member, series=series, reading=reading, address="2-4")
    texts = list(BlockText.objects.of_edition(reading.current).filter(number__isnull=False))
    later_edition(reading, texts[1:])
    assert view_syllabus(series, member)[0].address == "1-3"


def test_a_range_whose_end_is_gone_is_shown_in_the_last_edition_that_has_it(series, member, client):
    reading = make_reading("ash")
    add_entry(editor=member, series=series, reading=reading, address="2-4")
    texts = list(BlockText.objects.of_edition(reading.current).filter(number__isnull=False))
    later_edition(reading, texts[:3])
    (station,) = view_syllabus(series, member)
    assert station.address == "2-4@1"
    assert client.get(station.url).status_code == 200


def test_a_heading_is_named_by_its_key(series, member):
    reading = make_reading("ash")
    key = Block.objects.get(texts__kind="heading").key
    add_entry(editor=member, series=series, reading=reading, address=key)
    (station,) = view_syllabus(series, member)
    assert station.address == station.range == key


def test_hidden_readings_leave_no_trace(three, series, member, visitor):
    Reading.objects.filter(slug="birch").update(visibility="members")
    assert order(series, member) == ["ash", "birch", "cedar"]
    assert [(s.number, s.reading.slug) for s in view_syllabus(series, visitor)] == [(1, "ash"), (2, "cedar")]
    ash = Reading.objects.get(slug="ash")
    (stop,) = stops_of(ash, visitor)
    assert (stop.number, stop.of, stop.before) == (1, 2, None)
    assert stop.after.reading.slug == "cedar"
    assert stops_of(ash, member)[0].after.reading.slug == "birch"


def test_entries_move_up_and_down_and_stay_at_the_ends(three, series, member):
    ash, _birch, cedar = three
    move_entry(editor=member, entry=ash, by=1)
    assert order(series, member) == ["birch", "ash", "cedar"]
    move_entry(editor=member, entry=cedar, by=-1)
    assert order(series, member) == ["birch", "cedar", "ash"]
    version = Series.objects.get().version
    move_entry(editor=member, entry=ash, by=1)
    assert order(series, member) == ["birch", "cedar", "ash"]
    assert Series.objects.get().version == version
    move_entry(editor=member, entry=ash, to=1)
    assert order(series, member) == ["ash", "birch", "cedar"]


def test_a_reading_that_was_taken_out_can_be_put_back_where_it_was(three, series, member):
    remove_entry(editor=member, entry=three[1])
    remove_entry(editor=member, entry=three[1])
    assert order(series, member) == ["ash", "cedar"]
    put_back(editor=member, entry=three[1])
    assert order(series, member) == ["ash", "birch", "cedar"]


def test_only_the_last_one_taken_out_is_kept(three, series, member):
    remove_entry(editor=member, entry=three[0])
    remove_entry(editor=member, entry=three[1])
    assert series.entries.count() == 2
    put_back(editor=member, entry=three[0])
    assert order(series, member) == ["cedar"]


def test_what_was_taken_out_cannot_be_changed(three, series, member):
    remove_entry(editor=member, entry=three[0])
    with pytest.raises(ValidationError):
        move_entry(editor=member, entry=three[0], by=1)
    with pytest.raises(ValidationError):
        change_entry(editor=member, entry=three[0], address="", note="")


def test_an_entry_can_be_changed_and_moved_at_once(three, series, member):
    change_entry(editor=member, entry=three[2], address="1-2", note="Aloud.", place=1)
    first = view_syllabus(series, member)[0]
    assert (first.reading.slug, first.address, first.entry.note) == ("cedar", "1-2", "Aloud.")
    change_entry(editor=member, entry=three[2], address="", note="")
    assert view_syllabus(series, member)[0].address == ""


def test_a_change_that_fails_changes_nothing(three, series, member):
    with pytest.raises(NoSuchPlace):
        change_entry(editor=member, entry=three[2], address="77", note="Aloud.", place=1)
    assert order(series, member) == ["ash", "birch", "cedar"]
    assert Series.objects.get().version == 4


def test_the_whole_order_can_be_set_at_once(three, series, member):
    birch, cedar = Reading.objects.get(slug="birch"), Reading.objects.get(slug="cedar")
    parts = [find_part(cedar), find_part(birch, "2-3", "Slowly."), find_part(cedar, "1")]
    set_entries(editor=member, series=series, parts=parts)
    assert [(s.reading.slug, s.address, s.entry.note) for s in view_syllabus(series, member)] == [
        ("cedar", "", ""),
        ("birch", "2-3", "Slowly."),
        ("cedar", "1", ""),
    ]


def test_a_series_has_an_end(three, series, member):
    ash = Reading.objects.get(slug="ash")
    set_entries(editor=member, series=series, parts=[find_part(ash)] * MOST_ENTRIES)
    with pytest.raises(ValidationError):
        add_entry(editor=member, series=series, reading=ash)
    with pytest.raises(ValidationError):
        set_entries(editor=member, series=series, parts=[find_part(ash)] * (MOST_ENTRIES + 1))
    assert series.entries.count() == MOST_ENTRIES


def test_only_an_empty_series_can_be_deleted(three, series, member):
    with pytest.raises(Refused):
        delete_series(editor=member, series=series)
    for entry in three:
        remove_entry(editor=member, entry=entry)
    delete_series(editor=member, series=series)
    assert not Series.objects.exists()
    assert not SeriesEntry.objects.exists()
    with pytest.raises(Http404):
        describe_series(editor=member, series=series, title="Too late")


def test_the_command_line_finds_or_makes_a_series_and_puts_each_reading_in_once():
    ash, birch = make_reading("ash"), make_reading("birch")
    series = series_named(" Tuesday  circle", None)
    assert series_named("Tuesday circle", None) == series
    assert len(append_readings(series, [ash, birch, ash])) == 2
    assert append_readings(series, [birch]) == []
    assert [entry.reading for entry in series.entries.order_by("position")] == [ash, birch]


def test_a_stop_of_several_parts_leads_past_them(series, member):
    ash, birch = make_reading("ash"), make_reading("birch")
    for reading, address in ((ash, "1"), (ash, "2"), (birch, "3-4")):
        add_entry(editor=member, series=series, reading=reading, address=address)
    (stop,) = stops_of(ash, member)
    assert (stop.number, stop.of, stop.before) == (1, 3, None)
    assert stop.after.begins_at == f"/readings/birch/#{stop.after.first.key}"
    assert stops_of(birch, member)[0].before.reading == ash


def test_the_database_takes_a_position_once_and_a_range_with_both_ends(three, series):
    with pytest.raises(IntegrityError), transaction.atomic():
        series.entries.filter(pk=three[0].pk).update(position=three[1].position)
    with pytest.raises(IntegrityError), transaction.atomic():
        series.entries.filter(pk=three[0].pk).update(first=Block.objects.first())


steps = st.lists(
    st.one_of(
        st.tuples(st.just("move"), st.integers(0, 4), st.integers(-3, 8)),
        st.tuples(st.just("remove"), st.integers(0, 4), st.just(0)),
        st.tuples(st.just("back"), st.just(0), st.just(0)),
    ),
    max_size=8,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=steps)
def test_whatever_is_done_the_order_is_what_a_plain_list_would_say(member, steps):
    with transaction.atomic():
        series = create_series(maker=member, title="Any order")
        reading = make_reading("any", 5)
        model = [add_entry(editor=member, series=series, reading=reading, address=str(n)) for n in range(1, 6)]
        gone: tuple[SeriesEntry, int] | None = None
        for what, which, to in steps:
            if what == "back":
                if gone:
                    put_back(editor=member, entry=gone[0])
                    model = list(SeriesEntry.objects.standing().filter(series=series).order_by("position"))
                    assert gone[0] in model
                    gone = None
            elif which < len(model):
                entry = model.pop(which)
                if what == "move":
                    move_entry(editor=member, entry=entry, to=to)
                    model.insert(min(max(to, 1), len(model) + 1) - 1, entry)
                else:
                    remove_entry(editor=member, entry=entry)
                    gone = (entry, which)
            shown = [station.entry for station in view_syllabus(series, member)]
            assert shown == model
        transaction.set_rollback(True)
