"""Threads on passages, their anchors, and the comments in them.

The state of a comment stays with the comment; who changed it and why is in moderation's log.
"""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from common.append_only import AppendOnly, AppendOnlyQuerySet
from common.tokens import LENGTH, new_token
from discussions.querysets import CommentQuerySet, ThreadQuerySet
from readings.models import Block, Edition, Reading


class Thread(models.Model):
    """A discussion of one passage."""

    class State(models.TextChoices):
        OPEN = "open", _("open")
        LOCKED = "locked", _("locked")

    token = models.CharField(max_length=LENGTH, unique=True, default=new_token, editable=False)
    reading = models.ForeignKey(Reading, models.PROTECT, related_name="threads")
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="threads")
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ThreadQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["reading", "created_at", "id"], name="threads_of_a_reading")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=["open", "locked"]), name="thread_state_is_known")
        ]

    def __str__(self) -> str:
        return self.token

    def get_absolute_url(self) -> str:
        return reverse("discussions:thread", args=[self.token])

    @property
    def is_locked(self) -> bool:
        return self.state == self.State.LOCKED


class Anchor(models.Model):
    """A thread's hold on a passage in the edition it was written on.

    Without `start` and `end` the passage is the whole block. With them it is words in it: positions count code points of
    the block's text, `quote` is what stands between them, `prefix` and `suffix` what stands around. None of it is ever
    rewritten; how the anchor fares in later editions is recorded beside it.
    """

    thread = models.OneToOneField(Thread, models.CASCADE, related_name="anchor")
    block = models.ForeignKey(Block, models.PROTECT, related_name="anchors")
    edition = models.ForeignKey(Edition, models.PROTECT, related_name="+")
    start = models.PositiveIntegerField(null=True)
    end = models.PositiveIntegerField(null=True)
    quote = models.TextField(blank=True)
    prefix = models.CharField(max_length=64, blank=True)
    suffix = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(start__isnull=True, end__isnull=True, quote="", prefix="", suffix="")
                | (Q(start__isnull=False, end__gt=models.F("start")) & ~Q(quote="")),
                name="anchor_is_whole_block_or_words_in_it",
            )
        ]

    def __str__(self) -> str:
        return f"{self.block} of {self.edition}"


class Comment(models.Model):
    """One contribution in a thread. A reply has a parent."""

    class Status(models.TextChoices):
        VISIBLE = "visible", _("visible")
        REMOVED = "removed", _("removed by its author")
        HIDDEN = "hidden", _("hidden by a moderator")

    token = models.CharField(max_length=LENGTH, unique=True, default=new_token, editable=False)
    thread = models.ForeignKey(Thread, models.PROTECT, related_name="comments")
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="replies")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="comments")
    source = models.TextField(_("comment"), help_text="Markdown.")
    html = models.TextField(editable=False, help_text="Rendered and cleaned when the source was written.")
    markup_version = models.PositiveSmallIntegerField(editable=False)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.VISIBLE)
    version = models.PositiveIntegerField(default=1, help_text="Counts every change, of words or of status.")
    created_at = models.DateTimeField(auto_now_add=True)
    edited_at = models.DateTimeField(null=True, help_text="When the words last changed.")
    submission = models.CharField(
        max_length=255,
        null=True,
        editable=False,
        help_text="Names one act of posting, so that doing it twice does it once.",
    )

    objects = CommentQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["thread", "created_at", "id"], name="comments_of_a_thread")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(status__in=["visible", "removed", "hidden"]), name="comment_status_is_known"
            ),
            models.CheckConstraint(condition=~Q(source=""), name="comment_says_something"),
            models.UniqueConstraint(fields=["author", "submission"], name="a_submission_is_posted_once"),
        ]

    def __str__(self) -> str:
        return self.token

    def get_absolute_url(self) -> str:
        return reverse("discussions:comment", args=[self.token])

    @property
    def is_visible(self) -> bool:
        return self.status == self.Status.VISIBLE

    @property
    def is_hidden(self) -> bool:
        return self.status == self.Status.HIDDEN

    @property
    def is_removed(self) -> bool:
        return self.status == self.Status.REMOVED

    @property
    def etag(self) -> str:
        """Changes whenever the comment does."""
        return f'"{self.token}-{self.version}"'


class Revision(AppendOnly):
    """An earlier wording of a comment, kept when its author changed it."""

    comment = models.ForeignKey(Comment, models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField(help_text="1 is the first wording.")
    source = models.TextField()
    html = models.TextField()
    written_at = models.DateTimeField()

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["comment", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["comment", "number"], name="revision_number_is_taken_once")
        ]

    def __str__(self) -> str:
        return f"{self.comment} v{self.number}"
