"""The reading room: a text with its margin, and the page of each place in it."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts.requests import SiteRequest
from common.paging import BadCursor, page_of
from discussions.contents import view_contents
from discussions.forms import CommentForm
from discussions.models import Thread
from discussions.panels import SHOWN_IN_PANEL, THREADS_IN_PANEL, count_comments, recent_threads, view_threads
from discussions.policies import may_post
from discussions.querysets import ThreadQuerySet
from readings.models import Reading
from readings.parts import count_parts, load_notes, load_part
from readings.places import NoSuchPlace, Place, find_place, neighbours


def get_reading(request: SiteRequest, slug: str) -> Reading:
    """A reading this person may open, or 404."""
    readings = Reading.objects.visible_to(request.user).select_related("current").with_contributors()
    return get_object_or_404(readings, slug=slug)


@require_safe
def reading(request: SiteRequest, slug: str) -> HttpResponse:
    """The whole text, numbered, with the discussion beside it."""
    found = get_reading(request, slug)
    edition = found.current
    if edition is None:
        raise Http404
    count = count_parts(edition)
    number = _whole(request.GET.get("part"), count)
    counts = count_comments(found, request.user)
    context = {
        "reading": found,
        "edition": edition,
        "part": load_part(edition, number, count),
        "contents": view_contents(edition, counts),
        "counts": counts,
        "total": sum(counts.values()),
        "minutes": max(1, round(edition.words / 220)),
        "recent": recent_threads(found, request.user),
    }
    return render(request, "discussions/room.html", context)


@require_safe
def place(request: SiteRequest, slug: str, address: str) -> HttpResponse:
    """A paragraph or a range, with its threads and a form. For htmx, only the panel beside the text."""
    found = get_reading(request, slug)
    try:
        here = find_place(found, address)
    except NoSuchPlace as error:
        context = {"reading": found, "address": address, "reason": error.reason, "nearest": error.nearest}
        return render(request, "discussions/no_such_place.html", context, status=404)
    if request.htmx:
        return render(request, "discussions/_panel.html", panel_context(request, here))
    return render(request, "discussions/place.html", place_context(request, here))


def panel_context(request: SiteRequest, here: Place, form: CommentForm | None = None) -> dict[str, Any]:
    """What the panel of threads on a place needs."""
    blocks = [text.block_id for text in here.texts]
    return {
        "reading": here.reading,
        "place": here,
        "text": here.texts[0],
        "panel": _panel_threads(request, Thread.objects.on_blocks(blocks)),
        "form": form or CommentForm(auto_id="open-%s"),
        "verdict": may_post(request.user),
    }


def place_context(request: SiteRequest, here: Place, form: CommentForm | None = None) -> dict[str, Any]:
    """What the page of a place needs: the panel, and the text around it."""
    before, after = neighbours(here)
    return panel_context(request, here, form) | {
        "edition": here.edition,
        "notes": load_notes(here.edition, here.texts),
        "before": before,
        "after": after,
    }


def _panel_threads(request: SiteRequest, threads: ThreadQuerySet) -> dict[str, Any]:
    """Some threads with their comments, and the cursors of the pages around them."""
    rows = threads.visible_to(request.user).for_page()
    try:
        page = page_of(rows, ("created_at", "pk"), request.GET.get("threads"), THREADS_IN_PANEL)
    except BadCursor as error:
        raise Http404(str(error)) from error
    return {
        "threads": view_threads(request.user, page.rows, shown=SHOWN_IN_PANEL),
        "next": page.next,
        "previous": page.previous,
    }


def _whole(words: str | None, most: int) -> int:
    """A part's number from the address; 404 for one that is not there."""
    if words is None:
        return 1
    if not (words.isascii() and words.isdigit() and len(words) < 6 and 1 <= int(words) <= most):
        raise Http404("There is no such part.")
    return int(words)
