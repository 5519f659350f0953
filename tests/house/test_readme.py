"""The README's commands are run as they are written."""

import os
import re
import subprocess
import sys
from pathlib import Path

from tests.browser.running import ROOT, demo

README = (ROOT / "README.md").read_text()


def blocks_under(heading: str) -> list[str]:
    """The shell blocks of one section."""
    section = README.split(f"## {heading}\n")[1].split("\n## ")[0]
    return re.findall(r"```sh\n(.*?)```", section, re.DOTALL)


def test_the_round_with_curl(tmp_path):
    token_block, round_block = blocks_under("A round with curl")
    assert "create_token rosa@example.org" in token_block
    with demo(data=tmp_path) as site:
        settings = {"SECRET_KEY": (tmp_path / "secret-key").read_text(), "DATA_DIR": str(tmp_path)}
        inherited = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        asked = [sys.executable, "manage.py", "create_token", "rosa@example.org"]
        token = subprocess.run(
            asked, cwd=ROOT, env=inherited | settings, capture_output=True, text=True, check=True
        ).stdout.strip()
        # A line between the answers, which end without one.
        script = round_block.replace("\ncurl -s ", "\necho; curl -s ")
        run = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", script],
            env=os.environ | {"URL": site, "TOKEN": token},
            capture_output=True,
            text=True,
            check=True,
        )
    answers = run.stdout.strip().splitlines()
    readings, blocks, edited, revisions, *_, comments = answers
    assert '"how-a-circle-reads"' in readings
    assert "The remedy is older than any of us" in blocks
    assert "<strong>his</strong>" in edited
    assert "It is, for a quarter of an hour." in revisions
    assert '"status":"removed"' in comments
    assert "his" not in comments.split('"status":"removed"')[1]


def test_every_file_the_readme_leads_to_is_there():
    for path in re.findall(r"\]\((?!http)([^)#]+)\)", README):
        assert (ROOT / Path(path)).exists(), path


def test_the_commands_it_names_are_targets_of_make():
    makefile = (ROOT / "Makefile").read_text()
    for target in re.findall(r"\bmake ([a-z]+)", README):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target
