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
from readings.importing.decode import UnreadableSource, decode
from readings.importing.document import Contributor
from readings.importing.structure import structure
from readings.models import Original, Reading

logger = logging.getLogger(__name__)

LARGEST_FILE = 50 * 1024 * 1024
"""Bytes. A larger text is hardly a text."""

TEXT_SUFFIXES = frozenset({".txt", ".text"})

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


def import_sources(sources: Iterable[Source], *, importer: User | None = None) -> Iterator[Outcome]:
    """Import one source after the other. A broken file is an outcome, not an exception, and leaves nothing behind."""
    for source in sources:
        yield import_source(source, importer=importer)


def import_source(source: Source, *, importer: User | None = None) -> Outcome:
    """Import one file. The same bytes are not imported twice: the readings that came of them are named instead."""
    try:
        data = _read(source.path)
        sha256 = hashlib.sha256(data).hexdigest()
        if known := list(Reading.objects.filter(editions__original__sha256=sha256).distinct().order_by("pk")):
            return Outcome(str(source.path), "unchanged", known)
        return Outcome(str(source.path), "imported", _import(source, data, sha256, importer))
    except UnreadableSource as error:
        return Outcome(str(source.path), "failed", error=str(error))
    except ValidationError as error:
        return Outcome(str(source.path), "failed", error=" ".join(error.messages))
    except Exception:  # a fault of ours in one file must not cost the others of a batch
        logger.exception("Importing %s failed", source.path)
        return Outcome(str(source.path), "failed", error="The importer itself failed on this file; the log says where.")


def _import(source: Source, data: bytes, sha256: str, importer: User | None) -> list[Reading]:
    works = structure(decode(data), name=source.path.stem)
    with transaction.atomic():
        fresh = not Original.objects.filter(sha256=sha256).exists()
        original = keep_original(source.path.name, data, sha256)
        try:
            # Metadata is of the file: with several works in it, only what they have in common can be meant.
            metadata = source.metadata if len(works) == 1 else _common_part(source.metadata)
            return [
                create_reading(work=work, metadata=metadata, original=original, importer=importer) for work in works
            ]
        except BaseException:
            if fresh:
                original.file.delete(save=False)
            raise


def _read(path: Path) -> bytes:
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


def _common_part(metadata: Metadata) -> Metadata:
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
            found = sorted(entry for entry in path.rglob("*") if entry.suffix.lower() in TEXT_SUFFIXES)
            sources += [Source(entry, defaults) for entry in found]
        elif path.suffix.lower() == ".json":
            sources += _manifest(path, defaults)
        else:
            sources.append(Source(path, defaults))
    return sources


def _manifest(path: Path, defaults: Metadata) -> list[Source]:
    try:
        entries = json.loads(_read(path))
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
