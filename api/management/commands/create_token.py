"""`manage.py create_token EMAIL`: a personal token, printed once."""

from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from accounts.models import User
from api.models import Token, create_token

LONGEST_TERM = 3650


class Command(BaseCommand):
    help = "Make a personal token for a member. Only the token goes to stdout; nobody can find it out again."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", help="the member's e-mail address")
        parser.add_argument("--name", default="", help="what the token is for")
        parser.add_argument(
            "--days", type=int, help=f"days until it expires, 1 to {LONGEST_TERM}; without it, it does not"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        days, name = options["days"], options["name"]
        longest = Token._meta.get_field("name").max_length or 0
        if days is not None and not 1 <= days <= LONGEST_TERM:
            raise CommandError(f"--days is 1 to {LONGEST_TERM}.")
        if len(name) > longest:
            raise CommandError(f"--name has at most {longest} characters.")
        user = User.objects.filter(email=options["email"].strip().lower()).first()
        if user is None:
            raise CommandError(f"No member has the e-mail address {options['email']}.")
        if not user.is_active:
            raise CommandError("This account is closed.")
        expires_at = timezone.now() + timedelta(days=days) if days else None
        self.stdout.write(create_token(user=user, name=name, expires_at=expires_at))
        until = f"until {expires_at:%Y-%m-%d}" if expires_at else "until it is deleted"
        self.stderr.write(f"A token for {user.name}, valid {until}. Keep it: it is not shown again.", self.style.NOTICE)
