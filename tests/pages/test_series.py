"""The pages of series: the list, the syllabus, and setting it in order without JavaScript."""

import re

import pytest

from readings.editions import Metadata, create_reading
from readings.models import Block, Reading, Series, SeriesEntry
from readings.series import add_entry, create_series
from tests.pages.conftest import small_work

pytestmark = pytest.mark.django_db


def body(response) -> str:
    return response.content.decode()


@pytest.fixture
def series(member) -> Series:
    return create_series(maker=member, title="Lamps & ferries", description="First this.\n\nThen <that>.")


@pytest.fixture
def entry(series, member, reading) -> SeriesEntry:
    return add_entry(editor=member, series=series, reading=reading, address="2-4", note="Read it *aloud*.")


@pytest.fixture
def whole(entry, series, member) -> SeriesEntry:
    other = create_reading(work=small_work(), metadata=Metadata(slug="ferry", title="The last ferry"))
    return add_entry(editor=member, series=series, reading=other)


def test_an_empty_list_says_what_to_do(as_visitor, as_member):
    assert "Sign in to make a series." in body(as_visitor.get("/series/"))
    assert 'href="/series/new/"' in body(as_member.get("/series/"))


def test_the_list_counts_what_the_person_may_see(as_visitor, as_member, series, entry, member, members_reading):
    add_entry(editor=member, series=series, reading=members_reading)
    assert "1 reading<" in body(as_visitor.get("/series/"))
    assert "2 readings<" in body(as_member.get("/series/"))


def test_a_cursor_that_is_none_is_not_found(as_visitor):
    assert as_visitor.get("/series/?page=nonsense").status_code == 404


def test_the_syllabus_shows_each_reading_with_its_part_its_time_and_its_note(as_visitor, series, entry, whole):
    page = body(as_visitor.get("/series/lamps-ferries/"))
    assert "Lamps &amp; ferries" in page
    assert "<p>Then &lt;that&gt;.</p>" in page
    assert 'href="/readings/lamps/2-4"' in page
    assert "¶2–4" in page
    assert "Read it *aloud*." in page
    assert 'href="/readings/ferry/"' in page
    assert page.index("On lamps") < page.index("The last ferry")
    assert "Ada Lind" in page
    assert "2 readings" in page
    assert "Mia Member" in page
    assert "/edit/" not in page


def test_a_hidden_reading_leaves_no_trace_on_the_syllabus(as_visitor, series, entry, whole):
    Reading.objects.filter(slug="lamps").update(visibility="members")
    page = body(as_visitor.get("/series/lamps-ferries/"))
    assert "aloud" not in page
    assert "On lamps" not in page
    assert re.findall(r'station-number num" aria-hidden="true">(\d+)<', page) == ["1"]


def test_only_those_who_may_are_let_in_to_edit(as_visitor, as_member, as_reader, as_moderator, series, entry):
    edit = "/series/lamps-ferries/edit/"
    assert as_visitor.get(edit).headers["Location"].startswith("/accounts/login/?next=")
    assert as_member.get(edit).status_code == 200
    assert as_moderator.get(edit).status_code == 200
    refused = as_reader.get(edit)
    assert refused.status_code == 403
    assert "Only the member who made a series" in body(refused)
    base = f"/series/lamps-ferries/entries/{entry.token}"
    for path in (f"{base}/move/", f"{base}/remove/", f"{base}/restore/", f"{base}/", "/series/lamps-ferries/delete/"):
        assert as_reader.post(path, {"by": "1"}).status_code == 403
        assert as_visitor.post(path, {"by": "1"}).status_code == 302
    assert as_reader.post("/series/lamps-ferries/entries/", {"reading": "lamps"}).status_code == 403
    assert series.entries.standing().count() == 1


def test_a_series_is_made_in_two_steps(as_member, reading):
    form = body(as_member.get("/series/new/"))
    submission = re.search(r'name="submission" value="(\w+)"', form)[1]
    said = {"title": "Night lamps", "description": "For the dark months.", "submission": submission}
    for _twice in range(2):
        assert as_member.post("/series/new/", said).headers["Location"] == "/series/night-lamps/edit/"
    assert Series.objects.count() == 1
    added = as_member.post("/series/night-lamps/entries/", {"reading": "lamps", "address": "1-2", "note": "Hm."})
    made = SeriesEntry.objects.get()
    assert added.headers["Location"] == f"/series/night-lamps/edit/#entry-{made.token}"
    assert (made.first.key, made.last.key) == tuple(
        Block.objects.get(texts__number=number, texts__edition=reading.current).key for number in (1, 2)
    )
    assert "¶1–2" in body(as_member.get("/series/night-lamps/"))


def test_a_series_without_a_title_is_refused_with_what_was_typed(as_member):
    answer = as_member.post("/series/new/", {"title": " ", "description": "For the dark months."})
    assert answer.status_code == 422
    assert "For the dark months." in body(answer)
    assert not Series.objects.exists()


def test_a_bad_range_is_said_at_its_field_with_what_was_typed(as_member, series, reading):
    answer = as_member.post(
        "/series/lamps-ferries/entries/", {"reading": "lamps", "address": "3-40", "note": "Mine.", "q": "on"}
    )
    assert answer.status_code == 422
    page = body(answer)
    assert "numbered from 1 to 5. Perhaps 3-5?" in page
    assert 'value="3-40"' in page
    assert "Mine." in page
    assert re.search(r'value="lamps"\s+checked', page)
    assert not series.entries.exists()


@pytest.mark.parametrize("slug", ["", "nothing-here", "no slug!"])
def test_a_reading_that_is_not_there_cannot_be_put_in(as_member, series, reading, slug):
    assert as_member.post("/series/lamps-ferries/entries/", {"reading": slug}).status_code == 422
    assert not series.entries.exists()


@pytest.mark.parametrize(
    ("words", "found"), [("lamps", True), ("ada", True), ("short talk", True), ("whale", False), ("", True)]
)
def test_readings_are_found_by_title_and_people(as_member, series, reading, words, found):
    page = body(as_member.get("/series/lamps-ferries/edit/", {"q": words}))
    assert ('name="reading" value="lamps"' in page) == found
    assert ("No reading was found" in page) != found


def test_a_search_longer_than_any_title_finds_the_newest(as_member, series, reading):
    assert 'value="lamps"' in body(as_member.get("/series/lamps-ferries/edit/", {"q": "a" * 300}))


def test_readings_move_by_buttons(as_member, series, entry, whole):
    moved = as_member.post(f"/series/lamps-ferries/entries/{whole.token}/move/", {"by": "-1"})
    assert moved.headers["Location"] == f"/series/lamps-ferries/edit/#entry-{whole.token}"
    page = body(as_member.get("/series/lamps-ferries/"))
    assert page.index("The last ferry") < page.index("On lamps")
    for by in ("", "2", "up"):
        assert as_member.post(f"/series/lamps-ferries/entries/{whole.token}/move/", {"by": by}).status_code == 400


def test_a_reading_is_taken_out_and_put_back(as_member, series, entry, whole):
    gone = as_member.post(f"/series/lamps-ferries/entries/{entry.token}/remove/", follow=True)
    page = body(gone)
    assert "“On lamps” was taken out." in page
    restore = re.search(r'action="([^"]+/restore/)"', page)[1]
    assert "lamps/2-4" not in body(as_member.get("/series/lamps-ferries/"))
    as_member.post(restore)
    syllabus = body(as_member.get("/series/lamps-ferries/"))
    assert syllabus.index("lamps/2-4") < syllabus.index("The last ferry")
    assert "was taken out" not in body(as_member.get("/series/lamps-ferries/edit/"))


def test_part_note_and_place_are_changed_on_a_page_of_their_own(as_member, series, entry, whole):
    path = f"/series/lamps-ferries/entries/{entry.token}/"
    form = body(as_member.get(path))
    assert 'value="2-4"' in form
    assert "Read it *aloud*." in form
    as_member.post(path, {"place": "2", "address": "5", "note": "Alone."})
    page = body(as_member.get("/series/lamps-ferries/"))
    assert page.index("The last ferry") < page.index("lamps/5")
    refused = as_member.post(path, {"place": "1", "address": "6", "note": "Alone."})
    assert refused.status_code == 422
    assert "numbered from 1 to 5" in body(refused)


def test_words_are_changed_and_an_empty_series_deleted(as_member, series):
    as_member.post("/series/lamps-ferries/edit/", {"title": "Only lamps", "description": ""})
    assert "Only lamps" in body(as_member.get("/series/lamps-ferries/"))
    assert as_member.post("/series/lamps-ferries/delete/").headers["Location"] == "/series/"
    assert as_member.get("/series/lamps-ferries/").status_code == 404


def test_a_series_with_readings_is_not_deleted(as_member, series, entry):
    answer = as_member.post("/series/lamps-ferries/delete/")
    assert answer.status_code == 403
    assert "Only an empty series can be deleted" in body(answer)


def test_an_entry_of_another_series_is_not_found(as_member, series, entry, member):
    create_series(maker=member, title="Other")
    for path in ("", "move/", "remove/", "restore/"):
        assert as_member.post(f"/series/other/entries/{entry.token}/{path}", {"by": "1"}).status_code == 404


def test_the_page_of_a_reading_names_its_series_and_neighbours(as_visitor, series, entry, whole):
    page = body(as_visitor.get("/readings/lamps/"))
    assert "1 of 2 in" in page
    assert 'href="/series/lamps-ferries/"' in page
    assert re.search(r'rel="next" href="/readings/ferry/"', page)
    assert f'rel="prev" href="/readings/lamps/#{entry.first.key}"' in body(as_visitor.get("/readings/ferry/"))


def test_pages_cost_the_same_for_two_readings_and_for_nine(
    as_member, as_visitor, series, entry, whole, member, count_queries
):
    paths = ["/series/", "/series/lamps-ferries/", "/series/lamps-ferries/edit/", "/readings/lamps/"]
    clients = (as_member, as_visitor, as_member, as_visitor)
    few = [count_queries(client, path) for client, path in zip(clients, paths, strict=True)]
    for number in range(7):
        more = create_reading(work=small_work(), metadata=Metadata(slug=f"more-{number}"))
        add_entry(editor=member, series=series, reading=more, address="1-3")
        create_series(maker=member, title=f"More {number}")
    many = [count_queries(client, path) for client, path in zip(clients, paths, strict=True)]
    assert many == few
