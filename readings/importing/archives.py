"""Files that are archives inside (DOCX, ODT, EPUB): opened with every byte counted as it comes out.

What an archive says of its sizes is not believed, and its paths are names to look things up by, never paths of ours.
"""

import io
import posixpath
import zipfile
import zlib
from urllib.parse import unquote

from readings.importing.decode import UnreadableSource

MOST_ENTRIES = 20_000
LARGEST_UNPACKED = 300 * 1024**2
"""Bytes of all entries together."""

LARGEST_TEXT = 60 * 1024**2
"""Bytes of the entries that are markup, together: a hundred novels."""

_CHUNK = 1024 * 1024
_MARKUP = (".xml", ".rels", ".opf", ".ncx", ".xhtml", ".html", ".htm", ".svg", ".css")


class Archive:
    """The entries of an archive, unpacked one at a time within the limits of the whole."""

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            self._entries = {entry.filename: entry for entry in self._zip.infolist() if not entry.is_dir()}
        except (zipfile.BadZipFile, ValueError, OSError, UnicodeDecodeError, NotImplementedError) as error:
            raise UnreadableSource(
                "The file is damaged or cut off: it cannot be unpacked. Save or download it again, and import that."
            ) from error
        if len(self._entries) > MOST_ENTRIES:
            raise UnreadableSource(f"There are more than {MOST_ENTRIES} parts in this file. No document has so many.")
        if any(entry.flag_bits & 1 for entry in self._entries.values()):
            raise UnreadableSource(
                "The file is encrypted. Open it with its password, save a copy without, and import that."
            )
        self._left = LARGEST_UNPACKED
        self._left_markup = LARGEST_TEXT

    def __contains__(self, name: str) -> bool:
        return name in self._entries

    @property
    def names(self) -> list[str]:
        """The names of its entries, in its own order."""
        return list(self._entries)

    def read(self, name: str) -> bytes:
        """The bytes of an entry. Raises UnreadableSource for one that is damaged, and KeyError where there is none."""
        entry = self._entries[name]
        markup = name.lower().endswith(_MARKUP)
        pieces: list[bytes] = []
        try:
            with self._zip.open(entry) as unpacked:
                while piece := unpacked.read(_CHUNK):
                    self._count(len(piece), markup)
                    pieces.append(piece)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError) as error:
            raise UnreadableSource(
                f"The file is damaged: its part “{name[:100]}” cannot be unpacked. Save or download it again, and import that."
            ) from error
        return b"".join(pieces)

    def find(self, reference: str, base: str = "") -> str | None:
        """The entry that a reference in the entry `base` names, if there is one."""
        path = unquote(reference.partition("#")[0].partition("?")[0])
        for name in (posixpath.normpath(posixpath.join(posixpath.dirname(base), path)), path.lstrip("/")):
            if name in self._entries:
                return name
        return None

    def check(self) -> None:
        """Unpack everything once and throw it away. Raises UnreadableSource where it is damaged or too large."""
        left, left_markup = self._left, self._left_markup
        for name in self._entries:
            content = self.read(name)
            if name.lower().endswith((".xml", ".rels")) and b"<!ENTITY" in content:
                raise UnreadableSource(
                    "There are definitions of entities in this file, which no word processor writes. Save it anew, and import that."
                )
        self._left, self._left_markup = left, left_markup

    def _count(self, size: int, markup: bool) -> None:
        self._left -= size
        self._left_markup -= size if markup else 0
        if self._left < 0 or self._left_markup < 0:
            raise UnreadableSource(
                "Unpacked, this file is larger than any text: it may be a trap. If it is not, import it in parts."
            )
