"""What holds for every address: who one is, what may be kept, which methods there are, and how errors look."""

import gzip
import json
from datetime import timedelta

import pytest
from django.conf import settings as django_settings
from django.test import Client
from django.utils import timezone

from api.models import Token, create_token, digest
from discussions.services import edit_comment
from moderation.models import Mandate
from moderation.services import hide_comment
from tests.api.conftest import API, PROBLEM, ApiClient
from tests.conftest import SIGN_IN

# Who one is


def test_a_token_says_who_one_is(as_member, as_moderator):
    assert as_member.get("/me/").data == {"name": "Mia Member", "is_moderator": False, "signed_in_by": "token"}
    assert as_moderator.get("/me/").data["is_moderator"] is True


def test_a_mandate_that_has_ended_moderates_nothing(as_moderator, moderator, comment):
    Mandate.objects.update(since=timezone.now() - timedelta(days=2), until=timezone.now() - timedelta(days=1))
    assert as_moderator.get("/me/").data["is_moderator"] is False
    assert as_moderator.post(f"/comments/{comment.token}/hide/", {"reason": "x"}).status_code == 403


def test_nobody_is_nobody(as_visitor):
    refused = as_visitor.get("/me/")
    assert refused.status_code == 401
    assert refused.headers["WWW-Authenticate"] == 'Bearer realm="Colloquy"'


@pytest.mark.parametrize(
    "header",
    [
        "Bearer", "Bearer ", "bearer x", "Bearer colloquy_", "Bearer colloquy_wrong", "Bearer colloquy_a b",
        "Bearer colloquy_" + "x" * 5000, "Bearer colloquy_\xe9", "BEARER nonsense",
    ],
)  # fmt: skip
def test_a_token_that_is_none_is_refused_even_where_none_is_needed(as_visitor, reading, header):
    refused = as_visitor.get("/readings/", Authorization=header)
    assert refused.status_code == 401
    assert refused.headers["WWW-Authenticate"].startswith("Bearer")


def test_a_token_that_has_expired_is_refused(member):
    yesterday, tomorrow = timezone.now() - timedelta(days=1), timezone.now() + timedelta(days=1)
    assert ApiClient(create_token(user=member, expires_at=yesterday)).get("/me/").status_code == 401
    assert ApiClient(create_token(user=member, expires_at=tomorrow)).get("/me/").status_code == 200


def test_a_token_of_a_closed_account_is_refused(as_member, member):
    assert as_member.get("/me/").status_code == 200
    member.is_active = False
    member.save()
    assert as_member.get("/me/").status_code == 401


def test_a_token_is_not_stored(member):
    secret = create_token(user=member)
    assert secret.startswith("colloquy_")
    (row,) = Token.objects.values_list("digest", "name")
    assert secret not in str(row)
    assert row[0] == digest(secret)


def test_the_scheme_of_a_proxy_is_not_ours_to_judge(as_visitor, reading):
    assert as_visitor.get("/readings/", Authorization="Basic dXNlcjpwdw==").status_code == 200


def in_session(user, **more):
    client = Client(**more)
    client.force_login(user, backend=SIGN_IN)
    return client


def test_a_session_reads_and_writes_with_the_csrf_token_only(member, thread):
    client = in_session(member, enforce_csrf_checks=True)
    assert client.get(f"{API}/me/").json()["signed_in_by"] == "session"
    path, body = f"{API}/threads/{thread.token}/comments/", json.dumps({"source": "Hm"})
    refused = client.post(path, body, content_type="application/json")
    assert refused.status_code == 403
    assert refused.headers["Content-Type"] == PROBLEM
    assert thread.comments.count() == 1
    client.get("/api/docs/")
    token = client.cookies[django_settings.CSRF_COOKIE_NAME].value
    assert client.post(path, body, content_type="application/json", headers={"X-CSRFToken": token}).status_code == 201


def test_a_token_needs_no_csrf_token_and_wins_over_a_session(member, reader, thread):
    client = in_session(member, enforce_csrf_checks=True)
    sent = {"Authorization": f"Bearer {create_token(user=reader)}"}
    path = f"{API}/threads/{thread.token}/comments/"
    made = client.post(path, json.dumps({"source": "Hm"}), content_type="application/json", headers=sent)
    assert made.status_code == 201
    assert made.json()["author"] == {"name": "Rui Reader"}
    assert client.get(f"{API}/me/", headers={"Authorization": "Bearer colloquy_wrong"}).status_code == 401


# What may be kept


def all_reads(thread, comment):
    return [
        "/", "/readings/", "/readings/lamps/", "/readings/lamps/editions/", "/readings/lamps/blocks/", "/readings/lamps/blocks/1/",
        "/readings/lamps/threads/", f"/threads/{thread.token}/", f"/threads/{thread.token}/comments/", f"/comments/{comment.token}/",
        f"/comments/{comment.token}/revisions/", "/moderation/actions/", f"{API.removesuffix('/v1')}/schema/",
    ]  # fmt: skip


@pytest.mark.parametrize("who", ["visitor", "member"])
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_every_read_has_a_validator_and_says_304_to_those_who_have_it(who, method, request, thread, comment):
    client = request.getfixturevalue(f"as_{who}")
    for path in all_reads(thread, comment):
        first = client.request(method, path)
        assert first.status_code == 200, path
        etag = first.headers["ETag"]
        assert etag.startswith('"')
        for known in (etag, f"W/{etag}", f'"other", {etag}', "*"):
            again = client.request(method, path, If_None_Match=known)
            assert (again.status_code, again.content) == (304, b""), path
            assert again.headers["ETag"] == etag
            assert again.headers["Cache-Control"] == first.headers["Cache-Control"]
            assert "Authorization" in again.headers["Vary"]
        assert client.request(method, path, If_None_Match='"other"').status_code == 200


def test_a_condition_on_a_read_that_does_not_hold_is_a_problem(as_visitor, as_member, comment):
    for client in (as_visitor, as_member):
        response = client.client.get(f"{API}/readings/", headers={"If-Match": '"other"'} | client.auth)
        assert response.status_code == 412
        assert response.headers["Content-Type"] == PROBLEM


def test_answers_to_one_person_are_kept_by_nobody(as_visitor, as_member, member, thread, comment):
    for path in all_reads(thread, comment):
        assert set(as_member.get(path).headers["Cache-Control"].split(", ")) >= {"private", "no-store"}, path
        assert as_visitor.get(path).headers["Cache-Control"] == "no-cache", path
    cookies = in_session(member)
    assert set(cookies.get(f"{API}/readings/").headers["Cache-Control"].split(", ")) >= {"private", "no-store"}
    assert "no-store" in as_member.get("/nothing/").headers["Cache-Control"]


def test_answers_vary_with_whoever_asks(as_visitor, as_member, thread, comment):
    for client in (as_visitor, as_member):
        for path in [*all_reads(thread, comment), "/nothing/"]:
            varies = {name.strip() for name in client.get(path).headers["Vary"].split(",")}
            assert varies >= {"Accept", "Authorization", "Cookie"}, path


def test_the_validator_of_a_comment_changes_with_it_and_with_who_reads_it(as_visitor, as_moderator, comment, moderator):
    path = f"/comments/{comment.token}/"
    assert as_visitor.get(path).headers["ETag"] == as_moderator.get(path).headers["ETag"] == comment.etag
    edit_comment(editor=comment.author, comment=comment, source="Second")
    assert as_visitor.get(path).headers["ETag"] == f'"{comment.token}-2"'
    hide_comment(moderator=moderator, comment=comment, reason="Rude")
    seen, hidden = as_moderator.get(path), as_visitor.get(path)
    assert hidden.headers["ETag"] == f'"{comment.token}-3"'
    assert seen.headers["ETag"] not in {hidden.headers["ETag"], comment.etag}
    # The moderator's mandate ends: what they kept is not confirmed.
    Mandate.objects.all().delete()
    after = as_moderator.get(path, If_None_Match=seen.headers["ETag"])
    assert (after.status_code, after.data["source"]) == (200, None)


def test_the_validators_of_lists_change_with_what_one_may_read(as_visitor, as_moderator, thread, comment, moderator):
    paths = [
        f"/threads/{thread.token}/",
        f"/threads/{thread.token}/comments/",
        "/readings/lamps/threads/",
        "/readings/lamps/",
    ]
    before = [as_visitor.get(path).headers["ETag"] for path in paths]
    hide_comment(moderator=moderator, comment=comment, reason="Rude")
    after = [as_visitor.get(path).headers["ETag"] for path in paths]
    assert not set(before) & set(after)


def test_a_compressed_answer_can_be_edited_by_the_validator_it_came_with(as_member, comment):
    path = f"/comments/{comment.token}/"
    response = as_member.client.get(f"{API}{path}", headers={"Accept-Encoding": "gzip"} | as_member.auth)
    assert json.loads(gzip.decompress(response.content))["token"] == comment.token
    etag = response.headers["ETag"]
    assert etag.startswith("W/")
    assert as_member.get(path, If_None_Match=etag).status_code == 304
    assert as_member.patch(path, {"source": "Second"}, If_Match=etag).status_code == 200


# Methods and types


ALLOWED = {
    "/": "GET, HEAD, OPTIONS",
    "/readings/": "GET, HEAD, OPTIONS",
    "/readings/lamps/threads/": "GET, POST, HEAD, OPTIONS",
    "/comments/{comment}/": "GET, PATCH, DELETE, HEAD, OPTIONS",
    "/comments/{comment}/hide/": "POST, OPTIONS",
    "/threads/{thread}/comments/": "GET, POST, HEAD, OPTIONS",
}


@pytest.mark.parametrize("path", ALLOWED)
@pytest.mark.parametrize(
    "method", ["GET", "POST", "PUT", "PATCH", "DELETE", "TRACE", "CONNECT", "BREW", "PROPFIND", "QUERY"]
)
def test_methods_that_do_nothing_are_refused_with_those_that_do(as_member, thread, comment, path, method):
    allowed = ALLOWED[path]
    filled = path.format(comment=comment.token, thread=thread.token)
    if method in allowed:
        return
    refused = as_member.request(method, filled)
    assert refused.status_code == 405
    assert set(refused.headers["Allow"].split(", ")) == set(allowed.split(", "))


@pytest.mark.parametrize("path", ALLOWED)
def test_options_tell_the_methods_and_head_tells_as_get(as_visitor, thread, comment, path):
    filled = path.format(comment=comment.token, thread=thread.token)
    options = as_visitor.request("OPTIONS", filled)
    assert (options.status_code, options.content) == (204, b"")
    assert set(options.headers["Allow"].split(", ")) == set(ALLOWED[path].split(", "))
    if "GET" in ALLOWED[path]:
        head, get = as_visitor.request("HEAD", filled), as_visitor.get(filled)
        assert head.content == b""
        assert {**head.headers} == {**get.headers}


@pytest.mark.parametrize(
    "path", ["/api/", "/api/nothing", "/api/v2/", "/api/v1/nothing/", "/api/v1/readings/lamps/x/", "/api/v1/é/"]
)
@pytest.mark.parametrize("method", ["GET", "POST", "DELETE", "BREW"])
def test_an_address_that_is_none_is_a_problem(as_visitor, reading, path, method):
    refused = as_visitor.request(method, path)
    assert refused.status_code == 404
    assert refused.data["type"].endswith("#not-found")


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_an_address_without_its_last_slash_is_put_right(as_visitor, reading, method):
    refused = as_visitor.request(method, "/readings/lamps")
    assert refused.status_code == 404
    assert refused.data["nearest"] == [f"{API}/readings/lamps/"]


@pytest.mark.parametrize("accept", ["text/html", "application/xml", "image/*", "application/ld+json", "x", "/"])
def test_a_form_that_is_not_there_is_a_problem(as_visitor, reading, accept):
    assert as_visitor.get("/readings/", Accept=accept).status_code == 406


@pytest.mark.parametrize("accept", ["*/*", "application/json", "text/html, */*;q=0.1", "application/*"])
def test_json_comes_to_whoever_takes_it(as_visitor, reading, accept):
    assert as_visitor.get("/readings/", Accept=accept).headers["Content-Type"] == "application/json"


@pytest.mark.parametrize(
    "content_type",
    [
        "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/plain", "application/xml",
        "application/json; charset=utf-16", "application/json; charset=nonsense", "application/json;charset=latin-1", "x",
    ],
)  # fmt: skip
def test_a_body_of_another_type_is_a_problem(as_member, thread, content_type):
    refused = as_member.post(f"/threads/{thread.token}/comments/", raw=b'{"source": "x"}', Content_Type=content_type)
    assert refused.status_code == 415


@pytest.mark.parametrize("content_type", ["application/json; charset=utf-8", 'application/json; charset="UTF-8"'])
def test_a_charset_that_is_utf_8_is_taken(as_member, thread, content_type):
    made = as_member.post(
        f"/threads/{thread.token}/comments/", raw='{"source": "é"}'.encode(), Content_Type=content_type
    )
    assert made.data["source"] == "é"


def test_a_chunked_body_is_asked_for_its_length(as_member, thread):
    refused = as_member.post(f"/threads/{thread.token}/comments/", Transfer_Encoding="chunked")
    assert refused.status_code == 411


# Errors


@pytest.mark.parametrize(
    ("body", "pointer", "code"),
    [
        ({}, "/source", "required"),
        ({"source": None}, "/source", "null"),
        ({"source": ""}, "/source", "empty"),
        ({"source": " \n\t "}, "/source", "empty"),
        ({"source": "x" * 10_001}, "/source", "too-long"),
        ({"source": 7}, "/source", "invalid"),
        ({"source": True}, "/source", "invalid"),
        ({"source": 1.5}, "/source", "invalid"),
        ({"source": ["x"]}, "/source", "invalid"),
        ({"source": {"message": "x", "code": "y"}}, "/source", "invalid"),
        ({"source": "a\0b"}, "/source", "unstorable"),
        ({"source": "a\ud800b"}, "/source", "unstorable"),
        ({"source": "x", "parent": 7}, "/parent", "invalid"),
        ({"source": "x", "parent": "a\0b"}, "/parent", "unstorable"),
        ({"source": "x", "a~b/c": 1}, "/a~0b~1c", "unknown"),
        ({"source": "x", "a\0b": 1}, "", "unstorable"),
        ({"source": "x", "\ud800": {"y": "\ud800"}}, "", "unstorable"),
        ([], "", "invalid"),
        ("x", "", "invalid"),
        (7, "", "invalid"),
        (None, "", None),
    ],
)
def test_what_is_wrong_with_a_body_is_said_where_it_is(as_member, thread, body, pointer, code):
    raw = json.dumps(body).encode()
    refused = as_member.post(f"/threads/{thread.token}/comments/", raw=raw)
    assert refused.status_code == 400
    if code:
        assert {(error["pointer"], error["code"]) for error in refused.data["errors"]} >= {(pointer, code)}
    assert thread.comments.count() == 1


def test_several_things_that_are_wrong_are_all_said(as_member, reading):
    refused = as_member.post("/readings/lamps/threads/", {"source": ""})
    assert {error["pointer"] for error in refused.data["errors"]} == {"/address", "/source"}


def test_a_slip_is_told_before_anything_is_written(as_visitor, thread):
    refused = as_visitor.post(f"/threads/{thread.token}/comments/", raw=b"{")
    assert refused.status_code == 401  # who may not write at all is not taught how


@pytest.mark.parametrize("path", ["/readings/%00/", "/readings/?cursor=%00", "/readings/lamps/blocks/?address=1%00"])
def test_nul_in_an_address_is_a_problem(as_visitor, reading, path):
    assert as_visitor.get(path).status_code == 400


def test_every_problem_leads_to_its_explanation(as_visitor, reading):
    refused = as_visitor.get("/nothing/").data
    path, _, anchor = refused["type"].partition("#")
    page = as_visitor.client.get(path)
    assert page.status_code == 200
    assert f'id="{anchor}"' in page.content.decode()


def test_a_fault_of_ours_is_a_problem_and_says_nothing_of_what_is_inside(as_visitor, reading, monkeypatch, caplog):
    from common import paging

    def broken(*args):
        raise RuntimeError("a secret of the house")

    monkeypatch.setattr(paging, "_encode", broken)
    as_visitor.client.raise_request_exception = False
    refused = as_visitor.get("/readings/lamps/blocks/?page_size=1")
    assert refused.status_code == 500
    assert "secret" not in refused.content.decode()
    assert "a secret of the house" in caplog.text
    as_visitor.client.raise_request_exception = True
    with pytest.raises(RuntimeError):
        as_visitor.get("/readings/lamps/blocks/?page_size=1")


# How much


def set_rate(settings, rate):
    settings.REST_FRAMEWORK = {**settings.REST_FRAMEWORK, "DEFAULT_THROTTLE_RATES": {"write": rate}}


def test_writes_are_counted_by_member_and_reads_are_not(settings, as_member, as_reader, thread):
    set_rate(settings, "2/min")
    path = f"/threads/{thread.token}/comments/"
    assert [as_member.post(path, {"source": "x"}).status_code for _ in range(3)] == [201, 201, 429]
    refused = as_member.patch("/comments/x/", {"source": "x"})
    assert refused.status_code == 429
    assert 1 <= int(refused.headers["Retry-After"]) <= 60
    assert as_member.get(path).status_code == 200
    assert as_reader.post(path, {"source": "x"}).status_code == 201


@pytest.mark.parametrize(
    ("proxies", "first", "second", "same"),
    [
        (0, {"REMOTE_ADDR": "192.0.2.1", "HTTP_X_FORWARDED_FOR": "1.1.1.1"}, {"REMOTE_ADDR": "192.0.2.1", "HTTP_X_FORWARDED_FOR": "2.2.2.2"}, True),
        (0, {"REMOTE_ADDR": "192.0.2.1"}, {"REMOTE_ADDR": "192.0.2.2"}, False),
        (1, {"HTTP_X_FORWARDED_FOR": "9.9.9.9, 1.1.1.1"}, {"HTTP_X_FORWARDED_FOR": "8.8.8.8, 1.1.1.1"}, True),
        (1, {"HTTP_X_FORWARDED_FOR": "1.1.1.1"}, {"HTTP_X_FORWARDED_FOR": "2.2.2.2"}, False),
        (1, {"HTTP_X_FORWARDED_FOR": "x y\t" * 300}, {"HTTP_X_FORWARDED_FOR": "x y\t" * 300}, True),
        (0, {"REMOTE_ADDR": "2001:db8::1"}, {"REMOTE_ADDR": "2001:db8::2:3"}, True),
        (0, {"REMOTE_ADDR": "2001:db8::1"}, {"REMOTE_ADDR": "2001:db8:0:1::1"}, False),
        (0, {"REMOTE_ADDR": "::ffff:192.0.2.1"}, {"REMOTE_ADDR": "::ffff:192.0.2.2"}, False),
        (0, {"REMOTE_ADDR": ""}, {"REMOTE_ADDR": ""}, True),
    ],
)  # fmt: skip
def test_visitors_are_counted_by_the_address_a_trusted_proxy_tells(settings, db, proxies, first, second, same):
    set_rate(settings, "1/min")
    settings.REST_FRAMEWORK = {**settings.REST_FRAMEWORK, "NUM_PROXIES": proxies}
    statuses = [
        Client().post(f"{API}/threads/x/comments/", content_type="application/json", **meta).status_code
        for meta in (first, second)
    ]
    assert statuses == [404, 429 if same else 404]
