"""`manage.py demo`: the whole of Colloquy on this machine, with sample texts and people. `make demo` calls it."""

import os
from argparse import ArgumentParser
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from config.demo.processes import CannotStart, free_port, run
from config.demo.samples import PASSWORD, load_samples
from config.static_files import collect_if_changed

PORT = 8000


class Command(BaseCommand):
    help = "Start Colloquy on this machine with sample texts and people. Ctrl-C stops all of it; the data stays."
    requires_system_checks: list[str] = []  # noqa: RUF012 - Django's own name for it; the children check

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--port",
            type=int,
            default=PORT,
            help="where to listen (default: %(default)s, or the next free one; 0: any)",
        )

    def handle(self, *args: Any, port: int, **options: Any) -> None:
        try:
            chosen = free_port(port)
            if port and chosen != port:
                self.say(f"Port {port} is in use; taking {chosen}.")
            self.prepare()
            environment = os.environ | {"SITE_URL": f"http://127.0.0.1:{chosen}", "PYTHONUNBUFFERED": "1"}
            run(chosen, environment, ready=lambda: self.welcome(chosen))
        except CannotStart as error:
            raise CommandError(str(error)) from error
        self.say("\nStopped. The data stays in " + os.path.relpath(os.environ["DATA_DIR"]) + ".")

    def prepare(self) -> None:
        """Bring the database, the static files and the samples into place; quick where they are there already."""
        self.say("Database")
        call_command("migrate", verbosity=0)
        self.say("Static files")
        collect_if_changed()
        self.say("Sample content")
        if not load_samples(lambda words: self.say(f"    {words}")):
            self.say("    there already")
        self.say("Starting")

    def welcome(self, port: int) -> None:
        """Say where it is and who can sign in."""
        site = f"http://127.0.0.1:{port}"
        lines = [
            "",
            f"  Colloquy is at  {site}/",
            "",
            f"  Sign in as      rosa@example.org     {PASSWORD}   (member)",
            f"                  ingrid@example.org   {PASSWORD}   (moderator)",
            f"  Mail is shown   {site}/demo/mail/   (none is sent)",
            f"  The API         {site}/api/docs/",
            "",
            "  Ctrl-C stops it.",
            "",
        ]
        width = max(map(len, lines)) + 2
        self.say(
            "\n".join(["┌" + "─" * width + "┐", *(f"│{line:<{width}}│" for line in lines), "└" + "─" * width + "┘"])
        )

    def say(self, words: str) -> None:
        self.stdout.write(words)
        self.stdout.flush()
