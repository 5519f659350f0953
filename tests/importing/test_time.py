"""Time grows with the source, and no shape of it makes the importer slow."""

import time
from contextlib import suppress

import pytest

from readings.importing.decode import UnreadableSource
from readings.importing.structure import structure

_PARAGRAPH = "The harbour lay under a grey sky, and nobody spoke of the strike.(1) They said: wait. " * 8

_SHAPES = {
    "empty lines": "\n",
    "short lines": "abc\n",
    "numbers": "12\n",
    "capitals": "ABC DEF\n\n",
    "lead-ins": "He said:\n\n",
    "marks": "word(1) ",
    "stars": "*",
    "ampersands": "&",
    "pages": "abc\f",
    "bullets": "- a\n\n",
    "questions": "Why not?\n\n",
    "hyphens": "long-\nword\n",
    "bylines": "By Rosa Luz\n\n",
    "notes": "[1] Word and word.[1]\n\n",
}


def _seconds(text: str) -> float:
    """Processor time: what else the machine does must not fail a test."""
    begun = time.process_time()
    with suppress(UnreadableSource):
        structure(text)
    return time.process_time() - begun


def test_a_long_essay_takes_half_a_second() -> None:
    assert min(_seconds("\n\n".join([_PARAGRAPH] * 190)) for _ in range(3)) < 0.5


@pytest.mark.parametrize("shape", _SHAPES)
def test_four_times_the_text_takes_about_four_times_as_long(shape: str) -> None:
    unit = _SHAPES[shape]
    small = unit * (20_000 // len(unit))
    least, most = min(_seconds(small) for _ in range(3)), min(_seconds(small * 4) for _ in range(2))
    assert most < 9 * least + 0.1
