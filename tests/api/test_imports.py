"""Documents brought by a program."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from readings.models import Import, Reading
from tests.api.conftest import API
from tests.texts import FERRY

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _originals(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def test_a_text_is_brought_read_and_published(as_member):
    made = as_member.post(f"{API}/imports/", {"text": FERRY, "rights": "Public domain", "publish": True})
    assert made.status_code == 202
    told = as_member.get(made.headers["Location"]).data
    assert told["state"] == "done"
    assert [work["reading"] for work in told["works"]] == ["the-last-ferry"]
    assert Reading.objects.get().rights == "Public domain"


def test_a_file_is_brought_and_waits_for_review(as_member):
    file = SimpleUploadedFile("ferry.txt", FERRY.encode(), content_type="text/plain")
    made = as_member.upload(f"{API}/imports/", {"file": file, "title": "Ferries"})
    assert made.status_code == 202, made.content
    told = as_member.get(made.headers["Location"]).data
    assert (told["state"], told["name"]) == ("ready", "ferry.txt")
    assert [(work["title"], work["reading"]) for work in told["works"]] == [("Ferries", None)]
    assert not Reading.objects.exists()


def test_a_document_that_cannot_be_read_says_why_and_can_be_tried_again_and_discarded(as_member):
    made = as_member.upload(f"{API}/imports/", {"file": SimpleUploadedFile("a.pdf.zip", b"PK\x05\x06" + b"\0" * 18)})
    told = as_member.get(made.headers["Location"]).data
    assert told["state"] == "failed"
    assert "archive" in told["error"]
    assert as_member.post(f"{made.headers['Location']}retry/", {}).status_code == 202
    assert as_member.delete(made.headers["Location"]).status_code == 204
    assert as_member.get(made.headers["Location"]).status_code == 404


def test_the_same_key_brings_it_once(as_member):
    first = as_member.post(f"{API}/imports/", {"text": FERRY}, Idempotency_Key="night-7")
    second = as_member.post(f"{API}/imports/", {"text": FERRY}, Idempotency_Key="night-7")
    assert first.data["token"] == second.data["token"]
    assert Import.objects.count() == 1
    other = as_member.post(f"{API}/imports/", {"text": FERRY + "More."}, Idempotency_Key="night-7")
    assert other.status_code == 422
    assert other.data["type"].endswith("#key-reused")


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"text": "a", "address": "https://example.org/"},
        {"text": "a", "visibility": "nobody"},
        {"text": 7},
        {"file": "x"},
        {"txt": "a"},
    ],
)
def test_a_body_that_is_wrong_is_refused_where_it_is_wrong(as_member, body):
    answer = as_member.post(f"{API}/imports/", body)
    assert answer.status_code == 400
    assert answer.data["errors"]


def test_nobody_sees_what_somebody_else_brought(as_member, as_reader, as_visitor):
    made = as_member.post(f"{API}/imports/", {"text": FERRY}).data
    assert as_reader.get(made["links"]["self"]).status_code == 404
    assert as_reader.get(f"{API}/imports/").data["results"] == []
    assert as_visitor.get(f"{API}/imports/").status_code == 401
    assert as_visitor.post(f"{API}/imports/", {"text": FERRY}).status_code == 401
