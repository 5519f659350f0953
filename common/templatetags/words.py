"""Turning what was rendered back into plain words, for lists that show only a beginning."""

import html

from django import template
from django.utils.html import strip_tags

register = template.Library()


@register.filter
def words(markup: str | None) -> str:
    """The words of clean HTML without its markup, in one line. The template escapes them like any other text."""
    return " ".join(html.unescape(strip_tags(markup or "").replace("\n", " ")).split())
