"""What people do with series: make one, put readings in, set them in order. Each is one transaction.

Whoever changes a series holds its row until it is done, so that two people at work on it come one after the other.
"""

import re
import unicodedata
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F, Max
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from accounts.models import User
from common.submissions import SubmissionConflict
from readings.languages import count_words
from readings.models import Block, Reading, Series, SeriesEntry
from readings.models_series import LONGEST_DESCRIPTION, LONGEST_NOTE, LONGEST_TITLE
from readings.places import find_place
from readings.policies_series import may_change_series, may_delete_series, may_make_series

MOST_ENTRIES = 200
"""In one series, so that it can always be shown as one page."""

RESERVED = frozenset({"new"})
"""Addresses under /series/ that are no series."""


class SeriesChanged(Exception):
    """The series is no longer as it was when somebody decided to change it."""


@dataclass(frozen=True, slots=True)
class Part:
    """What an entry is to hold: a reading, or a range of it with its words."""

    reading: Reading
    first: Block | None = None
    last: Block | None = None
    words: int | None = None
    note: str = ""


def find_part(reading: Reading, address: str = "", note: str = "") -> Part:
    """The range that an address names; the whole reading for "".

    Raises NoSuchPlace for an address that names nothing, ValidationError for a note that cannot be stored.
    """
    note = _clean("note", note, LONGEST_NOTE)
    if not address.strip():
        return Part(reading, note=note)
    texts = find_place(reading, address.strip()).texts
    words = sum(count_words(text.text, text.language) for text in texts)
    return Part(reading, texts[0].block, texts[-1].block, words, note)


def create_series(*, maker: User, title: str, description: str = "", submission: str | None = None) -> Series:
    """Make an empty series. The same submission makes one. Raises ValidationError, SubmissionConflict."""
    may_make_series(maker).enforce()
    words = _clean_words(title, description)

    def submitted() -> Series | None:
        return Series.objects.filter(created_by=maker, submission=submission).first() if submission else None

    try:
        with transaction.atomic():
            return _same(submitted(), words) or _make(maker, words, submission)
    except IntegrityError:  # at the same moment the same form came, or somebody else's of the same title
        with transaction.atomic():
            return _same(submitted(), words) or _make(maker, words, submission)


@transaction.atomic
def describe_series(
    *,
    editor: User,
    series: Series,
    title: str | None = None,
    description: str | None = None,
    expected: Collection[int] | None = None,
) -> Series:
    """Change what a series is called and what is said of it; its address stays. The same words again change nothing.

    `expected` holds the versions as which the editor knows it. Raises SeriesChanged if it is another by now.
    """
    held = _hold(editor, series, expected)
    words = _clean_words(
        held.title if title is None else title, held.description if description is None else description
    )
    if words != (held.title, held.description):
        held.title, held.description = words
        _changed(held)
    return held


@transaction.atomic
def delete_series(*, editor: User, series: Series, expected: Collection[int] | None = None) -> None:
    """Delete an empty series. `expected` is as for `describe_series`."""
    held = _hold(editor, series, expected)
    may_delete_series(editor, held).enforce()
    held.delete()


@transaction.atomic
def add_entry(*, editor: User, series: Series, reading: Reading, address: str = "", note: str = "") -> SeriesEntry:
    """Put a reading, or the range that an address names, at the end. Raises NoSuchPlace, ValidationError."""
    held = _hold(editor, series)
    (entry,) = _append(held, [find_part(reading, address, note)])
    _changed(held)
    return entry


@transaction.atomic
def change_entry(*, editor: User, entry: SeriesEntry, address: str, note: str, place: int | None = None) -> SeriesEntry:
    """Choose another range, write another note, and move it to the `place` given. Raises NoSuchPlace, ValidationError."""
    held = _hold(editor, entry.series)
    entry = _standing(held, entry)
    part = find_part(entry.reading, address, note)
    entry.first, entry.last, entry.words, entry.note = part.first, part.last, part.words, part.note
    entry.save(update_fields=["first", "last", "words", "note"])
    if place is not None:
        _move(held, editor, entry, place)
    _changed(held)
    return entry


@transaction.atomic
def move_entry(*, editor: User, entry: SeriesEntry, by: int = 0, to: int | None = None) -> SeriesEntry:
    """Move an entry up (`by=-1`), down (`by=1`), or to a place counted from 1. At the ends it stays where it is."""
    held = _hold(editor, entry.series)
    entry = _standing(held, entry)
    before = held.entries.standing().visible_to(editor).filter(position__lt=entry.position).count()
    if _move(held, editor, entry, before + 1 + by if to is None else to):
        _changed(held)
    return entry


@transaction.atomic
def remove_entry(*, editor: User, entry: SeriesEntry) -> None:
    """Take an entry out. The last one that was taken out can be put back; what was taken out before it is gone.

    Taking it out again changes nothing.
    """
    held = _hold(editor, entry.series)
    if held.entries.standing().filter(pk=entry.pk).exists():
        held.entries.filter(removed_at__isnull=False).delete()
        held.entries.filter(pk=entry.pk).update(removed_at=timezone.now())
        _changed(held)


@transaction.atomic
def put_back(*, editor: User, entry: SeriesEntry) -> None:
    """Put an entry that was taken out back where it was."""
    held = _hold(editor, entry.series)
    _check_room(held, 1)
    if held.entries.filter(pk=entry.pk, removed_at__isnull=False).update(removed_at=None):
        _changed(held)


@transaction.atomic
def set_entries(
    *, editor: User, series: Series, parts: Sequence[Part], expected: Collection[int] | None = None
) -> Series:
    """Have just these in the series, in this order. What the editor cannot see stays, behind them.

    `expected` is as for `describe_series`.
    """
    held = _hold(editor, series, expected)
    seen = held.entries.visible_to(editor)
    unseen = held.entries.exclude(pk__in=seen.values("pk"))
    kept = [
        Part(entry.reading, entry.first, entry.last, entry.words, entry.note)
        for entry in unseen.standing().select_related("reading", "first", "last").order_by("position")
    ]
    held.entries.all().delete()
    _append(held, [*parts, *kept])
    _changed(held)
    return held


@transaction.atomic
def series_named(name: str, maker: User | None) -> Series:
    """The oldest series with this title, or a new one: for the operator at the command line, who needs nobody's leave."""
    words = _clean_words(name, "")
    return Series.objects.filter(title=words[0]).order_by("pk").first() or _make(maker, words, None)


@transaction.atomic
def append_readings(series: Series, readings: Iterable[Reading]) -> list[SeriesEntry]:
    """Put readings at the end, whole, but for those that stand in it whole already: for the command line too."""
    held = Series.objects.select_for_update().get(pk=series.pk)
    there = set(held.entries.standing().filter(first=None).values_list("reading_id", flat=True))
    wanted = {reading.pk: reading for reading in readings if reading.pk not in there}
    made = _append(held, [Part(reading) for reading in wanted.values()])
    if made:
        _changed(held)
    return made


def _clean_words(title: str, description: str) -> tuple[str, str]:
    """A title in one line, and a description, as they are stored. Raises ValidationError that says at which it fails."""
    title = " ".join(_clean("title", title, LONGEST_TITLE).split())
    if not title:
        raise ValidationError({"title": ValidationError(_("Give the series a title."), code="empty")})
    return title, _clean("description", description, LONGEST_DESCRIPTION)


def _clean(field: str, words: str, longest: int) -> str:
    words = unicodedata.normalize("NFC", words.replace("\r\n", "\n").replace("\r", "\n")).strip()
    if len(words) > longest:
        message = _("At most %(most)s characters; this has %(found)s.")
        params = {"most": longest, "found": len(words)}
        raise ValidationError({field: ValidationError(message, code="too-long", params=params)})
    if any(ch == "\0" or "\ud800" <= ch <= "\udfff" for ch in words):
        message = _("There is a character in it that cannot be stored. Type the text again.")
        raise ValidationError({field: ValidationError(message, code="unstorable")})
    return words


def _hold(editor: User, series: Series, expected: Collection[int] | None = None) -> Series:
    """The series with its row locked, if the editor may change it and it is as they know it."""
    held: Series = get_object_or_404(Series.objects.select_for_update(), pk=series.pk)  # deleted a moment ago
    may_change_series(editor, held).enforce()
    if expected is not None and held.version not in expected:
        raise SeriesChanged(_("This series was changed after you read it. Nothing was done."))
    return held


def _changed(held: Series) -> None:
    held.version += 1
    held.save(update_fields=["title", "description", "version", "updated_at"])


def _make(maker: User | None, words: tuple[str, str], submission: str | None) -> Series:
    title, description = words
    return Series.objects.create(
        slug=_free_slug(title), title=title, description=description, created_by=maker, submission=submission
    )


def _same(found: Series | None, words: tuple[str, str]) -> Series | None:
    """What the same submission made before; unless it was another thing, as far as can still be told."""
    if found and found.version == 1 and (found.title, found.description) != words:
        raise SubmissionConflict(_("This was sent before, with something else in it."), code="submission-reused")
    return found


def _free_slug(title: str) -> str:
    """A slug no series has yet, of the title's beginning as far as it can be spelt in ASCII."""
    plain = slugify(unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode())
    plain = (re.sub(r"-[^-]*$", "", plain[:61]) if len(plain) > 60 else plain) or "series"
    taken = RESERVED | set(Series.objects.filter(slug__startswith=plain).values_list("slug", flat=True))
    number = 1
    while (slug := plain if number == 1 else f"{plain}-{number}") in taken:
        number += 1
    return slug


def _standing(held: Series, entry: SeriesEntry) -> SeriesEntry:
    found: SeriesEntry | None = held.entries.standing().select_related("reading__current").filter(pk=entry.pk).first()
    if found is None:
        raise ValidationError(_("This is no longer in the series. Reload the page."), code="gone")
    return found


def _append(held: Series, parts: Sequence[Part]) -> list[SeriesEntry]:
    _check_room(held, len(parts))
    last = held.entries.aggregate(last=Max("position"))["last"] or 0
    return SeriesEntry.objects.bulk_create(
        SeriesEntry(
            series=held,
            position=position,
            reading=part.reading,
            first=part.first,
            last=part.last,
            words=part.words,
            note=part.note,
        )
        for position, part in enumerate(parts, last + 1)
    )


def _check_room(held: Series, more: int) -> None:
    if held.entries.standing().count() + more > MOST_ENTRIES:
        raise ValidationError(
            _("A series has at most %(most)s readings. Make a second one."), code="full", params={"most": MOST_ENTRIES}
        )


def _move(held: Series, editor: User, entry: SeriesEntry, place: int) -> bool:
    """Give an entry the place, counted from 1, among those the editor sees; whether anything moved."""
    order = list(held.entries.standing().visible_to(editor).order_by("position"))
    positions = [other.position for other in order]
    moved = [other for other in order if other.pk != entry.pk]
    moved.insert(min(max(place, 1), len(order)) - 1, entry)
    if [other.pk for other in moved] == [other.pk for other in order]:
        return False
    # A position is taken once: all of them step aside, beyond the last, before each takes its new one.
    beyond = (held.entries.aggregate(last=Max("position"))["last"] or 0) + 1
    held.entries.filter(pk__in=[other.pk for other in order]).update(position=F("position") + beyond)
    for position, other in zip(positions, moved, strict=True):
        other.position = position
    SeriesEntry.objects.bulk_update(moved, ["position"])
    return True
