"""Conditional requests: If-None-Match on reads, If-Match on edits, Idempotency-Key on creates."""

import hashlib

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import parse_etags, quote_etag
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from api.problems import CONTENT_TYPE, Problem, describe
from discussions.models import Comment

LONGEST_KEY = 200


def etag_of(comment: Comment, *, shows_words: bool) -> str:
    """The strong validator of a comment as one person sees it: another for those who see the words of a hidden one."""
    return comment.etag if comment.is_visible or not shows_words else f'{comment.etag[:-1]}-words"'


def expected_etags(request: Request) -> frozenset[str] | None:
    """The etags of If-Match, or None where it is not sent or "*".

    A server that compresses an answer makes its validator weak on the way out. Ours name a version, however it was
    sent, so the weak form of one is taken for the strong.
    """
    given = request.headers.get("If-Match")
    if given is None or given.strip() == "*":
        return None
    return frozenset(etag.removeprefix("W/") for etag in parse_etags(given))


def submission_of(request: Request) -> str | None:
    """What names this act of creating, from the Idempotency-Key; None where none was sent."""
    key = request.headers.get("Idempotency-Key")
    if key is None:
        return None
    if not 1 <= len(key) <= LONGEST_KEY or not all("\x21" <= ch <= "\x7e" for ch in key):
        detail = f"An Idempotency-Key has 1 to {LONGEST_KEY} printable ASCII characters and no spaces."
        raise Problem("invalid", detail, errors=[{"header": "Idempotency-Key", "detail": detail, "code": "invalid"}])
    return f"api:{key}"


def answer_conditionally(request: HttpRequest, response: Response) -> HttpResponseBase:
    """The answer, or 304 where the client has it already. The validator is a digest, where the view has given none."""
    if not response.has_header("ETag"):
        response["ETag"] = quote_etag(hashlib.sha256(response.content).hexdigest()[:32])
    answer = get_conditional_response(request, etag=response["ETag"], response=response)
    if answer is None or answer.status_code != 412:
        return answer or response
    problem = Problem("changed", "It no longer has any of the validators in If-Match.")
    return HttpResponse(JSONRenderer().render(describe(problem)), status=412, content_type=CONTENT_TYPE)
