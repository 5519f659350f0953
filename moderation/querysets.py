"""Which acts and mandates."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models import Person
from common.append_only import AppendOnlyQuerySet
from discussions.models import Thread

if TYPE_CHECKING:
    from moderation.models import Mandate  # noqa: F401


class MandateQuerySet(models.QuerySet["Mandate"]):
    """Mandates."""

    def running(self) -> Self:
        """Those in force at this moment."""
        now = timezone.now()
        return self.filter(Q(until=None) | Q(until__gt=now), since__lte=now)


class ActionQuerySet(AppendOnlyQuerySet):
    """Acts of moderation."""

    def visible_to(self, person: Person) -> Self:
        """The acts on threads that this person can see: the log is open, what it is about may not be."""
        return self.filter(thread__in=Thread.objects.visible_to(person))

    def for_page(self) -> Self:
        """With everything a line of the log shows, in the same query; the newest first."""
        return self.select_related("moderator", "thread__reading", "thread__anchor__block", "comment").order_by("-pk")
