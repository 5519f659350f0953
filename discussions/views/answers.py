"""What a form gets back: a fragment of the page for htmx, a page or a redirect for everyone else."""

import json
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render

from accounts.requests import SiteRequest
from discussions.models import Comment, Thread
from discussions.panels import count_on_block, view_threads
from readings.models import BlockText


def current_text(thread: Thread) -> BlockText | None:
    """The thread's block as it stands in the newest edition, or as it last stood. One query."""
    texts = BlockText.objects.filter(block=thread.anchor.block).select_related("block", "edition")
    return texts.order_by("-edition__number").first()


def thread_context(request: SiteRequest, thread: Thread, *, shown: int | None = None) -> dict[str, Any]:
    """What `_thread.html` needs to draw one thread by itself."""
    return {"view": view_threads(request.user, [thread], shown=shown)[0], "open": True}


def show_change(request: SiteRequest, thread: Thread, comment: Comment | None = None) -> HttpResponse:
    """After a change: the thread drawn anew for htmx, else a redirect to where the change can be seen.

    For htmx the count beside the paragraph comes along, and an event that says which comment to look at.
    """
    if not request.htmx:
        return redirect(comment or thread)
    thread = Thread.objects.for_page().get(pk=thread.pk)
    context = thread_context(request, thread) | {
        "counted": thread.anchor.block,
        "count": count_on_block(thread.anchor.block, request.user),
    }
    response = render(request, "discussions/_thread_changed.html", context)
    response["HX-Retarget"] = f"#thread-{thread.token}"
    response["HX-Reswap"] = "outerHTML"
    if comment is not None:
        response["HX-Trigger-After-Settle"] = json.dumps({"colloquy:look": {"id": f"c-{comment.token}"}})
    return response


def show_form(request: SiteRequest, template: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    """A form by itself for htmx (it takes the place of the one with the same id), or on a page of its own."""
    part = f"{template}#form" if request.htmx else template
    response = render(request, part, context, status=status)
    if request.htmx and status != 200:
        response["HX-Retarget"] = f"#{context['form_id']}"
        response["HX-Reswap"] = "outerHTML"
    return response
