"""The commands of the operator."""

import io
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import psutil
import pytest
from django.core import mail
from django.core.management import CommandError, call_command

from accounts.models import User
from discussions.models import Comment
from discussions.policies import is_moderator
from readings.models import Reading
from tests.browser.running import ROOT, demo


def create(*arguments: str, typed: str | None = None, monkeypatch=None) -> str:
    out = io.StringIO()
    if typed is not None:
        monkeypatch.setattr(sys, "stdin", io.StringIO(typed))
        arguments = (*arguments, "--password-stdin")
    call_command("create_member", *arguments, stdout=out)
    return out.getvalue()


@pytest.mark.django_db
def test_a_member_is_made_with_a_password_and_can_sign_in(client, monkeypatch):
    create("You@Example.org", "--name", "You", typed="a-long-enough-secret\n", monkeypatch=monkeypatch)
    client.post("/accounts/login/", {"login": "you@example.org", "password": "a-long-enough-secret"})
    assert "_auth_user_id" in client.session
    assert not is_moderator(User.objects.get())


@pytest.mark.django_db
def test_without_a_password_a_link_to_set_one_is_mailed():
    create("you@example.org", "--name", "You", "--moderator")
    assert is_moderator(User.objects.get())
    assert "/accounts/password/reset/key/" in mail.outbox[0].body
    assert mail.outbox[0].to == ["you@example.org"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("email", "name", "typed", "said"),
    [
        ("you@example.org", "\u202eYou", "a-long-enough-secret", "invisible"),
        ("you", "You", "a-long-enough-secret", "valid email"),
        ("you@example.org", "You", "short", "too short"),
        ("member@example.org", "You", "a-long-enough-secret", "already"),
    ],
)
def test_what_is_wrong_is_said_and_nobody_is_made(email, name, typed, said, member, monkeypatch):
    with pytest.raises(CommandError, match=said):
        create(email, "--name", name, typed=typed, monkeypatch=monkeypatch)
    assert User.objects.count() == 1


@pytest.mark.django_db
def test_the_samples_load_once_and_as_they_are_written(tmp_path, settings):
    from config.demo.samples import FIXTURES, load_samples

    settings.MEDIA_ROOT = tmp_path
    assert load_samples(lambda words: None)
    assert not load_samples(lambda words: None)
    assert Reading.objects.count() == len(json.loads((FIXTURES / "readings" / "manifest.json").read_text()))
    assert Comment.objects.filter(status="hidden").exists()
    assert Comment.objects.filter(status="removed").exists()
    assert Comment.objects.exclude(edited_at=None).exists()


def test_the_demo_starts_answers_and_leaves_nothing_running():
    with demo() as site:
        shelf = urllib.request.urlopen(f"{site}/readings/").read().decode()
        assert "How a circle reads" in shelf
        assert b"No mail yet" in urllib.request.urlopen(f"{site}/demo/mail/").read()
        style = re.search(r"/static/common/base\.[0-9a-f]{12}\.css", shelf)
        assert style, "styles are named by their content"
        assert "immutable" in urllib.request.urlopen(site + style[0]).headers["Cache-Control"]
    with pytest.raises(urllib.error.URLError):
        urllib.request.urlopen(f"{site}/readings/", timeout=5)


class RunningDemo:
    """`manage.py demo` as somebody starts it in a shell, with its data in a folder."""

    def __init__(self, data: Path, *arguments: str) -> None:
        unset = {"SECRET_KEY", "DATABASE_URL", "SITE_URL"}
        environment = {name: value for name, value in os.environ.items() if name not in unset}
        self.began = time.monotonic()
        self.process = subprocess.Popen(
            [sys.executable, "manage.py", "demo", *arguments],
            cwd=ROOT,
            env=environment | {"DATA_DIR": str(data)},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def __enter__(self) -> "RunningDemo":
        return self

    def __exit__(self, *error: object) -> None:
        if self.process.poll() is None:
            self.process.terminate()
        self.process.communicate(timeout=30)

    def printed_until(self, words: str) -> str:
        printed = ""
        for line in self.process.stdout:
            printed += line
            if words in line:
                return printed
        raise AssertionError(printed)

    def children(self) -> list[psutil.Process]:
        return psutil.Process(self.process.pid).children(recursive=True)


def all_ended(processes: list[psutil.Process]) -> bool:
    _, alive = psutil.wait_procs(processes, timeout=30)
    return not alive


def test_the_demo_keeps_its_data_finds_a_port_and_stops_as_one_however_it_ends(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as busy:
        port = busy.getsockname()[1]
        with RunningDemo(tmp_path, "--port", str(port)) as first:
            assert f"Port {port} is in use; taking" in first.printed_until("Ctrl-C stops it.")
            children = first.children()
            first.process.send_signal(signal.SIGINT)
            assert first.process.wait(timeout=30) == 0
            assert all_ended(children)
    secret = tmp_path / "secret-key"
    kept = secret.read_text()
    assert secret.stat().st_mode & 0o077 == 0

    with RunningDemo(tmp_path, "--port", "0") as second:
        assert "there already" in second.printed_until("Ctrl-C stops it.")
        print(f"second start: {time.monotonic() - second.began:.1f} s")
        children = second.children()
        assert len(children) >= 2
        second.process.kill()
        assert all_ended(children), "a demo that is killed leaves nothing behind"

    with RunningDemo(tmp_path, "--port", "0") as third:
        third.printed_until("Ctrl-C stops it.")
        children = third.children()
        next(child for child in children if "db_worker" in child.cmdline()).kill()
        third.printed_until("The task worker stopped by itself")
        assert third.process.wait(timeout=30) == 1
        assert all_ended(children)
    assert secret.read_text() == kept


def test_in_any_other_place_than_the_demo_nobody_sees_mail(client):
    assert client.get("/demo/mail/").status_code == 404
