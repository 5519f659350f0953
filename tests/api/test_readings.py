"""Readings, editions and blocks: what they say, and at which addresses."""

import pytest

from discussions.services import open_thread
from moderation.services import hide_comment
from readings.editions import create_reading
from readings.importing.document import DraftBlock, Work
from readings.kinds import Kind
from readings.models import BlockText, Edition
from tests.api.conftest import API, block, make_reading


def test_the_root_leads_to_everything(as_visitor):
    links = as_visitor.get("/").data["links"]
    assert links["self"] == f"http://testserver{API}/"
    for name in ("readings", "moderation"):
        assert as_visitor.get(links[name]).status_code == 200
    assert as_visitor.client.get(links["schema"]).status_code == 200
    assert as_visitor.client.get(links["docs"]).status_code == 200


def test_a_reading_says_what_it_is(as_visitor, reading, answer):
    told = as_visitor.get("/readings/lamps/").data
    assert told["title"] == "On lamps"
    assert told["subtitle"] == "A short talk"
    assert told["contributors"] == [{"name": "Ada Lind", "role": "speaker"}]
    assert (told["source"], told["language"], told["direction"]) == ("Evening lectures", "en", "ltr")
    assert (told["rights"], told["visibility"]) == ("Public domain", "public")
    assert (told["edition"]["number"], told["edition"]["paragraphs"]) == (1, 5)
    assert told["counts"] == {"threads": 1, "comments": 2}
    for name in ("self", "blocks", "editions", "threads"):
        assert as_visitor.get(told["links"][name]).status_code == 200
    assert told["links"]["page"] == "http://testserver/readings/lamps/"
    assert as_visitor.get("/readings/").data["results"] == [told]


def test_hidden_comments_are_not_counted(as_visitor, reading, answer, moderator):
    hide_comment(moderator=moderator, comment=answer, reason="Rude")
    assert as_visitor.get("/readings/lamps/").data["counts"] == {"threads": 1, "comments": 1}


def test_a_reading_for_members_is_not_there_for_visitors(as_visitor, as_member, reading, members_reading, member):
    made = open_thread(author=member, text=block(members_reading, 1), source="Among us")
    paths = ["/readings/members-lamps/"] + [
        f"/readings/members-lamps/{part}/" for part in ("blocks", "editions", "threads")
    ]
    paths += ["/readings/members-lamps/blocks/1/", f"/threads/{made.token}/", f"/threads/{made.token}/comments/"]
    paths += [f"/comments/{made.comments.get().token}/", f"/comments/{made.comments.get().token}/revisions/"]
    for path in paths:
        assert as_visitor.get(path).status_code == 404, path
        assert as_member.get(path).status_code == 200, path
    assert [row["slug"] for row in as_visitor.get("/readings/").data["results"]] == ["lamps"]
    assert {row["slug"] for row in as_member.get("/readings/").data["results"]} == {"lamps", "members-lamps"}


def test_what_is_not_to_be_seen_looks_like_what_is_not_there(as_visitor, members_reading):
    hidden, missing = (as_visitor.get(f"/readings/{slug}/") for slug in ("members-lamps", "no-such"))
    assert hidden.data == missing.data
    assert hidden.headers == missing.headers


def test_editions_are_listed_with_their_blocks(as_visitor, reading):
    (edition,) = as_visitor.get("/readings/lamps/editions/").data["results"]
    assert (edition["number"], edition["is_current"], edition["paragraphs"]) == (1, True, 5)
    assert len(as_visitor.get(edition["links"]["blocks"]).data["results"]) == 8


def test_all_blocks_come_in_order_with_everything_about_them(as_visitor, reading):
    blocks = as_visitor.get("/readings/lamps/blocks/").data["results"]
    assert [found["kind"] for found in blocks] == [
        "title", "heading", "paragraph", "blockquote", "list_item", "paragraph", "verse", "footnote",
    ]  # fmt: skip
    assert [found["number"] for found in blocks] == [None, None, 1, 2, 3, 4, 5, None]
    assert blocks[1]["level"] == 1
    assert blocks[2]["marks"] == [{"label": "1", "at": 17, "note": blocks[7]["key"]}]
    assert "&lt;made&gt;" in blocks[2]["html"]
    assert blocks[4]["marker"] == "•"
    assert blocks[7]["label"] == "1"
    assert blocks[6]["text"] == "The wick is low,\nthe window white."


@pytest.mark.parametrize(
    ("address", "numbers"),
    [
        ("1", [1]),
        ("2-4", [2, 3, 4]),
        ("4-2", [2, 3, 4]),
        ("2–4", [2, 3, 4]),
        ("1@1", [1]),
        ("1-2@1", [1, 2]),
        ("2-2", [2]),
    ],
)
def test_every_form_of_address_is_understood_in_both_places(as_visitor, reading, address, numbers):
    listed = as_visitor.get(f"/readings/lamps/blocks/?address={address}").data["results"]
    assert [found["number"] for found in listed] == numbers
    single = as_visitor.get(f"/readings/lamps/blocks/{address}/").data
    assert single == (listed[0] if len(numbers) == 1 else {"results": listed, "next": None, "previous": None})


@pytest.mark.parametrize("suffix", ["", "@1"])
def test_a_key_is_an_address(as_visitor, reading, suffix):
    note = as_visitor.get("/readings/lamps/blocks/").data["results"][-1]
    assert as_visitor.get(f"/readings/lamps/blocks/{note['key']}{suffix}/").data == note
    assert as_visitor.get(f"/readings/lamps/blocks/?address={note['key']}{suffix}").data["results"] == [note]
    assert as_visitor.get(f"/readings/lamps/blocks/{note['address']}/").data == note
    assert as_visitor.get(note["links"]["self"]).data == note
    assert as_visitor.get(note["links"]["threads"]).status_code == 200


@pytest.mark.parametrize(
    ("address", "nearest"),
    [
        ("99", ["5"]),
        ("4-99", ["4-5", "4"]),
        ("1@7", ["1"]),
        ("0", ["1"]),
        ("-1", ["1"]),
        ("%20", ["1"]),
        ("zz!", ["1"]),
        ("9" * 300, ["1"]),
        ("1@" + "9" * 300, ["1"]),
        ("٣", ["1"]),
        ("%ff%fe", ["1"]),
    ],
)
def test_a_wrong_address_is_told_with_the_nearest_ones(as_visitor, reading, address, nearest):
    for path in (f"/readings/lamps/blocks/{address}/", f"/readings/lamps/blocks/?address={address}"):
        refused = as_visitor.get(path)
        assert refused.status_code == 404
        assert refused.data["type"].endswith("#no-such-place")
        assert refused.data["nearest"] == nearest
    assert as_visitor.get(f"/readings/lamps/threads/?address={address}").data["nearest"] == nearest


def test_a_key_with_a_slip_of_the_pen_leads_to_the_key(as_visitor, reading):
    key = block(reading, 3).key
    slip = key[:-1] + ("b" if key[-1] != "b" else "c")
    assert key in as_visitor.get(f"/readings/lamps/blocks/{slip}/").data["nearest"]


def test_an_empty_address_is_a_wrong_one(as_visitor, reading):
    assert as_visitor.get("/readings/lamps/blocks/?address=").status_code == 404


@pytest.mark.parametrize("edition", ["2", "0", "x", "", "9" * 300, "-1", "¹"])
def test_an_edition_that_is_none_is_said_at_its_parameter(as_visitor, reading, edition):
    refused = as_visitor.get(f"/readings/lamps/blocks/?edition={edition}")
    assert refused.status_code == 400
    assert refused.data["errors"][0]["parameter"] == "edition"


def test_address_and_edition_do_not_go_together(as_visitor, reading):
    assert as_visitor.get("/readings/lamps/blocks/?address=1&edition=1").status_code == 400


def second_edition(reading):
    """A reading with another edition, whose only block is the old ¶2."""
    old = block(reading, 2)
    edition = Edition.objects.create(reading=reading, number=2, importer=1, paragraphs=1, words=7)
    kept = {
        field.attname: getattr(old, field.attname) for field in BlockText._meta.concrete_fields if not field.primary_key
    }
    BlockText.objects.create(**kept | {"edition_id": edition.pk, "number": 1, "position": 0})
    reading.current = edition
    reading.save()


def test_an_old_edition_stays_where_it_was(as_visitor, reading, thread):
    key = block(reading, 1).key
    second_edition(reading)
    assert len(as_visitor.get("/readings/lamps/blocks/").data["results"]) == 1
    assert len(as_visitor.get("/readings/lamps/blocks/?edition=1").data["results"]) == 8
    assert as_visitor.get("/readings/lamps/blocks/1/").data["text"].startswith("We lit")
    old = as_visitor.get("/readings/lamps/blocks/1@1/").data
    assert (old["key"], old["edition"], old["is_current"]) == (key, 1, False)
    assert as_visitor.get(f"/readings/lamps/blocks/{key}/").data == old
    assert [found["number"] for found in as_visitor.get("/readings/lamps/editions/").data["results"]] == [2, 1]
    anchor = as_visitor.get(f"/threads/{thread.token}/").data["anchor"]
    assert anchor == {"key": key, "edition": 1, "number": None, "start": None, "end": None, "quote": None}


@pytest.mark.parametrize(
    "path", ["/readings/lamps/blocks/?page_size=2", "/readings/lamps/blocks/?page_size=1&address=2-4"]
)
def test_pages_of_a_text_stay_in_the_edition_of_the_first(as_visitor, reading, path):
    whole = [found["address"] for found in as_visitor.walk(path)]
    first = as_visitor.get(path).data
    second_edition(reading)
    rest = as_visitor.walk(first["next"])
    assert [found["address"] for found in first["results"] + rest] == whole


def test_a_range_at_a_blocks_own_address_goes_on_in_the_list(as_visitor, reading):
    page = as_visitor.get("/readings/lamps/blocks/2-4/?page_size=2").data
    assert f"{API}/readings/lamps/blocks/?" in page["next"]
    assert [found["number"] for found in as_visitor.walk(page["next"])] == [4]


def test_a_reading_without_words_has_no_blocks(as_visitor, db):
    reading = create_reading(work=Work("Empty", []))
    assert as_visitor.get(f"/readings/{reading.slug}/blocks/").data["results"] == []
    assert as_visitor.get(f"/readings/{reading.slug}/blocks/1/").data["nearest"] == []


def test_the_direction_of_a_text_is_told(as_visitor, db):
    work = Work("القهوة", [DraftBlock(Kind.PARAGRAPH, "كان المقهى")], language="ar")
    reading = create_reading(work=work)
    assert as_visitor.get(f"/readings/{reading.slug}/").data["direction"] == "rtl"
    assert as_visitor.get(f"/readings/{reading.slug}/blocks/1/").data["direction"] == "rtl"


def test_more_rows_cost_no_more_queries(as_visitor, count_queries, reading):
    def asked():
        return [
            count_queries(as_visitor, path)
            for path in (
                "/readings/",
                "/readings/lamps/editions/",
                "/readings/lamps/blocks/?page_size=3",
                "/readings/lamps/blocks/",
            )
        ]

    few = asked()
    assert few[2] == few[3]
    for number in range(6):
        make_reading(f"lamps-{number}")
    second_edition(reading)
    assert asked() == few
