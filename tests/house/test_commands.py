"""The commands of the operator."""

import io
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

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
        assert b"How a circle reads" in urllib.request.urlopen(f"{site}/readings/").read()
        assert b"No mail yet" in urllib.request.urlopen(f"{site}/demo/mail/").read()
    with pytest.raises(urllib.error.URLError):
        urllib.request.urlopen(f"{site}/readings/", timeout=5)


def test_the_demo_keeps_its_data_and_takes_another_port_where_one_is_in_use(tmp_path):
    def start() -> subprocess.Popen[str]:
        arguments = [sys.executable, "manage.py", "demo", "--port", "8000"]
        return subprocess.Popen(arguments, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)

    def until(process: subprocess.Popen[str], words: str) -> str:
        printed = ""
        for line in process.stdout:
            printed += line
            if words in line:
                return printed
        raise AssertionError(printed)

    environment = {
        name: value for name, value in os.environ.items() if name not in {"SECRET_KEY", "DATABASE_URL", "SITE_URL"}
    }
    environment |= {"DATA_DIR": str(tmp_path)}
    with socket.socket() as busy:
        busy.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            busy.bind(("127.0.0.1", 8000))
            busy.listen()
        except OSError:
            pass  # somebody else has it: just as well
        with start() as first:
            try:
                assert "Port 8000 is in use; taking" in until(first, "Ctrl-C stops it.")
            finally:
                first.send_signal(signal.SIGTERM)
                assert first.wait(timeout=30) == 0
        secret = (tmp_path / "secret-key").read_text()
        began = time.monotonic()
        with start() as second:
            try:
                assert "there already" in until(second, "Ctrl-C stops it.")
                print(f"second start: {time.monotonic() - began:.1f} s")
            finally:
                second.send_signal(signal.SIGTERM)
                second.wait(timeout=30)
    assert (tmp_path / "secret-key").read_text() == secret
    assert (tmp_path / "secret-key").stat().st_mode & 0o077 == 0


def test_in_any_other_place_than_the_demo_nobody_sees_mail(client):
    assert client.get("/demo/mail/").status_code == 404
