"""Storing a structured work: a reading with its first edition, in one transaction.

The place where later editions will be aligned with the one before them: a key is given out here and nowhere else.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.text import slugify

from accounts.models import User
from readings.addresses import derive_keys, number_blocks
from readings.importing.document import Contributor, DraftBlock, Picture, Work
from readings.kinds import FRONT_MATTER
from readings.languages import count_words, direction_of
from readings.models import Block, BlockText, Contribution, Edition, Image, Original, Reading
from readings.rendering import Mark, render_draft

IMPORTER_VERSION = 2
"""Raise it when the same file would give other blocks, so that a reading can be offered for importing again."""


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is known about a work from elsewhere than its text. What is set wins over what the importer found."""

    slug: str = ""
    title: str = ""
    subtitle: str = ""
    contributors: tuple[Contributor, ...] = ()
    source: str = ""
    published: str = ""
    language: str = ""
    rights: str = ""
    visibility: str = Reading.Visibility.PUBLIC


@transaction.atomic
def create_reading(
    *,
    work: Work,
    metadata: Metadata | None = None,
    original: Original | None = None,
    importer: User | None = None,
    decisions: Sequence[dict[str, Any]] = (),
    structured_by: int = IMPORTER_VERSION,
) -> Reading:
    """Make a reading of a structured work, with edition 1. Raises ValidationError for metadata that cannot be stored.

    `decisions` are the steps by which a person changed what the importer of version `structured_by` had made. Pictures are
    taken from the work, or were kept before (see `keep_pictures`).
    """
    known = metadata or Metadata()
    reading = Reading(
        slug=free_slug(known.slug, known.title, work.title, Path(original.name).stem if original else ""),
        title=known.title or work.title,
        subtitle=known.subtitle or work.subtitle,
        source=known.source or work.source,
        published=known.published or work.date,
        language=known.language or work.language,
        rights=known.rights or work.rights,
        visibility=known.visibility,
    )
    reading.full_clean(exclude=["current"])
    reading.save()
    people = known.contributors or tuple(work.contributors)
    Contribution.objects.bulk_create(
        Contribution(reading=reading, position=position, name=person.name, role=person.role)
        for position, person in enumerate(people)
    )
    keep_pictures(work.pictures.values())
    reading.current = _store_edition(
        reading, work, original=original, created_by=importer, decisions=list(decisions), importer=structured_by
    )
    reading.save(update_fields=["current"])
    return reading


def keep_original(name: str, data: bytes, sha256: str) -> Original:
    """Keep a file as it came. The same bytes are kept once. Call it inside the transaction that stores what came of it."""
    found = Original.objects.filter(sha256=sha256).first()
    return found or Original.objects.create(
        name=name[-255:], sha256=sha256, size=len(data), file=ContentFile(data, name=f"{sha256}.bin")
    )


def keep_pictures(pictures: Iterable[Picture]) -> list[Image]:
    """Keep pictures, each once, whoever brings it. Call it inside the transaction that stores what they stand in."""
    by_name = {picture.name: picture for picture in pictures}
    known = {image.name: image for image in Image.objects.filter(name__in=by_name)}
    for name, picture in by_name.items():
        if name not in known:
            path = (
                f"pictures/{name[:2]}/{name}.webp"  # the same bytes, the same path: nothing is left behind by a failure
            )
            if not default_storage.exists(path):
                path = default_storage.save(path, ContentFile(picture.data))
            known[name] = Image.objects.create(
                name=name,
                file=path,
                size=len(picture.data),
                width=picture.width,
                height=picture.height,
            )
    return [known[name] for name in by_name]


def free_slug(*wanted: str) -> str:
    """A slug no reading has yet, made of the first of these words that can be spelt in ASCII, with a number if need be."""
    plain = next(filter(None, map(_plain, wanted)), "reading")
    taken = set(Reading.objects.filter(slug__startswith=plain).values_list("slug", flat=True))
    number = 1
    while (slug := plain if number == 1 else f"{plain}-{number}") in taken:
        number += 1
    return slug


def _plain(words: str) -> str:
    """At most 60 characters of a slug, cut between words; nothing where too little of the words is ASCII to know them by."""
    plain = slugify(unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode())
    if len(plain) * 3 < len(words.strip()):
        return ""
    return re.sub(r"-[^-]*$", "", plain[:61]) if len(plain) > 60 else plain


def _store_edition(reading: Reading, work: Work, **facts: Any) -> Edition:
    keys = derive_keys(block.text or f"[{block.kind}]" for block in work.blocks)
    numbers = number_blocks(block.kind for block in work.blocks)
    edition = Edition.objects.create(
        reading=reading,
        number=1,
        **facts,
        dropped=[asdict(dropped) for dropped in work.dropped],
        doubts=_doubts(work, keys),
        paragraphs=max((number for number in numbers if number), default=0),
        words=sum(
            count_words(block.text, block.language or reading.language)
            for block in work.blocks
            if block.kind not in FRONT_MATTER
        ),
    )
    blocks = Block.objects.bulk_create(Block(reading=reading, key=key, born_in=edition) for key in keys)
    wanted = {block.picture for block in work.blocks if block.picture}
    images = dict(Image.objects.filter(name__in=wanted).values_list("name", "pk")) if wanted else {}
    BlockText.objects.bulk_create(
        _block_text(reading, edition, blocks, position, draft, numbers[position], images)
        for position, draft in enumerate(work.blocks)
    )
    return edition


def _block_text(
    reading: Reading,
    edition: Edition,
    blocks: Sequence[Block],
    position: int,
    draft: DraftBlock,
    number: int | None,
    images: Mapping[str, int],
) -> BlockText:
    marks: list[Mark] = [
        {"label": mark.label, "at": mark.at, "note": None if mark.note is None else blocks[mark.note].key}
        for mark in draft.marks
    ]
    language = draft.language or reading.language
    return BlockText(
        edition=edition,
        block=blocks[position],
        position=position,
        kind=draft.kind,
        number=number,
        level=draft.level,
        label=draft.label or "",
        marker=draft.marker or "",
        text=draft.text,
        html=render_draft(draft, marks),
        marks=marks,
        spans=[span.as_json() for span in draft.spans],
        head=draft.head,
        image_id=images.get(draft.picture or ""),
        language=language,
        direction=direction_of(language),
    )


def _doubts(work: Work, keys: Sequence[str]) -> list[dict[str, object]]:
    """Everything uncertain, with the key of the block it is about (None: the whole work)."""
    whole: list[dict[str, object]] = [
        {"code": doubt.code, "message": doubt.message, "key": None, "confidence": None} for doubt in work.doubts
    ]
    single: list[dict[str, object]] = [
        {"code": doubt.code, "message": doubt.message, "key": key, "confidence": round(block.confidence, 2)}
        for key, block in zip(keys, work.blocks, strict=True)
        for doubt in block.doubts
    ]
    return [*whole, *single]
