"""A reading as plain data for other programs."""

from typing import Any

from readings.models import BlockText, Edition


def export_blocks(edition: Edition) -> list[dict[str, Any]]:
    """All blocks of an edition in order: kind, text and key, and where they apply number, level, label, marker, spans, head, image,
    notes.

    `notes` are the marks that stand in the block, in order; a mark's note is the footnote whose `label` is the same.
    """
    return [_describe(text) for text in BlockText.objects.of_edition(edition)]


def _describe(text: BlockText) -> dict[str, Any]:
    described: dict[str, Any] = {"kind": text.kind, "text": text.text, "key": text.key}
    if text.number is not None:
        described["number"] = text.number
    if text.level is not None:
        described["level"] = text.level
    if text.label:
        described["label"] = text.label
    if text.marker:
        described["marker"] = text.marker
    if text.spans:
        described["spans"] = text.spans
    if text.head:
        described["head"] = text.head
    if text.image:
        described["image"] = text.image.name
    if text.marks:
        described["notes"] = [mark["label"] for mark in text.marks]
    return described
