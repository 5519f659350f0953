"""Running pandoc: one document in, its tree out, within limits.

`--sandbox` keeps it from the disk and the network. Its memory is limited by its own run-time system, which says so when it is at
the end, and by the system for what that does not count.
"""

import json
import re
import resource
import subprocess
from collections.abc import Callable
from typing import Any

import pypandoc

from readings.importing.decode import UnreadableSource

LARGEST_HEAP = 700 * 1024**2
"""Bytes."""

LARGEST_TREE = 400 * 1024**2
"""Bytes of JSON: some 60 MB of text."""

_FORMATS = {
    "docx": "docx",
    "odt": "odt",
    "rtf": "rtf",
    "latex": "latex",
    "html": "html-raw_html-native_divs-line_blocks+native_divs",
    "markdown": "markdown-raw_tex-yaml_metadata_block+yaml_metadata_block",
}
_PREPARED = {  # what pandoc's readers pass over, and a text would lose
    "rtf": [(re.compile(rb"\{\\\*\\footnote"), rb"{\\footnote")],
    "latex": [
        (re.compile(rb"\\endfirsthead.{0,5000}?\\endhead", re.DOTALL), rb"\\endhead"),
        (re.compile(rb"(?:\\bottomrule(?:\\noalign\{\})?\s*)?\\end(?:last)?foot\b"), b""),
    ],
}
_NAMES = {
    "docx": "Word document",
    "odt": "OpenDocument text",
    "rtf": "rich-text document",
    "latex": "LaTeX document",
    "html": "web page",
    "markdown": "Markdown text",
}


def read_tree(data: bytes, form: str, *, seconds: float = 60) -> dict[str, Any]:
    """The tree of a document in one of the forms docx, odt, rtf, latex, html and markdown (text in UTF-8).

    Raises UnreadableSource where pandoc cannot read it, or not within the limits.
    """
    for pattern, instead in _PREPARED.get(form, ()):
        data = pattern.sub(instead, data)
    command = [
        pypandoc.get_pandoc_path(),
        "+RTS",
        f"-M{LARGEST_HEAP}",
        "-RTS",
        "--sandbox",
        f"--from={_FORMATS[form]}",
        "--to=json",
    ]
    try:
        done = subprocess.run(  # noqa: S603  # our own command; the document goes in as data
            command, input=data, capture_output=True, timeout=seconds, check=False, preexec_fn=_limit(seconds)
        )
    except subprocess.TimeoutExpired as error:
        raise UnreadableSource(
            f"Reading this {_NAMES[form]} took more than {seconds:.0f} seconds. Save it as plain text, or in parts."
        ) from error
    if done.returncode:
        raise UnreadableSource(_explain(done, form))
    if len(done.stdout) > LARGEST_TREE:
        raise UnreadableSource(f"This {_NAMES[form]} is too large to be read at once. Import it in parts.")
    try:
        tree: dict[str, Any] = json.loads(done.stdout)
    except RecursionError as error:
        raise UnreadableSource(
            f"This {_NAMES[form]} is nested too deeply to be read. Save it as plain text and import that."
        ) from error
    return tree


def _limit(seconds: float) -> Callable[[], None]:
    def apply() -> None:
        resource.setrlimit(resource.RLIMIT_CPU, (int(seconds) + 1, int(seconds) + 2))
        resource.setrlimit(resource.RLIMIT_DATA, (2 * LARGEST_HEAP, 2 * LARGEST_HEAP))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))

    return apply


def _explain(done: "subprocess.CompletedProcess[bytes]", form: str) -> str:
    said = done.stderr.decode(errors="replace").strip()
    if (done.returncode in (251, 2) and "heap" in said.lower()) or "memory" in said.lower():
        return f"This {_NAMES[form]} needs more memory to be read than is allowed. Import it in parts."
    if done.returncode < 0:
        return f"Reading this {_NAMES[form]} took too long or too much memory. Save it as plain text, or in parts."
    first = said.splitlines()[0][:200] if said else "no reason was given"
    return f"This {_NAMES[form]} is damaged: it could not be read ({first}). Open it, save it anew, and import that."
