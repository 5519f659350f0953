"""Which series, and which of their entries: `visible_to` is the one gate."""

from typing import TYPE_CHECKING, Self

from django.apps import apps
from django.db import models

from accounts.models import Person

if TYPE_CHECKING:
    from readings.models_series import Series, SeriesEntry  # noqa: F401


class SeriesQuerySet(models.QuerySet["Series"]):
    """Series."""

    def visible_to(self, person: Person) -> Self:
        """A series is for everyone; what stands in it is shown as far as its readings may be seen."""
        return self


class SeriesEntryQuerySet(models.QuerySet["SeriesEntry"]):
    """Readings in series."""

    def standing(self) -> Self:
        """Those that were not taken out."""
        return self.filter(removed_at=None)

    def visible_to(self, person: Person) -> Self:
        """Those whose reading this person may open."""
        return self.filter(reading__in=apps.get_model("readings", "Reading").objects.visible_to(person))
