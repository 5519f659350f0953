"""EPUB: the chapters in reading order, each read for itself, so that a thick book needs no more memory than a thin one.

The package document is that of EPUB 2 and 3 (https://www.w3.org/TR/epub-33/).
"""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from defusedxml import DefusedXmlException
from defusedxml import ElementTree as Xml

from readings.addresses import normalise_text
from readings.importing.archives import Archive
from readings.importing.decode import UnreadableSource
from readings.importing.document import Contributor, Particulars
from readings.importing.names import read_byline
from readings.importing.pandoc import read_tree
from readings.importing.pictures import make_picture
from readings.importing.tree import Tree, TreeReader

MOST_CHAPTERS = 2_000
_DC = "{http://purl.org/dc/elements/1.1/}"
_OPF = "{http://www.idpf.org/2007/opf}"
_CONTAINER = "{urn:oasis:names:tc:opendocument:xmlns:container}"
_ROLES = {"aut": "author", "edt": "editor", "trl": "translator", "ill": "illustrator"}
_ASIDE = re.compile(rb"<(/?)aside\b", re.IGNORECASE)
_NOTE_ROLES = re.compile(rb"\s(?:role|epub:type)=(?:\"[^\"]*note[^\"]*\"|'[^']*note[^']*')", re.IGNORECASE)
"""By these pandoc knows the notes that it wrote itself; those of a chapter it then leaves empty. Links tell us as much."""

_HEAD = re.compile(rb"<head\b.*?</head>", re.DOTALL | re.IGNORECASE)

Report = Callable[[str, int, int], None]


def read_epub(archive: Archive, report: Report) -> Tree:
    """The text of a book. `report` is told of each chapter. Raises UnreadableSource where it is no book that can be read."""
    if "META-INF/encryption.xml" in archive and b"EncryptedData" in archive.read("META-INF/encryption.xml"):
        _refuse_protected(archive)
    package_name = _package_name(archive)
    package = _parse(archive.read(package_name))
    chapters = _chapters(archive, package, package_name)
    reader = TreeReader(lambda name: make_picture(archive.read(name)) if name in archive else None)
    for number, chapter in enumerate(chapters, start=1):
        report("reading", number - 1, len(chapters))
        tree = read_tree(_prepare(archive.read(chapter)), "html")
        _resolve(tree["blocks"], archive, chapter)
        reader.read(tree, prefix=chapter)
    book = reader.close()
    book.particulars = _particulars(package)
    return book


def _prepare(chapter: bytes) -> bytes:
    """A chapter without its head, and its notes as links to places: an aside's name is passed over by pandoc, a div's is not."""
    return _ASIDE.sub(rb"<\1div", _NOTE_ROLES.sub(b"", _HEAD.sub(b"", chapter)))


def _refuse_protected(archive: Archive) -> None:
    """Fonts may be obscured; that is no obstacle. A text that is encrypted is one."""
    listed = archive.read("META-INF/encryption.xml")
    if re.search(rb'URI="[^"]*\.(?:x?html?|xml)"', listed):
        raise UnreadableSource(
            "The book is protected against copying (DRM), so its text cannot be read. Ask its publisher for a copy without."
        )


def _package_name(archive: Archive) -> str:
    if "META-INF/container.xml" in archive:
        for root in _parse(archive.read("META-INF/container.xml")).iter(f"{_CONTAINER}rootfile"):
            if (name := root.get("full-path", "")) in archive:
                return str(name)
    found = [name for name in archive.names if name.lower().endswith(".opf")]
    if not found:
        raise UnreadableSource(
            "There is no package document in this book, so its chapters cannot be found. It may be cut off: download it again."
        )
    return found[0]


def _parse(data: bytes) -> Any:
    try:
        return Xml.fromstring(data, forbid_dtd=False, forbid_entities=True, forbid_external=True)
    except (Xml.ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise UnreadableSource(
            "The book is damaged: its list of chapters cannot be read. Download it again, and import that."
        ) from error


def _chapters(archive: Archive, package: Any, package_name: str) -> list[str]:
    items = {item.get("id"): item for item in package.iter(f"{_OPF}item")}
    chapters = []
    for reference in package.iter(f"{_OPF}itemref"):
        item = items.get(reference.get("idref"))
        if item is None or "nav" in (item.get("properties") or "").split():
            continue
        name = archive.find(item.get("href") or "", package_name)
        if name and "html" in (item.get("media-type") or "html") and name not in chapters:
            chapters.append(name)
    if not chapters:
        raise UnreadableSource(
            "There are no chapters in this book. It may be cut off: download it again, and import that."
        )
    if len(chapters) > MOST_CHAPTERS:
        raise UnreadableSource(f"There are more than {MOST_CHAPTERS} chapters in this book. Import it in parts.")
    return chapters


def _particulars(package: Any) -> Particulars:
    def said(name: str) -> str:
        return next(
            (normalise_text(node.text) for node in package.iter(_DC + name) if node.text and node.text.strip()), ""
        )

    people: list[Contributor] = []
    refined = {
        node.get("refines", "").removeprefix("#"): (node.text or "").strip()
        for node in package.iter(f"{_OPF}meta")
        if node.get("property") == "role"
    }
    for node in [*package.iter(f"{_DC}creator"), *package.iter(f"{_DC}contributor")]:
        role = _ROLES.get(
            node.get(f"{_OPF}role")
            or refined.get(node.get("id") or "", "")
            or ("aut" if node.tag == f"{_DC}creator" else "")
        )
        byline = read_byline(f"By {normalise_text(node.text or '')}")
        if role and byline:
            people += [replace(person, role=role) for person in byline.contributors]
    return Particulars(
        title=said("title"),
        contributors=tuple(dict.fromkeys(people)),
        date=said("date")[:10],
        language=said("language"),
        source=said("publisher"),
        rights=said("rights")[:500],
    )


def _resolve(node: Any, archive: Archive, chapter: str) -> None:
    """Rewrite what links and images name: from the chapter's point of view to that of the whole book."""
    waiting = [node]
    while waiting:
        here = waiting.pop()
        if isinstance(here, dict):
            if here.get("t") in ("Link", "Image"):
                target = here["c"][2]
                inner = (
                    archive.find(target[0], chapter) if ":" not in target[0] and not target[0].startswith("#") else None
                )
                if inner:
                    place = target[0].partition("#")[2]
                    target[0] = inner if here["t"] == "Image" else f"{inner}#{place or '.'}"
            waiting += here.values()
        elif isinstance(here, list):
            waiting += here
