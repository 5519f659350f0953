"""Styles and scripts: once collected, compressed and kept by browsers for ever; before, served from where they lie."""

import hashlib
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.contrib.staticfiles.storage import StaticFilesStorage
from django.core.management import call_command
from whitenoise.storage import CompressedManifestStaticFilesStorage


class CollectedFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # it has no types
    """Names files by their content once they are collected. A file that is not keeps the name it has.

    Django's own raises an error for such a file, so that no page works between `migrate` and `collectstatic`, or after an
    upgrade that forgot the latter.
    """

    def url(self, name: str | None, force: bool = False) -> str:
        if name is not None and self.hash_key(self.clean_name(name)) not in self.hashed_files:
            return StaticFilesStorage.url(self, name)
        return str(super().url(name, force))


def collect_if_changed() -> bool:
    """Run `collectstatic`, unless it ran on these very files before: compressing them takes seconds. Whether it ran."""
    stamp = Path(settings.STATIC_ROOT) / "collected"
    state = _state_of_sources()
    if stamp.exists() and stamp.read_text() == state:
        return False
    call_command("collectstatic", interactive=False, verbosity=0)
    stamp.write_text(state)
    return True


def _state_of_sources() -> str:
    """Changes when a file comes, goes or is written to."""
    found = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list([]):
            stat = Path(storage.path(name)).stat()
            found.update(f"{name}\0{stat.st_size}\0{stat.st_mtime_ns}\n".encode())
    return found.hexdigest()
