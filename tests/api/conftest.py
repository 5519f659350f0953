"""A reading with everything in it, people, and a client that holds every answer against the OpenAPI schema."""

import json
import re
from functools import cache
from typing import Any

import pytest
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from drf_spectacular.generators import SchemaGenerator
from jsonschema import Draft202012Validator

from accounts.models import User
from api.models import create_token
from discussions.models import Comment, Thread
from discussions.services import open_thread, post_comment
from readings.editions import Metadata, create_reading
from readings.importing.document import Contributor, DraftBlock, NoteMark, Work
from readings.kinds import Kind
from readings.models import BlockText, Reading

API = "/api/v1"
PROBLEM = "application/problem+json"


@cache
def openapi() -> dict[str, Any]:
    """The schema as it is served."""
    made: dict[str, Any] = SchemaGenerator().get_schema(request=None, public=True)
    return dict(json.loads(json.dumps(made, default=str)))


@cache
def _paths() -> list[tuple[re.Pattern[str], dict[str, Any]]]:
    return [
        (re.compile(re.sub(r"\{\w+\}", "[^/]+", path) + "$"), operations)
        for path, operations in openapi()["paths"].items()
    ]


def check_against_schema(method: str, path: str, status: int, content_type: str, body: Any) -> None:
    """Raise where an answer is not what the schema says of it."""
    operations = next((found for pattern, found in _paths() if pattern.fullmatch(path)), None)
    if operations is None or method.lower() not in operations:
        assert status in {204, 401, 403, 404, 405, 406}, f"{method} {path} is not in the schema and answered {status}"
        return
    responses = operations[method.lower()]["responses"]
    assert str(status) in responses, f"{method} {path} answered {status}, which its schema does not know"
    content = responses[str(status)].get("content")
    if content is None:
        assert body is None
        return
    schema = content[content_type]["schema"]
    Draft202012Validator({**schema, "components": openapi()["components"]}).validate(body)


class ApiClient:
    """One person's client. JSON in, JSON out; `auth` is a token or nothing."""

    def __init__(self, token: str | None = None) -> None:
        self.client = Client(raise_request_exception=True)
        self.auth = {"Authorization": f"Bearer {token}"} if token else {}

    def request(self, method: str, path: str, body: Any = None, *, raw: bytes | None = None, **headers: str) -> Any:
        """Send it, and check the answer against the schema. Header names have _ for -."""
        path = path if path.startswith(("http", "/api")) else f"{API}{path}"
        sent = {name.replace("_", "-"): value for name, value in headers.items()} | self.auth
        content_type = sent.pop("Content-Type", "application/json")
        data = raw if raw is not None else (json.dumps(body).encode() if body is not None else b"")
        response = self.client.generic(method, path, data, content_type=content_type if data else "", headers=sent)
        found_type = response.headers.get("Content-Type", "").split(";")[0]
        response.data = json.loads(response.content) if response.content and "json" in found_type else None
        if method not in {"HEAD", "OPTIONS"} and API in path:
            bare = path.removeprefix("http://testserver").partition("?")[0]
            check_against_schema(method, bare, response.status_code, found_type, response.data)
        if response.status_code >= 400 and method != "HEAD":
            assert found_type == PROBLEM
            assert response.data["status"] == response.status_code
        return response

    def get(self, path: str, **headers: str) -> Any:
        return self.request("GET", path, **headers)

    def post(self, path: str, body: Any = None, **more: Any) -> Any:
        return self.request("POST", path, body, **more)

    def upload(self, path: str, fields: dict[str, Any], **headers: str) -> Any:
        """Send a form with files."""
        raw = encode_multipart(BOUNDARY, fields)
        return self.request("POST", path, raw=raw, Content_Type=MULTIPART_CONTENT, **headers)

    def patch(self, path: str, body: Any = None, **more: Any) -> Any:
        return self.request("PATCH", path, body, **more)

    def delete(self, path: str, **headers: str) -> Any:
        return self.request("DELETE", path, **headers)

    def walk(self, path: str) -> list[Any]:
        """Every row of a list, page after page."""
        rows, following = [], path
        while following:
            page = self.get(following).data
            rows += page["results"]
            following = page["next"]
        return rows


@pytest.fixture
def as_visitor(db: None) -> ApiClient:
    return ApiClient()


@pytest.fixture
def as_member(member: User) -> ApiClient:
    return ApiClient(create_token(user=member))


@pytest.fixture
def as_reader(reader: User) -> ApiClient:
    return ApiClient(create_token(user=reader))


@pytest.fixture
def as_moderator(moderator: User) -> ApiClient:
    return ApiClient(create_token(user=moderator))


def make_reading(slug: str, **more: Any) -> Reading:
    """Front matter, a heading, five numbered blocks of several kinds, a note."""
    work = Work(
        title="On lamps",
        subtitle="A short talk",
        contributors=[Contributor("Ada Lind", "speaker")],
        blocks=[
            DraftBlock(Kind.TITLE, "On lamps"),
            DraftBlock(Kind.HEADING, "Before dark", level=1),
            DraftBlock(Kind.PARAGRAPH, "A lamp is a promise <made> to the evening.", marks=(NoteMark("1", 17, 7),)),
            DraftBlock(Kind.BLOCKQUOTE, "We lit it early, said the keeper."),
            DraftBlock(Kind.LIST_ITEM, "Oil", marker="•"),
            DraftBlock(Kind.PARAGRAPH, "Later the promise is kept, or it is not. 🏮"),
            DraftBlock(Kind.VERSE, "The wick is low,\nthe window white."),
            DraftBlock(Kind.FOOTNOTE, "Some say a threat.", label="1"),
        ],
    )
    known = Metadata(slug=slug, source="Evening lectures", rights="Public domain", **more)
    return create_reading(work=work, metadata=known)


@pytest.fixture
def reading(db: None) -> Reading:
    return make_reading("lamps")


@pytest.fixture
def members_reading(db: None) -> Reading:
    return make_reading("members-lamps", visibility="members")


def block(reading: Reading, number: int) -> BlockText:
    """The block with this number in the newest edition."""
    return BlockText.objects.select_related("block").get(edition=reading.current_id, number=number)


@pytest.fixture
def thread(reading: Reading, member: User) -> Thread:
    """On ¶1, by the member."""
    return open_thread(author=member, text=block(reading, 1), source="A promise to *whom*?")


@pytest.fixture
def comment(thread: Thread) -> Comment:
    """The member's, the thread's first."""
    return thread.comments.get()


@pytest.fixture
def answer(thread: Thread, comment: Comment, reader: User) -> Comment:
    """The reader's, to the member's."""
    return post_comment(author=reader, thread=thread, parent=comment, source="To whoever is still out.")
