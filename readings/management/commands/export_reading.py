"""`manage.py export_reading SLUG --format blocks`: the blocks of a reading as JSON."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from readings.exports import export_blocks
from readings.models import Reading


class Command(BaseCommand):
    help = "Write a reading to standard output."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug", help="the reading's name in addresses")
        parser.add_argument(
            "--format", choices=["blocks"], default="blocks", help="blocks: a JSON list of all blocks in order"
        )
        parser.add_argument("--edition", type=int, help="number of the edition (default: the newest)")

    def handle(self, *args: Any, slug: str, edition: int | None, **options: Any) -> None:
        reading = Reading.objects.filter(slug=slug).select_related("current").first()
        if reading is None:
            raise CommandError(f"There is no reading with the slug {slug}. import_readings prints the slugs it makes.")
        chosen = reading.current if edition is None else reading.editions.filter(number=edition).first()
        if chosen is None:
            raise CommandError(f"{slug} has no edition {edition}.")
        self.stdout.write(json.dumps(export_blocks(chosen), ensure_ascii=False, indent=2))
