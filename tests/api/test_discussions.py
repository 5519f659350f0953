"""Threads and comments: read, written, changed, removed, and by whom."""

import pytest

from discussions.models import Comment, Thread
from discussions.services import edit_comment, open_thread, post_comment, remove_comment
from moderation.services import hide_comment, lock_thread
from tests.api.conftest import block


def test_a_thread_is_opened_with_its_first_comment(as_member, reading):
    made = as_member.post("/readings/lamps/threads/", {"address": "2", "source": "Who is *we*?"})
    assert made.status_code == 201
    assert made.data["anchor"]["number"] == 2
    assert made.data["first_comment"]["source"] == "Who is *we*?"
    assert made.data["first_comment"]["html"] == "<p>Who is <em>we</em>?</p>\n"
    assert made.data["first_comment"]["author"] == {"name": "Mia Member"}
    assert (made.data["state"], made.data["comment_count"]) == ("open", 1)
    assert made.headers["Location"] == made.data["links"]["self"]
    assert as_member.get(made.headers["Location"]).data == made.data
    for name in ("comments", "block", "reading"):
        assert as_member.get(made.data["links"][name]).status_code == 200


def test_threads_are_listed_by_reading_and_by_place(as_visitor, reading, member):
    made = [open_thread(author=member, text=block(reading, number), source="?").token for number in (1, 3, 3, 5)]
    tokens = lambda path: [row["token"] for row in as_visitor.get(path).data["results"]]  # noqa: E731
    assert tokens("/readings/lamps/threads/") == made
    assert tokens("/readings/lamps/threads/?address=3") == made[1:3]
    assert tokens("/readings/lamps/threads/?address=1-3@1") == made[:3]
    assert tokens(f"/readings/lamps/threads/?address={block(reading, 5).key}") == made[3:]
    assert tokens("/readings/lamps/threads/?address=2") == []


@pytest.mark.parametrize(
    ("address", "code", "nearest"),
    [("99", "no-such-place", ["5"]), ("x", "no-such-place", ["1"]), ("2-4", "range", ["2"])],
)
def test_a_thread_needs_one_paragraph_to_stand_on(as_member, reading, address, code, nearest):
    refused = as_member.post("/readings/lamps/threads/", {"address": address, "source": "Hm"})
    assert refused.status_code == 400
    assert refused.data["errors"][0]["pointer"] == "/address"
    assert refused.data["errors"][0]["code"] == code
    assert refused.data["nearest"] == nearest
    assert not Thread.objects.exists()


def test_comments_are_flat_with_parent_and_depth_in_the_order_of_writing(
    as_visitor, as_member, thread, comment, answer
):
    path = f"/threads/{thread.token}/comments/"
    deeper = as_member.post(path, {"source": "Even in rain?", "parent": answer.token})
    assert deeper.status_code == 201
    assert (deeper.data["parent"], deeper.data["depth"]) == (answer.token, 2)
    beside = as_member.post(path, {"source": "Another thought", "parent": None}).data
    listed = as_visitor.get(path).data["results"]
    assert [(row["token"], row["parent"], row["depth"]) for row in listed] == [
        (comment.token, None, 0),
        (answer.token, comment.token, 1),
        (deeper.data["token"], answer.token, 2),
        (beside["token"], None, 0),
    ]
    assert listed[2] == deeper.data == as_visitor.get(deeper.headers["Location"]).data
    assert deeper.headers["ETag"] == f'"{deeper.data["token"]}-1"'
    # The second page knows the depths of comments whose parents are on the first.
    assert as_visitor.walk(f"{path}?page_size=1") == listed


def test_a_reply_stands_in_the_thread_of_what_it_answers(as_member, reading, thread, member):
    other = open_thread(author=member, text=block(reading, 2), source="Elsewhere").comments.get()
    for parent in (other.token, "nothing", ""):
        refused = as_member.post(f"/threads/{thread.token}/comments/", {"source": "Lost", "parent": parent})
        assert refused.status_code == 400
        assert refused.data["errors"][0]["pointer"] == "/parent"


def test_an_edit_keeps_the_earlier_wording(as_visitor, as_member, comment):
    changed = as_member.patch(f"/comments/{comment.token}/", {"source": "To whom, *then*?"})
    assert changed.status_code == 200
    assert changed.data["html"] == "<p>To whom, <em>then</em>?</p>\n"
    assert changed.data["version"] == 2
    assert changed.data["edited_at"]
    assert changed.headers["ETag"] == f'"{comment.token}-2"'
    (earlier,) = as_visitor.get(f"/comments/{comment.token}/revisions/").data["results"]
    assert (earlier["number"], earlier["source"]) == (1, "A promise to *whom*?")
    assert as_visitor.get(f"/comments/{comment.token}/").data == changed.data


def test_a_removed_comment_leaves_its_place_and_no_words(as_visitor, as_member, as_moderator, comment, answer):
    as_member.patch(f"/comments/{comment.token}/", {"source": "Second wording"})
    gone = as_member.delete(f"/comments/{comment.token}/")
    assert (gone.status_code, gone.content) == (204, b"")
    assert as_member.delete(f"/comments/{comment.token}/").status_code == 204
    for client in (as_visitor, as_member, as_moderator):
        told = client.get(f"/comments/{comment.token}/").data
        assert (told["status"], told["source"], told["html"], told["author"]) == ("removed", None, None, None)
        listed = client.get(f"/threads/{comment.thread.token}/comments/").data["results"]
        assert [row["status"] for row in listed] == ["removed", "visible"]
        assert listed[1]["parent"] == comment.token
        assert client.get(f"/comments/{comment.token}/revisions/").status_code == 403
        told = client.get(f"/threads/{comment.thread.token}/").data
        assert (told["comment_count"], told["first_comment"]["source"]) == (1, None)


def every_answer_about(client, comment):
    """All that the API says where this comment is told."""
    thread = comment.thread
    paths = (
        f"/comments/{comment.token}/", f"/comments/{comment.token}/revisions/", f"/threads/{thread.token}/",
        f"/threads/{thread.token}/comments/", "/readings/lamps/threads/", "/readings/lamps/", "/readings/", "/moderation/actions/",
        "/readings/lamps/threads/?address=1", "/readings/lamps/blocks/1/",
    )  # fmt: skip
    return "\n".join(client.get(path).content.decode() for path in paths)


@pytest.mark.parametrize("who", ["visitor", "member", "reader", "moderator"])
@pytest.mark.parametrize("gone", ["hidden", "removed"])
def test_words_that_are_gone_reach_nobody_but_moderators_those_they_hid(who, gone, request, comment, moderator):
    edit_comment(editor=comment.author, comment=comment, source="The SECRET now")
    edit_comment(editor=comment.author, comment=comment, source="Plain")
    edit_comment(editor=comment.author, comment=comment, source="SECRET again")
    client = request.getfixturevalue(f"as_{who}")
    assert "SECRET" in every_answer_about(client, comment)
    if gone == "hidden":
        hide_comment(moderator=moderator, comment=comment, reason="A private address")
    else:
        remove_comment(remover=comment.author, comment=comment)
    may = (who, gone) == ("moderator", "hidden")
    assert ("SECRET" in every_answer_about(client, comment)) == may
    told = client.get(f"/comments/{comment.token}/").data
    assert told["status"] == gone
    assert (told["source"] is not None) == (told["html"] is not None) == may


@pytest.mark.parametrize(("who", "status"), [("visitor", 401), ("reader", 403), ("moderator", 403), ("member", 200)])
def test_only_its_author_changes_a_comment(who, status, request, comment):
    client = request.getfixturevalue(f"as_{who}")
    assert client.patch(f"/comments/{comment.token}/", {"source": "Mine now"}).status_code == status
    assert client.delete(f"/comments/{comment.token}/").status_code == {200: 204}.get(status, status)
    comment.refresh_from_db()
    assert comment.is_removed == (who == "member")


@pytest.mark.parametrize(("who", "status"), [("visitor", 401), ("reader", 201), ("member", 201), ("moderator", 201)])
def test_members_write_and_visitors_are_asked_to_sign_in(who, status, request, reading, thread):
    client = request.getfixturevalue(f"as_{who}")
    opened = client.post("/readings/lamps/threads/", {"address": "1", "source": "Hm"})
    posted = client.post(f"/threads/{thread.token}/comments/", {"source": "Hm"})
    assert (opened.status_code, posted.status_code) == (status, status)
    if status == 401:
        assert opened.headers["WWW-Authenticate"].startswith("Bearer")
        assert posted.data["detail"] == "Sign in to join the discussion."


def test_the_reason_of_a_refusal_is_told(as_reader, as_visitor, as_member, thread, comment, moderator):
    assert (
        as_reader.patch(f"/comments/{comment.token}/", {"source": "x"}).data["detail"]
        == "Only its author can change a comment."
    )
    lock_thread(moderator=moderator, thread=thread, reason="Enough")
    for client in (as_reader, as_visitor):  # signing in would not help the visitor here
        refused = client.post(f"/threads/{thread.token}/comments/", {"source": "x"})
        assert refused.status_code == 403
        assert "locked" in refused.data["detail"]
    assert as_member.patch(f"/comments/{comment.token}/", {"source": "x"}).status_code == 403
    assert as_member.get(f"/threads/{thread.token}/").data["state"] == "locked"


def test_one_cannot_answer_what_is_gone(as_reader, thread, comment):
    remove_comment(remover=comment.author, comment=comment)
    refused = as_reader.post(f"/threads/{thread.token}/comments/", {"source": "x", "parent": comment.token})
    assert refused.status_code == 403


def test_a_hidden_comment_cannot_be_changed_by_its_author(as_member, comment, moderator):
    hide_comment(moderator=moderator, comment=comment, reason="Rude")
    assert as_member.patch(f"/comments/{comment.token}/", {"source": "x"}).status_code == 403
    assert as_member.delete(f"/comments/{comment.token}/").status_code == 403


@pytest.mark.parametrize("method", ["GET", "PATCH", "DELETE"])
def test_a_comment_that_never_was_is_not_found(as_member, method, db):
    assert (
        as_member.request(method, "/comments/nosuchtoken/", {"source": "x"} if method == "PATCH" else None).status_code
        == 404
    )


def test_no_answer_has_an_e_mail_address(as_moderator, reading, comment, answer, moderator):
    hide_comment(moderator=moderator, comment=answer, reason="Rude")
    told = every_answer_about(as_moderator, comment) + as_moderator.get("/me/").content.decode()
    assert "example.org" not in told
    assert "@" not in told.replace("@1", "")


def test_fields_that_are_not_ones_own_to_set_are_refused(as_member, thread, comment):
    for field in ("author", "status", "created_at", "html", "token", "thread", "depth", "version"):
        refused = as_member.post(f"/threads/{thread.token}/comments/", {"source": "Hm", field: "x"})
        assert refused.status_code == 400
        assert refused.data["errors"][0] | {"detail": ""} == {"pointer": f"/{field}", "code": "unknown", "detail": ""}
        assert as_member.patch(f"/comments/{comment.token}/", {"source": "Hm", field: "x"}).status_code == 400
    assert Comment.objects.count() == 1


# Idempotency-Key


def test_the_same_key_posts_once_and_answers_the_same(as_member, thread):
    path, body = f"/threads/{thread.token}/comments/", {"source": "Once"}
    first, second = (as_member.post(path, body, Idempotency_Key="a1") for _ in range(2))
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.data == second.data
    assert first.headers["Location"] == second.headers["Location"]
    assert thread.comments.count() == 2


def test_the_same_key_opens_one_thread(as_member, reading):
    body = {"address": "1", "source": "Once"}
    first, second = (as_member.post("/readings/lamps/threads/", body, Idempotency_Key="a1") for _ in range(2))
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.data == second.data
    assert Thread.objects.count() == 1


def test_a_key_is_known_again_after_the_thread_was_locked(as_member, thread, moderator):
    path = f"/threads/{thread.token}/comments/"
    first = as_member.post(path, {"source": "Once"}, Idempotency_Key="a1")
    lock_thread(moderator=moderator, thread=thread, reason="Enough")
    assert as_member.post(path, {"source": "Once"}, Idempotency_Key="a1").data == first.data
    assert as_member.post(path, {"source": "Once"}, Idempotency_Key="a2").status_code == 403


def test_a_key_with_another_request_is_refused(as_member, as_reader, reading, thread, comment):
    path = f"/threads/{thread.token}/comments/"
    as_member.post(path, {"source": "Once"}, Idempotency_Key="a1")
    others = [
        (path, {"source": "Twice"}),
        (path, {"source": "Once", "parent": comment.token}),
        ("/readings/lamps/threads/", {"address": "1", "source": "Once"}),
        ("/readings/lamps/threads/", {"address": "2", "source": "Once"}),
    ]
    for other, body in others:
        refused = as_member.post(other, body, Idempotency_Key="a1")
        assert refused.status_code == 422
        assert refused.data["type"].endswith("#key-reused")
    assert as_reader.post(path, {"source": "Twice"}, Idempotency_Key="a1").status_code == 201
    assert Comment.objects.count() == 3


def test_a_key_that_opened_a_thread_does_not_post_into_it(as_member, reading):
    made = as_member.post("/readings/lamps/threads/", {"address": "1", "source": "Once"}, Idempotency_Key="a1").data
    refused = as_member.post(f"/threads/{made['token']}/comments/", {"source": "Once"}, Idempotency_Key="a1")
    assert refused.status_code == 422


@pytest.mark.parametrize("key", ["", "x" * 201, "two words", "é", "tab\tbed"])
def test_a_key_that_is_none_is_refused(as_member, thread, key):
    refused = as_member.post(f"/threads/{thread.token}/comments/", {"source": "x"}, Idempotency_Key=key)
    assert refused.status_code == 400
    assert refused.data["errors"][0]["header"] == "Idempotency-Key"
    assert (
        as_member.post(f"/threads/{thread.token}/comments/", {"source": "x"}, Idempotency_Key="x" * 200).status_code
        == 201
    )


# If-Match


def test_an_edit_of_what_has_changed_meanwhile_is_refused(as_member, comment):
    path = f"/comments/{comment.token}/"
    etag = as_member.get(path).headers["ETag"]
    assert as_member.patch(path, {"source": "Second"}, If_Match=etag).status_code == 200
    for method, body in (("PATCH", {"source": "Third"}), ("PATCH", {"source": "Second"}), ("DELETE", None)):
        refused = as_member.request(method, path, body, If_Match=etag)
        assert refused.status_code == 412
        assert refused.data["type"].endswith("#changed")
    comment.refresh_from_db()
    assert (comment.source, comment.version, comment.status) == ("Second", 2, "visible")


@pytest.mark.parametrize("template", ["{}", "W/{}", '"other", {}', "*"])
def test_an_edit_of_what_is_as_it_was_is_made(as_member, comment, template):
    path = f"/comments/{comment.token}/"
    etag = as_member.get(path).headers["ETag"]
    assert as_member.patch(path, {"source": "Second"}, If_Match=template.format(etag)).status_code == 200
    etag = as_member.get(path).headers["ETag"]
    assert as_member.delete(path, If_Match=template.format(etag)).status_code == 204


@pytest.mark.parametrize("header", ["", "garbage", '"other"', '"', "W/"])
def test_a_condition_that_no_state_fulfils_changes_nothing(as_member, comment, header):
    path = f"/comments/{comment.token}/"
    assert as_member.patch(path, {"source": "Second"}, If_Match=header).status_code == 412
    assert as_member.delete(path, If_Match=header).status_code == 412


def test_a_lost_race_is_not_told_to_those_who_may_not_edit(as_reader, comment):
    assert as_reader.patch(f"/comments/{comment.token}/", {"source": "x"}, If_Match='"old"').status_code == 403


# Costs


def test_more_talk_costs_no_more_queries(
    as_visitor, as_moderator, count_queries, reading, thread, comment, answer, moderator
):
    hidden = open_thread(author=comment.author, text=block(reading, 1), source="Hidden").comments.get()
    hide_comment(moderator=moderator, comment=hidden, reason="Rude")
    hide_comment(moderator=moderator, comment=answer, reason="Rude")
    paths = [
        "/readings/lamps/threads/", "/readings/lamps/threads/?address=1", f"/threads/{thread.token}/",
        f"/threads/{thread.token}/comments/", f"/comments/{answer.token}/", "/moderation/actions/",
        f"/comments/{comment.token}/revisions/",
    ]  # fmt: skip
    few = [[count_queries(client, path) for path in paths] for client in (as_visitor, as_moderator)]
    above = comment
    for number in range(6):
        edit_comment(editor=comment.author, comment=comment, source=f"Wording {number}")
        above = post_comment(author=comment.author, thread=thread, parent=above, source=f"Reply {number}")
        other = open_thread(author=comment.author, text=block(reading, 1), source=f"Thread {number}").comments.get()
        hide_comment(moderator=moderator, comment=other, reason="Rude")
    many = [[count_queries(client, path) for path in paths] for client in (as_visitor, as_moderator)]
    assert many == few
