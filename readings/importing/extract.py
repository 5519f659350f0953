"""From the bytes of a document in any form to works: the first two stages of an import, one after the other."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from readings.importing.archives import Archive
from readings.importing.decode import UnreadableSource, decode
from readings.importing.document import Doubt, Dropped, Work
from readings.importing.epub import read_epub
from readings.importing.forms import SUFFIXES, Form, form_of
from readings.importing.pandoc import read_tree
from readings.importing.pictures import make_picture
from readings.importing.structure import structure, structure_tree
from readings.importing.tree import Loader, Tree, TreeReader, read_meta

LARGEST_TEXT = 16 * 1024**2
"""Code points of a plain text: ten novels."""

LONGEST_LINE = 2 * 1024**2
"""Code points."""

Report = Callable[[str, int, int], None]
"""Is told how far the work has come: the stage in a word, and how many of how many (0: not known)."""


@dataclass(frozen=True, slots=True)
class Document:
    """A document as it came."""

    data: bytes
    name: str  # the file's
    address: str = ""  # where it was fetched from, if it was
    media_type: str = ""
    charset: str = ""

    @property
    def stem(self) -> str:
        """Its name without what it ends in, for a title where there is none."""
        return PurePosixPath(self.name).stem


def extract(document: Document, report: Report = lambda stage, done, total: None) -> list[Work]:
    """The works in a document. Raises UnreadableSource with a sentence that says what is wrong and what to do.

    Nothing here limits time and memory as a whole: see `readings.importing.workshop`.
    """
    form = form_of(document.data, document.name, document.media_type)
    if form not in _READERS:
        raise UnreadableSource(
            f"The file is {_UNREAD[form]}, which is not read yet. Copy its text or export it as .docx, and import that."
        )
    report("reading", 0, 0)
    works = _READERS[form](document, report)
    _tell_mislabelled(form, document, works)
    return works


def _tell_mislabelled(form: Form, document: Document, works: list[Work]) -> None:
    said = SUFFIXES.get(PurePosixPath(document.name).suffix.lower())
    if said and said is not form and {said, form} not in ({Form.TEXT, Form.MARKDOWN}, {Form.HTML, Form.MHTML}):
        for work in works:
            work.doubts.append(
                Doubt("mislabelled", f"The file's name says {said}, but it is {form}; it was read as that.")
            )


def _read_text(document: Document, report: Report) -> list[Work]:
    text = decode(document.data)
    _check_length(text)
    report("structuring", 0, 0)
    return structure(text, name=document.stem)


def _check_length(text: str) -> None:
    if len(text) > LARGEST_TEXT:
        raise UnreadableSource(
            f"The text has {len(text):,} characters; at most {LARGEST_TEXT:,} are read at once. Import it in parts."
        )
    longest = max(map(len, text.splitlines()), default=0)
    if longest > LONGEST_LINE:
        raise UnreadableSource(
            f"There is a line of {longest:,} characters in this text, so its paragraphs are lost. "
            "Save it again with its line breaks, and import that."
        )


def _read_markdown(document: Document, report: Report) -> list[Work]:
    return _read_typed(document, "markdown", report)


def _read_latex(document: Document, report: Report) -> list[Work]:
    return _read_typed(document, "latex", report)


def _read_typed(document: Document, form: str, report: Report) -> list[Work]:
    """Markup that is typed as text: it is decoded as text is, and pandoc reads it."""
    text = decode(document.data)
    _check_length(text)
    return [_structure(_read_with_pandoc(text.encode(), form, lambda name: None), document, report)]


def _read_rtf(document: Document, report: Report) -> list[Work]:
    return [_structure(_read_with_pandoc(document.data, "rtf", lambda name: None), document, report)]


def _read_docx(document: Document, report: Report) -> list[Work]:
    archive = Archive(document.data)
    archive.check()
    return [
        _structure(_read_with_pandoc(document.data, "docx", _loader(archive, "word/document.xml")), document, report)
    ]


def _read_odt(document: Document, report: Report) -> list[Work]:
    archive = Archive(document.data)
    archive.check()
    if "META-INF/manifest.xml" in archive and b"encryption-data" in archive.read("META-INF/manifest.xml"):
        raise UnreadableSource(
            "The document is encrypted. Open it with its password, save a copy without, and import that."
        )
    return [_structure(_read_with_pandoc(document.data, "odt", _loader(archive, "content.xml")), document, report)]


def _read_epub(document: Document, report: Report) -> list[Work]:
    archive = Archive(document.data)
    archive.check()
    book = read_epub(archive, report)
    report("structuring", 0, 0)
    return [structure_tree(book, name=document.stem, in_text=False)]


def _read_with_pandoc(data: bytes, form: str, load: Loader) -> Tree:
    document = read_tree(data, form)
    reader = TreeReader(load)
    reader.read(document)
    tree = reader.close()
    tree.particulars = read_meta(document["meta"])
    return tree


def _structure(tree: Tree, document: Document, report: Report, dropped: tuple[Dropped, ...] = ()) -> Work:
    report("structuring", 0, 0)
    return structure_tree(tree, name=document.stem, dropped=dropped, in_text=True)


def _loader(archive: Archive, base: str) -> Loader:
    def load(name: str) -> Any:
        entry = archive.find(name, base)
        return make_picture(archive.read(entry)) if entry else None

    return load


_READERS: dict[Form, Callable[[Document, Report], list[Work]]] = {
    Form.TEXT: _read_text,
    Form.MARKDOWN: _read_markdown,
    Form.EPUB: _read_epub,
    Form.DOCX: _read_docx,
    Form.ODT: _read_odt,
    Form.RTF: _read_rtf,
    Form.LATEX: _read_latex,
}

_UNREAD = {Form.HTML: "a web page", Form.MHTML: "a saved web page", Form.PDF: "a PDF document"}
