"""From an address to what stands there: the one place where addresses meet the database."""

from dataclasses import dataclass

from django.db.models import Max
from django.utils.translation import gettext as _
from rapidfuzz import process
from rapidfuzz.distance import OSA

from readings.addresses import Address, InvalidAddress, parse_address
from readings.models import BlockText, Edition, Reading

LONGEST_RANGE = 200
"""Blocks of one range that are shown together. A longer range is the reading itself."""


@dataclass(frozen=True, slots=True)
class Place:
    """What an address names: one block, or several in a row, in one edition."""

    reading: Reading
    edition: Edition
    address: Address
    texts: tuple[BlockText, ...]

    @property
    def is_current(self) -> bool:
        """Whether this is how the newest edition reads."""
        return self.edition.pk == self.reading.current_id

    @property
    def suffix(self) -> str:
        """What an address beside this one needs to stay in the same edition."""
        return f"@{self.edition.number}" if self.address.edition else ""

    @property
    def is_range(self) -> bool:
        return len(self.texts) > 1


class NoSuchPlace(LookupError):
    """The address names nothing in this reading. `reason` says why, `nearest` are addresses that do, the likeliest first."""

    def __init__(self, reason: str, nearest: tuple[str, ...]) -> None:
        super().__init__(reason)
        self.reason = reason
        self.nearest = nearest


def find_place(reading: Reading, words: str) -> Place:
    """The place that an address names, or NoSuchPlace with the nearest ones. At most four queries.

    A number means the newest edition unless the address names one. A key means the newest edition that has it.
    """
    try:
        address = parse_address(words)
    except InvalidAddress as error:
        words_for_people = _(
            "An address is a paragraph number (12), a range (12-15) or a key (k7m2q), and may name an edition (12@2)."
        )
        raise NoSuchPlace(words_for_people, _first_places(reading)) from error
    edition = _edition(reading, address)
    texts = _by_key(reading, edition, address) if address.key else _by_number(edition, address)
    # A key without an edition may have been found in an older one than the newest.
    return Place(reading, texts[0].edition if address.key else edition, address, tuple(texts))


def neighbours(place: Place) -> tuple[BlockText | None, BlockText | None]:
    """The numbered blocks before and after a place, for turning over. Two queries."""
    texts = BlockText.objects.of_edition(place.edition).filter(number__isnull=False)
    before = texts.filter(position__lt=place.texts[0].position).last()
    after = texts.filter(position__gt=place.texts[-1].position).first()
    return before, after


def _edition(reading: Reading, address: Address) -> Edition:
    if address.edition is None:
        if reading.current is None:
            raise NoSuchPlace(_("This reading has no text yet."), ())
        return reading.current
    edition: Edition | None = reading.editions.filter(number=address.edition).first()
    if edition is None:
        newest = reading.editions.aggregate(newest=Max("number"))["newest"]
        here = str(Address(address.start, address.end, address.key))
        raise NoSuchPlace(
            _("There is no edition %(edition)s of this reading; the newest is %(newest)s.")
            % {"edition": address.edition, "newest": newest},
            (here,),
        )
    return edition


def _by_number(edition: Edition, address: Address) -> list[BlockText]:
    assert address.start is not None
    last = address.end or address.start
    if address.start > edition.paragraphs or last > edition.paragraphs:
        raise NoSuchPlace(
            _("The paragraphs of this reading are numbered from 1 to %(last)s.") % {"last": edition.paragraphs},
            _nearest_numbers(edition, address),
        )
    if last - address.start >= LONGEST_RANGE:
        shorter = f"{address.start}-{address.start + LONGEST_RANGE - 1}"
        raise NoSuchPlace(_("A range has at most %(most)s paragraphs.") % {"most": LONGEST_RANGE}, (shorter,))
    texts = BlockText.objects.of_edition(edition)
    if address.end is None:
        return list(texts.filter(number=address.start))
    ends = dict(texts.filter(number__in=[address.start, last]).values_list("number", "position"))
    return list(texts.filter(position__range=(ends[address.start], ends[last]))[: 4 * LONGEST_RANGE])


def _by_key(reading: Reading, edition: Edition, address: Address) -> list[BlockText]:
    texts = BlockText.objects.filter(block__reading=reading, block__key=address.key).select_related("block", "edition")
    if address.edition is not None:
        texts = texts.filter(edition=edition)
    found = texts.order_by("-edition__number").first()
    if found is None:
        raise NoSuchPlace(
            _("No paragraph of this reading has the key %(key)s.") % {"key": address.key},
            _nearest_keys(edition, address),
        )
    return [found]


def _nearest_numbers(edition: Edition, address: Address) -> tuple[str, ...]:
    if not edition.paragraphs:
        return ()
    assert address.start is not None
    suffix = f"@{edition.number}" if address.edition else ""
    if address.start < edition.paragraphs and address.end:
        return (f"{address.start}-{edition.paragraphs}{suffix}", f"{address.start}{suffix}")
    return (f"{edition.paragraphs}{suffix}",)


def _nearest_keys(edition: Edition, address: Address) -> tuple[str, ...]:
    """Keys that look like a slip of the pen away from this one, else the first paragraph."""
    assert address.key is not None
    keys = list(BlockText.objects.of_edition(edition).values_list("block__key", flat=True))
    close = process.extract(address.key, keys, scorer=OSA.distance, score_cutoff=2, limit=3)
    return tuple(key for key, _distance, _index in close) or _first_places(edition.reading)


def _first_places(reading: Reading) -> tuple[str, ...]:
    return ("1",) if reading.current and reading.current.paragraphs else ()
