"""Documents on their way to being readings: an Import is a file that somebody brought, a Draft one work found in it.

A draft is not an edition: it is one person's, it may be changed, and nobody can talk about it.
"""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from common.tokens import LENGTH, new_token
from readings.models import Image, Original, Reading
from readings.querysets import DraftQuerySet, ImportQuerySet


class Import(models.Model):
    """A file or a pasted text that somebody brought, and how far it has come."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        WORKING = "working", _("being read")
        READY = "ready", _("ready for review")
        DONE = "done", _("published")
        FAILED = "failed", _("failed")

    token = models.CharField(max_length=LENGTH, unique=True, default=new_token, editable=False)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="imports")
    name = models.CharField(_("name"), max_length=255, help_text="The file's.")
    original = models.ForeignKey(Original, models.PROTECT, null=True, related_name="imports")
    particulars = models.JSONField(
        default=dict, help_text="What who brought it says of the work: title, rights, visibility and so on."
    )
    publish = models.BooleanField(default=False, help_text="Publish what comes of it without review.")
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    stage = models.CharField(max_length=40, blank=True, help_text="What is being done with it, in a word.")
    done = models.PositiveIntegerField(default=0, help_text="Of `total`: pages or bytes, as the stage counts.")
    total = models.PositiveIntegerField(default=0, help_text="0 where it is not known.")
    error = models.TextField(blank=True)
    submission = models.CharField(
        max_length=220, null=True, editable=False, help_text="Names the act of bringing it, so that it is done once."
    )
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = ImportQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-created_at", "-pk"]
        indexes: ClassVar = [models.Index(fields=["created_by", "-created_at", "-id"], name="imports_by_person")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(state__in=["waiting", "working", "ready", "done", "failed"]),
                name="import_state_is_known",
            ),
            models.UniqueConstraint(fields=["created_by", "submission"], name="an_import_is_brought_once"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("imports:import", args=[self.token])


class Draft(models.Model):
    """One work found in a document: what the importer made of it, and what was decided about it since."""

    token = models.CharField(max_length=LENGTH, unique=True, default=new_token, editable=False)
    source = models.ForeignKey(Import, models.CASCADE, related_name="drafts")
    position = models.PositiveSmallIntegerField(help_text="Its place among the works of the document, from 0.")
    work = models.JSONField(help_text="As the importer made it (see readings.importing.codec); never changed.")
    importer = models.PositiveIntegerField(help_text="Version of the importer that structured the text.")
    title = models.CharField(max_length=500, help_text="As it stands now, for lists.")
    steps = models.JSONField(default=list, help_text="What was decided since, in order.")
    taken = models.PositiveIntegerField(
        default=0, help_text="How many of the steps hold: undoing takes one back and keeps it for doing it again."
    )
    version = models.PositiveIntegerField(default=1, help_text="Counts every change, so that two windows notice.")
    images = models.ManyToManyField(Image, related_name="drafts")
    reading = models.ForeignKey(
        Reading, models.SET_NULL, null=True, related_name="+", help_text="What was published of it."
    )
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = DraftQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["source", "position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["source", "position"], name="draft_position_is_taken_once")
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("imports:draft", args=[self.token])
