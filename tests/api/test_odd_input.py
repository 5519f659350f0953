"""Bodies, cursors and parameters that nobody means well with."""

import base64
import json
from contextlib import suppress
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rest_framework.exceptions import ParseError

from api.parsers import DEEPEST, LARGEST_BODY, parse_json
from api.problems import Problem
from api.throttling import network_of
from discussions.services import post_comment
from moderation.services import lock_thread, unlock_thread
from tests.api.conftest import make_reading

relaxed = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)

plain = st.characters(exclude_categories=("Cs",), exclude_characters="\0")
values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**62), 2**62)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(plain),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(plain, max_size=8), inner, max_size=4),
    max_leaves=12,
)


@given(values)
def test_json_is_read_as_json(value):
    assert parse_json(json.dumps(value).encode()) == value
    assert parse_json(json.dumps(value, ensure_ascii=False).encode()) == value


@given(st.binary(max_size=200))
def test_any_bytes_are_json_or_a_problem(body):
    with suppress(ParseError, Problem):
        parse_json(body)


BAD = [
    b"", b" ", b"{", b"nul", b"{'a': 1}", b'{"a": 1,}', b'{"a": 1} {}', b'"\xff"', b"\xef\xbb\xbf{}", b'{"source": NaN}',
    b'{"source": Infinity}', b'{"source": -Infinity}', b'{"source": 1e999}', b'{"source": ' + b"9" * 20 + b"}",
    b'{"source": ' + b"9" * 5000 + b"}", b'{"source": -' + b"9" * 300 + b"}", b'{"source": "a", "source": "b"}',
    b"[" * 100_000, b'{"a":' * 30_000, b"[" * 21 + b"]" * 21, b'{"source": "' + b"\\ud800" + b'"}', b'{"source": "\\u0000"}',
    b'{"source": "\n"}', b'{"x": [{"y": "\\udfff"}]}', '{"source": "x"}'.encode("utf-16"),
]  # fmt: skip


@pytest.mark.parametrize("body", BAD, ids=range(len(BAD)))
def test_what_is_not_json_is_a_problem(as_member, thread, body):
    refused = as_member.post(f"/threads/{thread.token}/comments/", raw=body)
    assert refused.status_code == 400
    assert as_member.patch(f"/comments/{thread.comments.get().token}/", raw=body).status_code == 400


def test_levels_are_counted():
    assert parse_json(b"[" * DEEPEST + b"]" * DEEPEST)
    with pytest.raises(ParseError, match="nested"):
        parse_json(b"[" * (DEEPEST + 1) + b"1" + b"]" * (DEEPEST + 1))


@pytest.mark.parametrize("size", [LARGEST_BODY + 1, 3_000_000])
def test_a_body_that_is_too_large_is_a_problem(as_member, thread, size):
    refused = as_member.post(f"/threads/{thread.token}/comments/", raw=b'"' + b"x" * (size - 2) + b'"')
    assert refused.status_code == 413


def test_the_longest_comment_fits_however_it_is_written(as_member, thread):
    source = "\U0001f3ee" * 10_000
    made = as_member.post(f"/threads/{thread.token}/comments/", raw=json.dumps({"source": source}).encode())
    assert made.status_code == 201
    assert made.data["source"] == source


@relaxed
@given(words=st.text(st.characters(exclude_categories=()), max_size=60))
def test_any_words_come_back_as_they_were_sent_or_are_refused(as_member, thread, words):
    made = as_member.post(f"/threads/{thread.token}/comments/", {"source": words})
    assert made.status_code in (201, 400)
    if made.status_code == 201:
        assert made.data["source"] == words.replace("\r\n", "\n").replace("\r", "\n").strip()
        assert as_member.get(made.headers["Location"]).data == made.data


@relaxed
@given(address=st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), max_size=12))
def test_any_words_are_an_address_or_have_nearest_ones(as_member, thread, address):
    found = as_member.get(f"/readings/lamps/blocks/?address={quote(address)}")
    assert found.status_code in (200, 404)
    opened = as_member.post("/readings/lamps/threads/", {"address": address, "source": "Hm"})
    assert opened.status_code in (201, 400)


# Pages


@pytest.mark.parametrize("size", ["0", "101", "-1", "x", "", "1.5", "9" * 300, "١", "1e1", "+1", " 1"])
def test_a_size_that_is_none_is_said_at_its_parameter(as_visitor, thread, size):
    for path in ("/readings/", "/readings/lamps/blocks/", "/readings/lamps/threads/", "/moderation/actions/"):
        refused = as_visitor.get(f"{path}?page_size={size.replace('+', '%2B').replace(' ', '%20')}")
        assert refused.status_code == 400
        assert refused.data["errors"][0]["parameter"] == "page_size"


LISTS = [
    "/readings/",
    "/readings/lamps/editions/",
    "/readings/lamps/blocks/",
    "/readings/lamps/threads/",
    "/moderation/actions/",
]


def forged(*values):
    return base64.urlsafe_b64encode(json.dumps(list(values)).encode()).decode().rstrip("=")


FORGED = [
    "x", "9" * 300, "é", "%", "=", forged(), forged(0), forged(0, "x"), forged(0, "x", "y"), forged(2, "a", "1"), forged(0, 1),
    forged(0, "a", "9" * 300), forged(0, "9" * 300), forged(1, "9" * 30), forged(0, "-" + "9" * 30), forged(0, "\ud800", "1"),
    forged(0, "a\0", "1"), forged(0, "2026-01-01", "1"), forged(0, "2026-13-45T00:00:00Z", "1"), forged(0, "9999-12-31T23:59:59-23:59", "1"),
    forged(0, "0001-01-01T00:00:00+23:59", "1"), forged(0, "x" * 1999, "1"), forged(0, None, None), forged(0, ["a"], {"b": 1}),
    forged(0, "2026-01-01T00:00:00", "1"), forged(0, "1" * 1999), forged(0, "a", "1" * 1999), forged(0, "1.5"), forged(0, "\ud800"),
    forged(True, "a", "1"), forged(0.0, "1"), "W" * 5000,
]  # fmt: skip


@pytest.mark.parametrize("path", LISTS)
@pytest.mark.parametrize("cursor", FORGED, ids=range(len(FORGED)))
def test_a_forged_cursor_is_refused_or_harmless(as_visitor, thread, path, cursor):
    answer = as_visitor.get(f"{path}?cursor={quote(cursor)}")
    assert answer.status_code in (200, 400)
    if answer.status_code == 400:
        assert answer.data["errors"][0]["parameter"] == "cursor"


@relaxed
@given(
    cursor=st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), max_size=40),
    path=st.sampled_from(LISTS),
)
def test_any_words_as_a_cursor_are_refused_or_harmless(as_visitor, thread, cursor, path):
    assert as_visitor.get(f"{path}?cursor={quote(cursor)}").status_code in (200, 400)


def test_a_cursor_of_another_list_is_refused_or_harmless(as_visitor, thread, member):
    post_comment(author=member, thread=thread, source="x")
    make_reading("lamps-2")
    cursors = [as_visitor.get(f"{path}?page_size=1").data["next"] for path in LISTS]
    for following in filter(None, cursors):
        cursor = following.partition("cursor=")[2].partition("&")[0]
        for path in [*LISTS, f"/threads/{thread.token}/comments/"]:
            assert as_visitor.get(f"{path}?cursor={cursor}").status_code in (200, 400)


@pytest.mark.parametrize("size", [1, 2, 3, 100])
def test_walking_forth_and_back_meets_every_row_once(as_visitor, thread, comment, member, moderator, size):
    for number in range(5):
        make_reading(f"lamps-{number}")
        post_comment(author=member, thread=thread, source=f"Comment {number}")
        lock_thread(moderator=moderator, thread=thread, reason="x")
        unlock_thread(moderator=moderator, thread=thread, reason="y")
    for path in [*LISTS, f"/threads/{thread.token}/comments/"]:
        whole = as_visitor.get(f"{path}?page_size=100").data["results"]
        page, seen = as_visitor.get(f"{path}?page_size={size}").data, []
        assert page["previous"] is None
        while True:
            seen += page["results"]
            if page["next"] is None:
                break
            page = as_visitor.get(page["next"]).data
        assert seen == whole
        back = page["results"]
        while page["previous"]:
            page = as_visitor.get(page["previous"]).data
            back = page["results"] + back
        assert back == whole


def test_a_long_title_makes_no_cursor_too_long(as_visitor, db):
    for number in range(3):
        make_reading(f"lamps-{number}", title="\U0001f3ee" * 500)
    assert len(as_visitor.walk("/readings/?page_size=1")) == 3


def test_rows_written_while_a_client_turns_pages_are_neither_skipped_nor_repeated(as_visitor, thread, member):
    there = [thread.comments.get().token] + [
        post_comment(author=member, thread=thread, source="x").token for _ in range(5)
    ]
    page, seen = as_visitor.get(f"/threads/{thread.token}/comments/?page_size=2").data, []
    for number in range(20):
        seen += [row["token"] for row in page["results"]]
        if number < 3:
            there.append(post_comment(author=member, thread=thread, source="Meanwhile").token)
        if page["next"] is None:
            break
        page = as_visitor.get(page["next"]).data
    assert seen == there


@given(st.text(max_size=80))
def test_any_client_address_has_a_name_that_a_cache_can_spell(client):
    name = network_of(client)
    assert len(name) < 60
    assert name.isascii()
    assert not any(ch.isspace() for ch in name)
