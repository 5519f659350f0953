"""Signing up, in and out, and setting a new password, as a browser does it."""

import re

import pytest
from django.core import mail
from django.core.exceptions import ValidationError

from accounts.models import User
from accounts.names import clean_name, initials

pytestmark = pytest.mark.django_db

SECRET = "a-long-enough-secret"


def link_in(message) -> str:
    found = re.search(r"https?://[^/\s]+(/\S+)", message.body)
    assert found
    return found[1]


def sign_up(client, **changes):
    return client.post(
        "/accounts/signup/", {"name": "Zoë Neu", "email": "zoe@example.net", "password1": SECRET} | changes
    )


def test_a_stranger_signs_up_and_is_in_after_confirming_the_address(as_visitor):
    assert sign_up(as_visitor).status_code == 302
    assert as_visitor.get("/accounts/password/change/").status_code == 302
    address = link_in(mail.outbox[0])
    assert "Zoë Neu" in mail.outbox[0].body
    assert as_visitor.get(address).status_code == 200
    assert as_visitor.post(address).status_code == 302
    assert as_visitor.get("/accounts/password/change/").status_code == 200
    assert User.objects.get().name == "Zoë Neu"


def test_nobody_signs_in_before_the_address_is_confirmed(as_visitor, client):
    sign_up(as_visitor)
    client.post("/accounts/login/", {"login": "zoe@example.net", "password": SECRET})
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"name": ""}, "This field is required."),
        ({"name": "x" * 61}, "at most 60"),
        ({"name": "Eve\u202eabc"}, "invisible characters"),
        ({"name": "123"}, "at least one letter"),
        ({"email": "not an address"}, "valid email"),
        ({"password1": "short"}, "too short"),
        ({"password1": "password123"}, "too common"),
    ],
)
def test_what_is_wrong_with_a_sign_up_is_said_at_the_field_with_the_rest_still_there(as_visitor, changes, said):
    page = sign_up(as_visitor, **changes).content.decode()
    assert said in page
    if "name" not in changes:
        assert "Zoë Neu" in page
    assert not User.objects.exists()


def test_signing_up_does_not_tell_who_is_a_member(as_visitor, client, member):
    known = sign_up(as_visitor, email=member.email.upper())
    unknown = sign_up(client)
    assert (known.status_code, known.headers["Location"]) == (unknown.status_code, unknown.headers["Location"])
    assert User.objects.filter(email=member.email).count() == 1


def test_a_member_sets_a_new_password_by_mail(as_visitor, member):
    as_visitor.post("/accounts/password/reset/", {"email": member.email})
    page = as_visitor.get(link_in(mail.outbox[0]), follow=True)
    address = page.redirect_chain[-1][0]
    as_visitor.post(address, {"password1": SECRET, "password2": SECRET})
    as_visitor.post("/accounts/login/", {"login": member.email, "password": SECRET})
    assert "_auth_user_id" in as_visitor.session


def test_signing_out_needs_a_post_and_ends_the_session(as_member):
    as_member.get("/accounts/logout/")
    assert "_auth_user_id" in as_member.session
    as_member.post("/accounts/logout/")
    assert "_auth_user_id" not in as_member.session


def test_after_signing_in_one_is_back_on_the_page_one_came_from(as_visitor, member):
    member.set_password(SECRET)
    member.save()
    answer = as_visitor.post(
        "/accounts/login/?next=/moderation/log/",
        {"login": member.email, "password": SECRET, "next": "/moderation/log/"},
    )
    assert answer.headers["Location"] == "/moderation/log/"


@pytest.mark.parametrize("where", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_nobody_is_led_away_after_signing_in(as_visitor, member, where):
    member.set_password(SECRET)
    member.save()
    answer = as_visitor.post("/accounts/login/", {"login": member.email, "password": SECRET, "next": where})
    assert "evil" not in answer.headers["Location"]
    assert "javascript" not in answer.headers["Location"]


def test_answers_to_members_are_kept_by_no_cache(as_member, as_visitor):
    assert "no-store" in as_member.get("/readings/").headers["Cache-Control"]
    assert "Cache-Control" not in as_visitor.get("/readings/").headers


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("  Ada   Lovelace ", "Ada Lovelace"),
        ("Zoe\u0308", "Zoë"),
        ("佐藤 花", "佐藤 花"),
        ("Ng\u1ecdc \u2018A", "Ngọc ‘A"),
    ],
)
def test_names_are_kept_in_one_spelling(given, kept):
    assert clean_name(given) == kept


@pytest.mark.parametrize("given", ["", "  ", "\u200b", "a\0", "\u202eabc", "!!!", "x" * 61])
def test_names_that_cannot_be_shown_are_refused(given):
    with pytest.raises(ValidationError):
        clean_name(given)


@pytest.mark.parametrize(
    ("name", "letters"),
    [("Rosa Almeida", "RA"), ("Cher", "C"), ("佐藤 花", "佐花"), ("Yusuf al-Amin", "YA"), ("", "?")],
)
def test_initials(name, letters):
    assert initials(name) == letters
