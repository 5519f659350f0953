"""`manage.py create_member EMAIL --name NAME [--moderator]`: a member made by the operator."""

import sys
from argparse import ArgumentParser
from typing import Any

from allauth.account.forms import ResetPasswordForm
from allauth.core.context import request_context
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.db import transaction
from django.http import HttpRequest

from accounts.models import User
from accounts.people import EmailTaken, create_member
from config.env import HTTPS, SITE_URL
from moderation.models import Mandate


class Command(BaseCommand):
    help = (
        "Make a member, whose address counts as verified. The password is read from standard input with "
        "--password-stdin; without it, a link to set one is mailed."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--name", required=True, help="what other members see")
        parser.add_argument("--moderator", action="store_true", help="give a mandate to moderate, without an end")
        parser.add_argument(
            "--password-stdin", action="store_true", help="read the password from standard input, one line"
        )

    def handle(self, *args: Any, email: str, name: str, moderator: bool, password_stdin: bool, **options: Any) -> None:
        password = sys.stdin.readline().rstrip("\r\n") if password_stdin else None
        try:
            self._make(email, name, moderator, password)
        except EmailTaken as error:
            raise CommandError(str(error)) from error
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        role = "moderator" if moderator else "member"
        how = "The password is the one given." if password_stdin else "A link to set a password is on its way by mail."
        self.stdout.write(f"{name} is a {role} now and signs in as {email}. {how}")

    @transaction.atomic
    def _make(self, email: str, name: str, moderator: bool, password: str | None) -> None:
        validate_email(email)
        if password is not None:
            validate_password(password, User(email=email, name=name))
        user = create_member(email=email, name=name, password=password)
        if moderator:
            Mandate.objects.create(user=user)
        if password is None:
            _mail_link(user)


def _mail_link(user: User) -> None:
    """The mail that a member gets who has forgotten the password; here it is the first one."""
    request = HttpRequest()
    scheme, host = SITE_URL.split("://")
    request.META |= {
        "HTTP_HOST": host,
        "SERVER_NAME": host,
        "SERVER_PORT": "443" if HTTPS else "80",
        "wsgi.url_scheme": scheme,
    }
    form = ResetPasswordForm({"email": user.email})
    if form.is_valid():
        with request_context(request):
            form.save(request)
