"""What went wrong, as RFC 9457 has it: application/problem+json, with a type that leads to an explanation.

Every refusal of the API passes through `exception_handler`. A view raises what fits (Http404, Refused, ValidationError)
or a Problem of its own; nothing else makes an error body.
"""

import logging
import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.exceptions import BadRequest, RequestDataTooBig, SuspiciousOperation
from django.core.exceptions import PermissionDenied as DjangoPermissionDenied
from django.core.exceptions import ValidationError as DjangoValidationError
from django.core.signals import got_request_exception
from django.http import Http404
from django.http.multipartparser import MultiPartParserError
from django.urls import reverse
from django.utils.cache import patch_cache_control
from rest_framework import exceptions
from rest_framework.response import Response

from common.paging import BadCursor
from common.submissions import SubmissionConflict
from discussions.services import CommentChanged
from readings.places import NoSuchPlace
from readings.series import SeriesChanged

CONTENT_TYPE = "application/problem+json"

logger = logging.getLogger("django.request")


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of problem: its status, its title, and what a client can do about it."""

    status: int
    title: str
    remedy: str


KINDS = {
    "invalid": Kind(
        400,
        "Something in the request is not as it should be",
        "`errors` names each field with a pointer (or the parameter), says what is wrong, and has a code for programs.",
    ),
    "not-json": Kind(
        400,
        "The body is not JSON that can be read",
        "Send one JSON object in UTF-8: no NaN, no figure of more than 19 digits, no name twice, at most 20 levels.",
    ),
    "unauthenticated": Kind(
        401,
        "You are not signed in",
        "Send `Authorization: Bearer …` with a token that is valid. `manage.py create_token` makes one.",
    ),
    "refused": Kind(403, "You may not do this", "`detail` is the reason, in the words that people read on the page."),
    "not-found": Kind(
        404,
        "There is nothing here",
        "The address is wrong, or what it names is not for you to see. Both look the same.",
    ),
    "no-such-place": Kind(
        404, "The reading has no such place", "`nearest` holds addresses that exist, the likeliest first."
    ),
    "method-not-allowed": Kind(405, "This method does nothing here", "The `Allow` header names the ones that do."),
    "not-acceptable": Kind(406, "It cannot be had in this form", "Ask for `Accept: application/json`."),
    "changed": Kind(
        412,
        "It has changed since you read it",
        "Read it again, take its new `ETag`, and decide whether you still want the change. Nothing was changed.",
    ),
    "length-required": Kind(
        411, "The body comes without its length", "Send `Content-Length` instead of a chunked body."
    ),
    "too-large": Kind(
        413, "The body is too large", "A comment has at most 10,000 characters; no body needs 200,000 bytes."
    ),
    "unsupported-media-type": Kind(
        415,
        "The body is not of a type that is understood here",
        "Send JSON in UTF-8 with `Content-Type: application/json`.",
    ),
    "key-reused": Kind(
        422,
        "This Idempotency-Key was used for something else",
        "Make a new key for each thing you create, and send it again only with the very same request.",
    ),
    "throttled": Kind(429, "Too much was sent in a short time", "Wait as many seconds as `Retry-After` says."),
    "fault": Kind(
        500, "Something is broken on our side", "It has been logged. Try again later; tell the operator if it stays."
    ),
}


class Problem(exceptions.APIException):
    """A problem of one of KINDS. `members` are added to its body."""

    def __init__(self, kind: str, detail: str, **members: Any) -> None:
        self.kind = kind
        self.status_code = KINDS[kind].status
        self.members = members
        super().__init__(detail, kind)


def wrong_parameter(name: str, detail: str, code: str = "invalid") -> Problem:
    """A query parameter that cannot be understood."""
    return Problem("invalid", detail, errors=[{"parameter": name, "detail": detail, "code": code}])


def describe(problem: Problem) -> dict[str, Any]:
    """The body of a problem."""
    kind = KINDS[problem.kind]
    return {
        "type": f"{reverse('api:problems')}#{problem.kind}",
        "title": kind.title,
        "status": kind.status,
        "detail": str(problem.detail),
        **problem.members,
    }


def exception_handler(exc: Exception, context: dict[str, Any]) -> Response | None:
    """The answer to any exception that a view lets out. DRF calls it."""
    problem = _problem(exc)
    if problem is None:
        return _fault(exc, context)
    response = _answer(problem)
    if isinstance(exc, exceptions.APIException) and (challenge := getattr(exc, "auth_header", None)):
        response["WWW-Authenticate"] = challenge
    if isinstance(exc, exceptions.Throttled):
        response["Retry-After"] = str(max(1, math.ceil(getattr(exc, "wait", None) or 1)))
    return response


def _answer(problem: Problem) -> Response:
    response = Response(describe(problem), status=problem.status_code, content_type=CONTENT_TYPE)
    patch_cache_control(response, private=True, no_store=True)
    return response


def _problem(exc: Exception) -> Problem | None:  # noqa: C901 - a table of what is answered how
    """The problem that an exception stands for, or None where it is a fault of ours."""
    match exc:
        case Problem():
            return exc
        case exceptions.ValidationError():
            return _invalid(_flatten(exc.get_full_details()))
        case SubmissionConflict():
            return Problem("key-reused", "This key came before, with other words or for another place.")
        case DjangoValidationError():
            return _invalid(_flatten(exceptions.ValidationError(_details(exc)).get_full_details()))
        case BadCursor():
            return wrong_parameter("cursor", str(exc), "cursor")
        case NoSuchPlace():
            return Problem("no-such-place", exc.reason, nearest=list(exc.nearest))
        case CommentChanged() | SeriesChanged():
            return Problem("changed", str(exc))
        case exceptions.NotAuthenticated() | exceptions.AuthenticationFailed():
            return Problem("unauthenticated", str(exc.detail))
        case exceptions.PermissionDenied():
            return Problem("refused", str(exc.detail))
        case DjangoPermissionDenied():
            return Problem("refused", str(exc))
        case exceptions.NotFound() | Http404():
            return Problem("not-found", "Nothing that you can see has this address.")
        case exceptions.ParseError():
            return Problem("not-json", str(exc.detail))
        case RequestDataTooBig():
            return Problem("too-large", "The body is larger than anything that is taken here.")
        case BadRequest() | SuspiciousOperation() | MultiPartParserError():
            return Problem("invalid", "The request cannot be understood.")
        case exceptions.Throttled():
            return Problem("throttled", "That was a lot in a short time. Wait a little, then go on.")
        case exceptions.APIException():
            kind = str(exc.default_code).replace("_", "-")
            return Problem(kind if kind in KINDS else "fault", str(exc.detail))
    return None


def _details(exc: DjangoValidationError) -> Any:
    """What services found wrong: at its fields where they are known, else at the whole body."""
    if hasattr(exc, "error_dict"):
        return {name: [_detail(error) for error in errors] for name, errors in exc.error_dict.items()}
    return [_detail(error) for error in exc.error_list]


def _detail(error: DjangoValidationError) -> exceptions.ErrorDetail:
    return exceptions.ErrorDetail(error.messages[0], code=error.code or "invalid")


def _invalid(errors: Iterable[dict[str, str]]) -> Problem:
    listed = list(errors)
    return Problem(
        "invalid", listed[0]["detail"] if len(listed) == 1 else f"{len(listed)} things are wrong.", errors=listed
    )


def _flatten(details: Any, pointer: str = "") -> Iterator[dict[str, str]]:
    """DRF's nested errors as a list, each with a JSON pointer to what it is about."""
    if isinstance(details, list):
        for found in details:
            yield from _flatten(found, pointer)
    elif isinstance(details.get("message"), str) and isinstance(details.get("code"), str):
        yield {"pointer": pointer, "detail": details["message"], "code": details["code"]}
    else:
        for name, found in details.items():
            yield from _flatten(
                found, pointer if name == "non_field_errors" else f"{pointer}/{escape_pointer(str(name))}"
            )


def escape_pointer(name: str) -> str:
    """A name as it stands in a JSON pointer (RFC 6901); what cannot be sent as "?"."""
    return name.replace("~", "~0").replace("/", "~1").encode("utf-8", "replace").decode()


def _fault(exc: Exception, context: dict[str, Any]) -> Response | None:
    """A fault of ours is logged as Django logs its own, and answered without a word of what was inside."""
    if settings.DEBUG:
        return None
    request = context["request"]._request
    got_request_exception.send(sender=type(context["view"]), request=request)
    logger.error(
        "Internal Server Error: %s", request.path, exc_info=exc, extra={"status_code": 500, "request": request}
    )
    return _answer(Problem("fault", "The request was in order; we are not."))
