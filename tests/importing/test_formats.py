"""One original document in every form that is read: the same blocks come out. And what is no document is refused with a reason."""

import io
import subprocess
import zipfile

import pypandoc
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readings.importing.decode import UnreadableSource
from readings.importing.extract import Document, extract
from readings.importing.workshop import Workshop

SOURCE = """---
title: On Ferries
author: [Ada Moss, Ben Tarn]
date: 4 May 2019
---

The *first* crossing is free to whoever rows, and there is a **rule** about it that a [board](https://example.org/board) explains.[^a]

# The river

> Whoever waits for the ferry has time to read, and whoever reads has missed it once.

- bread for the way
- salt, *and* twine

| Year | Boats |
|------|-------|
| 1901 | 3     |
| 1902 | 4     |

| The river came up to the door
| and asked for nothing more,
| it stayed until the morning light

# The toll

The keeper wrote it down, for nobody would have believed him otherwise.[^b]

[^a]: The board was *repainted* later.
[^b]: Some did.
"""

BLOCKS = [
    ("title", "On Ferries"),
    ("byline", "Ada Moss, Ben Tarn"),
    ("date", "4 May 2019"),
    ("paragraph", "The first crossing is free to whoever rows, and there is a rule about it that a board explains."),
    ("heading", "The river"),
    ("blockquote", "Whoever waits for the ferry has time to read, and whoever reads has missed it once."),
    ("list_item", "bread for the way"),
    ("list_item", "salt, and twine"),
    ("table", "Year\tBoats\n1901\t3\n1902\t4"),
    ("verse", "The river came up to the door\nand asked for nothing more,\nit stayed until the morning light"),
    ("heading", "The toll"),
    ("paragraph", "The keeper wrote it down, for nobody would have believed him otherwise."),
    ("footnote", "The board was repainted later."),
    ("footnote", "Some did."),
]
TWO_BYLINES = [*BLOCKS[:1], ("byline", "Ada Moss"), ("byline", "Ben Tarn"), *BLOCKS[2:]]
UNQUOTED = [("paragraph", text) if kind == "blockquote" else (kind, text) for kind, text in TWO_BYLINES]
BOOK = [
    BLOCKS[0],
    BLOCKS[3],
    BLOCKS[12],
    *BLOCKS[4:12],
    BLOCKS[13],
]  # a book has its people in its fields, its notes by chapter


def made(form: str) -> bytes:
    if form == "markdown":
        return SOURCE.encode()
    run = subprocess.run(
        [pypandoc.get_pandoc_path(), "--from=markdown", f"--to={form}", "--standalone", "--output=-"],
        input=SOURCE.encode(),
        capture_output=True,
        check=True,
    )
    return run.stdout


def read(data: bytes, name: str):
    (work,) = extract(Document(data, name))
    return work


@pytest.mark.parametrize(
    ("form", "name", "expected"),
    [
        ("markdown", "ferries.md", BLOCKS),
        ("docx", "ferries.docx", BLOCKS),
        ("latex", "ferries.tex", BLOCKS),
        ("odt", "ferries.odt", TWO_BYLINES),  # an ODT gives each author a line
        ("rtf", "ferries.rtf", UNQUOTED),  # and RTF knows no quotations, only indents, which pandoc passes over
        ("epub", "ferries.epub", BOOK),
    ],
)
def test_the_same_blocks_come_out_of_every_form(form, name, expected):
    work = read(made(form), name)
    blocks = [(block.kind.value, block.text) for block in work.blocks]
    assert blocks == expected
    assert work.title == "On Ferries"
    assert [person.name for person in work.contributors] == ["Ada Moss", "Ben Tarn"]
    first = next(block for block in work.blocks if block.text.startswith("The first crossing"))
    assert {(first.text[span.start : span.end], span.style) for span in first.spans} == {
        ("first", "em"),
        ("rule", "strong"),
        ("board", "link"),
    }
    (mark,) = first.marks
    assert mark.at == len(first.text)
    assert work.blocks[mark.note].text == "The board was repainted later."


def zipped(*entries: tuple[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries:
            archive.writestr(name, content)
    return buffer.getvalue()


ENTITIES = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]><x>&b;</x>'


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("empty.txt", b"", "empty"),
        ("white.txt", b"\n" * 1_000_000, "empty"),
        ("nul.txt", b"\0" * 5_000, "empty"),
        ("noise.txt", bytes(range(256)) * 40, "binary data"),
        ("line.txt", b"word " * 500_000, "line of 2,500,000 characters"),
        ("menu.txt", b"Home\nAbout us\nContact\nSubscribe\nShare on Facebook\nLog in\n", "navigation"),
        ("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "save it as .docx"),
        ("locked.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        ("cut.docx", zipped(("word/document.xml", b"<x/>" * 500))[:-40], "damaged or cut off"),
        ("broken.docx", zipped(("word/document.xml", b"<w:document><w:body>")), "damaged"),
        ("entities.docx", zipped(("word/document.xml", ENTITIES)), "definitions of entities"),
        ("bomb.docx", zipped(("word/document.xml", b" " * 70_000_000)), "larger than any text"),
        ("sheet.xlsx", zipped(("xl/workbook.xml", b"<x/>")), "spreadsheet"),
        ("files.zip", zipped(("a.txt", b"A text.")), "Unpack it"),
        ("empty.epub", zipped(("META-INF/container.xml", b"<x/>")), "cut off"),
        ("page.html", b"<html><body><p>A page.</p></body></html>", "web page, which is not read yet"),
        ("scan.pdf", b"%PDF-1.7\n", "PDF document, which is not read yet"),
        ("picture.md", b"\x89PNG\r\n\x1a\n" + b"\0" * 99, "PNG image"),
    ],
    ids=lambda value: value if isinstance(value, str) and "." in value else "",
)
def test_what_cannot_be_read_says_why(name, data, reason):
    with pytest.raises(UnreadableSource, match=reason):
        extract(Document(data, name))


def test_a_file_under_a_wrong_name_is_read_as_what_it_is_and_that_is_said():
    (work,) = extract(Document(made("docx"), "ferries.txt"))
    assert "mislabelled" in {doubt.code for doubt in work.doubts}
    assert (work.blocks[0].kind.value, work.blocks[0].text) == BLOCKS[0]


def test_what_takes_too_long_is_ended_and_the_next_document_is_read():
    text = (
        "Each paragraph of this text is a little different from the one before it, by a number.\n\n" * 60_000
    ).encode()
    with Workshop(seconds=0.05) as workshop, pytest.raises(UnreadableSource, match="took more than"):
        workshop.read(Document(text, "long.txt"))
    with Workshop() as workshop:
        with pytest.raises(UnreadableSource, match="empty"):
            workshop.read(Document(b"", "empty.txt"))
        (work,) = workshop.read(Document(SOURCE.encode(), "ferries.md"))
        assert work.title == "On Ferries"


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.sampled_from(["word", "*set*", "**apart**", "`code`", "[to](https://example.org/)", "ميناء", "桟橋", "🛶"]),
        min_size=1,
        max_size=30,
    )
)
def test_every_word_of_a_markdown_paragraph_comes_through_and_every_span_is_inside_it(words):
    (work,) = extract(Document(" ".join(words).encode(), "words.md"))
    text = " ".join(block.text for block in work.blocks)
    bare = [word.strip("*`").replace("[to](https://example.org/)", "to") for word in words]
    assert "".join(text.split()) == "".join(bare)
    for block in work.blocks:
        assert all(0 <= span.start < span.end <= len(block.text) for span in block.spans)
