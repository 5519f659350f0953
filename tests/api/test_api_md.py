"""docs/api.md is true: its round runs as it is written, its tables name what there is."""

import json
import os
import re
import subprocess
from pathlib import Path

import pytest

from accounts.people import create_member
from api.models import create_token
from api.problems import KINDS
from readings.editions import Metadata, create_reading
from readings.importing.document import DraftBlock, Work
from readings.kinds import Kind
from tests.api.conftest import API, openapi

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "api.md").read_text()


@pytest.mark.django_db(transaction=True)
def test_its_round_runs_as_it_is_written(live_server):
    blocks = [DraftBlock(Kind.PARAGRAPH, f"Paragraph {number}.") for number in range(1, 10)]
    create_reading(work=Work("How a circle reads", blocks), metadata=Metadata(slug="how-a-circle-reads"))
    token = create_token(user=create_member(email="rosa@example.org", name="Rosa"))
    (script,) = re.findall(r"```sh\n(.*?)```", PAGE, re.DOTALL)
    script = re.sub(r"^curl ", "echo; curl ", script, flags=re.MULTILINE)
    run = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", script],
        env=os.environ | {"URL": live_server.url, "TOKEN": token},
        capture_output=True,
        text=True,
        check=True,
    )
    assert run.stderr == ""
    readings, words, thread, edited, revisions, lost, gone = map(json.loads, filter(None, run.stdout.splitlines()))
    assert readings["results"][0]["slug"] == "how-a-circle-reads"
    assert [block["number"] for block in words["results"]] == [5, 6, 7]
    assert thread["first_comment"]["source"] == "Is *stiff* the word?"
    assert edited["html"] == "<p>It was <strong>his</strong> word.</p>\n"
    assert revisions["results"][0]["source"] == "It is, for a quarter of an hour."
    assert lost["status"] == 412
    assert (gone["status"], gone["source"]) == ("removed", None)


def test_it_names_every_kind_of_problem_with_its_status():
    rows = re.findall(r"^\| ([\d, ]+) \| ((?:`#[\w-]+`(?:, )?)+) \|", PAGE, re.MULTILINE)
    named = {name: statuses for statuses, names in rows for name in re.findall(r"`#([\w-]+)`", names)}
    assert named.keys() == KINDS.keys()
    for name, statuses in named.items():
        assert str(KINDS[name].status) in statuses


def test_it_names_every_address():
    table = PAGE.split("## Where things are")[1].split("\n## ")[0]
    first_cells = [line.split(" | ")[0] for line in table.splitlines() if line.startswith("| `")]
    named: set[str] = set()
    for cell in first_cells:
        last = ""
        for words in re.findall(r"`([^`]+)`", cell):
            last = words if words.startswith("/") else last.rsplit("/", 2)[0] + words.removeprefix("…")
            named.add(last)
    assert named == {path.removeprefix(API) for path in openapi()["paths"]}
