"""`{% slot "name" thing=thing %}`: what the apps above put in a place on the page (see common/slots.py)."""

from typing import Any

from django import template
from django.template.context import Context
from django.utils.safestring import SafeString

from common.slots import fillings

register = template.Library()


@register.simple_tag(takes_context=True)
def slot(context: Context, name: str, **values: Any) -> SafeString:
    """Render every template that fills the slot, each with the page's context and these values."""
    engine = context.template.engine  # type: ignore[union-attr]
    with context.push(**values):
        # Rendered templates escape for themselves; joining them adds nothing that is not escaped.
        return SafeString("".join(engine.get_template(filling).render(context) for filling in fillings(name)))
