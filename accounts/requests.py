"""Requests as our views get them, for the type checker: what middleware has added by then."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from accounts.models import Person, User


class SiteRequest(HttpRequest):
    """A request with the person who asks, and whether htmx does the asking."""

    user: Person
    htmx: HtmxDetails


class MemberRequest(SiteRequest):
    """A request that came through `members_only`."""

    user: User
