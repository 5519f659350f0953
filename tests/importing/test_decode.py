"""From bytes to text: encodings, damage, and files that hold no text."""

import codecs

import pytest

from readings.importing.decode import UnreadableSource, decode

_FRENCH = "Élise déjà vue près du marché où l’on vendait des pêches, à côté de la fenêtre."
_RUSSIAN = "Гавань молчала уже неделю, и люди, которые спускались к ней утром, поднимались обратно."
_JAPANESE = "港は一週間のあいだ静かだった。朝に降りてきた人たちは、何も言わずに戻っていった。"
_CHINESE = "城里最后一班车是十二点半，可是真正的最后一班车没有写在牌子上。他们都在那里。"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "mac_roman"]
)
def test_french_is_read_in_every_usual_encoding(encoding: str) -> None:
    assert decode(_FRENCH.encode(encoding)) == _FRENCH


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (_RUSSIAN, "cp1251"),
        (_RUSSIAN, "koi8-r"),
        (_JAPANESE, "shift_jis"),
        (_JAPANESE, "euc_jp"),
        (_CHINESE, "gb18030"),
    ],
)
def test_legacy_encodings_are_told_by_their_letters(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == text


def test_a_few_foreign_bytes_do_not_spoil_utf8() -> None:
    assert decode("café, thé, rosé, pâté: ".encode() + b"\x93quoted\x94") == "café, thé, rosé, pâté: “quoted”"


def test_utf8_that_was_cut_off_keeps_the_rest() -> None:
    assert decode("Dóchas, éis, óg, úr — ".encode()[:-2]).startswith("Dóchas, éis, óg, úr ")


@pytest.mark.parametrize("data", [b"", b"   \n\n", b"\x00\x00", codecs.BOM_UTF8])
def test_an_empty_file_is_refused_in_words(data: bytes) -> None:
    with pytest.raises(UnreadableSource, match="empty"):
        decode(data)


@pytest.mark.parametrize(
    ("data", "named"),
    [
        (b"%PDF-1.7\n%\xe2\xe3", "PDF"),
        (b"PK\x03\x04" + b"\x00" * 20 + b"word/document.xml", "Word"),
        (b"PK\x03\x04" + b"\x00" * 20 + b"mimetypeapplication/epub+zip", "EPUB"),
        (b"PK\x03\x04" + b"\x00" * 40, "ZIP"),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 40, "PNG"),
        (b"{\\rtf1\\ansi hello}", "rich-text"),
        (bytes(range(32)) * 40, "binary"),
    ],
)
def test_a_file_that_is_not_text_is_named(data: bytes, named: str) -> None:
    with pytest.raises(UnreadableSource, match=named):
        decode(data)


def test_line_ends_of_all_systems_become_one() -> None:
    assert decode(b"a\r\nb\rc\nd\x00e") == "a\nb\nc\nde"
