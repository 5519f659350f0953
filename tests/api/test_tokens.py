"""`manage.py create_token`: for scripts, so that stdout has the token and nothing else."""

import io
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from api.models import Token
from tests.api.conftest import ApiClient


def run(*args):
    out, err = io.StringIO(), io.StringIO()
    call_command("create_token", *args, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def test_the_token_alone_is_on_stdout_and_works(member):
    out, err = run("Member@Example.org", "--name", "my script")
    assert out == out.strip() + "\n"
    assert ApiClient(out.strip()).get("/me/").data["name"] == "Mia Member"
    assert "Mia Member" in err
    assert out.strip() not in err
    token = Token.objects.get()
    assert (token.name, token.expires_at) == ("my script", None)


def test_a_token_can_have_an_end(member):
    _, err = run("member@example.org", "--days", "30")
    end = Token.objects.get().expires_at
    assert timedelta(days=29) < end - timezone.now() <= timedelta(days=30)
    assert f"{end:%Y-%m-%d}" in err


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["nobody@example.org"], "No member"),
        (["member@example.org", "--days", "0"], "--days"),
        (["member@example.org", "--days", "-1"], "--days"),
        (["member@example.org", "--days", "9" * 30], "--days"),
        (["member@example.org", "--name", "x" * 101], "--name"),
        (["closed@example.org"], "closed"),
    ],
)
def test_what_makes_no_token_says_why(args, words, member, reader):
    type(reader).objects.filter(pk=reader.pk).update(email="closed@example.org", is_active=False)
    with pytest.raises(CommandError, match=words):
        run(*args)
    assert not Token.objects.exists()
