"""May this person? One reason a line, in the order in which a person would ask.

Who can *see* a thing is decided by `visible_to`; these rules are about what somebody who sees it may do.
"""

from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from common.verdicts import YES, Verdict, no
from discussions.models import Comment, Thread

MODERATE = "discussions.moderate"
"""The right that a running mandate gives (moderation/backends.py)."""


def is_moderator(person: Person) -> bool:
    """Whether this person may decide about what others wrote. One query at most for one request."""
    return person.has_perm(MODERATE)


def may_post(person: Person) -> Verdict:
    """May they write at all?"""
    if not person.is_authenticated:
        return no(_("Sign in to join the discussion."))
    if not person.is_active:
        return no(_("This account is closed."))
    return YES


def may_reply(person: Person, thread: Thread) -> Verdict:
    """May they add to this thread?"""
    if thread.is_locked:
        return no(_("This thread is locked: it can be read, but nothing can be added."))
    return may_post(person)


def may_answer(person: Person, comment: Comment) -> Verdict:
    """May they reply to this very comment?"""
    if not comment.is_visible:
        return no(_("One cannot reply to a comment that is no longer there."))
    return may_reply(person, comment.thread)


def may_edit(person: Person, comment: Comment) -> Verdict:
    """May they change these words?"""
    if comment.author_id != person.pk:
        return no(_("Only its author can change a comment."))
    if comment.is_hidden:
        return no(_("A moderator has hidden this comment, so it cannot be changed."))
    if comment.is_removed:
        return no(_("You have removed this comment, so it cannot be changed."))
    return may_reply(person, comment.thread)


def may_remove(person: Person, comment: Comment) -> Verdict:
    """May they take this comment out? In a locked thread too: one's own words are one's own."""
    if comment.author_id != person.pk:
        return no(_("Only its author can remove a comment."))
    if comment.is_hidden:
        return no(_("A moderator has hidden this comment, so it cannot be removed."))
    return may_post(person)


def may_read_words(person: Person, comment: Comment) -> bool:
    """Whether this person is shown what the comment says, in any form: page, history, API, mail."""
    return comment.is_visible or (comment.is_hidden and is_moderator(person))
