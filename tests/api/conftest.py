"""A reading with everything in it, people, and a client that holds every answer against the OpenAPI schema."""

import json
import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import cache
from typing import Any

import pytest
from django.core.cache import cache as shared_cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from drf_spectacular.generators import SchemaGenerator
from jsonschema import Draft202012Validator

from accounts.models import User
from accounts.people import create_member
from api.models import create_token
from discussions.models import Comment, Thread
from discussions.services import open_thread, post_comment
from moderation.models import Mandate
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
    return json.loads(json.dumps(made, default=str))  # type: ignore[no-any-return]


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
        if method not in {"HEAD", "OPTIONS"}:
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


@pytest.fixture(autouse=True)
def _unthrottled(settings: Any) -> Iterator[None]:
    """Tests write more than people do. What is said of the throttle sets its own rate."""
    set_rate(settings, "10000/min")
    shared_cache.clear()
    yield
    shared_cache.clear()


@pytest.fixture(autouse=True)
def _in_memory(settings: Any) -> None:
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}


def set_rate(settings: Any, rate: str) -> None:
    settings.REST_FRAMEWORK = {**settings.REST_FRAMEWORK, "DEFAULT_THROTTLE_RATES": {"write": rate}}


def _member(name: str) -> User:
    return create_member(email=f"{name.lower()}@example.org", name=name)


@pytest.fixture
def ada(db: None) -> User:
    """Opens the thread."""
    return _member("Ada")


@pytest.fixture
def ben(db: None) -> User:
    """Another member."""
    return _member("Ben")


@pytest.fixture
def mod(db: None) -> User:
    """A moderator."""
    user = _member("Noor")
    Mandate.objects.create(user=user, since=timezone.now() - timedelta(days=1))
    return user


@pytest.fixture
def as_visitor(db: None) -> ApiClient:
    return ApiClient()


@pytest.fixture
def as_ada(ada: User) -> ApiClient:
    return ApiClient(create_token(user=ada))


@pytest.fixture
def as_ben(ben: User) -> ApiClient:
    return ApiClient(create_token(user=ben))


@pytest.fixture
def as_mod(mod: User) -> ApiClient:
    return ApiClient(create_token(user=mod))


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
def thread(reading: Reading, ada: User) -> Thread:
    """On ¶1, by Ada."""
    return open_thread(author=ada, text=block(reading, 1), source="A promise to *whom*?")


@pytest.fixture
def comment(thread: Thread) -> Comment:
    """Ada's, the thread's first."""
    return thread.comments.get()


@pytest.fixture
def answer(thread: Thread, comment: Comment, ben: User) -> Comment:
    """Ben's, to Ada's."""
    return post_comment(author=ben, thread=thread, parent=comment, source="To whoever is still out.")


@pytest.fixture
def count_queries(db: None) -> Callable[..., int]:
    """How many queries a GET takes."""

    def count(client: ApiClient, path: str) -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            response = client.get(path)
        assert response.status_code == 200
        return len(queries)

    return count
