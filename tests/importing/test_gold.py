"""The gold documents, ours and the real ones: the importer must not fall below what it has reached."""

from pathlib import Path

import pytest

from bench.structure import GOLD, Score, load_gold, score_document

SHARED = Path(__file__).resolve().parents[2].parent / "shared" / "readings"
_DOCUMENTS = {name: (source, gold) for name, source, gold in load_gold()}
_OURS = [name for name, (_, gold) in _DOCUMENTS.items() if "shared" not in gold]
_REAL = sorted(path.stem for path in GOLD.glob("shared-*.json"))


def _total(held_out: bool) -> Score:
    total = Score()
    for name in _OURS:
        source, gold = _DOCUMENTS[name]
        if gold["held_out"] == held_out:
            total += score_document(source, name, gold["works"])
    return total


@pytest.mark.parametrize("held_out", [False, True])
def test_blocks_and_kinds_are_right(held_out: bool) -> None:
    total = _total(held_out)
    assert total.boundaries >= 0.98
    assert total.kinds >= 0.98 * total.matched


@pytest.mark.parametrize("name", _OURS)
def test_no_letter_of_a_document_is_lost_or_invented(name: str) -> None:
    source, gold = _DOCUMENTS[name]
    score = score_document(source, name, gold["works"])
    assert (score.lost, score.invented) == (0, 0)


@pytest.mark.parametrize("name", _REAL)
def test_real_documents_become_what_an_editor_would_sign(name: str) -> None:
    if name not in _DOCUMENTS:
        pytest.skip(f"THE REAL DOCUMENT IS MISSING: {name} needs the folder {SHARED}")
    source, gold = _DOCUMENTS[name]
    score = score_document(source, name, gold["works"])
    assert score.faults == []
