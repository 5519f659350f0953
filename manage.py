#!/usr/bin/env python
"""Django's command line for Colloquy: `manage.py help` lists what it can do."""

import os
import sys


def main() -> None:
    """Run a management command with Colloquy's settings."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    try:
        from django.core.exceptions import ImproperlyConfigured
        from django.core.management import execute_from_command_line
    except ImportError as error:
        raise SystemExit(f"{error}. Run `make setup`, then use .venv/bin/python manage.py.") from error
    if sys.argv[1:2] == ["demo"]:
        from config.demo.environment import prepare

        prepare()
    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        raise SystemExit(f"Colloquy cannot start: {error}") from None


if __name__ == "__main__":
    main()
