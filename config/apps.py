"""The installation itself: settings, addresses, and the commands that touch every app."""

from typing import Any

from django.apps import AppConfig, apps
from django.core.management import call_command
from django.db.models.signals import post_migrate


def make_cache_table(sender: AppConfig, using: str = "default", **kwargs: Any) -> None:
    """`migrate` alone makes a working site: the shared cache's table, where the cache is in the database, comes with it."""
    call_command("createcachetable", database=using, verbosity=0)


class ConfigConfig(AppConfig):
    """Only here for its management commands and the table of the shared cache."""

    name = "config"

    def ready(self) -> None:
        # Django tells only apps with models, and this one has none: it listens for one that always has.
        post_migrate.connect(make_cache_table, sender=apps.get_app_config("accounts"))
