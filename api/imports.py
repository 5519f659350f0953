"""Documents on their way to being readings: brought as a file or a text, and watched until they are there."""

from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema_field
from rest_framework import serializers
from rest_framework.exceptions import NotAuthenticated
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import User
from api import examples, schema
from api.authentication import enter
from api.conditions import submission_of
from api.doors import Answer, Body, Door, Text
from api.pagination import KeysetPagination
from api.parsers import StrictJSONParser
from readings.editions import Metadata
from readings.imports import discard, receive_file, receive_text, try_again
from readings.models import Draft, Import, Reading
from readings.policies import may_add_readings


class WorkSerializer(Answer):
    """A work that was found in a document: the draft of a reading, or the reading that it has become."""

    title = serializers.CharField()
    draft = serializers.CharField(source="token", help_text="The draft's name in addresses.")
    reading = serializers.SerializerMethodField(help_text="The slug of what was published of it; null before that.")
    links = serializers.SerializerMethodField()

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_reading(self, draft: Draft) -> str | None:
        return draft.reading.slug if draft.reading else None

    @extend_schema_field(schema.links_schema("page", "reading", nullable=("reading",)))
    def get_links(self, draft: Draft) -> dict[str, str | None]:
        reading = self.link("reading", draft.reading.slug) if draft.reading else None
        return {"page": self.page(draft.get_absolute_url()), "reading": reading}


class ProgressSerializer(serializers.Serializer[Any]):
    """How far the work on a document has come."""

    stage = serializers.CharField(help_text="reading, structuring or storing; empty where nothing is under way.")
    done = serializers.IntegerField(help_text="Of chapters, where the document has them.")
    total = serializers.IntegerField(help_text="0 where it is not known.")


class ImportSerializer(Answer):
    """A document that you brought, and what became of it."""

    token = serializers.CharField()
    name = serializers.CharField(help_text="The file's name.")
    state = serializers.ChoiceField(choices=[state.value for state in Import.State])
    progress = ProgressSerializer(source="*")
    error = serializers.CharField(help_text="Why nothing came of it, and what can be done; empty otherwise.")
    works = WorkSerializer(source="drafts", many=True)
    created_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()
    links = serializers.SerializerMethodField()

    @extend_schema_field(schema.links_schema("self", "page"))
    def get_links(self, document: Import) -> dict[str, str]:
        return {"self": self.link("import", document.token), "page": self.page(document.get_absolute_url())}


class ImportBody(Body):
    """A document to be read: `file` (in multipart/form-data) or `text`."""

    file = serializers.FileField(required=False, allow_empty_file=True, help_text="At most 50 MB.")
    text = Text(required=False, help_text="Plain text. Longer than 200,000 bytes: send it as a file.")
    title = Text(required=False, max_length=500, help_text="Where it is left out, the text says.")
    source = Text(required=False, max_length=500, help_text="Where it was published.")  # type: ignore[assignment]  # DRF moves it
    language = Text(required=False, max_length=35, help_text="BCP 47.")
    rights = Text(required=False, max_length=500)
    visibility = serializers.ChoiceField(choices=Reading.Visibility.choices, required=False, default="public")
    publish = serializers.BooleanField(required=False, default=False, help_text="Publish without review.")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if ("file" in attrs) == ("text" in attrs):
            raise serializers.ValidationError("Send one of the two: file or text.", code="one-of")
        return attrs

    @property
    def metadata(self) -> Metadata:
        """What the client says of the work."""
        said: dict[str, Any] = {
            name: self.checked(name) or "" for name in ("title", "source", "language", "rights", "visibility")
        }
        return Metadata(**said)


def told_imports(person: Any) -> Any:
    """Imports with what a client is told of them: three queries for however many."""
    return Import.objects.visible_to(person).prefetch_related("drafts__reading").defer("particulars")


class ImportList(Door):
    """/imports/"""

    parser_classes = (StrictJSONParser, MultiPartParser)

    @schema.read(
        "listImports",
        "The documents you brought",
        "The newest first. What others brought is not told.",
        tag="imports",
        parameters=schema.PAGING,
        answer=schema.page_of_many("Import", ImportSerializer),
        examples=[schema.page_example(examples.IMPORT)],
        for_visitors=False,
    )
    def get(self, request: Request) -> Response:
        _enter(request)
        pages = KeysetPagination(("-created_at", "-pk"))
        rows = pages.paginate_queryset(told_imports(self.person), request)
        return pages.get_paginated_response(ImportSerializer(rows, many=True, context={"request": request}).data)

    @schema.operation(
        "bringDocument",
        "Bring a document",
        "As a file in any form that is read here (multipart/form-data) or as plain text. It is read in the background: follow `Location` until `state` is `ready`, `done` or `failed`.",
        tag="imports",
        parameters=(
            schema.IDEMPOTENCY_KEY,
            OpenApiParameter(
                "Location", str, OpenApiParameter.HEADER, response=[202], description="Where to look how it goes."
            ),
        ),
        body={"multipart/form-data": ImportBody, "application/json": ImportBody},
        answers={202: ImportSerializer},
        problems=("key-reused", *schema.WRITE),
        examples=[
            schema.body_example(
                {"text": "The last ferry\n\nWhoever missed it slept in the salt store.", "publish": False}
            ),
            schema.answer_example(examples.IMPORT, 202),
        ],
    )
    def post(self, request: Request) -> Response:
        person = enter(self.person, may_add_readings(self.person))
        body = ImportBody(data=request.data)
        body.is_valid(raise_exception=True)
        made = _receive(person, body, submission_of(request))
        told = ImportSerializer(told_imports(person).get(pk=made.pk), context={"request": request}).data
        return Response(told, status=202, headers={"Location": told["links"]["self"]})


def _receive(person: User, body: ImportBody, submission: str | None) -> Import:
    publish = body.checked("publish")
    if file := body.checked("file"):
        return receive_file(person, file.name or "", file.read(), body.metadata, publish=publish, submission=submission)
    return receive_text(person, body.checked("text"), body.metadata, publish=publish, submission=submission)


class ImportDetail(Door):
    """/imports/{token}/"""

    @schema.read(
        "getImport",
        "One document, and how far it has come",
        "Ask again every second or so until its state is `ready`, `done` or `failed`.",
        tag="imports",
        parameters=(schema.TOKEN,),
        answer=ImportSerializer,
        problems=("not-found",),
        examples=[schema.answer_example(examples.IMPORT)],
        for_visitors=False,
    )
    def get(self, request: Request, token: str) -> Response:
        _enter(request)
        document = get_object_or_404(told_imports(self.person), token=token)
        return Response(ImportSerializer(document, context={"request": request}).data)

    @schema.operation(
        "discardImport",
        "Throw a document away",
        "With its drafts. What was published of it stays.",
        tag="imports",
        parameters=(schema.TOKEN,),
        answers={204: OpenApiResponse(description="It is gone.")},
        problems=("unauthenticated", "refused", "not-found", "not-acceptable", "throttled", "fault"),
    )
    def delete(self, request: Request, token: str) -> Response:
        _enter(request)
        discard(get_object_or_404(Import.objects.visible_to(self.person), token=token))
        return Response(status=204)


class RetryImport(Door):
    """/imports/{token}/retry/"""

    @schema.operation(
        "retryImport",
        "Read a document once more",
        "Where it failed, or its reading was interrupted; otherwise nothing happens.",
        tag="imports",
        parameters=(schema.TOKEN,),
        answers={202: ImportSerializer},
        problems=("not-found", *schema.WRITE),
        examples=[schema.answer_example(examples.IMPORT, 202)],
    )
    def post(self, request: Request, token: str) -> Response:
        _enter(request)
        try_again(get_object_or_404(Import.objects.visible_to(self.person), token=token))
        document = get_object_or_404(told_imports(self.person), token=token)
        return Response(ImportSerializer(document, context={"request": request}).data, status=202)


def _enter(request: Request) -> None:
    if not request.user.is_authenticated:
        raise NotAuthenticated("Sign in to see what you brought.")
