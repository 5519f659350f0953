"""Readings and their editions."""

from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import Person
from api import examples, schema
from api.doors import Answer, Door
from api.pagination import KeysetPagination
from discussions.models import Comment, Thread
from readings.models import Contribution, Edition, Reading


def get_reading(person: Person, slug: str) -> Reading:
    """A reading this person can open, or 404."""
    return get_object_or_404(Reading.objects.visible_to(person).select_related("current"), slug=slug)


def described_readings(person: Person) -> QuerySet[Reading]:
    """Readings with all that a client is told of them: two queries for however many."""
    threads = Thread.objects.visible_to(person).filter(reading=OuterRef("pk")).order_by().values("reading")
    comments = Comment.objects.visible_to(person).readable().filter(thread__reading=OuterRef("pk")).order_by()
    readings = Reading.objects.visible_to(person).select_related("current").with_contributors()
    return readings.annotate(
        thread_count=Coalesce(Subquery(threads.annotate(n=Count("pk")).values("n")), 0),
        comment_count=Coalesce(Subquery(comments.values("thread__reading").annotate(n=Count("pk")).values("n")), 0),
    )


class ContributionSerializer(serializers.Serializer[Any]):
    """Somebody's part in a reading."""

    name = serializers.CharField()
    role = serializers.ChoiceField(choices=Contribution.Role.choices)


class CurrentEditionSerializer(serializers.Serializer[Any]):
    """The newest edition of a reading."""

    number = serializers.IntegerField(help_text="Editions are numbered from 1.")
    created_at = serializers.DateTimeField()
    paragraphs = serializers.IntegerField(help_text="How many blocks carry a number.")
    words = serializers.IntegerField(help_text="Words of the body; for scripts without spaces, characters halved.")


class CountsSerializer(serializers.Serializer[Any]):
    """How much is said about a reading."""

    threads = serializers.IntegerField(source="thread_count")
    comments = serializers.IntegerField(
        source="comment_count", help_text="Those that can be read: neither removed nor hidden."
    )


class ReadingSerializer(Answer):
    """A work as a library has it. Its text is in its blocks."""

    slug = serializers.CharField(help_text="The reading's name in addresses; never changes.")
    title = serializers.CharField()
    subtitle = serializers.CharField()
    contributors = ContributionSerializer(source="contributions", many=True)
    source = serializers.CharField(help_text="Where the text was first published.")  # type: ignore[assignment]  # DRF moves it
    published = serializers.CharField(help_text="The date as the source prints it.")
    language = serializers.CharField(help_text="BCP 47, such as en or ar.")
    direction = serializers.ChoiceField(choices=["ltr", "rtl"])
    rights = serializers.CharField()
    visibility = serializers.ChoiceField(choices=Reading.Visibility.choices)
    edition = CurrentEditionSerializer(source="current", allow_null=True)
    counts = CountsSerializer(source="*")
    created_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()
    links = serializers.SerializerMethodField()

    @extend_schema_field(schema.links_schema("self", "page", "blocks", "editions", "threads"))
    def get_links(self, reading: Reading) -> dict[str, str]:
        return {
            "self": self.link("reading", reading.slug),
            "page": self.page(reading.get_absolute_url()),
            "blocks": self.link("blocks", reading.slug),
            "editions": self.link("editions", reading.slug),
            "threads": self.link("threads-of-reading", reading.slug),
        }


class EditionSerializer(Answer):
    """One immutable state of a reading's text."""

    number = serializers.IntegerField()
    is_current = serializers.SerializerMethodField(help_text="Whether it is the newest.")
    created_at = serializers.DateTimeField()
    paragraphs = serializers.IntegerField(help_text="How many blocks carry a number.")
    words = serializers.IntegerField()
    links = serializers.SerializerMethodField()

    def get_is_current(self, edition: Edition) -> bool:
        return bool(edition.pk == self.context["reading"].current_id)

    @extend_schema_field(schema.links_schema("reading", "blocks"))
    def get_links(self, edition: Edition) -> dict[str, str]:
        slug = self.context["reading"].slug
        return {
            "reading": self.link("reading", slug),
            "blocks": f"{self.link('blocks', slug)}?edition={edition.number}",
        }


class ReadingList(Door):
    """/readings/"""

    @schema.read(
        "listReadings",
        "All readings",
        "The readings that you may open, by title. Members see those for members too.",
        tag="readings",
        parameters=schema.PAGING,
        answer=schema.page_of_many("Reading", ReadingSerializer),
        examples=[schema.page_example(examples.READING)],
    )
    def get(self, request: Request) -> Response:
        pages = KeysetPagination(("title", "pk"))
        rows = pages.paginate_queryset(described_readings(self.person), request)
        return pages.get_paginated_response(ReadingSerializer(rows, many=True, context={"request": request}).data)


class ReadingDetail(Door):
    """/readings/{slug}/"""

    @schema.read(
        "getReading",
        "One reading",
        "What a reading is, how much is said about it, and where its text is.",
        tag="readings",
        parameters=(schema.SLUG,),
        answer=ReadingSerializer,
        problems=("not-found",),
        examples=[schema.answer_example(examples.READING)],
    )
    def get(self, request: Request, slug: str) -> Response:
        reading = get_object_or_404(described_readings(self.person), slug=slug)
        return Response(ReadingSerializer(reading, context={"request": request}).data)


class EditionList(Door):
    """/readings/{slug}/editions/"""

    @schema.read(
        "listEditions",
        "The editions of a reading",
        "Every state of its text that was ever published here, the newest first. None of them changes.",
        tag="readings",
        parameters=(schema.SLUG, *schema.PAGING),
        answer=schema.page_of_many("Edition", EditionSerializer),
        problems=("not-found",),
        examples=[schema.page_example(examples.EDITION)],
    )
    def get(self, request: Request, slug: str) -> Response:
        reading = get_reading(self.person, slug)
        pages = KeysetPagination(("-number",))
        rows = pages.paginate_queryset(reading.editions.all(), request)
        context: dict[str, Any] = {"request": request, "reading": reading}
        return pages.get_paginated_response(EditionSerializer(rows, many=True, context=context).data)
