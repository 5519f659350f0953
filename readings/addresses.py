"""Addresses of places in a reading: normalise text, derive keys, parse and format addresses, number blocks.

Plain Python without Django. The five laws of addresses rest on this module: a key depends on nothing but the block's own
normalised text, so the same text gets the same key on any server.
"""

import hashlib
import re
import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from readings.kinds import NUMBERED, Kind

KEY_LENGTH = 5
_FIRST = (
    "bcdfghjkmnpqrstvwxyz"  # a letter first, so that no key reads as a number; no vowels, so that none spells a word
)
_REST = _FIRST + "23456789"  # without 0, 1 and l, which are mistaken for others in print
_LONGEST_KEY = 24
_HIGHEST = 10**7  # no reading has more blocks, no reading more editions: longer figures are typing errors or attacks

_INVISIBLE = re.compile("[\u00ad\ufeff]")  # soft hyphen and byte-order mark: in no two copies of a text the same
_UNSTORABLE = re.compile("[\x00-\x08\x0e-\x1b\x7f\x80-\x84\x86-\x9f\ud800-\udfff]")
_WHITE = re.compile(r"\s+")
_FIGURE = r"[1-9][0-9]{0,6}"
_KEY = rf"[{_FIRST}][{_REST}]{{{KEY_LENGTH - 1},{_LONGEST_KEY - 1}}}"
_ADDRESS = re.compile(
    rf"(?:(?P<start>{_FIGURE})(?:[-\u2013](?P<end>{_FIGURE}))?|(?P<key>{_KEY}))(?:@(?P<edition>{_FIGURE}))?", re.ASCII
)


class InvalidAddress(ValueError):
    """The words do not have the form of an address. The message says what the form is."""


def normalise_text(text: str) -> str:
    """Bring text to the form in which it is stored, hashed and counted: NFC, each run of white space one space, trimmed.

    Control characters and lone surrogates, which databases refuse, become U+FFFD; soft hyphens and byte-order marks go.
    Verse keeps its line breaks: see `normalise_lines`.
    """
    text = _UNSTORABLE.sub("\ufffd", _INVISIBLE.sub("", text))
    return _WHITE.sub(" ", unicodedata.normalize("NFC", text)).strip()


def normalise_lines(text: str) -> str:
    """Normalise text whose line breaks mean something (verse, code, tables): each line by itself, blank edges trimmed."""
    return "\n".join(normalise_text(line) for line in text.splitlines()).strip("\n")


def normalise_table(text: str) -> str:
    """Normalise the text of a table: a line for each row, a tab between cells, each cell by itself."""
    rows = ("\t".join(normalise_text(cell) for cell in row.split("\t")) for row in text.split("\n"))
    return "\n".join(row for row in rows if row.strip("\t"))


def derive_key(text: str, occurrence: int = 1, taken: Collection[str] = ()) -> str:
    """The key of a block that is born with this text.

    `text` is the normalised text; `occurrence` tells identical blocks of one edition apart, counted from 1; `taken` holds
    every key the reading ever gave out. A key that is taken is lengthened by further characters of the same hash, so the
    outcome depends on the text and its predecessors alone.
    """
    digest = int.from_bytes(hashlib.sha256(f"{occurrence}\0{normalise_text(text)}".encode()).digest(), "big")
    digest, first = divmod(digest, len(_FIRST))
    key = _FIRST[first]
    while len(key) < KEY_LENGTH or key in taken:
        if len(key) == _LONGEST_KEY:
            raise ValueError(f"No free key for this text after {_LONGEST_KEY} characters: was it stored twice?")
        digest, rest = divmod(digest, len(_REST))
        key += _REST[rest]
    return key


def derive_keys(texts: Iterable[str], taken: Collection[str] = ()) -> list[str]:
    """Keys for the blocks of one edition, in order. Identical texts are told apart by their order of appearance."""
    seen: dict[str, int] = {}
    given = set(taken)
    keys = []
    for text in map(normalise_text, texts):
        seen[text] = seen.get(text, 0) + 1
        key = derive_key(text, seen[text], given)
        given.add(key)
        keys.append(key)
    return keys


def number_blocks(kinds: Iterable[Kind]) -> list[int | None]:
    """The running ¶ number of each block, None for the kinds that carry none."""
    numbers: list[int | None] = []
    running = 0
    for kind in kinds:
        running += kind in NUMBERED
        numbers.append(running if kind in NUMBERED else None)
    return numbers


@dataclass(frozen=True, slots=True)
class Address:
    """What names a place in a reading: a number, a range of numbers or a key, each alone or in one edition.

    Exactly one of `start` and `key` is set. `end` is set for ranges only and is greater than `start`.
    """

    start: int | None = None
    end: int | None = None
    key: str | None = None
    edition: int | None = None

    def __str__(self) -> str:
        place = self.key or (f"{self.start}-{self.end}" if self.end else f"{self.start}")
        return f"{place}@{self.edition}" if self.edition else place


def parse_address(words: str) -> Address:
    """Read an address such as `12`, `12-15`, `k7m2q` or `12@2`. A range may be written with an en dash, in either order.

    Raises InvalidAddress with a sentence that says what an address looks like.
    """
    found = _ADDRESS.fullmatch(words.strip().lower())
    if not found:
        raise InvalidAddress(
            "An address is a paragraph number (12), a range (12-15) or a key (k7m2q), and may name an edition (12@2)."
        )
    edition = int(found["edition"]) if found["edition"] else None
    if found["key"]:
        return Address(key=found["key"], edition=edition)
    start, end = sorted((int(found["start"]), int(found["end"] or found["start"])))
    return Address(start=start, end=end if end > start else None, edition=edition)
