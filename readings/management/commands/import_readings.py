"""`manage.py import_readings PATH...`: files, folders or manifests become readings."""

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from readings.editions import Metadata
from readings.importing.decode import UnreadableSource
from readings.importing.library import Outcome, find_sources, import_sources
from readings.models import Reading


class Command(BaseCommand):
    help = "Import texts as readings. A file that cannot be read is reported and skipped; the others go in."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "paths", nargs="+", type=Path, metavar="PATH", help="a text file, a folder of them, or a manifest (.json)"
        )
        parser.add_argument(
            "--json", action="store_true", help="print what was made as JSON, and nothing else, on standard output"
        )
        parser.add_argument(
            "--language", default="", metavar="TAG", help="language of the texts (BCP 47), where no manifest names it"
        )
        parser.add_argument("--source", default="", help="where the texts come from, where no manifest says it")
        parser.add_argument("--rights", default="", help="their rights, where no manifest says them")
        parser.add_argument(
            "--visibility",
            choices=Reading.Visibility.values,
            default="public",
            help="who may read them (default: %(default)s)",
        )

    def handle(self, *args: Any, paths: list[Path], **options: Any) -> None:
        defaults = Metadata(**{name: options[name] for name in ("language", "source", "rights", "visibility")})
        try:
            sources = find_sources(paths, defaults)
        except UnreadableSource as error:
            raise CommandError(str(error)) from error
        if not sources:
            raise CommandError("There is no text in these folders. Texts end in .txt.")
        bar = tqdm(
            import_sources(sources), total=len(sources), unit="file", file=sys.stderr, disable=options["verbosity"] == 0
        )
        outcomes = list(bar)
        if options["json"]:
            self.stdout.write(json.dumps([outcome.as_json() for outcome in outcomes], ensure_ascii=False, indent=2))
        else:
            self._summarise(outcomes)
        if any(outcome.status == "failed" for outcome in outcomes):
            raise SystemExit(1)

    def _summarise(self, outcomes: list[Outcome]) -> None:
        for outcome in outcomes:
            self._line(outcome)
        made = sum(len(outcome.readings) for outcome in outcomes if outcome.status == "imported")
        failed = sum(outcome.status == "failed" for outcome in outcomes)
        unchanged = sum(outcome.status == "unchanged" for outcome in outcomes)
        self.stdout.write(f"\nReadings made: {made}. Files there already: {unchanged}. Files that failed: {failed}.")

    def _line(self, outcome: Outcome) -> None:
        if outcome.status == "failed":
            self.stdout.write(self.style.ERROR(f"{outcome.file}\n    failed: {outcome.error}"))
            return
        self.stdout.write(outcome.file + ("  (there already)" if outcome.status == "unchanged" else ""))
        for entry in outcome.as_json()["readings"]:
            counts = ", ".join(f"{count} {kind}" for kind, count in entry["counts"].items())
            self.stdout.write(
                f"    {self.style.SUCCESS(entry['slug'])} @{entry['edition']}  {entry['title']}\n        {counts}"
            )
            if entry["dropped"]:
                self.stdout.write(
                    f"        left out, and kept with the edition: {entry['dropped']} (site furniture and the like)"
                )
            for doubt in entry["uncertain"]:
                where = f"{doubt['key']}: " if doubt["key"] else ""
                self.stdout.write(self.style.WARNING(f"        ? {where}{doubt['message']}"))
