"""Series: syllabuses of readings, and what stands in them."""

import hashlib
import json
import re
from typing import Any

from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404
from django.utils.http import quote_etag
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import Person
from api import examples, schema
from api.authentication import enter
from api.comments import AuthorSerializer
from api.conditions import expected_etags, submission_of
from api.doors import Answer, Body, Door, Text
from api.pagination import KeysetPagination
from api.problems import Problem
from readings.models import Reading, Series
from readings.places import NoSuchPlace
from readings.policies_series import may_change_series, may_make_series
from readings.series import (
    MOST_ENTRIES,
    Part,
    create_series,
    delete_series,
    describe_series,
    find_part,
    set_entries,
)
from readings.syllabus import Station, entries_for, listed_series, view_entries

SLUG = OpenApiParameter("slug", str, OpenApiParameter.PATH, description="The series' name in addresses.")
IF_MATCH = OpenApiParameter(
    "If-Match",
    str,
    OpenApiParameter.HEADER,
    description="An `ETag` of the series or of its entries: the answer is 412, and nothing is done, if either has changed"
    " since.",
)
_VERSION = re.compile(r'"(\d{1,9})-[0-9a-f]+"')


class SeriesSerializer(Answer):
    """Readings in the order in which they are meant to be read. They are its entries."""

    slug = serializers.CharField(help_text="The series' name in addresses; never changes.")
    title = serializers.CharField()
    description = serializers.CharField(help_text="Plain text.")
    entry_count = serializers.IntegerField(source="seen", help_text="How many of its entries you may see.")
    created_by = serializers.SerializerMethodField(help_text="Null where the operator made it.")
    version = serializers.IntegerField(help_text="Counts every change, of its words or its entries.")
    created_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()
    links = serializers.SerializerMethodField()

    @extend_schema_field(AuthorSerializer(allow_null=True))
    def get_created_by(self, series: Series) -> dict[str, str] | None:
        return {"name": series.created_by.name} if series.created_by else None

    @extend_schema_field(schema.links_schema("self", "page", "entries"))
    def get_links(self, series: Series) -> dict[str, str]:
        return {
            "self": self.link("one-series", series.slug),
            "page": self.page(series.get_absolute_url()),
            "entries": self.link("entries", series.slug),
        }


class EntrySerializer(Answer):
    """A reading, or some of it, in a series."""

    number = serializers.IntegerField(help_text="Its place among those you may see, from 1.")
    reading = serializers.CharField(source="reading.slug", help_text="The slug of the reading.")
    title = serializers.CharField(source="reading.title")
    address = serializers.CharField(help_text="The range as it is numbered today; empty for the whole reading.")
    words = serializers.IntegerField(help_text="How much there is to read.")
    note = serializers.CharField(source="entry.note", help_text="Plain text.")
    links = serializers.SerializerMethodField()

    @extend_schema_field(schema.links_schema("page", "reading", "blocks"))
    def get_links(self, station: Station) -> dict[str, str]:
        slug, address = station.reading.slug, station.address
        return {
            "page": self.page(station.url),
            "reading": self.link("reading", slug),
            "blocks": self.link("block", slug, address) if address else self.link("blocks", slug),
        }


ENTRY_PAGE = schema.page_of_many("Entry", EntrySerializer)


class SeriesBody(Body):
    """What a series is called, and what is said of it."""

    title = Text(help_text="At most 200 characters.")
    description = Text(required=False, default="", help_text="Plain text, at most 5,000 characters.")


class SeriesChanges(Body):
    """What is to be called or said otherwise."""

    title = Text(required=False)
    description = Text(required=False)


class EntryBody(Body):
    """What an entry is to hold."""

    reading = Text(help_text="The slug of a reading that you may see.")
    address = Text(required=False, default="", help_text="A range of it; empty for the whole. " + schema.ADDRESS_FORMS)
    note = Text(required=False, default="", help_text="Plain text, at most 1,000 characters.")


class EntriesBody(Body):
    """All entries of a series, in their order."""

    entries = serializers.ListField(child=EntryBody(), max_length=MOST_ENTRIES, help_text="At most 200.")


class SeriesList(Door):
    """/series/"""

    @schema.read(
        "listSeries",
        "All series",
        "By title.",
        tag="series",
        parameters=schema.PAGING,
        answer=schema.page_of_many("Series", SeriesSerializer),
        examples=[schema.page_example(examples.SERIES)],
    )
    def get(self, request: Request) -> Response:
        pages = KeysetPagination(("title", "pk"))
        rows = pages.paginate_queryset(listed_series(self.person), request)
        return pages.get_paginated_response(SeriesSerializer(rows, many=True, context={"request": request}).data)

    @schema.operation(
        "makeSeries",
        "Make a series",
        "With nothing in it yet; its entries are put in at its `entries`. Every member may make one.",
        tag="series",
        parameters=(schema.IDEMPOTENCY_KEY, schema.LOCATION, schema.returned_etag(201)),
        body=SeriesBody,
        answers={201: SeriesSerializer},
        problems=("key-reused", *schema.WRITE),
        examples=[
            schema.body_example({"title": "Evenings with lamps", "description": "For the dark months."}),
            schema.answer_example(examples.SERIES | {"entry_count": 0, "version": 1}, 201),
        ],
    )
    def post(self, request: Request) -> Response:
        maker = enter(self.person, may_make_series(self.person))
        body = SeriesBody(data=request.data)
        body.is_valid(raise_exception=True)
        made = create_series(
            maker=maker,
            title=body.checked("title"),
            description=body.checked("description"),
            submission=submission_of(request),
        )
        return _tell(request, made.slug, status=201)


class SeriesDetail(Door):
    """/series/{slug}/"""

    @schema.read(
        "getSeries",
        "One series",
        "What it is called, what is said of it, and where its entries are.",
        tag="series",
        parameters=(SLUG,),
        answer=SeriesSerializer,
        problems=("not-found",),
        examples=[schema.answer_example(examples.SERIES)],
    )
    def get(self, request: Request, slug: str) -> Response:
        return _tell(request, slug)

    @schema.operation(
        "describeSeries",
        "Change what a series is called and what is said of it",
        "Its address stays. Who made it may, and moderators.",
        tag="series",
        parameters=(SLUG, IF_MATCH, schema.returned_etag(200)),
        body=SeriesChanges,
        answers={200: SeriesSerializer},
        problems=("not-found", "changed", *schema.WRITE),
        examples=[schema.body_example({"title": "Evenings with lamps"}), schema.answer_example(examples.SERIES)],
    )
    def patch(self, request: Request, slug: str) -> Response:
        series = _get(self.person, slug)
        editor = enter(self.person, may_change_series(self.person, series))
        body = SeriesChanges(data=request.data)
        body.is_valid(raise_exception=True)
        describe_series(
            editor=editor,
            series=series,
            title=body.checked("title"),
            description=body.checked("description"),
            expected=_expected(request),
        )
        return _tell(request, slug)

    @schema.operation(
        "deleteSeries",
        "Delete an empty series",
        "One with something in it is kept: send an empty list to its `entries` first.",
        tag="series",
        parameters=(SLUG, IF_MATCH),
        answers={204: OpenApiResponse(description="It is gone.")},
        problems=("unauthenticated", "refused", "not-found", "changed", "not-acceptable", "throttled", "fault"),
    )
    def delete(self, request: Request, slug: str) -> Response:
        series = _get(self.person, slug)
        editor = enter(self.person, may_change_series(self.person, series))
        delete_series(editor=editor, series=series, expected=_expected(request))
        return Response(status=204)


class EntryList(Door):
    """/series/{slug}/entries/"""

    @schema.read(
        "listEntries",
        "What stands in a series",
        "In the order in which it is meant to be read; only what you may see.",
        tag="series",
        parameters=(SLUG, *schema.PAGING),
        answer=ENTRY_PAGE,
        problems=("not-found",),
        examples=[schema.page_example(examples.ENTRY)],
    )
    def get(self, request: Request, slug: str) -> Response:
        return _tell_entries(request, _get(self.person, slug))

    @schema.operation(
        "setEntries",
        "Say what stands in a series, and in which order",
        "The list takes the place of the one before. The same reading may stand in it several times, in parts.",
        tag="series",
        parameters=(SLUG, IF_MATCH, schema.returned_etag(200)),
        body=EntriesBody,
        answers={200: ENTRY_PAGE},
        problems=("not-found", "changed", *schema.WRITE),
        examples=[
            schema.body_example(
                {
                    "entries": [
                        {"reading": "on-lamps", "address": "1-12", "note": "Before dark."},
                        {"reading": "ferries"},
                    ]
                }
            ),
            schema.page_example(examples.ENTRY),
        ],
    )
    def put(self, request: Request, slug: str) -> Response:
        series = _get(self.person, slug)
        editor = enter(self.person, may_change_series(self.person, series))
        may_change_series(editor, series).enforce()
        body = EntriesBody(data=request.data)
        body.is_valid(raise_exception=True)
        parts = _find_parts(editor, body.checked("entries"))
        return _tell_entries(
            request, set_entries(editor=editor, series=series, parts=parts, expected=_expected(request))
        )


def _get(person: Person, slug: str) -> Series:
    return get_object_or_404(Series.objects.visible_to(person), slug=slug)


def _tell(request: Request, slug: str, status: int = 200) -> Response:
    series = get_object_or_404(listed_series(request.user), slug=slug)
    told = SeriesSerializer(series, context={"request": request}).data
    response = Response(told, status=status, headers={"ETag": _etag(series, told)})
    if status == 201:
        response["Location"] = told["links"]["self"]
    return response


def _tell_entries(request: Request, series: Series) -> Response:
    """A page of entries; the first one after a change."""
    seen = entries_for(series, request.user)
    pages = KeysetPagination(("position",))
    rows = pages.paginate_queryset(seen, request)
    before = seen.filter(position__lt=rows[0].position).count() if rows else 0
    told = EntrySerializer(view_entries(rows, before + 1), many=True, context={"request": request}).data
    response = pages.get_paginated_response(told)
    response["ETag"] = _etag(series, response.data)
    return response


def _etag(series: Series, told: Any) -> str:
    """A validator that names the version, for If-Match, and changes with all that is told, for If-None-Match."""
    digest = hashlib.sha256(json.dumps(told, default=str).encode()).hexdigest()[:24]
    return quote_etag(f"{series.version}-{digest}")


def _expected(request: Request) -> frozenset[int] | None:
    """The versions that If-Match names; None where it is not sent or "*"."""
    etags = expected_etags(request)
    return etags if etags is None else frozenset(int(found[1]) for found in map(_VERSION.fullmatch, etags) if found)


def _find_parts(person: Person, wanted: list[dict[str, str]]) -> list[Part]:
    """The parts that a body names. All that is wrong is said, each thing where it stands."""
    slugs = {entry["reading"] for entry in wanted}
    readings = {
        reading.slug: reading
        for reading in Reading.objects.visible_to(person).select_related("current").filter(slug__in=slugs)
    }
    parts: list[Part] = []
    errors: list[dict[str, Any]] = []
    for index, entry in enumerate(wanted):
        reading = readings.get(entry["reading"])
        try:
            if reading is None:
                detail = "No reading that you can see has this slug."
                errors.append(_error(index, "reading", detail, "no-such-reading"))
            else:
                parts.append(find_part(reading, entry["address"], entry["note"]))
        except NoSuchPlace as error:
            errors.append(_error(index, "address", error.reason, "no-such-place") | {"nearest": list(error.nearest)})
        except ValidationError as error:
            errors.append(_error(index, "note", error.messages[0], "invalid"))
    if errors:
        detail = errors[0]["detail"] if len(errors) == 1 else f"{len(errors)} things are wrong."
        raise Problem("invalid", detail, errors=errors)
    return parts


def _error(index: int, field: str, detail: str, code: str) -> dict[str, Any]:
    return {"pointer": f"/entries/{index}/{field}", "detail": detail, "code": code}
