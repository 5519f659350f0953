"""What templates of readings need."""

from collections.abc import Mapping

from django import template

register = template.Library()


@register.filter
def of(values: Mapping[int, int], key: int) -> int:
    """The value of a key in a mapping of counts, 0 where it is not there."""
    return values.get(key, 0)


@register.filter
def heading_tag(level: int | None) -> str:
    """The element for a heading of the text: the page's own title is h1, so the text's first level is h2."""
    return f"h{min((level or 1) + 1, 6)}"
