"""A work as plain data and back: how a draft is kept, and how the child process that reads a document hands over what it found.

Pictures travel by name; their bytes go another way.
"""

from dataclasses import asdict
from typing import Any

from readings.importing.document import Contributor, Doubt, DraftBlock, Dropped, NoteMark, Span, Work
from readings.kinds import Kind


def work_as_json(work: Work) -> dict[str, Any]:
    """A work as JSON has it, what is empty left out. `work_from_json` makes the same work of it."""
    return {
        "title": work.title,
        "subtitle": work.subtitle,
        "contributors": [asdict(person) for person in work.contributors],
        "date": work.date,
        "language": work.language,
        "source": work.source,
        "rights": work.rights,
        "blocks": [block_as_json(block) for block in work.blocks],
        "dropped": [_filled(asdict(drop)) for drop in work.dropped],
        "doubts": [asdict(doubt) for doubt in work.doubts],
    }


def work_from_json(data: dict[str, Any]) -> Work:
    """The work of which `work_as_json` made this, without its pictures."""
    return Work(
        title=data["title"],
        blocks=[block_from_json(block) for block in data["blocks"]],
        subtitle=data["subtitle"],
        contributors=[Contributor(**person) for person in data["contributors"]],
        date=data["date"],
        language=data["language"],
        source=data["source"],
        rights=data["rights"],
        dropped=[Dropped(drop["text"], drop["reason"], _pair(drop.get("lines"))) for drop in data["dropped"]],
        doubts=[Doubt(**doubt) for doubt in data["doubts"]],
    )


def block_as_json(block: DraftBlock) -> dict[str, Any]:
    """A block as JSON has it: `kind` and `text` always, the rest where it says something."""
    plain = asdict(block)
    plain["kind"] = block.kind.value
    plain["marks"] = [asdict(mark) for mark in block.marks]
    plain["spans"] = [span.as_json() for span in block.spans]
    if block.confidence == 1.0:
        del plain["confidence"]
    return {"kind": plain.pop("kind"), "text": plain.pop("text")} | _filled(plain)


def block_from_json(data: dict[str, Any]) -> DraftBlock:
    """The block of which `block_as_json` made this."""
    return DraftBlock(
        kind=Kind(data["kind"]),
        text=data["text"],
        level=data.get("level"),
        label=data.get("label"),
        marker=data.get("marker"),
        marks=tuple(NoteMark(**mark) for mark in data.get("marks", ())),
        spans=tuple(Span(**span) for span in data.get("spans", ())),
        head=data.get("head"),
        picture=data.get("picture"),
        language=data.get("language"),
        confidence=data.get("confidence", 1.0),
        doubts=tuple(Doubt(**doubt) for doubt in data.get("doubts", ())),
        lines=_pair(data.get("lines")),
    )


def _filled(plain: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in plain.items() if value not in (None, (), [])}


def _pair(lines: Any) -> tuple[int, int] | None:
    return (lines[0], lines[1]) if lines else None
