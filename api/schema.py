"""How the OpenAPI schema tells of an operation: its words, its examples, and every way in which it can fail."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeVar

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, OpenApiResponse, extend_schema, inline_serializer
from rest_framework import serializers

from api.pagination import LARGEST_SIZE, USUAL_SIZE
from api.problems import CONTENT_TYPE, KINDS

Handler = TypeVar("Handler", bound=Callable[..., Any])


class ProblemErrorSerializer(serializers.Serializer[Any]):
    """One thing that is wrong, and where."""

    pointer = serializers.CharField(required=False, help_text="JSON pointer into the body; empty for the whole of it.")
    parameter = serializers.CharField(required=False, help_text="Name of a query parameter.")
    header = serializers.CharField(required=False, help_text="Name of a header.")
    detail = serializers.CharField(help_text="A sentence for people.")
    code = serializers.CharField(help_text="A word for programs.")
    nearest = serializers.ListField(
        child=serializers.CharField(),
        required=False,
        help_text="Addresses that exist, where the wrong one is an address.",
    )


class ProblemSerializer(serializers.Serializer[Any]):
    """What went wrong (RFC 9457)."""

    type = serializers.CharField(help_text="Leads to an explanation of this kind of problem.")
    title = serializers.CharField(help_text="The kind of problem in words.")
    status = serializers.IntegerField()
    detail = serializers.CharField(help_text="What is wrong this time.")
    errors = ProblemErrorSerializer(many=True, required=False)  # type: ignore[assignment]  # DRF moves it
    nearest = serializers.ListField(
        child=serializers.CharField(), required=False, help_text="Addresses that exist, the likeliest first."
    )


class BearerScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]  # not typed
    """The token in the OpenAPI schema."""

    target_class = "api.authentication.BearerAuthentication"
    name = "token"

    def get_security_definition(self, auto_schema: AutoSchema) -> dict[str, object]:
        return {
            "type": "http",
            "scheme": "bearer",
            "bearerFormat": "colloquy_…",
            "description": "A personal token, made with `manage.py create_token EMAIL`.",
        }


MEMBERS_AND_VISITORS: list[Any] = [{"token": []}, {"cookieAuth": []}, {}]
READ = ("invalid", "unauthenticated", "not-acceptable", "fault")
WRITE = (
    "invalid", "not-json", "unauthenticated", "refused", "not-acceptable",
    "length-required", "too-large", "unsupported-media-type", "throttled", "fault",
)  # fmt: skip

SLUG = OpenApiParameter("slug", str, OpenApiParameter.PATH, description="The reading's name in addresses.")
TOKEN = OpenApiParameter(
    "token", str, OpenApiParameter.PATH, description="The thread's or comment's name in addresses."
)
ADDRESS_FORMS = (
    "A paragraph's number (`12`), a range of them (`12-15`) or a block's key (`k7m2q`), each alone for the newest"
    " edition or with an edition (`12@1`)."
)
PAGING = (
    OpenApiParameter(
        "cursor", str, description="Where the page begins: taken from `next` or `previous`, never made up."
    ),
    OpenApiParameter(
        "page_size",
        {"type": "integer", "minimum": 1, "maximum": LARGEST_SIZE, "default": USUAL_SIZE},
        description="How many rows a page has.",
    ),
)
IF_NONE_MATCH = OpenApiParameter(
    "If-None-Match",
    str,
    OpenApiParameter.HEADER,
    description="The `ETag` of what you have: the answer is 304 if it is the same.",
)
IF_MATCH = OpenApiParameter(
    "If-Match",
    str,
    OpenApiParameter.HEADER,
    description="The comment's `ETag` as you read it: the answer is 412, and nothing is done, if it has changed since.",
)
IDEMPOTENCY_KEY = OpenApiParameter(
    "Idempotency-Key",
    str,
    OpenApiParameter.HEADER,
    description="A name that you make up for this one act, 1 to 200 characters. Sent again with the same body, it gives"
    " the same result and creates nothing.",
)


def returned_etag(*statuses: int) -> OpenApiParameter:
    """The validator in answers with these statuses."""
    return OpenApiParameter(
        "ETag", str, OpenApiParameter.HEADER, response=list(statuses), description="Changes whenever the answer would."
    )


LOCATION = OpenApiParameter(
    "Location", str, OpenApiParameter.HEADER, response=[201], description="The address of what was created."
)


def operation(
    operation_id: str,
    summary: str,
    description: str,
    *,
    tag: str,
    answers: Mapping[int, Any],
    problems: Iterable[str],
    parameters: Sequence[OpenApiParameter] = (),
    body: Any = None,
    examples: Sequence[OpenApiExample] = (),
    for_visitors: bool = False,
) -> Callable[[Handler], Handler]:
    """Describe a handler. `problems` are of KINDS."""
    responses: dict[Any, Any] = dict(answers)
    by_status: dict[int, list[str]] = {}
    for name in problems:
        by_status.setdefault(KINDS[name].status, []).append(name)
    for status, names in sorted(by_status.items()):
        words = " Or: ".join(f"{KINDS[name].title} (`{name}`)." for name in names)
        responses[status, CONTENT_TYPE] = OpenApiResponse(ProblemSerializer, words)
    return extend_schema(
        operation_id=operation_id,
        summary=summary,
        description=description,
        tags=[tag],
        auth=MEMBERS_AND_VISITORS if for_visitors else None,
        parameters=list(parameters),
        request=body,
        responses=responses,
        examples=[*examples, *(_problem_example(name) for name in problems)],
    )


def read(
    operation_id: str,
    summary: str,
    description: str,
    *,
    answer: Any,
    problems: Iterable[str] = (),
    for_visitors: bool = True,
    **more: Any,
) -> Callable[[Handler], Handler]:
    """Describe a GET: with If-None-Match, ETag and 304."""
    parameters = [*more.pop("parameters", ()), IF_NONE_MATCH, returned_etag(200)]
    answers = {200: answer, 304: OpenApiResponse(description="You have it already.")}
    return operation(
        operation_id,
        summary,
        description,
        answers=answers,
        problems=(*problems, *READ),
        parameters=parameters,
        for_visitors=for_visitors,
        **more,
    )


def page_of_many(name: str, row: type[serializers.Serializer[Any]]) -> serializers.Serializer[Any]:
    """A page of rows, for the schema."""
    return inline_serializer(
        f"{name}Page",
        {
            "results": row(many=True),
            "next": serializers.URLField(allow_null=True, help_text="The next page; null on the last."),
            "previous": serializers.URLField(allow_null=True, help_text="The page before; null on the first."),
        },
    )


def page_example(row: Mapping[str, Any]) -> OpenApiExample:
    """An example of a page with one row."""
    return answer_example({"results": [row], "next": None, "previous": None})


def answer_example(value: Mapping[str, Any], status: int = 200) -> OpenApiExample:
    """An example of an answer."""
    return OpenApiExample("Answer", value=value, response_only=True, status_codes=[str(status)])


def body_example(value: Mapping[str, Any]) -> OpenApiExample:
    """An example of a body to send."""
    return OpenApiExample("Body", value=value, request_only=True)


def links_schema(*names: str, nullable: Sequence[str] = ()) -> dict[str, Any]:
    """The schema of a `links` object."""
    link = {"type": "string", "format": "uri"}
    properties = {name: {"type": ["string", "null"], "format": "uri"} if name in nullable else link for name in names}
    return {"type": "object", "properties": properties, "required": list(names), "additionalProperties": False}


def _problem_example(name: str) -> OpenApiExample:
    kind = KINDS[name]
    value = {
        "type": f"/api/docs/problems/#{name}",
        "title": kind.title,
        "status": kind.status,
        "detail": kind.title + ".",
    }
    return OpenApiExample(
        name, value=value, response_only=True, status_codes=[str(kind.status)], media_type=CONTENT_TYPE
    )
