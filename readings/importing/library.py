"""From files to readings: reads a file, runs the stages, stores what came of it, and reports.

`extract` and `structure` beside this module are plain Python; this is where they meet the database.
"""

import hashlib
import json
import logging
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import User
from readings.editions import Metadata, create_reading, keep_original
from readings.importing.decode import UnreadableSource
from readings.importing.document import Contributor, Work
from readings.importing.extract import Document, Report
from readings.importing.forms import READABLE
from readings.importing.workshop import Workshop
from readings.models import Original, Reading

logger = logging.getLogger(__name__)

LARGEST_FILE = 50 * 1024 * 1024
"""Bytes. A larger text is hardly a text."""

Status = Literal["imported", "unchanged", "failed"]


@dataclass(slots=True)
class Source:
    """A file to import, with what its manifest says of it."""

    path: Path
    metadata: Metadata = field(default_factory=Metadata)


@dataclass(slots=True)
class Outcome:
    """What became of one file."""

    file: str
    status: Status
    readings: list[Reading] = field(default_factory=list)
    error: str = ""

    def as_json(self) -> dict[str, Any]:
        """The outcome as plain data, for scripts."""
        made = [_describe(reading) for reading in self.readings]
        return {
            "file": self.file,
            "status": self.status,
            "error": self.error or None,
            "slugs": [reading.slug for reading in self.readings],
            "edition": max((entry["edition"] for entry in made), default=None),
            "counts": dict(sum((Counter(entry["counts"]) for entry in made), Counter())),
            "uncertain": [doubt | {"slug": entry["slug"]} for entry in made for doubt in entry["uncertain"]],
            "readings": made,
        }


def import_sources(
    sources: Iterable[Source], *, importer: User | None = None, report: Report = lambda stage, done, total: None
) -> Iterator[Outcome]:
    """Import one source after the other. A broken file is an outcome, not an exception, and leaves nothing behind."""
    with Workshop() as workshop:
        for source in sources:
            yield import_source(source, workshop, importer=importer, report=report)


def import_source(
    source: Source,
    workshop: Workshop,
    *,
    importer: User | None = None,
    report: Report = lambda stage, done, total: None,
) -> Outcome:
    """Import one file. The same bytes are not imported twice: the readings that came of them are named instead."""
    try:
        data = read_file(source.path)
        sha256 = hashlib.sha256(data).hexdigest()
        if known := readings_of(sha256):
            return Outcome(str(source.path), "unchanged", known)
        works = workshop.read(Document(data, source.path.name), report)
        made = store_works(works, source.metadata, Bytes(source.path.name, data, sha256), importer)
        return Outcome(str(source.path), "imported", made)
    except UnreadableSource as error:
        return Outcome(str(source.path), "failed", error=str(error))
    except ValidationError as error:
        return Outcome(str(source.path), "failed", error=" ".join(error.messages))
    except Exception:  # a fault of ours in one file must not cost the others of a batch
        logger.exception("Importing %s failed", source.path)
        return Outcome(str(source.path), "failed", error="The importer itself failed on this file; the log says where.")


@dataclass(frozen=True, slots=True)
class Bytes:
    """A file as it came, to be kept."""

    name: str
    data: bytes
    sha256: str


def readings_of(sha256: str) -> list[Reading]:
    """The readings that were made of a file with this hash."""
    return list(Reading.objects.filter(editions__original__sha256=sha256).distinct().order_by("pk"))


def store_works(works: list[Work], metadata: Metadata, source: Bytes, importer: User | None) -> list[Reading]:
    """Make readings of the works in a file, all of them or none."""
    # Metadata is of the file: with several works in it, only what they have in common can be meant.
    known = metadata if len(works) == 1 else common_part(metadata)
    with transaction.atomic():
        fresh = not Original.objects.filter(sha256=source.sha256).exists()
        original = keep_original(source.name, source.data, source.sha256)
        try:
            return [create_reading(work=work, metadata=known, original=original, importer=importer) for work in works]
        except BaseException:
            if fresh:
                original.file.delete(save=False)
            raise


def read_file(path: Path) -> bytes:
    """The bytes of a file. Raises UnreadableSource where there is none, or where it is too large."""
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise UnreadableSource(
                f"The file is larger than {LARGEST_FILE // 1024**2} MB. Split it and import the parts."
            )
        return path.read_bytes()
    except FileNotFoundError as error:
        raise UnreadableSource("There is no such file. Check the path.") from error
    except OSError as error:
        raise UnreadableSource(f"The file cannot be read: {error.strerror or error}.") from error


def common_part(metadata: Metadata) -> Metadata:
    """What holds for every work in a file, where the file has several."""
    return Metadata(source=metadata.source, rights=metadata.rights, visibility=metadata.visibility)


def _describe(reading: Reading) -> dict[str, Any]:
    edition = reading.current
    assert edition is not None
    counts = Counter(edition.texts.order_by().values_list("kind", flat=True))
    return {
        "slug": reading.slug,
        "title": reading.title,
        "contributors": [{"name": person.name, "role": person.role} for person in reading.contributions.all()],
        "language": reading.language,
        "edition": edition.number,
        "paragraphs": edition.paragraphs,
        "counts": dict(sorted(counts.items())),
        "dropped": len(edition.dropped),
        "uncertain": edition.doubts,
    }


def find_sources(paths: Iterable[Path], defaults: Metadata) -> list[Source]:
    """The files that the paths name: a file itself, the texts in a folder, the entries of a manifest (`.json`).

    Raises UnreadableSource for a manifest that cannot be read as one.
    """
    sources: list[Source] = []
    for path in paths:
        if path.is_dir():
            found = sorted(entry for entry in path.rglob("*") if _is_text(entry.relative_to(path)))
            sources += [Source(entry, defaults) for entry in found]
        elif path.suffix.lower() == ".json":
            sources += _manifest(path, defaults)
        else:
            sources.append(Source(path, defaults))
    return sources


def _is_text(path: Path) -> bool:
    """Whether a file in a folder is one to import: in a form we read, not hidden, not a part of a saved web page."""
    folders = path.parts[:-1]
    return path.suffix.lower() in READABLE and not (
        any(part.startswith(".") for part in path.parts)
        or any(part.endswith(("_files", ".files", "-Dateien")) for part in folders)
    )


def _manifest(path: Path, defaults: Metadata) -> list[Source]:
    try:
        entries = json.loads(read_file(path))
        return [Source(path.parent / entry["file"], _metadata(entry, defaults)) for entry in entries]
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise UnreadableSource(
            f'{path} is not a manifest: it must be a JSON list of objects, each with "file" and, where known, "title", '
            f'"contributors", "source", "language", "rights", "visibility" ({error}).'
        ) from error


def _metadata(entry: dict[str, Any], defaults: Metadata) -> Metadata:
    def said(name: str, default: str) -> str:
        return str(entry.get(name) or default)

    return Metadata(
        slug=said("slug", ""),
        title=said("title", ""),
        subtitle=said("subtitle", ""),
        contributors=tuple(
            Contributor(str(person["name"]), str(person.get("role", "author")))
            for person in entry.get("contributors") or ()
        ),
        source=said("source", defaults.source),
        published=said("date", ""),
        language=said("language", defaults.language),
        rights=said("rights", defaults.rights),
        visibility=said("visibility", defaults.visibility),
    )
