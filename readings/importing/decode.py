"""From the bytes of a plain-text file to its text, or a sentence that says why there is none.

The encoding is found in this order: byte-order mark, UTF-16 by its NUL pattern, UTF-8, UTF-8 with a few stray bytes, and last the
legacy encoding in which the text has the most of the letters that its readers would expect.
"""

import codecs
import re

from readings.importing.repair import repair

_SAMPLE = 100_000  # bytes on which an encoding is judged

_SIGNATURES = (
    (b"%PDF-", "a PDF document"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Word document (.doc)"),
    (b"{\\rtf", "a rich-text document (.rtf)"),
    (b"\x89PNG\r\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF87a", "a GIF image"),
    (b"GIF89a", "a GIF image"),
    (b"\x1f\x8b\x08", "a gzip archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"BZh9", "a bzip2 archive"),
    (b"\xfd7zXZ\x00", "an xz archive"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3\x00", "a database"),
    (b"OggS", "an audio file"),
    (b"ID3", "an audio file"),
)
_ZIPPED = (
    (b"application/epub+zip", "an EPUB book"),
    (b"application/vnd.oasis.opendocument", "an OpenDocument file (.odt)"),
    (b"word/", "a Word document (.docx)"),
    (b"xl/", "a spreadsheet (.xlsx)"),
)

_MARKS = (  # UTF-32 before UTF-16: its mark begins with the other's
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

_LATIN = "éèêëàâçùûîïôöüäßñáíóúãõåæøÉÄÖÜ“”‘’–—…«»§°£€¿¡\u00a0"
_EXPECTED = (  # encoding, and what its readers' texts are full of; the first wins a tie
    ("cp1252", _LATIN),
    ("mac_roman", _LATIN),
    ("cp1250", "ąęłńśźżóćěščřžýůőűáíéťďň„”–"),
    ("cp1254", "ığşçöüİŞâ“”’"),
    ("cp1251", "оеаинтсрвлкмдпуяы"),
    ("koi8-r", "оеаинтсрвлкмдпуяы"),
    ("cp1253", "αοιετσνηρκπυμςόάίέή"),
    ("cp1255", "יוהלאמתרבשנדכעק"),
    ("cp1256", "اليمونتربةعدسكف"),
    ("shift_jis", "のにはをたがでてとしれさいるなもっ、。"),
    ("euc_jp", "のにはをたがでてとしれさいるなもっ、。"),
    ("gb18030", "的一是不了在人有我他这中大来上国个到说们为，。"),
    ("big5", "的一是不了在人有我他這中大來上國個到說們為，。"),
    ("euc_kr", "이다는에의가을를고은하지도로사서"),
)
_WESTERN = frozenset({"cp1252", "mac_roman", "cp1250", "cp1254"})  # most of their letters are ASCII
_DOUBLE_BYTE = frozenset(
    {"shift_jis", "euc_jp", "gb18030", "big5", "euc_kr"}
)  # thousands of characters: few are on a list


class UnreadableSource(ValueError):
    """No text can be had from this source. The message says what it is and what the person can do."""


def decode(data: bytes) -> str:
    """The text of a plain-text file, with its encoding found and its damage repaired (see `repair`).

    Raises UnreadableSource for an empty file and for a file that is not text.
    """
    if not data.strip(b"\x00\t\n\x0b\x0c\r "):
        raise UnreadableSource("The file is empty. Check that it was saved, and import it again.")
    _refuse_binary(data)
    text = repair(_decode(data))
    if not text.strip():
        raise UnreadableSource("The file is empty but for white space. Check that it was saved, and import it again.")
    return text


def _decode(data: bytes) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, errors="replace")
    if encoding := _wide_encoding(data):
        return data.decode(encoding, errors="replace")
    _refuse_noise(data)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _mend_utf8(data) or data.decode(_legacy_encoding(data), errors="replace")


def _refuse_binary(data: bytes) -> None:
    if data.startswith(b"PK\x03\x04"):
        head = data[:4000] + data[-4000:]
        kind = next((name for sign, name in _ZIPPED if sign in head), "a ZIP archive")
    else:
        kind = next((name for sign, name in _SIGNATURES if data.startswith(sign)), "")
        if data[60:68] == b"BOOKMOBI":
            kind = "a Kindle book"
    if kind:
        raise UnreadableSource(f"The file is {kind}, not plain text. Save or export its text as .txt and import that.")


def _refuse_noise(data: bytes) -> None:
    sample = data[:_SAMPLE]
    controls = len(sample) - len(sample.translate(None, bytes(range(9)) + bytes(range(14, 32))))
    if controls > max(8, len(sample) // 20):
        raise UnreadableSource(
            "The file is binary data, not plain text. Save or export its text as .txt and import that."
        )


def _wide_encoding(data: bytes) -> str:
    """UTF-16 without its mark: in Western text every second byte is NUL."""
    even, odd = data[:4000:2], data[1:4000:2]
    if odd.count(0) > 0.4 * len(odd) and even.count(0) < 0.05 * len(even):
        return "utf-16-le"
    if even.count(0) > 0.4 * len(even) and odd.count(0) < 0.05 * len(odd):
        return "utf-16-be"
    return ""


def _mend_utf8(data: bytes) -> str:
    """UTF-8 in which a few bytes are foreign: pasted from a file in cp1252, or cut off. Empty where it is something else."""
    text = data.decode("utf-8", errors="surrogateescape")
    text = re.sub("[\udcc2-\udcf4][\udc80-\udcbf]{0,2}\\Z", "\ufffd", text)
    strays = len(re.findall("[\udc80-\udcff]", text))
    sound = len(re.findall("[^\x00-\x7f\ufffd\udc80-\udcff]", text))
    if sound < 4 * strays:
        return ""
    return re.sub("[\udc80-\udcff]", lambda stray: _cp1252(ord(stray[0]) - 0xDC00), text)


def _cp1252(byte: int) -> str:
    return bytes([byte]).decode("cp1252", errors="replace")


def _legacy_encoding(data: bytes) -> str:
    first = re.search(rb"[\x80-\xff]", data)
    start = max(0, first.start() - 100) if first else 0
    sample = data[start : start + _SAMPLE]
    scores = {encoding: _familiarity(sample, encoding, expected) for encoding, expected in _EXPECTED}
    if len(re.findall(rb"[\x80-\xff]", sample)) > 0.4 * len(re.findall(rb"\S", sample)):
        scores = {encoding: score for encoding, score in scores.items() if encoding not in _WESTERN}
    return max(scores, key=lambda encoding: scores[encoding] * (3 if encoding in _DOUBLE_BYTE else 1))


def _familiarity(sample: bytes, encoding: str, expected: str) -> float:
    """The share of characters beyond ASCII that a reader of this encoding's languages sees every day."""
    text = sample.decode(encoding, errors="replace")
    foreign = [character for character in text if character > "\x7f"]
    if not foreign:
        return 0.0
    known = frozenset(expected)
    # Characters that cannot be decoded count against an encoding, all the more as one of them may hide many bytes.
    return (sum(character in known for character in foreign) - 5 * foreign.count("\ufffd")) / len(foreign)
