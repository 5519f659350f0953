"""Bringing a document on the page, watching it, and what is shown of what became of it."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from readings.models import Import, Original
from tests.texts import FERRY

pytestmark = pytest.mark.django_db

HERE = "/imports/"


@pytest.fixture(autouse=True)
def _originals(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def body(response) -> str:
    return response.content.decode()


def bring(client, **fields):
    return client.post(HERE, {"visibility": "public", **fields}, follow=True)


def file(name="ferry.txt", content=FERRY):
    return SimpleUploadedFile(name, content if isinstance(content, bytes) else content.encode())


def test_a_visitor_is_sent_to_sign_in(as_visitor):
    assert as_visitor.get(HERE).headers["Location"].startswith("/accounts/login/")


def test_a_file_becomes_a_draft_that_nobody_else_sees(as_member, as_reader):
    page = bring(as_member, files=file())
    assert "The last ferry" in body(page)
    assert "8 blocks" in body(page)
    document = Import.objects.get()
    assert document.state == "ready"
    assert as_reader.get(document.get_absolute_url()).status_code == 404
    assert "ferry" not in body(as_reader.get(HERE))
    assert "The last ferry" not in body(as_reader.get("/readings/"))


def test_a_text_can_be_pasted(as_member):
    page = bring(as_member, text=FERRY, source="Tamm Almanac")
    assert "The last ferry" in body(page)
    assert Import.objects.get().particulars["source"] == "Tamm Almanac"


def test_several_files_at_once_each_with_its_own_fate(as_member):
    page = bring(as_member, files=[file(), file("empty.txt", ""), file("pixel.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 50)])
    words = body(page)
    assert "empty.txt: The file is empty" in words
    assert "2 files are being read" in words
    assert {made.name: made.state for made in Import.objects.all()} == {"ferry.txt": "ready", "pixel.png": "failed"}


def test_why_a_document_failed_is_said_and_it_can_be_tried_again_or_discarded(as_member):
    page = bring(as_member, files=file("scan.docx", b"PK\x03\x04 cut off"))
    assert "damaged or cut off" in body(page)
    document = Import.objects.get()
    again = as_member.post(f"{document.get_absolute_url()}retry/", follow=True)
    assert "damaged or cut off" in body(again)
    gone = as_member.post(f"{document.get_absolute_url()}discard/", follow=True)
    assert "scan.docx” was discarded" in body(gone)
    assert not Import.objects.exists()


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({}, "Choose a file, or paste a text."),
        ({"text": FERRY, "visibility": "nobody"}, "Select a valid choice"),
        ({"text": FERRY, "source": "x" * 501}, "at most 500 characters"),
    ],
)
def test_what_is_wrong_with_the_form_is_said_and_nothing_is_lost(as_member, fields, reason):
    page = as_member.post(HERE, {"visibility": "public", "title": "Kept words", **fields})
    assert page.status_code == 422
    assert reason in body(page)
    assert "Kept words" in body(page)


def test_nothing_is_brought_for_somebody_else(as_member, as_reader):
    bring(as_member, files=file())
    document = Import.objects.get()
    for act in ("retry", "discard"):
        assert as_reader.post(f"{document.get_absolute_url()}{act}/").status_code == 404


def test_a_file_that_is_a_reading_already_says_so(as_member, as_reader):
    from accounts.models import User
    from readings.imports import receive_file

    receive_file(User.objects.get(email="reader@example.org"), "ferry.txt", FERRY.encode(), publish=True)
    page = bring(as_member, files=file())
    assert "This file was imported before" in body(page)
    assert '<a href="/readings/the-last-ferry/">The last ferry</a>' in body(page)
    assert Original.objects.count() == 1


def test_moderators_alone_add_where_the_operator_says_so(as_member, as_moderator, settings):
    settings.READINGS_ADDED_BY = "moderators"
    assert as_member.get(HERE).status_code == 403
    assert "Add a reading" not in body(as_member.get("/readings/"))
    assert as_moderator.get(HERE).status_code == 200


def test_one_cannot_bring_without_end(as_member, monkeypatch):
    monkeypatch.setattr("readings.imports.MOST_OPEN", 1)
    bring(as_member, files=file())
    page = bring(as_member, files=file("other.txt", FERRY + "More."))
    assert "You have many documents waiting" in body(page)


def test_the_list_asks_the_same_for_one_document_and_for_many(as_member, member, count_queries):
    for number in range(3):
        bring(as_member, text=f"{FERRY}\n\nNumber {number}.")
        if number == 0:
            one = count_queries(as_member, HERE)
    assert count_queries(as_member, HERE) == one


def test_a_picture_is_seen_by_whoever_may_see_the_text(as_member, as_reader, as_visitor):
    from PIL import Image as Pillow

    picture = io.BytesIO()
    Pillow.new("RGB", (60, 40), "navy").save(picture, "JPEG", comment=b"taken at my home")
    book = _document_with(picture.getvalue())
    bring(as_member, files=file("pier.epub", book))
    document = Import.objects.get()
    assert document.state == "ready", document.error
    image = document.drafts.get().images.get()
    address = image.get_absolute_url()
    assert as_member.get(address).headers["Content-Type"] == "image/webp"
    assert b"taken at my home" not in as_member.get(address).content
    assert as_reader.get(address).status_code == 404
    assert as_visitor.get(address).status_code == 404
    as_member.post(f"{document.drafts.get().get_absolute_url()}publish/")
    assert f'src="{address}"' in body(as_visitor.get("/readings/the-pier/"))
    assert as_visitor.get(address).headers["Cache-Control"].startswith("public")


def test_a_draft_is_looked_at_and_published_once(as_member, as_reader, as_visitor):
    bring(as_member, files=file(content=FERRY.replace("1. The latch", "2. The latch")), rights="Public domain")
    draft = Import.objects.get().drafts.get()
    page = body(as_member.get(draft.get_absolute_url()))
    assert "slept in the salt store" in page
    assert "No mark in the text points to note 2." in page
    for act in ("", "publish/"):
        assert as_reader.post(f"{draft.get_absolute_url()}{act}").status_code in (404, 405)
    first = as_member.post(f"{draft.get_absolute_url()}publish/").headers["Location"]
    assert as_member.post(f"{draft.get_absolute_url()}publish/").headers["Location"] == first
    assert "slept in the salt store" in body(as_visitor.get(first))
    assert Import.objects.get().state == "done"


def _document_with(picture: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("mimetype", "application/epub+zip")
        archive.writestr(
            "META-INF/container.xml",
            '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile full-path="a/b.opf"/></rootfiles></container>',
        )
        archive.writestr(
            "a/b.opf",
            '<package xmlns="http://www.idpf.org/2007/opf"><manifest><item id="c" href="c.xhtml" media-type="application/xhtml+xml"/>'
            '</manifest><spine><itemref idref="c"/></spine></package>',
        )
        archive.writestr("a/pier.jpg", picture)
        archive.writestr(
            "a/c.xhtml",
            "<html><body><h1>The pier</h1><p>The pier at Tamm was built for boats that never came, and is none the worse.</p>"
            '<p><img src="pier.jpg" alt="A pier"/></p></body></html>',
        )
    return made.getvalue()
