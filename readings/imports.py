"""Documents on their way to being readings: received, read in the background, told of, tried again, discarded.

The page, the API and the tests come through here. The command line imports at once and without drafts: `importing.library`.
"""

import hashlib
import logging
import time
from collections.abc import Callable
from dataclasses import asdict
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from common.submissions import SubmissionConflict
from readings.editions import IMPORTER_VERSION, Metadata, create_reading, keep_original, keep_pictures
from readings.importing.codec import work_as_json, work_from_json
from readings.importing.decode import UnreadableSource
from readings.importing.document import Contributor, Work
from readings.importing.extract import Document
from readings.importing.library import LARGEST_FILE, common_part
from readings.importing.workshop import ImporterFailed, Workshop
from readings.models import Draft, Import, Reading
from readings.policies import may_add_readings
from readings.tasks import read_import

logger = logging.getLogger(__name__)

MOST_OPEN = 100
"""Imports of one person that are neither published nor discarded."""

LARGEST_OPEN = 500 * 1024**2
"""Bytes of their files together."""

PATIENCE = timedelta(minutes=15)
"""After so long without a sign of life, whoever read a document is taken to have stopped."""

_OFTEN = 0.5  # seconds between two notes of how far it has come


def receive_file(
    person: User,
    name: str,
    data: bytes,
    metadata: Metadata | None = None,
    *,
    publish: bool = False,
    submission: str | None = None,
) -> Import:
    """Take in a file and have it read. The same submission is taken once.

    Raises Refused, ValidationError for a file that is not taken, and SubmissionConflict.
    """
    may_add_readings(person).enforce()
    if len(data) > LARGEST_FILE:
        raise ValidationError(
            _("The file is larger than %(size)d MB. Split it and import the parts.")
            % {"size": LARGEST_FILE // 1024**2},
            code="too-large",
        )
    if not data:
        raise ValidationError(_("The file is empty. Check that it was saved, and choose it again."), code="empty")
    sha256 = hashlib.sha256(data).hexdigest()

    def create() -> Import:
        _check_room(person, len(data))
        return Import(name=name[-255:] or "document", original=keep_original(name or "document", data, sha256))

    def is_same(found: Import) -> bool:
        return found.original is not None and found.original.sha256 == sha256

    return _receive(person, create, is_same, metadata, publish, submission)


def receive_text(
    person: User, text: str, metadata: Metadata | None = None, *, publish: bool = False, submission: str | None = None
) -> Import:
    """Take in a pasted text and have it read. As `receive_file`."""
    known = metadata or Metadata()
    words = " ".join((known.title or text[:400].strip())[:200].split()[:8])
    name = "".join(character if character.isalnum() else " " for character in words).strip() or _("Pasted text")
    data = text.encode("utf-8", "replace")
    return receive_file(person, f"{name[:100]}.txt", data, known, publish=publish, submission=submission)


def _receive(
    person: User,
    create: Callable[[], Import],
    is_same: Callable[[Import], bool],
    metadata: Metadata | None,
    publish: bool,
    submission: str | None,
) -> Import:
    """Store an import and have it read, unless this submission came before. The database decides, so two at once are one too."""
    try:
        with transaction.atomic():
            if submission and (found := _submitted(person, submission)):
                return _checked(found, is_same, publish)
            made = create()
            made.created_by, made.particulars = person, asdict(metadata or Metadata())
            made.publish, made.submission = publish, submission
            made.save(force_insert=True)
            read_import.enqueue(made.pk)
            return made
    except IntegrityError:
        found = _submitted(person, submission) if submission else None
        if found is None:
            raise
        return _checked(found, is_same, publish)


def _submitted(person: User, submission: str) -> Import | None:
    return Import.objects.filter(created_by=person, submission=submission).select_related("original").first()


def _checked(found: Import, is_same: Callable[[Import], bool], publish: bool) -> Import:
    if not is_same(found) or found.publish != publish:
        raise SubmissionConflict(_("This was sent before, with something else in it."), code="submission-reused")
    return found


def try_again(document: Import) -> bool:
    """Have a document read once more that failed, or whose reading was interrupted. Says whether there was need."""
    with transaction.atomic():
        found = Import.objects.select_for_update().get(pk=document.pk)
        if not (found.state == Import.State.FAILED or is_stuck(found)):
            return False
        found.state, found.stage, found.error, found.done, found.total = Import.State.WAITING, "", "", 0, 0
        found.save()
        read_import.enqueue(found.pk)
    return True


def is_stuck(document: Import) -> bool:
    """Whether whoever read this document has stopped without a word."""
    waits = document.state in (Import.State.WAITING, Import.State.WORKING)
    return waits and timezone.now() - document.updated_at > PATIENCE


def publish(draft: Draft) -> Reading:
    """Make a reading of a draft. Twice makes one. Raises ValidationError for metadata that cannot be stored."""
    with transaction.atomic():
        document = Import.objects.select_for_update().get(pk=draft.source_id)
        found = Draft.objects.select_for_update(of=("self",)).select_related("reading").get(pk=draft.pk)
        if found.reading is not None:
            return found.reading
        metadata = metadata_of(document)
        found.reading = create_reading(
            work=work_from_json(found.work),
            metadata=metadata,
            original=document.original,
            importer=document.created_by,
            structured_by=found.importer,
        )
        found.save(update_fields=["reading", "updated_at"])
        if not document.drafts.filter(reading=None).exists():
            document.state = Import.State.DONE
            document.save(update_fields=["state", "updated_at"])
        return found.reading


def discard(document: Import) -> None:
    """Throw a document away with its drafts. What was published of it stays."""
    with transaction.atomic():
        document.delete()


def known_readings(document: Import) -> list[Reading]:
    """The readings for this person that were made of the same file before."""
    if document.original_id is None:
        return []
    made = [draft.reading_id for draft in document.drafts.all() if draft.reading_id]
    readings = Reading.objects.visible_to(document.created_by).filter(editions__original=document.original_id)
    return list(readings.exclude(pk__in=made).distinct().order_by("pk")[:5])


def work_on(pk: int) -> None:
    """Read a document, and store what came of it: drafts, readings, or why there is nothing. Runs in the background."""
    with transaction.atomic():
        document = (
            Import.objects.select_for_update(of=("self",))
            .select_related("original", "created_by")
            .filter(pk=pk)
            .first()
        )
        if document is None or document.state != Import.State.WAITING:
            return  # discarded in the meantime, or given out twice
        document.state = Import.State.WORKING
        document.save(update_fields=["state", "updated_at"])
    report = _reporter(document)
    try:
        source = _take(document)
        with Workshop() as workshop:
            works = workshop.read(source, report)
        report("storing", 0, 0)
        _store(document, works)
    except UnreadableSource as error:
        _fail(document, str(error))
    except ValidationError as error:
        _fail(document, " ".join(error.messages))
    except ImporterFailed as error:
        logger.error("The importer failed on import %s: %s", document.token, error)
        _fail(
            document,
            _("The importer itself failed on this document. Whoever runs this site finds the reason in its log."),
        )
    except Exception:
        logger.exception("Import %s failed", document.token)
        _fail(document, _("Something failed here, not in the document. Try again later."))
        raise


def _take(document: Import) -> Document:
    """The bytes of a document as they were kept."""
    assert document.original is not None
    with document.original.file.open("rb") as kept:
        return Document(kept.read(), document.name)


def _store(document: Import, works: list[Work]) -> None:
    metadata = metadata_of(document)
    if len(works) > 1:
        metadata = common_part(metadata)
    with transaction.atomic():
        if not Import.objects.select_for_update().filter(pk=document.pk).exists():
            return  # discarded while it was read
        document.drafts.all().delete()
        for position, work in enumerate(works):
            reading = (
                create_reading(work=work, metadata=metadata, original=document.original, importer=document.created_by)
                if document.publish
                else None
            )
            draft = Draft.objects.create(
                source=document,
                position=position,
                work=work_as_json(work),
                importer=IMPORTER_VERSION,
                title=(metadata.title or work.title)[:500],
                reading=reading,
            )
            draft.images.set(keep_pictures(work.pictures.values()))
        document.particulars = asdict(metadata)
        document.state = Import.State.DONE if document.publish else Import.State.READY
        document.stage = ""
        document.save()


def _fail(document: Import, reason: str) -> None:
    Import.objects.filter(pk=document.pk).update(
        state=Import.State.FAILED, error=reason, stage="", updated_at=timezone.now()
    )


def _reporter(document: Import) -> Callable[[str, int, int], None]:
    """Notes how far the work has come, seldom enough not to be work itself."""
    last = 0.0
    stage_then = ""

    def report(stage: str, done: int, total: int) -> None:
        nonlocal last, stage_then
        if stage == stage_then and time.monotonic() - last < _OFTEN:
            return
        last, stage_then = time.monotonic(), stage
        Import.objects.filter(pk=document.pk).update(stage=stage, done=done, total=total, updated_at=timezone.now())

    return report


def _check_room(person: User, size: int) -> None:
    waiting = Import.objects.filter(created_by=person).exclude(state=Import.State.DONE)
    taken = waiting.aggregate(bytes=Sum("original__size"))["bytes"] or 0
    if waiting.count() >= MOST_OPEN or taken + size > LARGEST_OPEN:
        raise ValidationError(
            _("You have many documents waiting. Publish or discard some of them, then bring more."), code="no-room"
        )


def metadata_of(document: Import) -> Metadata:
    """What who brought the document said of it."""
    said = dict(document.particulars)
    people = tuple(Contributor(**person) for person in said.pop("contributors", ()))
    return Metadata(**said, contributors=people)
