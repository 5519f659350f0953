"""Doors to threads: open one on a place, add to one, and a thread's own page."""

import json

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import MemberRequest, SiteRequest
from common.forms import add_refusal
from discussions.forms import CommentForm
from discussions.models import Thread
from discussions.panels import count_on_block
from discussions.services import open_thread, post_comment
from discussions.views.answers import current_text, show_change, show_form, thread_context
from discussions.views.doors import members_only
from discussions.views.room import get_reading, panel_context, place_context
from readings.places import NoSuchPlace, find_place


def get_thread(request: SiteRequest, token: str) -> Thread:
    """A thread this person can see, or 404."""
    return get_object_or_404(Thread.objects.visible_to(request.user).for_page(), token=token)


@require_safe
def thread(request: SiteRequest, token: str) -> HttpResponse:
    """One thread with all its comments, under the words it is about."""
    found = get_thread(request, token)
    form = CommentForm(auto_id=f"add-{token}-%s")
    context = thread_context(request, found) | {"thread": found, "text": current_text(found), "form": form}
    return render(request, "discussions/thread.html", context)


@members_only
@require_POST
def open_on_place(request: MemberRequest, slug: str, address: str) -> HttpResponse:
    """Open a thread on a paragraph. On a range, it is opened on the range's first paragraph."""
    reading = get_reading(request, slug)
    try:
        here = find_place(reading, address)
    except NoSuchPlace as error:
        raise Http404(error.reason) from error
    form = CommentForm(request.POST, auto_id="open-%s")
    if form.is_valid():
        with add_refusal(form, "source"):
            made = open_thread(
                author=request.user,
                text=here.texts[0],
                source=form.cleaned_data["source"],
                submission=form.submission_key,
            )
            if not request.htmx:
                return redirect(made.comments.in_order()[0])
            block = here.texts[0].block
            context = panel_context(request, here) | {"counted": block, "count": count_on_block(block, request.user)}
            response = render(request, "discussions/_panel_changed.html", context)
            response["HX-Trigger-After-Settle"] = json.dumps({"colloquy:look": {"id": f"thread-{made.token}"}})
            return response
    if request.htmx:
        response = render(request, "discussions/_open_form.html", panel_context(request, here, form), status=422)
        response["HX-Retarget"], response["HX-Reswap"] = "#open-form", "outerHTML"
        return response
    return render(request, "discussions/place.html", place_context(request, here, form), status=422)


@members_only
@require_http_methods(["GET", "POST"])
def add(request: MemberRequest, token: str) -> HttpResponse:
    """Add a comment at the end of a thread."""
    found = get_thread(request, token)
    form = CommentForm(request.POST or None, auto_id=f"add-{token}-%s")
    if request.method == "POST" and form.is_valid():
        with add_refusal(form, "source"):
            made = post_comment(
                author=request.user, thread=found, source=form.cleaned_data["source"], submission=form.submission_key
            )
            return show_change(request, found, made)
    context = {"thread": found, "form": form, "form_id": f"add-{token}", "text": current_text(found)}
    return show_form(request, "discussions/add.html", context, status=422 if form.errors else 200)
