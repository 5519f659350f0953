"""Which readings, editions and blocks: `visible_to` is the one gate."""

from typing import TYPE_CHECKING, Self

from django.apps import apps
from django.db import models

from accounts.models import Person
from common.append_only import AppendOnlyQuerySet

if TYPE_CHECKING:
    from readings.models import BlockText, Edition, Reading  # noqa: F401
    from readings.models_imports import Draft, Import  # noqa: F401


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


class ImageQuerySet(AppendOnlyQuerySet):
    """Pictures in texts."""

    def visible_to(self, person: Person) -> Self:
        """The pictures this person may see: in a reading that is theirs to open, or in a draft of their own."""
        seen = models.Q(texts__edition__reading__in=_readings(person))
        if person.is_authenticated and person.is_active:
            seen |= models.Q(drafts__source__created_by=person)
        return self.filter(seen).distinct()


def _readings(person: Person) -> models.QuerySet["Reading"]:
    return apps.get_model("readings", "Reading").objects.visible_to(person)


class ImportQuerySet(models.QuerySet["Import"]):
    """Documents on their way to being readings."""

    def visible_to(self, person: Person) -> Self:
        """Those that this person brought. What is not published yet is nobody else's business."""
        return self.filter(created_by=person) if person.is_authenticated and person.is_active else self.none()


class DraftQuerySet(models.QuerySet["Draft"]):
    """Drafts of readings."""

    def visible_to(self, person: Person) -> Self:
        """Those of documents that this person brought."""
        allowed = person.is_authenticated and person.is_active
        return self.filter(source__created_by=person) if allowed else self.none()


class BlockTextQuerySet(AppendOnlyQuerySet):
    """Blocks as they stand in editions."""

    def of_edition(self, edition: "Edition") -> Self:
        """The blocks of one edition in their order."""
        return self.filter(edition=edition).select_related("block", "image").order_by("position")
