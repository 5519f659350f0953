"""Who may moderate, and the log of what they did."""

from typing import Any, ClassVar, NoReturn

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from common.append_only import AppendOnly, CannotChange
from discussions.models import Comment, Thread
from moderation.querysets import ActionQuerySet, MandateQuerySet


class Mandate(models.Model):
    """A moderator's term."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="mandates")
    since = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField(null=True)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        help_text="Null: the operator, on the command line.",
    )

    objects = MandateQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gt=models.F("since")), name="mandate_ends_after_it_begins"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user}, since {self.since:%Y-%m-%d}"


class Action(AppendOnly):
    """One act of moderation, with its reason: an entry in the log that cannot be changed."""

    class Kind(models.TextChoices):
        HIDE = "hide", _("hid a comment")
        RESTORE = "restore", _("restored a comment")
        LOCK = "lock", _("locked a thread")
        UNLOCK = "unlock", _("unlocked a thread")

    kind = models.CharField(max_length=10, choices=Kind.choices)
    moderator = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="actions")
    thread = models.ForeignKey(Thread, models.PROTECT, related_name="actions")
    comment = models.ForeignKey(Comment, models.PROTECT, null=True, related_name="actions")
    reason = models.CharField(_("reason"), max_length=500)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ActionQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(reason=""), name="every_act_has_a_reason"),
            models.CheckConstraint(
                condition=Q(kind__in=["hide", "restore"], comment__isnull=False)
                | Q(kind__in=["lock", "unlock"], comment__isnull=True),
                name="act_is_on_a_comment_or_a_thread",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.moderator} {self.get_kind_display()}"

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise CannotChange("The log of moderation is never shortened.")
