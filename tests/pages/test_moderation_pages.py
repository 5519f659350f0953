"""Moderators act in the open: hide, restore, lock, unlock, and the log."""

import pytest

from discussions.models import Comment, Thread
from moderation.models import Action

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}


def body(response) -> str:
    return response.content.decode()


@pytest.fixture
def rude(thread):
    """The reply of `reader` in the thread of `member`."""
    return thread.comments.in_order()[1]


@pytest.fixture
def hidden(as_moderator, rude):
    response = as_moderator.post(f"/moderation/comments/{rude.token}/hide/", {"reason": "About a person."})
    assert response.status_code == 302
    return rude


def test_hidden_words_reach_nobody_but_moderators_on_any_page(
    as_visitor, as_member, as_reader, as_moderator, thread, hidden
):
    paths = [
        f"/threads/{thread.token}/",
        "/readings/lamps/1",
        "/readings/lamps/",
        f"/comments/{hidden.token}/history/",
        "/moderation/log/",
    ]
    for client in (as_visitor, as_member, as_reader):
        for path in paths:
            for headers in ({}, HTMX):
                assert "whoever is still out" not in body(client.get(path, headers=headers))
        assert "Hidden by a moderator." in body(client.get(f"/threads/{thread.token}/"))
    assert "whoever is still out" in body(as_moderator.get(f"/threads/{thread.token}/"))


def test_a_hidden_first_comment_is_not_shown_in_any_list(as_visitor, as_moderator, thread):
    first = thread.comments.in_order()[0]
    as_moderator.post(f"/moderation/comments/{first.token}/hide/", {"reason": "Off the text."})
    for path in ("/readings/lamps/", "/readings/lamps/1", f"/threads/{thread.token}/"):
        assert "whom" not in body(as_visitor.get(path))


def test_the_author_of_a_hidden_comment_can_neither_edit_nor_remove_it(as_reader, hidden):
    for act in ("edit", "remove"):
        assert as_reader.post(f"/comments/{hidden.token}/{act}/", {"source": "New words"}).status_code == 403
    assert Comment.objects.get(pk=hidden.pk).status == "hidden"


def test_nobody_replies_to_a_hidden_comment(as_member, hidden):
    response = as_member.post(f"/comments/{hidden.token}/reply/", {"source": "But"})
    assert response.status_code == 403
    assert "no longer there" in body(response)


def test_hidden_comments_are_not_counted(as_visitor, hidden):
    assert "Paragraph 1, 1 comment" in body(as_visitor.get("/readings/lamps/"))


def test_restoring_shows_the_words_again(as_moderator, as_visitor, thread, hidden):
    as_moderator.post(f"/moderation/comments/{hidden.token}/restore/", {"reason": "On second thoughts."})
    assert "whoever is still out" in body(as_visitor.get(f"/threads/{thread.token}/"))


def test_each_act_is_one_row_of_the_log_with_its_reason(as_moderator, as_visitor, moderator, thread, hidden):
    as_moderator.post(f"/moderation/comments/{hidden.token}/restore/", {"reason": "On second thoughts."})
    as_moderator.post(f"/moderation/threads/{thread.token}/lock/", {"reason": "Going in circles."})
    as_moderator.post(f"/moderation/threads/{thread.token}/unlock/", {"reason": "A week has passed."})
    assert list(Action.objects.order_by("pk").values_list("kind", "reason", "moderator__name")) == [
        ("hide", "About a person.", moderator.name),
        ("restore", "On second thoughts.", moderator.name),
        ("lock", "Going in circles.", moderator.name),
        ("unlock", "A week has passed.", moderator.name),
    ]
    page = body(as_visitor.get("/moderation/log/"))
    for reason in ("About a person.", "On second thoughts.", "Going in circles.", "A week has passed."):
        assert reason in page


def test_the_log_of_a_closed_reading_is_closed_too(as_visitor, as_member, as_moderator, members_reading):
    as_member.post("/readings/members-lamps/1/threads/", {"source": "Among us"})
    as_moderator.post(f"/moderation/threads/{Thread.objects.get().token}/lock/", {"reason": "A private matter."})
    assert "A private matter." not in body(as_visitor.get("/moderation/log/"))
    assert "A private matter." in body(as_member.get("/moderation/log/"))


def test_in_a_locked_thread_nothing_is_added_but_ones_own_words_can_be_removed(as_moderator, as_member, thread):
    as_moderator.post(f"/moderation/threads/{thread.token}/lock/", {"reason": "Going in circles."})
    first = thread.comments.in_order()[0]
    for path in (f"/threads/{thread.token}/add/", f"/comments/{first.token}/reply/", f"/comments/{first.token}/edit/"):
        response = as_member.post(path, {"source": "One more thing"})
        assert "locked" in body(response)
        assert response.status_code in {403, 422}
    assert not Comment.objects.filter(source="One more thing").exists()
    assert "This thread is locked" in body(as_member.get(f"/threads/{thread.token}/"))
    assert as_member.post(f"/comments/{first.token}/remove/").status_code == 302


@pytest.mark.parametrize("headers", [{}, HTMX])
@pytest.mark.parametrize(
    ("reason", "said"), [("", "Give a reason"), ("  ", "Give a reason"), ("x" * 501, "this one has 501")]
)
def test_an_act_without_a_fit_reason_does_nothing(as_moderator, thread, rude, reason, said, headers):
    for path in (f"/moderation/comments/{rude.token}/hide/", f"/moderation/threads/{thread.token}/lock/"):
        response = as_moderator.post(path, {"reason": reason}, headers=headers)
        assert response.status_code == 422
        assert said in body(response)
    assert not Action.objects.exists()
    assert Comment.objects.get(pk=rude.pk).status == "visible"
    assert Thread.objects.get(pk=thread.pk).state == "open"


def test_only_moderators_moderate(as_visitor, as_member, as_reader, thread, rude):
    for path in (f"/moderation/comments/{rude.token}/hide/", f"/moderation/threads/{thread.token}/lock/"):
        assert as_visitor.post(path, {"reason": "No"}).headers["Location"].startswith("/accounts/login/")
        for client in (as_member, as_reader):
            assert client.get(path).status_code == 403
            assert client.post(path, {"reason": "No"}).status_code == 403
    assert not Action.objects.exists()
    assert "Hide" not in body(as_member.get(f"/threads/{thread.token}/"))


def test_a_mandate_that_has_ended_gives_no_right(as_moderator, moderator, rude):
    from django.utils import timezone

    moderator.mandates.update(until=timezone.now())
    assert as_moderator.post(f"/moderation/comments/{rude.token}/hide/", {"reason": "No"}).status_code == 403


def test_what_is_done_already_is_said_so(as_moderator, hidden):
    response = as_moderator.post(f"/moderation/comments/{hidden.token}/hide/", {"reason": "Again"})
    assert response.status_code == 403
    assert "hidden already" in body(response)
    assert Action.objects.count() == 1


def test_with_htmx_the_thread_comes_back_with_the_comment_hidden(as_moderator, thread, rude):
    form = body(as_moderator.get(f"/moderation/comments/{rude.token}/hide/", headers=HTMX))
    assert form.strip().startswith("<form")
    response = as_moderator.post(f"/moderation/comments/{rude.token}/hide/", {"reason": "Rude"}, headers=HTMX)
    assert response.headers["HX-Retarget"] == f"#thread-{thread.token}"
    assert "Restore" in body(response)
