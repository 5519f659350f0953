"""Doors for moderators: hide and restore, lock and unlock; and the log, which is open to everyone."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.requests import MemberRequest, SiteRequest
from common.forms import add_refusal
from common.paging import BadCursor, page_of
from discussions.models import Comment, Thread
from discussions.views.answers import current_text, show_change, show_form
from discussions.views.comments import get_comment
from discussions.views.doors import members_only
from discussions.views.threads import get_thread
from moderation.models import Action
from moderation.policies import may_hide, may_lock, may_restore, may_unlock
from moderation.services import clean_reason, hide_comment, lock_thread, restore_comment, unlock_thread

PAGE_SIZE = 50


class ReasonForm(forms.Form):
    """Why. The reason is shown to everyone in the log."""

    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        help_text=_("Shown in the log, to everyone."),
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
    )

    def clean_reason(self) -> str:
        """The reason as it is logged, or what is wrong with it, at the field."""
        return clean_reason(self.cleaned_data["reason"])


@members_only
@require_http_methods(["GET", "POST"])
def hide(request: MemberRequest, token: str) -> HttpResponse:
    """Hide a comment."""
    comment = get_comment(request, token)
    may_hide(request.user, comment).enforce()
    return _act(request, comment.thread, comment, _("Hide this comment"), "hide", hide_comment)


@members_only
@require_http_methods(["GET", "POST"])
def restore(request: MemberRequest, token: str) -> HttpResponse:
    """Show a hidden comment again."""
    comment = get_comment(request, token)
    may_restore(request.user, comment).enforce()
    return _act(request, comment.thread, comment, _("Restore this comment"), "restore", restore_comment)


@members_only
@require_http_methods(["GET", "POST"])
def lock(request: MemberRequest, token: str) -> HttpResponse:
    """Lock a thread."""
    thread = get_thread(request, token)
    may_lock(request.user, thread).enforce()
    return _act(request, thread, None, _("Lock this thread"), "lock", lock_thread)


@members_only
@require_http_methods(["GET", "POST"])
def unlock(request: MemberRequest, token: str) -> HttpResponse:
    """Unlock a thread."""
    thread = get_thread(request, token)
    may_unlock(request.user, thread).enforce()
    return _act(request, thread, None, _("Unlock this thread"), "unlock", unlock_thread)


@require_safe
def log(request: SiteRequest) -> HttpResponse:
    """What moderators did, and why, the newest first."""
    actions = Action.objects.visible_to(request.user).for_page()
    try:
        page = page_of(actions, ("-pk",), request.GET.get("page"), PAGE_SIZE)
    except BadCursor as error:
        raise Http404(str(error)) from error
    return render(request, "moderation/log.html", {"page": page})


def _act(
    request: MemberRequest,
    thread: Thread,
    comment: Comment | None,
    title: Promise,
    verb: str,
    service: Callable[..., Action],
) -> HttpResponse:
    """Ask for the reason, then do it."""
    form_id = f"{verb}-{(comment or thread).token}"
    form = ReasonForm(request.POST or None, auto_id=f"{form_id}-%s")
    if request.method == "POST" and form.is_valid():
        target: dict[str, Any] = {"comment": comment} if comment else {"thread": thread}
        with add_refusal(form, "reason"):
            service(moderator=request.user, reason=form.cleaned_data["reason"], **target)
            return show_change(request, thread, comment)
    context = {"title": title, "verb": verb, "comment": comment, "thread": thread, "form": form, "form_id": form_id}
    if not request.htmx:
        context["text"] = current_text(thread)
    return show_form(request, "moderation/act.html", context, status=422 if form.errors else 200)
