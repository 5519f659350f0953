"""Series: an ordered syllabus of readings. An entry is a whole reading or a range of its paragraphs.

The ends of a range are blocks, not numbers, so that they stay where they are when the next edition counts otherwise.
"""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from common.tokens import LENGTH, new_token
from readings.models import Block, Reading
from readings.querysets_series import SeriesEntryQuerySet, SeriesQuerySet

LONGEST_TITLE = 200
LONGEST_DESCRIPTION = 5_000
LONGEST_NOTE = 1_000


class Series(models.Model):
    """Readings in the order in which they are meant to be read."""

    slug = models.SlugField(
        _("slug"), max_length=80, unique=True, help_text=_("The series' name in addresses; never changes.")
    )
    title = models.CharField(_("title"), max_length=LONGEST_TITLE)
    description = models.TextField(_("description"), max_length=LONGEST_DESCRIPTION, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="series",
        help_text="Null where the operator made it from the command line.",
    )
    version = models.PositiveIntegerField(default=1, help_text="Counts every change, of its words or its entries.")
    submission = models.CharField(
        max_length=220, null=True, editable=False, help_text="Names the act of making it, so that it is done once."
    )
    created_at = models.DateTimeField(auto_now_add=True, editable=False)
    updated_at = models.DateTimeField(auto_now=True, editable=False)

    objects = SeriesQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "series"
        ordering: ClassVar = ["title", "pk"]
        indexes: ClassVar = [models.Index(fields=["title", "id"], name="series_by_title")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~models.Q(title=""), name="series_has_a_title"),
            models.UniqueConstraint(fields=["created_by", "submission"], name="a_series_is_made_once"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("series:series", args=[self.slug])


class SeriesEntry(models.Model):
    """A reading, or some of it, in a series."""

    token = models.CharField(max_length=LENGTH, unique=True, default=new_token, editable=False)
    series = models.ForeignKey(Series, models.CASCADE, related_name="entries")
    position = models.PositiveIntegerField(
        help_text="Order in the series. Has gaps, where entries were taken out; people see a running number."
    )
    reading = models.ForeignKey(Reading, models.CASCADE, related_name="series_entries")
    first = models.ForeignKey(
        Block, models.RESTRICT, null=True, related_name="+", help_text="Where the range begins; null: the whole."
    )
    last = models.ForeignKey(Block, models.RESTRICT, null=True, related_name="+", help_text="Where the range ends.")
    words = models.PositiveIntegerField(
        null=True, help_text="Of the range, when it was chosen; null: those of the whole reading as it is."
    )
    note = models.TextField(_("note"), max_length=LONGEST_NOTE, blank=True)
    removed_at = models.DateTimeField(
        null=True, editable=False, help_text="When it was taken out. The last one taken out can be put back."
    )

    objects = SeriesEntryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "series entries"
        ordering: ClassVar = ["series", "position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["series", "position"], name="series_position_is_taken_once"),
            models.CheckConstraint(
                condition=models.Q(first__isnull=True, last__isnull=True, words__isnull=True)
                | models.Q(first__isnull=False, last__isnull=False, words__isnull=False),
                name="a_range_has_both_ends",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.series} · {self.reading}"

    @property
    def begins_at(self) -> str:
        """The text, at the place where it begins."""
        fragment = f"#{self.first.key}" if self.first else ""
        return self.reading.get_absolute_url() + fragment
