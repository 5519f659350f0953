"""The pages of series: the list, the syllabus, and the page on which it is set in order."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import BadRequest, ValidationError
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import Person
from accounts.requests import MemberRequest, SiteRequest
from common.paging import BadCursor, page_of
from readings.models import Reading, Series, SeriesEntry
from readings.places import NoSuchPlace
from readings.policies_series import may_change_series, may_make_series
from readings.series import (
    add_entry,
    change_entry,
    create_series,
    delete_series,
    describe_series,
    move_entry,
    put_back,
    remove_entry,
)
from readings.series_forms import AddForm, EntryForm, MoveForm, SearchForm, SeriesForm
from readings.syllabus import Station, entries_for, listed_series, view_entries, view_syllabus

PAGE_SIZE = 50
FOUND = 12
"""Readings offered at once on the page on which a series is set in order."""


@require_safe
def series_list(request: SiteRequest) -> HttpResponse:
    """All series, by title."""
    try:
        page = page_of(listed_series(request.user), ("title", "pk"), request.GET.get("page"), PAGE_SIZE)
    except BadCursor as error:
        raise Http404(str(error)) from error
    return render(request, "readings/series_list.html", {"page": page, "verdict": may_make_series(request.user)})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def series_new(request: MemberRequest) -> HttpResponse:
    """Make a series; the next page is the one on which readings are put in."""
    may_make_series(request.user).enforce()
    form = SeriesForm(request.POST or None)
    if form.is_valid():
        with _refusals(form):
            made = create_series(
                maker=request.user,
                title=form.cleaned_data["title"],
                description=form.cleaned_data["description"],
                submission=form.submission_key,
            )
            return redirect("series:edit", made.slug)
    return render(request, "readings/series_new.html", {"form": form}, status=422 if form.is_bound else 200)


@require_safe
def series_detail(request: SiteRequest, slug: str) -> HttpResponse:
    """The syllabus."""
    series = _get(request, slug)
    stations = view_syllabus(series, request.user)
    context = {
        "series": series,
        "stations": stations,
        "minutes": sum(station.minutes for station in stations),
        "may_change": may_change_series(request.user, series),
    }
    return render(request, "readings/series.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def series_edit(request: MemberRequest, slug: str) -> HttpResponse:
    """Its words, its order, and the readings that can be put in."""
    series = _get_changeable(request, slug)
    form = SeriesForm(request.POST or None, initial={"title": series.title, "description": series.description})
    if form.is_valid():
        with _refusals(form):
            describe_series(
                editor=request.user,
                series=series,
                title=form.cleaned_data["title"],
                description=form.cleaned_data["description"],
            )
            messages.success(request, _("Saved."))
            return redirect("series:edit", series.slug)
    return _show_edit(request, series, form=form)


@login_required
@require_POST
def series_delete(request: MemberRequest, slug: str) -> HttpResponse:
    """Delete it, once it is empty."""
    series = _get_changeable(request, slug)
    delete_series(editor=request.user, series=series)
    messages.success(request, _("“%(title)s” was deleted.") % {"title": series.title})
    return redirect("series:list")


@login_required
@require_POST
def entry_add(request: MemberRequest, slug: str) -> HttpResponse:
    """Put a reading at the end, or a part of one."""
    series = _get_changeable(request, slug)
    form = AddForm(request.POST)
    if form.is_valid():
        reading = _visible_reading(request.user, form.cleaned_data["reading"])
        if reading is None:
            form.add_error("reading", _("Choose a reading that is here."))
        else:
            with _refusals(form):
                made = add_entry(
                    editor=request.user,
                    series=series,
                    reading=reading,
                    address=form.cleaned_data["address"],
                    note=form.cleaned_data["note"],
                )
                messages.success(request, _("“%(title)s” is in the series.") % {"title": reading.title})
                return _back_to(series, made)
    return _show_edit(request, series, add=form)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def entry_change(request: MemberRequest, slug: str, token: str) -> HttpResponse:
    """Which part of the reading, the note to it, and its place in the order."""
    series = _get_changeable(request, slug)
    station = _station(request, series, token)
    now = {"place": station.number, "address": station.address, "note": station.entry.note}
    form = EntryForm(request.POST or None, initial=now)
    if form.is_valid():
        with _refusals(form):
            change_entry(
                editor=request.user,
                entry=station.entry,
                address=form.cleaned_data["address"],
                note=form.cleaned_data["note"],
                place=form.cleaned_data["place"],
            )
            messages.success(request, _("Saved."))
            return _back_to(series, station.entry)
    context = {"series": series, "station": station, "form": form}
    return render(request, "readings/series_entry.html", context, status=422 if form.is_bound else 200)


@login_required
@require_POST
def entry_move(request: MemberRequest, slug: str, token: str) -> HttpResponse:
    """One step up or down."""
    series = _get_changeable(request, slug)
    form = MoveForm(request.POST)
    if not form.is_valid():
        raise BadRequest
    entry = _entry(request, series, token)
    with _told(request):
        move_entry(editor=request.user, entry=entry, by=form.cleaned_data["by"])
    return _back_to(series, entry)


@login_required
@require_POST
def entry_remove(request: MemberRequest, slug: str, token: str) -> HttpResponse:
    """Take it out; the next page offers to put it back."""
    series = _get_changeable(request, slug)
    entry = _entry(request, series, token)
    remove_entry(editor=request.user, entry=entry)
    return redirect(f"{reverse('series:edit', args=[slug])}?removed={entry.token}")


@login_required
@require_POST
def entry_put_back(request: MemberRequest, slug: str, token: str) -> HttpResponse:
    """Put what was taken out last back where it was."""
    series = _get_changeable(request, slug)
    entry = get_object_or_404(series.entries.visible_to(request.user), token=token)
    with _told(request):
        put_back(editor=request.user, entry=entry)
    return _back_to(series, entry)


def _show_edit(
    request: MemberRequest, series: Series, form: SeriesForm | None = None, add: AddForm | None = None
) -> HttpResponse:
    bound = bool((form and form.is_bound) or (add and add.is_bound))
    search = SearchForm(request.POST if add else request.GET)
    words = search.cleaned_data["q"] if search.is_valid() else ""
    found = list(_find_readings(request.user, words)[: FOUND + 1])
    context = {
        "series": series,
        "stations": view_syllabus(series, request.user),
        "form": form or SeriesForm(initial={"title": series.title, "description": series.description}),
        "add": add or AddForm(auto_id="add-%s"),
        "search": words,
        "found": found[:FOUND],
        "more": len(found) > FOUND,
        "removed": _removed(request, series),
    }
    return render(request, "readings/series_edit.html", context, status=422 if bound else 200)


def _find_readings(person: Person, words: str) -> Any:
    """Readings to choose from: those with the words in title or names, by title; without words the newest."""
    readings = Reading.objects.visible_to(person).exclude(current=None).with_contributors()
    if not words:
        return readings.order_by("-created_at", "-pk")
    said = Q(title__icontains=words) | Q(subtitle__icontains=words) | Q(contributions__name__icontains=words)
    return readings.filter(said).distinct().order_by("title", "pk")


def _removed(request: HttpRequest, series: Series) -> SeriesEntry | None:
    """What was taken out just now, if the address says so."""
    token = request.GET.get("removed", "")
    gone = series.entries.visible_to(request.user).filter(removed_at__isnull=False).select_related("reading")
    return next((entry for entry in gone if entry.token == token), None) if token else None


def _get(request: SiteRequest, slug: str) -> Series:
    return get_object_or_404(Series.objects.visible_to(request.user).select_related("created_by"), slug=slug)


def _get_changeable(request: MemberRequest, slug: str) -> Series:
    series = _get(request, slug)
    may_change_series(request.user, series).enforce()
    return series


def _entry(request: MemberRequest, series: Series, token: str) -> SeriesEntry:
    entry: SeriesEntry = get_object_or_404(entries_for(series, request.user), token=token)
    return entry


def _station(request: MemberRequest, series: Series, token: str) -> Station:
    """An entry with its number and its address of today."""
    entry = _entry(request, series, token)
    before = entries_for(series, request.user).filter(position__lt=entry.position).count()
    return view_entries([entry], before + 1)[0]


def _visible_reading(person: Person, slug: str) -> Reading | None:
    return Reading.objects.visible_to(person).select_related("current").filter(slug=slug).first()


def _back_to(series: Series, entry: SeriesEntry) -> HttpResponse:
    return redirect(f"{reverse('series:edit', args=[series.slug])}#entry-{entry.token}")


@contextmanager
def _refusals(form: forms.Form) -> Iterator[None]:
    """Show at the form what a service finds wrong, with what was typed still there."""
    try:
        yield
    except NoSuchPlace as error:
        form.add_error("address", f"{error.reason} {_nearest(error)}".strip())
    except ValidationError as error:
        form.add_error(None, error)


@contextmanager
def _told(request: HttpRequest) -> Iterator[None]:
    """Say on the next page what a service finds wrong where there is no form."""
    try:
        yield
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))


def _nearest(error: NoSuchPlace) -> str:
    return _("Perhaps %(address)s?") % {"address": error.nearest[0]} if error.nearest else ""
