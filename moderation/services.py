"""The acts of moderators. Each changes a state and adds one row to the log, in one transaction."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from discussions.models import Comment, Thread
from discussions.services import set_status
from moderation.models import Action
from moderation.policies import may_hide, may_lock, may_restore, may_unlock

LONGEST_REASON = 500
"""Code points."""


def clean_reason(reason: str) -> str:
    """The reason as it is logged. Raises ValidationError where there is none or it is too long."""
    reason = " ".join(reason.replace("\0", "").split())
    if not reason:
        raise ValidationError(_("Give a reason: it is shown in the log, to everyone."), code="empty")
    if len(reason) > LONGEST_REASON:
        raise ValidationError(
            _("A reason has at most %(most)s characters; this one has %(found)s."),
            code="too-long",
            params={"most": LONGEST_REASON, "found": len(reason)},
        )
    return reason


@transaction.atomic
def hide_comment(*, moderator: User, comment: Comment, reason: str) -> Action:
    """Keep a comment's words from everyone but moderators. Its place and the replies under it stay."""
    reason = clean_reason(reason)
    comment = Comment.objects.select_for_update().get(pk=comment.pk)
    may_hide(moderator, comment).enforce()
    set_status(comment, Comment.Status.HIDDEN)
    return _log(Action.Kind.HIDE, moderator, comment.thread_id, comment, reason)


@transaction.atomic
def restore_comment(*, moderator: User, comment: Comment, reason: str) -> Action:
    """Show a hidden comment again."""
    reason = clean_reason(reason)
    comment = Comment.objects.select_for_update().get(pk=comment.pk)
    may_restore(moderator, comment).enforce()
    set_status(comment, Comment.Status.VISIBLE)
    return _log(Action.Kind.RESTORE, moderator, comment.thread_id, comment, reason)


@transaction.atomic
def lock_thread(*, moderator: User, thread: Thread, reason: str) -> Action:
    """Let nothing more be added to a thread."""
    reason = clean_reason(reason)
    thread = Thread.objects.select_for_update().get(pk=thread.pk)
    may_lock(moderator, thread).enforce()
    return _set_state(Action.Kind.LOCK, moderator, thread, Thread.State.LOCKED, reason)


@transaction.atomic
def unlock_thread(*, moderator: User, thread: Thread, reason: str) -> Action:
    """Let people add to a locked thread again."""
    reason = clean_reason(reason)
    thread = Thread.objects.select_for_update().get(pk=thread.pk)
    may_unlock(moderator, thread).enforce()
    return _set_state(Action.Kind.UNLOCK, moderator, thread, Thread.State.OPEN, reason)


def _set_state(kind: Action.Kind, moderator: User, thread: Thread, state: Thread.State, reason: str) -> Action:
    thread.state = state
    thread.save(update_fields=["state"])
    return _log(kind, moderator, thread.pk, None, reason)


def _log(kind: Action.Kind, moderator: User, thread_id: int, comment: Comment | None, reason: str) -> Action:
    return Action.objects.create(kind=kind, moderator=moderator, thread_id=thread_id, comment=comment, reason=reason)
