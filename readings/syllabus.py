"""A series as it is shown: what stands in it for one person, each with today's paragraph numbers and how long it takes."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from accounts.models import Person
from readings.models import BlockText, Reading, Series, SeriesEntry
from readings.querysets_series import SeriesEntryQuerySet

WORDS_A_MINUTE = 220

SHOWN_OF_READING = 3
"""Series named on the page of a reading."""


@dataclass(frozen=True, slots=True)
class Station:
    """One entry of a series as one person sees it: `number` counts what they see, from 1."""

    entry: SeriesEntry
    number: int
    address: str
    """Where its range stands now: `3-12`, or with an edition if an end is gone from the newest; "" for the whole."""

    @property
    def reading(self) -> Reading:
        return self.entry.reading

    @property
    def range(self) -> str:
        """The address as people read it."""
        return f"¶{self.address.replace('-', '–')}" if self.address[:1].isdigit() else self.address

    @property
    def url(self) -> str:
        """The page to read it on."""
        return self.reading.url_of(self.address) if self.address else self.reading.get_absolute_url()

    @property
    def words(self) -> int:
        if self.entry.words is not None:
            return self.entry.words
        return self.reading.current.words if self.reading.current else 0

    @property
    def minutes(self) -> int:
        return max(1, round(self.words / WORDS_A_MINUTE))


@dataclass(frozen=True, slots=True)
class Stop:
    """Where a reading stands in a series: its number of how many, and what is before and after it."""

    series: Series
    number: int
    of: int
    before: SeriesEntry | None
    after: SeriesEntry | None


def listed_series(person: Person) -> QuerySet[Series]:
    """Series with how many entries this person would see in each, in the same query."""
    seen = Q(entries__removed_at=None, entries__reading__in=Reading.objects.visible_to(person))
    return Series.objects.visible_to(person).select_related("created_by").annotate(seen=Count("entries", filter=seen))


def entries_for(series: Series, person: Person) -> SeriesEntryQuerySet:
    """What stands in a series for this person, in order, with all that is told of it: two queries for however many."""
    entries = SeriesEntry.objects.standing().visible_to(person).filter(series=series).order_by("position")
    return entries.select_related("reading__current", "first", "last").prefetch_related("reading__contributions")


def view_entries(entries: Sequence[SeriesEntry], begin: int = 1) -> list[Station]:
    """Entries in a row as they are shown, counted from `begin`. One query for all their ranges."""
    addresses = _addresses(entries)
    return [
        Station(entry, number, addresses.get((entry.first_id, entry.last_id), ""))
        for number, entry in enumerate(entries, begin)
    ]


def view_syllabus(series: Series, person: Person) -> list[Station]:
    """The whole of it; a series has an end (see `MOST_ENTRIES`)."""
    return view_entries(list(entries_for(series, person)))


def stops_of(reading: Reading, person: Person) -> list[Stop]:
    """The series that a reading stands in, by title, and its neighbours there. One query."""
    standing = SeriesEntry.objects.standing()
    some = Series.objects.visible_to(person).filter(pk__in=standing.filter(reading=reading).values("series"))
    some = some.order_by("title", "pk")[:SHOWN_OF_READING]
    entries = (
        standing.visible_to(person).filter(series__in=some.values("pk")).select_related("series", "reading", "first")
    )
    entries = entries.only("series__slug", "series__title", "reading__slug", "reading__title", "first__key")
    by_series: defaultdict[Series, list[SeriesEntry]] = defaultdict(list)
    for entry in entries.order_by("series__title", "series", "position"):
        by_series[entry.series].append(entry)
    return [_stop(series, reading, row) for series, row in by_series.items()]


def _stop(series: Series, reading: Reading, row: list[SeriesEntry]) -> Stop:
    """Parts of one reading in a row are one stop: the next one is another reading."""
    here = next(index for index, entry in enumerate(row) if entry.reading_id == reading.pk)
    before = row[here - 1] if here else None
    after = next((entry for entry in row[here:] if entry.reading_id != reading.pk), None)
    return Stop(series, here + 1, len(row), before, after)


def _addresses(entries: Sequence[SeriesEntry]) -> dict[tuple[int | None, int | None], str]:
    """Of each range, by its ends: where it stands, in the newest edition in which both do."""
    ends = {block for entry in entries for block in (entry.first_id, entry.last_id) if block is not None}
    if not ends:
        return {}
    places: defaultdict[int, dict[int, int | None]] = defaultdict(dict)
    for block, edition, number in BlockText.objects.filter(block__in=ends).values_list(
        "block", "edition__number", "number"
    ):
        places[block][edition] = number
    return {(entry.first_id, entry.last_id): _address(entry, places) for entry in entries if entry.first_id is not None}


def _address(entry: SeriesEntry, places: dict[int, dict[int, int | None]]) -> str:
    assert entry.first is not None
    assert entry.last is not None
    first, last = places[entry.first.pk], places[entry.last.pk]
    newest = entry.reading.current.number if entry.reading.current else 0
    for edition in sorted(first.keys() & last.keys(), reverse=True):
        numbers = sorted(number for number in (first[edition], last[edition]) if number is not None)
        if len(numbers) == 2:
            suffix = "" if edition == newest else f"@{edition}"
            return "-".join(str(number) for number in dict.fromkeys(numbers)) + suffix
    return entry.first.key
