"""What the page of a reading says of the series it stands in."""

from typing import Any

from django import template
from django.template.context import Context

from readings.models import Reading
from readings.syllabus import stops_of

register = template.Library()


@register.inclusion_tag("readings/_stops.html", takes_context=True)
def series_line(context: Context, reading: Reading) -> dict[str, Any]:
    """ "2 of 5 in …", with what is before and after it there, for each series it is in. One query."""
    return {"stops": stops_of(reading, context["user"])}
