"""Which readings, editions and blocks: `visible_to` is the one gate."""

from typing import TYPE_CHECKING, Self

from django.db import models

from accounts.models import Person
from common.append_only import AppendOnlyQuerySet

if TYPE_CHECKING:
    from readings.models import BlockText, Edition, Reading  # noqa: F401


class ReadingQuerySet(models.QuerySet["Reading"]):
    """Readings."""

    def visible_to(self, person: Person) -> Self:
        """The readings this person may open: public ones, and for members those for members too."""
        if person.is_authenticated and person.is_active:
            return self
        return self.filter(visibility=self.model.Visibility.PUBLIC)

    def with_contributors(self) -> Self:
        """Each reading with its contributors at hand, in one more query for all of them."""
        return self.prefetch_related("contributions")


class BlockTextQuerySet(AppendOnlyQuerySet):
    """Blocks as they stand in editions."""

    def of_edition(self, edition: "Edition") -> Self:
        """The blocks of one edition in their order."""
        return self.filter(edition=edition).select_related("block").order_by("position")
