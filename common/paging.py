"""Pages of a list that neither skip nor repeat a row while others write: each begins after a row, not at a count.

Keyset pagination, as in Markus Winand's "We need tool support for keyset pagination" (use-the-index-luke.com, 2014). The
order must be total: its last field is unique.
"""

import base64
import binascii
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Generic, TypeVar

from django.core.exceptions import ValidationError
from django.db.models import Field, Model, Q, QuerySet

Row = TypeVar("Row", bound=Model)


class BadCursor(ValueError):
    """The words that should say where a page begins were not made by us."""


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """Some rows of a list in order, and the cursors of the pages around it (None at an end)."""

    rows: list[Row]
    next: str | None
    previous: str | None


def page_of(rows: QuerySet[Row], order: tuple[str, ...], cursor: str | None, size: int) -> Page[Row]:
    """The page of at most `size` rows that a cursor names; the first for None or "".

    `order` names fields of the row, "-" before it for descending; the last one is unique. One query. Raises BadCursor.
    """
    back, values = _decode(cursor, len(order)) if cursor else (False, None)
    walk = tuple(map(_turned, order)) if back else order
    found = rows.order_by(*walk)
    if values is not None:
        found = found.filter(_after(rows.model, walk, values))
    listed = list(found[: size + 1])
    more, listed = len(listed) > size, listed[:size]
    if back:
        listed.reverse()
    has_next, has_previous = (bool(cursor), more) if back else (more, bool(cursor))
    return Page(
        listed,
        _encode(False, listed[-1], order) if listed and has_next else None,
        _encode(True, listed[0], order) if listed and has_previous else None,
    )


def _turned(field: str) -> str:
    return field[1:] if field.startswith("-") else f"-{field}"


def _after(model: type[Model], order: tuple[str, ...], values: list[str]) -> Q:
    """The rows that come after these values: greater in the first field, or equal there and greater in the next, and so on."""
    condition, equal = Q(), Q()
    for field, value in zip(order, values, strict=True):
        name = field.lstrip("-")
        try:
            parsed = _field(model, name).to_python(value)
            if isinstance(parsed, datetime):
                if parsed.tzinfo is None:
                    raise ValueError
                parsed = parsed.astimezone(UTC)  # a forged one may lie outside the calendar
        except (ValidationError, ValueError, OverflowError) as error:
            raise BadCursor("This is not a cursor of this list.") from error
        condition |= equal & Q(**{f"{name}__{'lt' if field.startswith('-') else 'gt'}": parsed})
        equal &= Q(**{name: parsed})
    return condition


def _field(model: type[Model], name: str) -> Field[Any, Any]:
    field = model._meta.pk if name == "pk" else model._meta.get_field(name)
    if not isinstance(field, Field):
        raise TypeError(f"{model.__name__} cannot be ordered by {name}.")
    return field


def _encode(back: bool, row: Model, order: tuple[str, ...]) -> str:
    values = [_field(type(row), field.lstrip("-")).value_to_string(row) for field in order]
    return base64.urlsafe_b64encode(json.dumps([int(back), *values], ensure_ascii=False).encode()).decode().rstrip("=")


def _decode(cursor: str, fields: int) -> tuple[bool, list[str]]:
    try:
        if len(cursor) > 4_000:
            raise ValueError
        back, *values = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        if (
            back not in (0, 1)
            or len(values) != fields
            or any(not isinstance(v, str) or "\0" in v or len(v.encode()) > 2000 for v in values)
        ):
            raise ValueError
    except (ValueError, TypeError, binascii.Error, RecursionError) as error:
        raise BadCursor("This is not a cursor of this list. Begin again without one.") from error
    return bool(back), values
