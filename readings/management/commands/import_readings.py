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
from readings.importing.forms import READABLE
from readings.importing.library import Outcome, find_sources, import_sources
from readings.models import Reading
from readings.series import append_readings, series_named


class Command(BaseCommand):
    help = "Import texts as readings. A file that cannot be read is reported and skipped; the others go in."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "paths", nargs="+", type=Path, metavar="PATH", help="a document, a folder of them, or a manifest (.json)"
        )
        parser.add_argument(
            "--json", action="store_true", help="print what was made as JSON, and nothing else, on standard output"
        )
        parser.add_argument(
            "--language", default="", metavar="TAG", help="language of the texts (BCP 47), where no manifest names it"
        )
        parser.add_argument("--source", default="", help="where the texts come from, where no manifest says it")
        parser.add_argument("--rights", default="", help="their rights, where no manifest says them")
        parser.add_argument("--series", default="", metavar="NAME", help="put the readings at the end of this series")
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
            raise CommandError(f"There is no document in these folders. They end in {', '.join(sorted(READABLE))}.")
        bar = tqdm(
            import_sources(sources), total=len(sources), unit="file", file=sys.stderr, disable=options["verbosity"] == 0
        )
        outcomes = list(bar)
        if options["series"]:
            made = [reading for outcome in outcomes for reading in outcome.readings]
            if made:
                append_readings(series_named(options["series"], None), made)
        if options["json"]:
            self.stdout.write(json.dumps([outcome.as_json() for outcome in outcomes], ensure_ascii=False, indent=2))
        else:
            self._summarise(outcomes)
        if any(outcome.status == "failed" for outcome in outcomes):
            raise SystemExit(1)

    def _summarise(self, outcomes: list[Outcome]) -> None:
        """A table of what became what, and below it what to look at."""
        told = [(outcome, outcome.as_json()["readings"]) for outcome in outcomes]
        rows = [row for outcome, readings in told for row in _rows(outcome, readings)]
        width = min(48, max((len(row[0]) for row in rows), default=4))
        self.stdout.write(f"{'file':{width}}  {'blocks':>6}  {'doubts':>6}  {'left out':>8}  became")
        for file, *figures, became, broken in rows:
            shown = file if len(file) <= width else f"…{file[1 - width :]}"
            line = f"{shown:{width}}  {figures[0]:>6}  {figures[1]:>6}  {figures[2]:>8}  {became}"
            self.stdout.write(self.style.ERROR(line) if broken else line)
        for _, readings in told:
            for entry in readings:
                for doubt in entry["uncertain"]:
                    where = f"{entry['slug']}/{doubt['key']}" if doubt["key"] else entry["slug"]
                    self.stdout.write(self.style.WARNING(f"? {where}: {doubt['message']}"))
        made = sum(len(outcome.readings) for outcome in outcomes if outcome.status == "imported")
        failed = sum(outcome.status == "failed" for outcome in outcomes)
        unchanged = sum(outcome.status == "unchanged" for outcome in outcomes)
        self.stdout.write(f"\nReadings made: {made}. Files there already: {unchanged}. Files that failed: {failed}.")


def _rows(outcome: Outcome, readings: list[dict[str, Any]]) -> list[tuple[str, str, str, str, str, bool]]:
    """Lines of the table for one file: one for each reading, or one that says why there is none."""
    if outcome.status == "failed":
        return [(outcome.file, "", "", "", f"failed: {outcome.error}", True)]
    there = "  (there already)" if outcome.status == "unchanged" else ""
    return [
        (
            outcome.file if index == 0 else "",
            str(sum(entry["counts"].values())),
            str(len(entry["uncertain"])),
            str(entry["dropped"]),
            f"{entry['slug']} @{entry['edition']}  {entry['title']}{there}",
            False,
        )
        for index, entry in enumerate(readings)
    ]
