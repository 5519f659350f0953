"""The text of a reading: all its blocks, a range of them, or one."""

from dataclasses import replace
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, PolymorphicProxySerializer, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api import examples, schema
from api.doors import Answer, Door
from api.pagination import KeysetPagination
from api.problems import wrong_parameter
from api.readings import get_reading
from readings.importing.document import STYLES
from readings.kinds import Kind
from readings.models import BlockText, Edition, Image, Reading
from readings.places import Place, find_place


class MarkSerializer(serializers.Serializer[Any]):
    """A mark in a text that points to a note."""

    label = serializers.CharField(help_text="What the mark says, such as 1 or *.")  # type: ignore[assignment]  # DRF moves it
    at = serializers.IntegerField(help_text="Where it stands: code points of `text` before it.")
    note = serializers.CharField(allow_null=True, help_text="The key of the footnote; null where it is missing.")


class SpanSerializer(serializers.Serializer[Any]):
    """A run of a text that its source set apart."""

    start = serializers.IntegerField(help_text="Code points of `text` before it.")
    end = serializers.IntegerField(help_text="Where it ends, in the same count.")
    style = serializers.ChoiceField(choices=STYLES)  # type: ignore[assignment]  # DRF moves it
    href = serializers.CharField(required=False, help_text="Links: where to.")


class ImageSerializer(Answer):
    """What is to be seen in a figure."""

    url = serializers.SerializerMethodField(help_text="WebP. It never changes.")
    width = serializers.IntegerField(help_text="Pixels.")
    height = serializers.IntegerField(help_text="Pixels.")

    def get_url(self, image: Image) -> str:
        return self.page(image.get_absolute_url())


class BlockSerializer(Answer):
    """A block of a reading as it stands in one edition."""

    address = serializers.SerializerMethodField(help_text="Names this block in this edition, for ever.")
    key = serializers.CharField(help_text="The permanent key of the block, in every edition that has it.")
    number = serializers.IntegerField(
        allow_null=True, help_text="The ¶ number that people cite; not every kind has one."
    )
    edition = serializers.SerializerMethodField(help_text="The edition's number.")
    is_current = serializers.SerializerMethodField(help_text="Whether that is the newest edition.")
    kind = serializers.ChoiceField(choices=[kind.value for kind in Kind])
    level = serializers.IntegerField(allow_null=True, help_text="Headings: 1 to 6. List items: how deep.")
    label = serializers.CharField(help_text="Footnotes: their own mark.")  # type: ignore[assignment]  # DRF moves it
    marker = serializers.CharField(help_text="List items: the sign before them.")
    text = serializers.CharField(help_text="Normalised (NFC); all positions count its code points.")
    html = serializers.CharField(help_text="The same, cleaned, with its note marks linked.")
    marks = MarkSerializer(many=True)
    spans = SpanSerializer(many=True)
    head = serializers.IntegerField(
        allow_null=True,
        help_text="Tables: how many rows at the top name the columns. Rows are lines of `text`, cells parted by tabs.",
    )
    image = ImageSerializer(allow_null=True, help_text="Figures: the picture; `text` stands in for it.")
    language = serializers.CharField(help_text="BCP 47.")
    direction = serializers.ChoiceField(choices=["ltr", "rtl"])
    links = serializers.SerializerMethodField()

    def get_address(self, text: BlockText) -> str:
        return f"{text.key}@{self.get_edition(text)}"

    def get_edition(self, text: BlockText) -> int:
        edition: Edition = self.context["edition"]
        return edition.number

    def get_is_current(self, text: BlockText) -> bool:
        return bool(text.edition_id == self.context["reading"].current_id)

    @extend_schema_field(schema.links_schema("self", "page", "reading", "threads"))
    def get_links(self, text: BlockText) -> dict[str, str]:
        reading: Reading = self.context["reading"]
        address = self.get_address(text)
        return {
            "self": self.link("block", reading.slug, address),
            "page": self.page(reading.url_of(address)),
            "reading": self.link("reading", reading.slug),
            "threads": f"{self.link('threads-of-reading', reading.slug)}?address={text.key}",
        }


_BlockPage = schema.page_of_many("Block", BlockSerializer)


class BlockList(Door):
    """/readings/{slug}/blocks/"""

    @schema.read(
        "listBlocks",
        "The text of a reading, in order",
        "All blocks of the newest edition, or of the one that `edition` names, or those at an address. "
        + schema.ADDRESS_FORMS
        + " Following `next` stays in the edition of the first page.",
        tag="blocks",
        parameters=(
            schema.SLUG,
            OpenApiParameter("address", str, description="Only what stands there. " + schema.ADDRESS_FORMS),
            OpenApiParameter(
                "edition", {"type": "integer", "minimum": 1}, description="Another edition than the newest."
            ),
            *schema.PAGING,
        ),
        answer=_BlockPage,
        problems=("not-found", "no-such-place"),
        examples=[schema.page_example(examples.BLOCK)],
    )
    def get(self, request: Request, slug: str) -> Response:
        reading = get_reading(self.person, slug)
        address, edition = request.query_params.get("address"), request.query_params.get("edition")
        if address is None:
            return page_of_edition(request, reading, edition)
        if edition is not None:
            raise wrong_parameter("edition", "An address names its edition itself: 12@1.", "not-together")
        return page_of_place(request, find_place(reading, address))


class BlockDetail(Door):
    """/readings/{slug}/blocks/{address}/"""

    @schema.read(
        "getBlock",
        "What stands at an address",
        schema.ADDRESS_FORMS + " A range answers with a page of blocks, as the list does.",
        tag="blocks",
        parameters=(
            schema.SLUG,
            OpenApiParameter("address", str, OpenApiParameter.PATH, description=schema.ADDRESS_FORMS),
            *schema.PAGING,
        ),
        answer=PolymorphicProxySerializer(
            "BlockOrPage", serializers=[BlockSerializer, _BlockPage], resource_type_field_name=None
        ),
        problems=("not-found", "no-such-place"),
        examples=[
            schema.answer_example(examples.BLOCK),
            OpenApiExample(
                "A range",
                value={"results": [examples.BLOCK], "next": None, "previous": None},
                response_only=True,
                status_codes=["200"],
            ),
        ],
    )
    def get(self, request: Request, slug: str, address: str) -> Response:
        place = find_place(get_reading(self.person, slug), address)
        if place.address.end:
            return page_of_place(request, place)
        context = {"request": request, "reading": place.reading, "edition": place.edition}
        return Response(BlockSerializer(place.texts[0], context=context).data)


def page_of_edition(request: Request, reading: Reading, number: str | None) -> Response:
    """A page of all blocks of an edition, the newest where none is named."""
    edition = reading.current if number is None else _find_edition(reading, number)
    texts = BlockText.objects.none() if edition is None else BlockText.objects.of_edition(edition)
    return _page(request, reading, edition, texts, {"edition": str(edition.number)} if edition else {})


def page_of_place(request: Request, place: Place) -> Response:
    """A page of the blocks at an address."""
    first, last = place.texts[0].position, place.texts[-1].position
    texts = BlockText.objects.of_edition(place.edition).filter(position__range=(first, last))
    pinned = str(replace(place.address, edition=place.edition.number))
    return _page(request, place.reading, place.edition, texts, {"address": pinned})


def _page(
    request: Request, reading: Reading, edition: Edition | None, texts: QuerySet[Any], pinned: dict[str, str]
) -> Response:
    pages = KeysetPagination(("position",), path=reverse("api:blocks", args=[reading.slug]), pinned=pinned)
    rows = pages.paginate_queryset(texts, request)
    context = {"request": request, "reading": reading, "edition": edition}
    return pages.get_paginated_response(BlockSerializer(rows, many=True, context=context).data)


def _find_edition(reading: Reading, number: str) -> Edition:
    known = number.isascii() and number.isdigit() and len(number) <= 7
    edition: Edition | None = reading.editions.filter(number=int(number)).first() if known else None
    if edition is None:
        raise wrong_parameter("edition", "This reading has no such edition.", "no-such-edition")
    return edition
