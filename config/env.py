"""What the operator sets, read from the environment in one place and checked before anything starts."""

from pathlib import Path
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent

env = environ.Env()

DATA_DIR = Path(env.str("DATA_DIR", default=str(BASE_DIR / "data"))).resolve()
"""Where Colloquy keeps what it must not lose: the SQLite file, the originals of imported texts, the demo's secret."""

DEBUG = env.bool("DEBUG", default=False)
DEMO = env.bool("DEMO", default=False)
SITE_URL = env.str("SITE_URL", default="http://127.0.0.1:8000").rstrip("/")
SITE_HOST = urlsplit(SITE_URL).hostname or ""
HTTPS = SITE_URL.startswith("https://")
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", default=0)
"""How many proxies stand before the server, each of which appends to X-Forwarded-For. 0: the header is not believed."""


def database() -> dict[str, object]:
    """The database of DATABASE_URL, with the options under which it keeps its promises."""
    found = dict(env.db("DATABASE_URL", default=f"sqlite:///{DATA_DIR / 'colloquy.sqlite3'}"))
    options = dict(found.get("OPTIONS") or {})
    if found["ENGINE"] == "django.db.backends.sqlite3":
        # An answer is given only after the row is on the disk (FULL); a transaction that will write says so at its
        # start (IMMEDIATE), so that two of them queue instead of one failing half-way.
        pragmas = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA cache_size=-32000;"
        found["OPTIONS"] = {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": pragmas} | options
        name = str(found["NAME"])
        if not name.startswith((":memory:", "file:")):
            Path(name).resolve().parent.mkdir(parents=True, exist_ok=True)
    else:
        found["OPTIONS"] = {"pool": {"min_size": 1, "max_size": 8, "timeout": 10}} | options
    return found


def secret_key() -> str:
    """The key that signs sessions and links. Raises ImproperlyConfigured where it is missing."""
    key = str(env.str("SECRET_KEY", default=""))
    if not key and DEBUG:
        return "for-development-only-" + "x" * 40
    if not key:
        raise ImproperlyConfigured(
            "SECRET_KEY is not set. Make one with\n"
            "    python -c 'import secrets; print(secrets.token_urlsafe(50))'\n"
            "and keep it: everyone is signed out when it changes. (`make demo` makes and keeps its own.)"
        )
    return key


def require(condition: bool, message: str) -> None:
    """Stop with a message the operator can act on, unless the condition holds."""
    if not condition:
        raise ImproperlyConfigured(message)


require(
    SITE_URL.startswith(("http://", "https://")) and bool(SITE_HOST),
    f"SITE_URL must be the address people type, such as https://read.example.org, not {SITE_URL!r}.",
)
