"""A small text with everything in it, and talk about it."""

from collections.abc import Callable

import pytest

from discussions.models import Thread
from discussions.services import open_thread, post_comment
from readings.editions import Metadata, create_reading
from readings.importing.document import Contributor, DraftBlock, NoteMark, Work
from readings.kinds import Kind
from readings.models import BlockText, Reading


def small_work() -> Work:
    """Front matter, two headings, five numbered blocks, a note."""
    return Work(
        title="On lamps",
        subtitle="A short talk",
        contributors=[Contributor("Ada Lind", "speaker")],
        blocks=[
            DraftBlock(Kind.TITLE, "On lamps"),
            DraftBlock(Kind.SUBTITLE, "A short talk"),
            DraftBlock(Kind.BYLINE, "Ada Lind"),
            DraftBlock(Kind.HEADING, "Before dark", level=1),
            DraftBlock(Kind.PARAGRAPH, "A lamp is a promise <made> to the evening.", marks=(NoteMark("1", 17, 11),)),
            DraftBlock(Kind.BLOCKQUOTE, "We lit it early, said the keeper."),
            DraftBlock(Kind.LIST_ITEM, "Oil", marker="•"),
            DraftBlock(Kind.HEADING, "After dark", level=1),
            DraftBlock(Kind.PARAGRAPH, "Later the promise is kept, or it is not."),
            DraftBlock(Kind.VERSE, "The wick is low,\nthe window white."),
            DraftBlock(Kind.BREAK, "* * *"),
            DraftBlock(Kind.FOOTNOTE, "Some say a threat.", label="1"),
        ],
    )


@pytest.fixture
def reading(db: None) -> Reading:
    return create_reading(work=small_work(), metadata=Metadata(slug="lamps"))


@pytest.fixture
def members_reading(db: None) -> Reading:
    return create_reading(work=small_work(), metadata=Metadata(slug="members-lamps", visibility="members"))


@pytest.fixture
def block(reading: Reading) -> Callable[[int], BlockText]:
    """The block with this number, as the newest edition has it."""
    return lambda number: BlockText.objects.select_related("block").get(edition=reading.current_id, number=number)


@pytest.fixture
def thread(reading: Reading, block: Callable[[int], BlockText], member, reader) -> Thread:  # type: ignore[no-untyped-def]
    """A thread on ¶1 opened by `member`, answered by `reader`."""
    made = open_thread(author=member, text=block(1), source="A promise to *whom*?")
    post_comment(author=reader, thread=made, parent=made.comments.get(), source="To whoever is still out.")
    return made
