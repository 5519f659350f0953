"""May this person moderate this?"""

from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from common.verdicts import YES, Verdict, no
from discussions.models import Comment, Thread
from discussions.policies import is_moderator


def may_moderate(person: Person) -> Verdict:
    """May they decide about what others wrote?"""
    if not person.is_authenticated:
        return no(_("Sign in as a moderator."))
    if not is_moderator(person):
        return no(_("Only a moderator can do this."))
    return YES


def may_hide(person: Person, comment: Comment) -> Verdict:
    """May they hide this comment?"""
    if verdict := may_moderate(person):
        if comment.is_removed:
            return no(_("Its author has removed this comment already."))
        if comment.is_hidden:
            return no(_("This comment is hidden already."))
    return verdict


def may_restore(person: Person, comment: Comment) -> Verdict:
    """May they show this hidden comment again?"""
    if (verdict := may_moderate(person)) and not comment.is_hidden:
        return no(_("This comment is not hidden."))
    return verdict


def may_lock(person: Person, thread: Thread) -> Verdict:
    """May they lock this thread?"""
    if (verdict := may_moderate(person)) and thread.is_locked:
        return no(_("This thread is locked already."))
    return verdict


def may_unlock(person: Person, thread: Thread) -> Verdict:
    """May they open this locked thread again?"""
    if (verdict := may_moderate(person)) and not thread.is_locked:
        return no(_("This thread is not locked."))
    return verdict
