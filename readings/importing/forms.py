"""What a file is, judged by its bytes; its name and its media type are asked only where the bytes leave it open."""

import re
from enum import StrEnum
from pathlib import PurePosixPath

from readings.importing.archives import Archive
from readings.importing.decode import UnreadableSource


class Form(StrEnum):
    """A form of document that can be read."""

    TEXT = "text"
    MARKDOWN = "markdown"
    HTML = "html"
    MHTML = "mhtml"
    PDF = "pdf"
    EPUB = "epub"
    DOCX = "docx"
    ODT = "odt"
    RTF = "rtf"
    LATEX = "latex"


SUFFIXES = {
    ".txt": Form.TEXT,
    ".text": Form.TEXT,
    ".md": Form.MARKDOWN,
    ".markdown": Form.MARKDOWN,
    ".html": Form.HTML,
    ".htm": Form.HTML,
    ".xhtml": Form.HTML,
    ".mht": Form.MHTML,
    ".mhtml": Form.MHTML,
    ".pdf": Form.PDF,
    ".epub": Form.EPUB,
    ".docx": Form.DOCX,
    ".odt": Form.ODT,
    ".rtf": Form.RTF,
    ".tex": Form.LATEX,
    ".latex": Form.LATEX,
}
"""What the names of files end in."""

READABLE = {suffix for suffix, form in SUFFIXES.items() if form not in (Form.HTML, Form.MHTML, Form.PDF)}
"""Those of the forms that are read."""

_MEDIA_TYPES = {"text/markdown": Form.MARKDOWN, "text/html": Form.HTML, "application/xhtml+xml": Form.HTML}
_HTML = re.compile(
    rb"\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--.{0,4000}?-->\s*)*<(?:!doctype\s+html|html|head|body|title|meta)\b",
    re.IGNORECASE | re.DOTALL,
)
_TAG = re.compile(rb"<(?:p|div|br|h[1-6]|table|a|span|body)\b[^>]{0,500}>", re.IGNORECASE)
_LATEX = re.compile(rb"^\s*\\(?:documentclass|documentstyle)\b|\\begin\{document\}", re.MULTILINE)
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def form_of(data: bytes, name: str = "", media_type: str = "") -> Form:
    """The form of a document. Raises UnreadableSource for a file in a form that cannot be read; what is no document is text."""
    head = data[:4096]
    if b"%PDF-" in head[:1024]:
        return Form.PDF
    if head.startswith(b"PK\x03\x04"):
        return _form_of_archive(data)
    if head.startswith(b"PK"):
        raise UnreadableSource("The file is an empty or damaged archive. Save or download it again, and import that.")
    if head.startswith(b"{\\rtf"):
        return Form.RTF
    if head.startswith(_OLE):
        _refuse_ole(data)
    for mark in _MARKS:
        head = head.removeprefix(mark)
    head = head.replace(b"\0", b"")  # UTF-16
    if re.match(rb"(?:[\w-]+:[^\n]*\n)*?(?:MIME-Version|Content-Type: multipart/related)\b", head, re.IGNORECASE):
        return Form.MHTML
    return _form_of_text(head, name, media_type)


def _form_of_text(head: bytes, name: str, media_type: str) -> Form:
    suffix = PurePosixPath(name).suffix.lower()
    said = SUFFIXES.get(suffix) or _MEDIA_TYPES.get(media_type)
    if _HTML.match(head) or (said is Form.HTML and _TAG.search(head)):
        return Form.HTML
    if said is not Form.MARKDOWN and (_LATEX.search(head) or said is Form.LATEX):
        return Form.LATEX
    return Form.MARKDOWN if said is Form.MARKDOWN else Form.TEXT


def _form_of_archive(data: bytes) -> Form:
    archive = Archive(data)
    if "word/document.xml" in archive or any(re.match(r"word/document\d*\.xml", name) for name in archive.names):
        return Form.DOCX
    if "META-INF/container.xml" in archive or any(name.endswith(".opf") for name in archive.names):
        return Form.EPUB
    if "mimetype" in archive and archive.read("mimetype").startswith(b"application/vnd.oasis.opendocument.text"):
        return Form.ODT
    if any(name.startswith(("xl/", "ppt/")) for name in archive.names):
        raise UnreadableSource(
            "The file is a spreadsheet or a presentation. Save its text as a document, and import that."
        )
    raise UnreadableSource("The file is a ZIP archive. Unpack it, and import the files that are in it.")


def _refuse_ole(data: bytes) -> None:
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise UnreadableSource(
            "The document is encrypted. Open it with its password, save a copy without, and import that."
        )
    raise UnreadableSource("The file is an old Word document (.doc). Open it, save it as .docx, and import that.")
