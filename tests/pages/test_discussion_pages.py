"""Talking on the pages: with plain forms as any browser sends them, and with htmx."""

import re

import pytest

from discussions.models import Comment, Thread
from discussions.services import LONGEST_COMMENT, post_comment

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}


def body(response) -> str:
    return response.content.decode()


def submission(page: str) -> str:
    found = re.search(r'name="submission" value="([^"]+)"', page)
    assert found
    return found[1]


def test_a_member_opens_a_thread_without_javascript(as_member, reading):
    page = body(as_member.get("/readings/lamps/1"))
    response = as_member.post(
        "/readings/lamps/1/threads/", {"source": "Whose *promise*?", "submission": submission(page)}, follow=True
    )
    assert response.status_code == 200
    assert "Whose <em>promise</em>?" in body(response)
    thread = Thread.objects.get()
    assert thread.anchor.block.key in body(as_member.get("/readings/lamps/1"))
    assert thread.anchor.start is None


def test_a_thread_can_be_opened_on_a_heading_or_a_note_by_its_key(as_member, reading):
    for text in reading.current.texts.filter(kind__in=["heading", "footnote"]):
        assert as_member.post(f"/readings/lamps/{text.key}/threads/", {"source": "Here too."}).status_code == 302
    assert Thread.objects.count() == 3


def test_with_htmx_the_panel_comes_back_with_the_new_count(as_member, reading, block):
    response = as_member.post("/readings/lamps/1/threads/", {"source": "Hello"}, headers=HTMX)
    page = body(response)
    assert '<div id="panel"' in page
    assert f'id="talk-{block(1).key}"' in page
    assert 'hx-swap-oob="true"' in page
    assert "<html" not in page
    assert "thread-" in response.headers["HX-Trigger-After-Settle"]


def test_a_member_answers_without_javascript(as_member, thread):
    first = thread.comments.in_order()[0]
    page = body(as_member.get(f"/comments/{first.token}/reply/"))
    assert "A promise to <em>whom</em>?" in page
    response = as_member.post(
        f"/comments/{first.token}/reply/", {"source": "To us.", "submission": submission(page)}, follow=True
    )
    assert "To us." in body(response)
    assert Comment.objects.get(source="To us.").parent == first


def test_with_htmx_the_thread_comes_back_drawn_anew(as_member, thread):
    first = thread.comments.in_order()[0]
    form = body(as_member.get(f"/comments/{first.token}/reply/", headers=HTMX))
    assert form.strip().startswith("<form")
    response = as_member.post(f"/comments/{first.token}/reply/", {"source": "To us."}, headers=HTMX)
    assert response.headers["HX-Retarget"] == f"#thread-{thread.token}"
    assert "To us." in body(response)
    assert ">3<" in body(response)


@pytest.mark.parametrize("headers", [{}, HTMX])
@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Write something first."),
        ("   \n ", "Write something first."),
        ("x" * (LONGEST_COMMENT + 7), "Shorten it by 7"),
    ],
)
def test_bad_input_gets_a_message_at_the_field_with_what_was_typed_still_there(as_member, thread, typed, said, headers):
    before = Comment.objects.count()
    first = thread.comments.in_order()[0]
    for path in (
        "/readings/lamps/1/threads/",
        f"/threads/{thread.token}/add/",
        f"/comments/{first.token}/reply/",
        f"/comments/{first.token}/edit/",
    ):
        response = as_member.post(path, {"source": typed}, headers=headers)
        page = body(response)
        assert response.status_code == 422
        assert said in page
        assert "aria-invalid" in page
        assert typed.strip() in page
    assert Comment.objects.count() == before


def test_a_nul_character_is_refused_kindly(as_member, thread):
    response = as_member.post(f"/threads/{thread.token}/add/", {"source": "a\0b"})
    assert response.status_code == 422


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_a_double_click_posts_once(as_member, reading, thread, headers):
    first = thread.comments.in_order()[0]
    for path in ("/readings/lamps/2/threads/", f"/threads/{thread.token}/add/", f"/comments/{first.token}/reply/"):
        sent = {"source": f"Only once, {path}", "submission": "sameform"}
        answers = [as_member.post(path, sent, headers=headers) for _ in range(2)]
        assert {answer.status_code for answer in answers} <= {200, 302}
        assert answers[0].headers.get("Location") == answers[1].headers.get("Location")
        assert Comment.objects.filter(source=sent["source"]).count() == 1


def test_going_back_and_sending_other_words_loses_none_of_them(as_member, thread):
    for words in ("First words", "Second words"):
        as_member.post(f"/threads/{thread.token}/add/", {"source": words, "submission": "sameform"})
    assert Comment.objects.filter(source__in=["First words", "Second words"]).count() == 2


def test_editing_keeps_the_earlier_wording(as_member, as_visitor, thread):
    first = thread.comments.in_order()[0]
    as_member.post(f"/comments/{first.token}/edit/", {"source": "A promise to **all**?"})
    page = body(as_visitor.get(f"/threads/{thread.token}/"))
    assert "<strong>all</strong>" in page
    assert "edited" in page
    assert "A promise to <em>whom</em>?" in body(as_visitor.get(f"/comments/{first.token}/history/"))


def test_removing_leaves_the_place_and_the_replies(as_member, as_visitor, thread):
    first = thread.comments.in_order()[0]
    assert "Remove your comment?" in body(as_member.get(f"/comments/{first.token}/remove/"))
    as_member.post(f"/comments/{first.token}/remove/")
    for path in (
        f"/threads/{thread.token}/",
        "/readings/lamps/1",
        "/readings/lamps/",
        f"/comments/{first.token}/history/",
    ):
        assert "whom" not in body(as_visitor.get(path))
    page = body(as_visitor.get(f"/threads/{thread.token}/"))
    assert "Removed by its author." in page
    assert "To whoever is still out." in page
    assert as_member.get(f"/comments/{first.token}/edit/").status_code == 403


@pytest.mark.parametrize("act", ["edit", "remove"])
def test_nobody_changes_the_words_of_another(as_reader, as_moderator, thread, act):
    first = thread.comments.in_order()[0]
    for client in (as_reader, as_moderator):
        assert client.get(f"/comments/{first.token}/{act}/").status_code == 403
        assert client.post(f"/comments/{first.token}/{act}/", {"source": "Other words"}).status_code == 403
    assert Comment.objects.get(pk=first.pk).source == "A promise to *whom*?"


def test_a_visitor_reads_and_is_asked_to_sign_in_to_write(as_visitor, thread):
    page = body(as_visitor.get("/readings/lamps/1"))
    assert "To whoever is still out." in page
    assert "/accounts/login/?next=/readings/lamps/1" in page
    first = thread.comments.in_order()[0]
    for path in ("/readings/lamps/1/threads/", f"/threads/{thread.token}/add/", f"/comments/{first.token}/reply/"):
        response = as_visitor.post(path, {"source": "Me too"})
        assert response.headers["Location"].startswith("/accounts/login/")
        assert as_visitor.post(path, {"source": "Me too"}, headers=HTMX).status_code == 403


def test_threads_of_a_reading_for_members_are_closed_to_visitors(as_visitor, as_member, members_reading):
    as_member.post("/readings/members-lamps/1/threads/", {"source": "Among us"})
    made = Thread.objects.get()
    comment = made.comments.get()
    for path in (f"/threads/{made.token}/", f"/comments/{comment.token}/", f"/comments/{comment.token}/history/"):
        assert as_visitor.get(path).status_code == 404
        assert as_member.get(path).status_code in {200, 302}


def test_an_unknown_place_or_thread_is_a_404_for_writing_too(as_member, reading):
    for path in ("/readings/lamps/99/threads/", "/threads/nothing/add/", "/comments/nothing/reply/"):
        assert as_member.post(path, {"source": "Hello"}).status_code == 404


def test_markup_of_members_does_no_harm(as_member, as_visitor, reading):
    evil = '<script>alert(1)</script> [x](javascript:alert(1)) ![y](https://example.org/y.png) <b onclick="z">b</b>'
    as_member.post("/readings/lamps/1/threads/", {"source": evil})
    page = body(as_visitor.get("/readings/lamps/1"))
    assert "<script>alert" not in page
    assert 'javascript:alert(1)"' not in page
    assert "<img" not in page
    assert "<b onclick" not in page


def test_a_comment_has_an_address_of_its_own(as_visitor, thread):
    first = thread.comments.in_order()[0]
    assert (
        as_visitor.get(f"/comments/{first.token}/").headers["Location"] == f"/threads/{thread.token}/#c-{first.token}"
    )


def test_replies_stand_under_what_they_answer_however_deep(as_visitor, reader, thread):
    parent = thread.comments.in_order()[1]
    for depth in range(2, 40):
        parent = post_comment(author=reader, thread=thread, parent=parent, source=f"Depth {depth}")
    page = body(as_visitor.get(f"/threads/{thread.token}/"))
    assert page.index("Depth 2") < page.index("Depth 20") < page.index("Depth 39")
    assert "inset-4" in page
    assert "inset-5" not in page


def test_a_long_thread_costs_no_more_queries_than_a_short_one(
    as_member, reading, member, reader, thread, count_queries
):
    paths = [f"/threads/{thread.token}/", "/readings/lamps/1", "/readings/lamps/"]
    short = [count_queries(as_member, path) for path in paths]
    for number in range(60):
        post_comment(author=[member, reader][number % 2], thread=thread, source=f"Comment {number}")
    assert [count_queries(as_member, path) for path in paths] == short


def test_more_threads_cost_no_more_queries(as_member, reading, thread, count_queries):
    few = count_queries(as_member, "/readings/lamps/1")
    for number in range(8):
        as_member.post("/readings/lamps/1/threads/", {"source": f"Thread {number}"})
    assert count_queries(as_member, "/readings/lamps/1") == few


def test_many_threads_on_one_paragraph_are_paged(as_member, reading):
    for number in range(23):
        as_member.post("/readings/lamps/1/threads/", {"source": f"Thread number {number:02}."})
    page = body(as_member.get("/readings/lamps/1"))
    following = re.search(r'href="(/readings/lamps/1\?threads=[^"]+)"', page)
    assert following
    rest = body(as_member.get(following[1]))
    shown = re.findall(r"<p>(Thread number \d\d)\.</p>", page) + re.findall(r"<p>(Thread number \d\d)\.</p>", rest)
    assert len(shown) == len(set(shown)) == 23


def test_a_thread_of_five_hundred_comments_is_one_query_for_its_comments(
    as_visitor, reading, thread, member, django_assert_max_num_queries, django_capture_on_commit_callbacks
):
    first = thread.comments.in_order()[0]
    Comment.objects.bulk_create(
        Comment(thread=thread, parent=first, author=member, source=f"n {n}", html=f"<p>n {n}</p>", markup_version=1)
        for n in range(500)
    )
    with django_assert_max_num_queries(12) as queries:
        page = body(as_visitor.get(f"/threads/{thread.token}/"))
    assert sum('FROM "discussions_comment"' in query["sql"] for query in queries.captured_queries) == 1
    assert "n 499" in page
    beside = body(as_visitor.get("/readings/lamps/1"))
    assert "more comments on the thread" in beside
