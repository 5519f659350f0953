"""How times are said on pages."""

import datetime

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timesince import timesince
from django.utils.translation import gettext as _

register = template.Library()

A_WEEK = datetime.timedelta(days=7)


@register.filter
def ago(moment: datetime.datetime) -> str:
    """ "3 hours ago" within a week, then the date. Use it inside `<time datetime=…>`, which has the exact moment."""
    since = timezone.now() - moment
    if since < datetime.timedelta(minutes=1):
        return _("just now")
    if since < A_WEEK:
        return _("%(span)s ago") % {"span": timesince(moment, depth=1)}
    return date_format(timezone.localtime(moment), "j M Y")
