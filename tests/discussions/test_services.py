"""What services promise, whoever calls them."""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from common.verdicts import Refused
from discussions.models import Comment, Revision
from discussions.services import (
    MOST_COMMENTS,
    SubmissionConflict,
    clean_source,
    edit_comment,
    open_thread,
    post_comment,
    remove_comment,
)
from readings.editions import create_reading
from readings.importing.document import DraftBlock, Work
from readings.kinds import Kind
from readings.models import BlockText

pytestmark = pytest.mark.django_db


@pytest.fixture
def text(db) -> BlockText:
    reading = create_reading(work=Work("T", [DraftBlock(Kind.PARAGRAPH, "One."), DraftBlock(Kind.PARAGRAPH, "Two.")]))
    return BlockText.objects.select_related("block").get(edition=reading.current_id, number=1)


@pytest.fixture
def thread(text, member):
    return open_thread(author=member, text=text, source="First")


def test_a_reply_cannot_stand_in_another_thread(text, thread, member):
    other = open_thread(author=member, text=text, source="Other")
    with pytest.raises(ValidationError, match="thread of the comment"):
        post_comment(author=member, thread=thread, parent=other.comments.get(), source="Lost")


def test_the_same_submission_is_posted_once_and_other_words_with_it_are_refused(thread, member):
    once = post_comment(author=member, thread=thread, source="Once", submission="k")
    assert post_comment(author=member, thread=thread, source="Once", submission="k") == once
    with pytest.raises(SubmissionConflict):
        post_comment(author=member, thread=thread, source="Twice", submission="k")
    with pytest.raises(SubmissionConflict):
        post_comment(author=member, thread=thread, parent=once, source="Once", submission="k")


def test_a_submission_is_known_again_after_the_comment_was_edited(thread, member):
    once = post_comment(author=member, thread=thread, source="Once", submission="k")
    edit_comment(editor=member, comment=once, source="Changed")
    assert post_comment(author=member, thread=thread, source="Once", submission="k") == once


def test_submissions_of_two_members_do_not_meet(thread, member, reader):
    mine = post_comment(author=member, thread=thread, source="Mine", submission="k")
    assert post_comment(author=reader, thread=thread, source="Yours", submission="k") != mine


def test_every_wording_is_kept_in_order(thread, member):
    comment = thread.comments.get()
    for words in ("Second", "Second", "Third"):
        comment = edit_comment(editor=member, comment=comment, source=words)
    assert list(Revision.objects.values_list("number", "source")) == [(1, "First"), (2, "Second")]
    assert comment.version == 3


def test_removing_twice_changes_nothing(thread, member):
    comment = remove_comment(remover=member, comment=thread.comments.get())
    assert remove_comment(remover=member, comment=comment).version == comment.version


def test_a_full_thread_says_what_to_do(thread, member):
    Comment.objects.bulk_create(
        Comment(thread=thread, author=member, source="x", html="x", markup_version=1) for _ in range(MOST_COMMENTS - 1)
    )
    with pytest.raises(ValidationError, match="Open a new one"):
        post_comment(author=member, thread=thread, source="One too many")


def test_an_account_that_is_closed_posts_nothing(thread, member):
    member.is_active = False
    with pytest.raises(Refused):
        post_comment(author=member, thread=thread, source="Still here")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(words=st.text(alphabet=st.characters(exclude_categories=()), max_size=300))
def test_any_words_are_stored_as_they_are_or_refused(thread, member, words):
    try:
        cleaned = clean_source(words)
    except ValidationError:
        return
    made = post_comment(author=member, thread=thread, source=words)
    assert Comment.objects.get(pk=made.pk).source == cleaned
