"""Contents lists: claimed as such, and read for the headings that they promise."""

import re

from readings.importing import signs
from readings.importing.headings import heading_key
from readings.importing.pieces import Piece
from readings.kinds import Kind

_HEADER = re.compile(
    r"(?:table of )?contents|in this (?:issue|article|book)|inhalt(?:sverzeichnis)?|sommaire|table des matières|índice|contenido|sumário|indice|inhoud|"
    r"spis treści|içindekiler|содержание|оглавление|目\s?[录錄次]|المحتويات|الفهرس|תוכן(?: העניינים)?",
    re.IGNORECASE,
)
_PAGE = re.compile(r"(?:\s?(?:\.\s?){3,}|\s?…+|\t|\s{2,}|\s?·{3,}|,?\s)\s?(?:[0-9]{1,4}|[ivxlc]{1,7})$")
_LONGEST = 160


def claim_contents(pieces: list[Piece]) -> dict[str, int]:
    """Claim the contents list, if there is one. Returns what it promises: each heading's key, with its level."""
    for index, piece in enumerate(pieces[:60]):
        if piece.is_free and _HEADER.fullmatch(piece.text.strip(" .:*_#")[:40]):
            entries = _entries(pieces, index + 1)
            if len(entries) >= 2:
                piece.claim(Kind.TOC)
                return _claim(entries)
    return _claim(_unannounced(pieces))


def _entries(pieces: list[Piece], start: int) -> list[Piece]:
    """The entries from here to where the first of them is a heading, or where the lines are no entries any more."""
    entries: list[Piece] = []
    keys: set[str] = set()
    for piece in pieces[start:]:
        key = entry_key(piece.text)
        if (
            not piece.is_free
            or piece.depth
            or len(piece.text) > _LONGEST
            or signs.count_sentences(piece.text) > 2
            or (key in keys and len(entries) >= 2)
        ):
            break
        if len(entries) >= 2 and (piece.gap > max(entry.gap for entry in entries[1:]) + 1 or _is_begun(piece, entries)):
            break
        if signs.ends_sentence(piece.text) and not _PAGE.search(piece.text) and len(piece.text) > 100:
            break
        entries.append(piece)
        keys.add(key)
    return entries


def _is_begun(piece: Piece, entries: list[Piece]) -> bool:
    """Whether this is the heading that the first entry promised, its number alone included."""
    text = piece.text.casefold()
    return any(entry.text.casefold().startswith(text) for entry in entries)


def _unannounced(pieces: list[Piece]) -> list[Piece]:
    """Three or more short lines in a row near the head, all of which come again later as lines of their own."""
    keys = [entry_key(piece.text) if piece.is_free and len(piece.text) <= _LONGEST else "" for piece in pieces]
    last = {key: index for index, key in enumerate(keys) if key}
    run: list[int] = []
    for index in range(min(len(pieces), 40)):
        key = keys[index]
        if key and last[key] > index + 1 and (not run or last[key] > last[keys[run[-1]]]):
            run.append(index)
        elif len(run) >= 3:
            break
        else:
            run = []
    return [pieces[index] for index in run] if len(run) >= 3 else []


def _claim(entries: list[Piece]) -> dict[str, int]:
    promised: dict[str, int] = {}
    indents = sorted({entry.indent for entry in entries})
    for entry in entries:
        entry.claim(Kind.TOC, 0.9)
        promised.setdefault(entry_key(entry.text), min(6, indents.index(entry.indent) + 1))
    promised.pop("", None)
    return promised


def entry_key(text: str) -> str:
    """The heading that an entry promises, in the form in which headings are compared."""
    return heading_key(_PAGE.sub("", text[:200]))
