"""Files become readings through the commands, as an operator runs them."""

import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from readings.models import Original, Reading

pytestmark = pytest.mark.django_db

SHARED = Path(__file__).resolve().parents[2].parent / "shared" / "readings"
FIXTURES = Path(__file__).resolve().parents[2] / "fixtures" / "readings"

TEXT = """On lamps

By Ada Lind

Before dark

A lamp is a promise made to the evening, and whoever makes it early has thought of those who come late.[1]

The keeper of the harbour light wrote in his book for that year:

We lit it early, for the fog came in before the boats did, and none of us had the heart to wait for the hour.

After dark

Later the promise is kept, or it is not, and there is nobody awake to say which of the two it was.

Notes

1. Some say that it is a threat.
"""


@pytest.fixture
def originals(settings, tmp_path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "originals"
    return Path(settings.MEDIA_ROOT)


@pytest.fixture
def lamps(tmp_path) -> Path:
    path = tmp_path / "lamps.txt"
    path.write_text(TEXT)
    return path


def run(*arguments) -> tuple[str, int]:
    """What the command prints, and its exit code."""
    out = io.StringIO()
    try:
        call_command("import_readings", *map(str, arguments), stdout=out, verbosity=0)
    except SystemExit as stopped:
        return out.getvalue(), int(stopped.code or 0)
    return out.getvalue(), 0


def kinds(slug: str) -> list[str]:
    out = io.StringIO()
    call_command("export_reading", slug, "--format", "blocks", stdout=out)
    return [block["kind"] for block in json.loads(out.getvalue())]


def test_a_text_becomes_a_reading(lamps, originals):
    out, code = run(lamps)
    assert code == 0
    assert "on-lamps" in out
    assert "Readings made: 1." in out
    reading = Reading.objects.get()
    assert [person.name for person in reading.contributions.all()] == ["Ada Lind"]
    assert kinds("on-lamps") == [
        "title",
        "byline",
        "heading",
        "paragraph",
        "paragraph",
        "blockquote",
        "heading",
        "paragraph",
        "heading",
        "footnote",
    ] or kinds("on-lamps") == [
        "title",
        "byline",
        "heading",
        "paragraph",
        "paragraph",
        "blockquote",
        "heading",
        "paragraph",
        "footnote",
    ]


def test_the_original_is_kept_as_it_came(lamps, originals):
    run(lamps)
    original = Original.objects.get()
    with original.file.open() as kept:
        assert kept.read() == TEXT.encode()
    assert Reading.objects.get().current.original == original


def test_the_same_file_is_not_imported_twice(lamps, originals, tmp_path):
    run(lamps)
    copy = tmp_path / "copy.txt"
    copy.write_text(TEXT)
    made = json.loads(run("--json", copy)[0])
    assert made[0]["status"] == "unchanged"
    assert made[0]["slugs"] == ["on-lamps"]
    assert Reading.objects.count() == 1


def test_json_says_what_was_made(lamps, originals):
    out, code = run("--json", lamps)
    (made,) = json.loads(out)
    assert code == 0
    assert made["file"] == str(lamps)
    assert made["slugs"] == ["on-lamps"]
    assert made["edition"] == 1
    assert made["counts"]["blockquote"] == 1
    assert isinstance(made["uncertain"], list)


def test_a_broken_file_is_named_and_leaves_the_others_alone(lamps, originals, tmp_path):
    (tmp_path / "empty.txt").write_text("")
    (tmp_path / "mislabelled.txt").write_bytes(b"%PDF-1.7\n\x00\x01binary")
    out, code = run("--json", tmp_path / "empty.txt", tmp_path / "mislabelled.txt", tmp_path / "missing.txt", lamps)
    made = json.loads(out)
    assert code == 1
    assert [entry["status"] for entry in made] == ["failed", "failed", "failed", "imported"]
    assert all(entry["error"] for entry in made[:3])
    assert Reading.objects.count() == Original.objects.count() == 1
    assert len([path for path in originals.rglob("*") if path.is_file()]) == 1


def test_a_folder_and_a_manifest_can_be_named(lamps, originals, tmp_path):
    manifest = tmp_path / "manifest.json"
    manifest.write_text(
        json.dumps(
            [
                {
                    "file": "lamps.txt",
                    "title": "Lamps",
                    "slug": "l",
                    "source": "Here",
                    "visibility": "members",
                    "contributors": [{"name": "Ed", "role": "editor"}],
                }
            ]
        )
    )
    run(manifest)
    reading = Reading.objects.get()
    assert (reading.slug, reading.title, reading.source, reading.visibility) == ("l", "Lamps", "Here", "members")
    assert "there already" in run(tmp_path)[0]


@pytest.mark.parametrize("words", ["{", "3", '[{"title": "x"}]', "[1]"])
def test_a_broken_manifest_is_refused(originals, tmp_path, words):
    path = tmp_path / "manifest.json"
    path.write_text(words)
    with pytest.raises(CommandError, match="manifest"):
        run(path)


def test_a_folder_without_texts_says_so(originals, tmp_path):
    with pytest.raises(CommandError, match="no document"):
        run(tmp_path)


def test_an_unknown_reading_cannot_be_exported(db):
    with pytest.raises(CommandError, match="no reading"):
        call_command("export_reading", "nothing")


def test_the_sample_texts_are_all_recognised(originals):
    made = json.loads(run("--json", FIXTURES / "manifest.json")[0])
    counts = {entry["slugs"][0]: entry["counts"] for entry in made}
    assert all(entry["status"] == "imported" and len(entry["slugs"]) == 1 for entry in made)
    assert counts["how-a-circle-reads"]["heading"] in {5, 6}
    assert counts["how-a-circle-reads"]["footnote"] == 3
    assert counts["how-a-circle-reads"]["blockquote"] == 1
    assert counts["a-letter-on-footnotes"]["footnote"] == 8
    assert counts["the-public-bench"]["list_item"] == 7
    assert counts["ferry-timetable"]["verse"] == 7


@pytest.mark.skipif(
    not SHARED.exists(), reason=f"the real documents are not here: {SHARED.name} folder beside the project is missing"
)
def test_the_real_documents_become_readings(originals):
    made = {Path(entry["file"]).stem: entry for entry in json.loads(run("--json", *sorted(SHARED.glob("*.txt")))[0])}
    assert len(made["party-and-class-two-essays"]["slugs"]) == 2
    assert made["party-and-class-two-essays"]["counts"]["heading"] == 4
    assert made["party-and-class-two-essays"]["counts"]["caption"] == 2
    assert made["workers-democracy"]["counts"]["footnote"] == 3
    assert made["workers-democracy"]["counts"]["heading"] == 9
    assert made["workers-democracy"]["counts"]["list_item"] == 3
    assert made["socialism-from-below"]["counts"]["blockquote"] in range(6, 9)
    assert made["socialism-from-below"]["readings"][0]["dropped"] >= 3


def test_a_japanese_paragraph_that_ends_in_a_quotation_is_no_heading(originals):
    made = json.loads(run("--json", FIXTURES / "yohaku.txt")[0])
    assert "heading" not in made[0]["counts"]
    assert made[0]["counts"]["paragraph"] == 7
