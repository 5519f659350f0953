"""The cast: always the same people, each with one role, and a client for each."""

from collections.abc import Callable

import pytest
from django.conf import settings as django_settings
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from accounts.people import create_member
from moderation.models import Mandate

SIGN_IN = "allauth.account.auth_backends.AuthenticationBackend"


def pytest_configure(config: pytest.Config) -> None:
    """Passwords are hashed cheaply, and a test database in SQLite is a file, as it is for real."""
    django_settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    database = django_settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        database.setdefault("TEST", {})["NAME"] = f"{database['NAME']}.test"
    else:
        # A pool keeps connections open, and a database that is in use cannot be dropped after the run.
        database["OPTIONS"] = {name: value for name, value in database["OPTIONS"].items() if name != "pool"}


@pytest.fixture(autouse=True)
def _cold_cache(request: pytest.FixtureRequest) -> None:
    """Rate limits are counted in the shared cache, and one test's sign-ins are not the next one's."""
    if "db" in request.fixturenames or request.node.get_closest_marker("django_db"):
        request.getfixturevalue("db")
        from django.core.cache import cache

        cache.clear()


@pytest.fixture
def visitor() -> AnonymousUser:
    return AnonymousUser()


@pytest.fixture
def member(db: None) -> User:
    return create_member(email="member@example.org", name="Mia Member")


@pytest.fixture
def reader(db: None) -> User:
    return create_member(email="reader@example.org", name="Rui Reader")


@pytest.fixture
def moderator(db: None) -> User:
    user = create_member(email="moderator@example.org", name="Mo Moderator")
    Mandate.objects.create(user=user)
    return user


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend=SIGN_IN)
    return client


@pytest.fixture
def as_visitor(db: None) -> Client:
    return Client()


@pytest.fixture
def as_member(member: User) -> Client:
    return signed_in(member)


@pytest.fixture
def as_reader(reader: User) -> Client:
    return signed_in(reader)


@pytest.fixture
def as_moderator(moderator: User) -> Client:
    return signed_in(moderator)


@pytest.fixture
def count_queries() -> Callable[[Client, str], int]:
    """How many queries a page asks, which must answer with 200."""

    def count(client: Client, path: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            response = client.get(path)
            asked = len(queries)
        assert response.status_code == 200, path
        return asked

    return count
