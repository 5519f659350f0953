"""Doors to comments: reply, edit, remove, earlier wordings, and a comment's own address."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.requests import MemberRequest, SiteRequest
from common.forms import add_refusal
from common.verdicts import Refused
from discussions.forms import CommentForm
from discussions.models import Comment
from discussions.policies import may_answer, may_edit, may_read_words, may_remove
from discussions.services import edit_comment, post_comment, remove_comment
from discussions.views.answers import current_text, show_change, show_form
from discussions.views.doors import members_only


def get_comment(request: SiteRequest, token: str) -> Comment:
    """A comment this person can see, in a thread they can see, or 404."""
    comments = Comment.objects.visible_to(request.user).select_related(
        "author", "thread__reading", "thread__anchor__block", "thread__opened_by"
    )
    return get_object_or_404(comments, token=token)


@require_safe
def comment(request: SiteRequest, token: str) -> HttpResponse:
    """A comment's own address leads to the page of its place, to the comment itself."""
    found = get_comment(request, token)
    return redirect(f"{found.thread.get_absolute_url()}#c-{found.token}")


@members_only
@require_http_methods(["GET", "POST"])
def reply(request: MemberRequest, token: str) -> HttpResponse:
    """Answer a comment."""
    parent = get_comment(request, token)
    may_answer(request.user, parent).enforce()
    form = CommentForm(request.POST or None, auto_id=f"reply-{token}-%s")
    if request.method == "POST" and form.is_valid():
        with add_refusal(form, "source"):
            made = post_comment(
                author=request.user,
                thread=parent.thread,
                parent=parent,
                source=form.cleaned_data["source"],
                submission=form.submission_key,
            )
            return show_change(request, parent.thread, made)
    return _show(request, "discussions/reply.html", parent, form, f"reply-{token}")


@members_only
@require_http_methods(["GET", "POST"])
def edit(request: MemberRequest, token: str) -> HttpResponse:
    """Change one's own words."""
    found = get_comment(request, token)
    may_edit(request.user, found).enforce()
    form = CommentForm(request.POST or None, auto_id=f"edit-{token}-%s", initial={"source": found.source})
    if request.method == "POST" and form.is_valid():
        with add_refusal(form, "source"):
            edit_comment(editor=request.user, comment=found, source=form.cleaned_data["source"])
            return show_change(request, found.thread, found)
    return _show(request, "discussions/edit.html", found, form, f"edit-{token}")


@members_only
@require_http_methods(["GET", "POST"])
def remove(request: MemberRequest, token: str) -> HttpResponse:
    """Take one's own comment out, after being asked."""
    found = get_comment(request, token)
    may_remove(request.user, found).enforce()
    if request.method == "POST":
        remove_comment(remover=request.user, comment=found)
        messages.success(request, _("Your comment is removed. Replies to it stay where they are."))
        return show_change(request, found.thread, found)
    context = {
        "comment": found,
        "thread": found.thread,
        "form_id": f"remove-{token}",
        "text": current_text(found.thread),
    }
    return show_form(request, "discussions/remove.html", context)


@require_safe
def history(request: SiteRequest, token: str) -> HttpResponse:
    """The earlier wordings of a comment, newest first; not of one whose words cannot be read."""
    found = get_comment(request, token)
    if not may_read_words(request.user, found):
        raise Refused(_("This comment is no longer there, and neither are its earlier wordings."))
    revisions = found.revisions.order_by("-number")[:200]
    return render(
        request, "discussions/history.html", {"comment": found, "thread": found.thread, "revisions": revisions}
    )


def _show(request: SiteRequest, template: str, found: Comment, form: CommentForm, form_id: str) -> HttpResponse:
    context: dict[str, Any] = {"comment": found, "thread": found.thread, "form": form, "form_id": form_id}
    if not request.htmx:
        context["text"] = current_text(found.thread)
    return show_form(request, template, context, status=422 if form.errors else 200)
