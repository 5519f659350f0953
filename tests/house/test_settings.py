"""What the operator is promised: settings, refusals, the options of the database, the lock files."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import URLPattern, URLResolver, get_resolver

from config.static_files import CollectedFiles
from discussions.services import edit_comment, open_thread
from moderation.services import lock_thread
from readings.editions import create_reading
from readings.importing.document import DraftBlock, Work
from readings.kinds import Kind

ROOT = Path(__file__).resolve().parents[2]


def manage(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run manage.py as an operator does, with these settings and no others."""
    names = ("SECRET_KEY", "DATABASE_URL", "SITE_URL", "DEBUG", "DEMO", "DATA_DIR")
    clean = {name: value for name, value in os.environ.items() if name not in names}
    command = [sys.executable, "manage.py", *arguments]
    return subprocess.run(command, cwd=ROOT, env=clean | environment, capture_output=True, text=True, check=False)


def test_without_a_secret_key_nothing_starts_and_the_message_says_what_to_do(tmp_path):
    done = manage("check", DATA_DIR=str(tmp_path))
    assert done.returncode != 0
    assert "SECRET_KEY is not set" in done.stderr
    assert "token_urlsafe" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_address_that_is_none_is_refused(tmp_path):
    done = manage("check", DATA_DIR=str(tmp_path), SECRET_KEY="x" * 60, SITE_URL="read.example.org")
    assert "SITE_URL must be the address people type" in done.stderr


def test_a_database_and_a_secret_are_all_a_command_needs(tmp_path):
    given = {
        "DATABASE_URL": f"sqlite:///{tmp_path}/new/site.sqlite3",
        "SECRET_KEY": "x" * 60,
        "DATA_DIR": str(tmp_path),
    }
    for command in (["migrate", "-v0"], ["check"], ["showmigrations"]):
        done = manage(*command, **given)
        assert done.returncode == 0, done.stderr
    made = subprocess.run(
        [
            sys.executable,
            "manage.py",
            "create_member",
            "you@example.org",
            "--name",
            "You",
            "--moderator",
            "--password-stdin",
        ],
        cwd=ROOT,
        env=os.environ | given,
        input="a-long-enough-secret\n",
        capture_output=True,
        text=True,
        check=False,
    )
    assert made.returncode == 0, made.stderr
    assert "is a moderator now" in made.stdout


def test_every_setting_is_in_the_operators_guide_and_no_other():
    source = (ROOT / "config" / "env.py").read_text() + (ROOT / "config" / "settings.py").read_text()
    read = set(re.findall(r'env\.\w+\(\s*"([A-Z_]+)"', source))
    told = set(re.findall(r"^\| `([A-Z_]+)` \|", (ROOT / "docs" / "operating.md").read_text(), re.MULTILINE))
    assert told == read


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-test.txt"])
def test_lock_files_pin_every_package_with_hashes_and_name_no_host(name):
    text = (ROOT / name).read_text()
    assert "://" not in text
    assert "index-url" not in text
    for entry in re.split(r"\n(?=[a-z])", text.strip()):
        assert re.match(r"[\w.-]+(\[[\w,-]+\])?==\S+", entry), entry
        assert "--hash=sha256:" in entry, entry


def test_files_have_the_names_they_were_collected_under_and_their_own_before():
    files = CollectedFiles()
    files.hashed_files = {"common/base.css": "common/base.0123456789ab.css"}
    assert files.url("common/base.css") == "/static/common/base.0123456789ab.css"
    assert files.url("common/new.css") == "/static/common/new.css"


def pages() -> list[str]:
    """Every address of the site that has no part to be filled in."""

    def within(patterns: list[URLPattern | URLResolver], before: str) -> Iterator[str]:
        for pattern in patterns:
            path = before + str(pattern.pattern)
            if isinstance(pattern, URLResolver):
                yield from within(pattern.url_patterns, path)
            elif not re.search(r"[<(]", path):
                yield "/" + re.sub(r"[\^$]|\\Z", "", path)

    return sorted(set(within(get_resolver().url_patterns, "")))


@pytest.mark.django_db
def test_no_page_lets_a_browser_run_what_stands_in_it(as_visitor, as_member, as_moderator):
    looked_at = 0
    for client in (as_visitor, as_member, as_moderator):
        for path in pages():
            response = client.get(path)
            assert response.status_code < 500, path
            policy = response.headers["Content-Security-Policy"]
            assert "unsafe" not in policy, path
            assert "default-src 'none'" in policy, path
            looked_at += response.status_code == 200
    assert looked_at > 20


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "sqlite", reason="these are SQLite's own options")
def test_sqlite_keeps_what_it_has_acknowledged():
    with connection.cursor() as cursor:
        found = {}
        for pragma in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout"):
            cursor.execute(f"PRAGMA {pragma}")
            found[pragma] = cursor.fetchone()[0]
    assert found == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 20_000}
    assert connection.transaction_mode == "IMMEDIATE"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE readings_edition SET words = 0",
        "UPDATE readings_blocktext SET text = 'changed'",
        "UPDATE readings_original SET name = 'changed'",
        "UPDATE discussions_revision SET source = 'changed'",
        "UPDATE moderation_action SET reason = 'changed'",
        "DELETE FROM moderation_action",
    ],
)
def test_the_database_itself_refuses_to_change_what_is_written_once(statement, member, moderator, tmp_path, settings):
    from readings.editions import keep_original

    settings.MEDIA_ROOT = tmp_path
    original = keep_original("a.txt", b"a", "0" * 64)
    reading = create_reading(work=Work("T", [DraftBlock(Kind.PARAGRAPH, "One.")]), original=original)
    thread = open_thread(author=member, text=reading.current.texts.select_related("block").get(), source="First")
    edit_comment(editor=member, comment=thread.comments.get(), source="Second")
    lock_thread(moderator=moderator, thread=thread, reason="Enough")
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
