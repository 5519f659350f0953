"""Series over the API: made, described, filled and read."""

from urllib.parse import quote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from readings.models import Reading, Series
from readings.series import MOST_ENTRIES, add_entry, create_series
from tests.api.conftest import block, make_reading
from tests.api.test_odd_input import FORGED


@pytest.fixture
def series(member):
    return create_series(maker=member, title="Night lamps", description="For the dark months.")


@pytest.fixture
def filled(series, member, reading, members_reading):
    add_entry(editor=member, series=series, reading=members_reading, note="For members.")
    add_entry(editor=member, series=series, reading=reading, address="2-4", note="Aloud.")
    add_entry(editor=member, series=series, reading=reading)
    return series


ENTRIES = "/series/night-lamps/entries/"


def told(rows):
    return [(row["number"], row["reading"], row["address"], row["note"]) for row in rows]


def test_the_root_leads_to_the_list(as_visitor, series):
    (row,) = as_visitor.walk(as_visitor.get("/").data["links"]["series"])
    assert (row["slug"], row["title"], row["created_by"]) == ("night-lamps", "Night lamps", {"name": "Mia Member"})
    assert as_visitor.get(row["links"]["self"]).data == row


def test_entries_are_told_as_far_as_they_may_be_seen(as_visitor, as_member, filled):
    assert told(as_member.walk(ENTRIES)) == [
        (1, "members-lamps", "", "For members."),
        (2, "lamps", "2-4", "Aloud."),
        (3, "lamps", "", ""),
    ]
    assert told(as_visitor.walk(ENTRIES)) == [(1, "lamps", "2-4", "Aloud."), (2, "lamps", "", "")]
    assert as_visitor.get("/series/night-lamps/").data["entry_count"] == 2
    assert as_visitor.walk("/series/")[0]["entry_count"] == 2
    assert as_member.get("/series/night-lamps/").data["entry_count"] == 3


def test_the_links_of_an_entry_lead_to_what_it_holds(as_visitor, filled):
    ranged, whole = as_visitor.walk(ENTRIES)
    assert [row["number"] for row in as_visitor.walk(ranged["links"]["blocks"])] == [2, 3, 4]
    assert as_visitor.get(whole["links"]["blocks"]).status_code == 200
    assert as_visitor.get(whole["links"]["reading"]).data["slug"] == "lamps"
    for row in (ranged, whole):
        assert as_visitor.client.get(row["links"]["page"]).status_code == 200


def test_numbers_go_on_from_page_to_page(as_visitor, filled):
    assert told(as_visitor.walk(f"{ENTRIES}?page_size=1")) == told(as_visitor.walk(ENTRIES))


@pytest.mark.parametrize("path", ["/series/", ENTRIES])
@pytest.mark.parametrize("cursor", FORGED, ids=range(len(FORGED)))
def test_a_forged_cursor_is_refused_or_harmless(as_visitor, series, path, cursor):
    assert as_visitor.get(f"{path}?cursor={quote(cursor)}").status_code in (200, 400)


def test_a_series_is_made_once_for_one_key(as_member):
    body = {"title": "Evenings", "description": "With lamps."}
    made = as_member.post("/series/", body, Idempotency_Key="one")
    assert made.status_code == 201
    assert (made.data["slug"], made.data["entry_count"], made.data["version"]) == ("evenings", 0, 1)
    assert as_member.get(made.headers["Location"]).headers["ETag"] == made.headers["ETag"]
    assert as_member.post("/series/", body, Idempotency_Key="one").data == made.data
    assert as_member.post("/series/", {"title": "Mornings"}, Idempotency_Key="one").status_code == 422
    assert Series.objects.count() == 1


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({}, "/title"),
        ({"title": " "}, "/title"),
        ({"title": 7}, "/title"),
        ({"title": "x" * 201}, "/title"),
        ({"title": "x", "description": "y" * 5_001}, "/description"),
        ({"title": "x", "slug": "mine"}, "/slug"),
        ({"title": "x", "created_by": None}, "/created_by"),
        ([], ""),
    ],
)
def test_what_is_wrong_is_said_at_its_field(as_member, series, body, pointer):
    for answer in (as_member.post("/series/", body), as_member.patch("/series/night-lamps/", body)):
        if answer.status_code == 200:  # of a description, all may stay as it is
            assert body == {}
            continue
        assert answer.status_code == 400
        assert [error["pointer"] for error in answer.data["errors"]] == [pointer]
    assert list(Series.objects.values_list("title", "description")) == [("Night lamps", "For the dark months.")]


def test_a_series_is_described_unless_it_changed_meanwhile(as_member, as_moderator, series):
    read = as_member.get("/series/night-lamps/")
    changed = as_moderator.patch("/series/night-lamps/", {"title": "Day lamps"}, If_Match=read.headers["ETag"])
    assert (changed.data["title"], changed.data["description"]) == ("Day lamps", "For the dark months.")
    for stale in (read.headers["ETag"], '"nothing"'):
        assert as_member.patch("/series/night-lamps/", {"title": "Mine"}, If_Match=stale).status_code == 412
        assert as_member.request("PUT", ENTRIES, {"entries": []}, If_Match=stale).status_code == 412
        assert as_member.delete("/series/night-lamps/", If_Match=stale).status_code == 412
    assert as_member.patch("/series/night-lamps/", {"description": ""}, If_Match="*").data["description"] == ""
    assert Series.objects.get().title == "Day lamps"


def test_a_validator_is_another_when_more_can_be_seen(as_visitor, filled):
    before = [as_visitor.get(path).headers["ETag"] for path in ("/series/night-lamps/", ENTRIES)]
    Reading.objects.update(visibility="public")
    for path, etag in zip(("/series/night-lamps/", ENTRIES), before, strict=True):
        assert as_visitor.get(path, If_None_Match=etag).status_code == 200
        assert as_visitor.get(path, If_None_Match=as_visitor.get(path).headers["ETag"]).status_code == 304


def test_the_whole_order_is_set_at_once(as_member, filled):
    etag = as_member.get(ENTRIES).headers["ETag"]
    key = block(Reading.objects.get(slug="lamps"), 5).key
    wanted = [
        {"reading": "lamps", "address": key},
        {"reading": "members-lamps", "address": "3-1", "note": " Backwards. "},
        {"reading": "lamps"},
    ]
    answer = as_member.request("PUT", ENTRIES, {"entries": wanted}, If_Match=etag)
    assert answer.status_code == 200
    expected = [(1, "lamps", "5", ""), (2, "members-lamps", "1-3", "Backwards."), (3, "lamps", "", "")]
    assert told(answer.data["results"]) == expected
    assert told(as_member.walk(ENTRIES)) == expected
    assert as_member.get(ENTRIES).headers["ETag"] == answer.headers["ETag"]


def test_what_one_reads_can_be_sent_back(as_member, filled):
    before = as_member.walk(ENTRIES)
    same = [{name: row[name] for name in ("reading", "address", "note")} for row in before]
    as_member.request("PUT", ENTRIES, {"entries": same})
    assert as_member.walk(ENTRIES) == before


def test_everything_that_is_wrong_with_entries_is_said_where_it_stands(as_member, filled):
    wanted = [
        {"reading": "lamps", "address": "2-40"},
        {"reading": "nothing"},
        {"reading": "lamps", "note": "x" * 1_001},
        {"reading": "lamps", "address": "1"},
    ]
    answer = as_member.request("PUT", ENTRIES, {"entries": wanted})
    assert answer.status_code == 400
    assert [(error["pointer"], error["code"]) for error in answer.data["errors"]] == [
        ("/entries/0/address", "no-such-place"),
        ("/entries/1/reading", "no-such-reading"),
        ("/entries/2/note", "invalid"),
    ]
    assert answer.data["errors"][0]["nearest"] == ["2-5", "2"]
    assert filled.entries.count() == 3


@pytest.mark.parametrize(
    "body",
    [
        {},
        [],
        {"entries": None},
        {"entries": {}},
        {"entries": ["lamps"]},
        {"entries": [{}]},
        {"entries": [{"reading": "lamps", "position": 4}]},
        {"entries": [{"reading": "lamps", "address": 2}]},
        {"entries": [{"reading": "lamps"}] * (MOST_ENTRIES + 1)},
    ],
    ids=range(9),
)
def test_a_body_of_another_shape_is_refused(as_member, filled, body):
    assert as_member.request("PUT", ENTRIES, body).status_code == 400
    assert filled.entries.count() == 3


def test_only_an_empty_series_is_deleted(as_member, filled):
    assert as_member.delete("/series/night-lamps/").status_code == 403
    assert as_member.request("PUT", ENTRIES, {"entries": []}).data["results"] == []
    assert as_member.delete("/series/night-lamps/").status_code == 204
    assert as_member.get("/series/night-lamps/").status_code == 404
    assert as_member.get(ENTRIES).status_code == 404


def test_others_may_read_but_not_change(as_visitor, as_reader, filled):
    for client, status in ((as_visitor, 401), (as_reader, 403)):
        assert client.patch("/series/night-lamps/", {"title": "Mine"}).status_code == status
        assert client.delete("/series/night-lamps/").status_code == status
        assert client.request("PUT", ENTRIES, {"entries": []}).status_code == status
        assert client.get("/series/night-lamps/").data["title"] == "Night lamps"
    assert as_visitor.post("/series/", {"title": "Mine"}).status_code == 401
    assert filled.entries.count() == 3


def test_a_list_costs_the_same_for_few_and_for_many(as_visitor, as_member, filled, member):
    def cost(path):
        with CaptureQueriesContext(connection) as queries:
            assert as_visitor.get(path).status_code == 200
        return len(queries)

    few = [cost(path) for path in ("/series/", "/series/night-lamps/", ENTRIES)]
    for number in range(6):
        create_series(maker=member, title=f"More {number}")
        add_entry(editor=member, series=filled, reading=make_reading(f"more-{number}"), address="1-2")
    assert [cost(path) for path in ("/series/", "/series/night-lamps/", ENTRIES)] == few
