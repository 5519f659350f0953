"""Pages neither skip nor repeat a row, also while others write."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.paging import BadCursor, page_of
from readings.models import Reading

pytestmark = pytest.mark.django_db


def make(title: str) -> Reading:
    return Reading.objects.create(title=title, slug=f"r{Reading.objects.count()}x{abs(hash(title)) % 10**6}")


def walk(order: tuple[str, ...], size: int, between=lambda: None) -> list[int]:
    seen, cursor = [], None
    while True:
        page = page_of(Reading.objects.all(), order, cursor, size)
        seen += [reading.pk for reading in page.rows]
        between()
        if page.next is None:
            return seen
        cursor = page.next


@pytest.mark.parametrize("order", [("title", "pk"), ("-title", "pk"), ("-created_at", "-pk"), ("-pk",)])
@pytest.mark.parametrize("size", [1, 2, 3, 7, 50])
def test_walking_all_pages_meets_every_row_once_in_order(order, size):
    for title in ["b", "a", "c", "b", "b", "é", "A"]:
        make(title)
    assert walk(order, size) == list(Reading.objects.order_by(*order).values_list("pk", flat=True))


def test_rows_written_meanwhile_make_no_row_skip_or_repeat():
    there = {make(title).pk for title in "bdfhjl"}
    names = iter("acegikmnopqrstuvw")
    seen = walk(("title", "pk"), 2, between=lambda: make(next(names)))
    assert there <= set(seen)
    assert len(seen) == len(set(seen))


def test_one_can_walk_back():
    for title in "abcdefg":
        make(title)
    first = page_of(Reading.objects.all(), ("title", "pk"), None, 3)
    second = page_of(Reading.objects.all(), ("title", "pk"), first.next, 3)
    back = page_of(Reading.objects.all(), ("title", "pk"), second.previous, 3)
    assert [row.pk for row in back.rows] == [row.pk for row in first.rows]
    assert first.previous is None
    assert back.previous is None


@given(st.text(max_size=60))
def test_a_cursor_that_is_not_ours_is_refused(words):
    if words:
        with pytest.raises(BadCursor):
            page_of(Reading.objects.all(), ("title", "pk"), words, 3)


@pytest.mark.parametrize(
    "cursor",
    [
        "WzAsImEiLCJ4Il0",
        "WzBd",
        "WzAsMSwyXQ",
        "W1tbW1tbXV1dXV1d",
        "x" * 5000,
        "WzAsImEiLCI5OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTkiXQ",
    ],
)
def test_a_forged_cursor_is_refused_or_harmless(cursor):
    with suppress(BadCursor):
        page_of(Reading.objects.all(), ("title", "pk"), cursor, 3)
