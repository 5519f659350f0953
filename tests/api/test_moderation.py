"""Acts of moderators, and the open log."""

import pytest

from discussions.services import open_thread
from moderation.models import Action
from moderation.services import hide_comment
from tests.api.conftest import block

ACTS = ["comments/{comment}/hide/", "comments/{comment}/restore/", "threads/{thread}/lock/", "threads/{thread}/unlock/"]


def test_a_comment_is_hidden_and_restored_with_a_reason(as_moderator, as_visitor, comment):
    hidden = as_moderator.post(f"/comments/{comment.token}/hide/", {"reason": " A private\n address "})
    assert hidden.status_code == 201
    assert (hidden.data["kind"], hidden.data["reason"]) == ("hide", "A private address")
    assert hidden.data["comment"] == comment.token
    assert as_visitor.get(hidden.data["links"]["comment"]).data["status"] == "hidden"
    assert as_moderator.post(f"/comments/{comment.token}/hide/", {"reason": "Again"}).status_code == 403
    restored = as_moderator.post(f"/comments/{comment.token}/restore/", {"reason": "It was not"})
    assert restored.status_code == 201
    told = as_visitor.get(f"/comments/{comment.token}/").data
    assert (told["status"], told["source"], told["version"]) == ("visible", "A promise to *whom*?", 3)


def test_a_thread_is_locked_and_unlocked_with_a_reason(as_moderator, as_reader, thread):
    locked = as_moderator.post(f"/threads/{thread.token}/lock/", {"reason": "Enough"})
    assert locked.status_code == 201
    assert (locked.data["kind"], locked.data["comment"], locked.data["links"]["comment"]) == ("lock", None, None)
    assert as_reader.post(f"/threads/{thread.token}/comments/", {"source": "x"}).status_code == 403
    assert as_moderator.post(f"/threads/{thread.token}/unlock/", {"reason": "Go on"}).status_code == 201
    assert as_reader.post(f"/threads/{thread.token}/comments/", {"source": "x"}).status_code == 201


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize(("who", "status"), [("visitor", 401), ("reader", 403), ("member", 403)])
def test_only_moderators_moderate(act, who, status, request, thread, comment):
    client = request.getfixturevalue(f"as_{who}")
    refused = client.post("/" + act.format(thread=thread.token, comment=comment.token), {"reason": "x"})
    assert refused.status_code == status
    assert "moderator" in refused.data["detail"]
    assert not Action.objects.exists()


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize(
    ("body", "code"),
    [({}, "required"), ({"reason": ""}, "empty"), ({"reason": "  "}, "empty"), ({"reason": "x" * 501}, "too-long"), ({"reason": 1}, "invalid")],
)  # fmt: skip
def test_an_act_without_a_reason_is_none(act, body, code, as_moderator, thread, comment):
    refused = as_moderator.post("/" + act.format(thread=thread.token, comment=comment.token), body)
    assert refused.status_code == 400
    assert (refused.data["errors"][0]["pointer"], refused.data["errors"][0]["code"]) == ("/reason", code)
    assert not Action.objects.exists()


@pytest.mark.parametrize("act", ACTS)
def test_an_act_on_nothing_is_not_found(act, as_moderator):
    assert as_moderator.post("/" + act.format(thread="nothing", comment="nothing"), {"reason": "x"}).status_code == 404


def test_the_log_is_open_newest_first(as_visitor, as_moderator, comment, thread):
    as_moderator.post(f"/comments/{comment.token}/hide/", {"reason": "One"})
    as_moderator.post(f"/threads/{thread.token}/lock/", {"reason": "Two"})
    log = as_visitor.get("/moderation/actions/").data["results"]
    assert [(act["kind"], act["reason"], act["moderator"]) for act in log] == [
        ("lock", "Two", {"name": "Mo Moderator"}),
        ("hide", "One", {"name": "Mo Moderator"}),
    ]
    assert log[1]["links"]["page"].endswith(f"/comments/{comment.token}/")
    assert as_visitor.walk("/moderation/actions/?page_size=1") == log


def test_acts_on_what_one_cannot_see_are_not_in_the_log(as_visitor, as_member, members_reading, member, moderator):
    comment = open_thread(author=member, text=block(members_reading, 1), source="Among us").comments.get()
    hide_comment(moderator=moderator, comment=comment, reason="Rude")
    assert as_visitor.get("/moderation/actions/").data["results"] == []
    assert len(as_member.get("/moderation/actions/").data["results"]) == 1


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_the_log_cannot_be_changed(as_moderator, method):
    assert as_moderator.request(method, "/moderation/actions/").status_code == 405
