"""Which threads and comments: `visible_to` is the one gate, and follows the gate of readings."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Count

from accounts.models import Person
from readings.models import Reading

if TYPE_CHECKING:
    from discussions.models import Comment, Thread  # noqa: F401


class ThreadQuerySet(models.QuerySet["Thread"]):
    """Threads."""

    def visible_to(self, person: Person) -> Self:
        """The threads on readings that this person may open."""
        return self.filter(reading__in=Reading.objects.visible_to(person))

    def on_blocks(self, blocks: "models.QuerySet[models.Model] | list[int]") -> Self:
        """The threads that hold on to any of these blocks (by primary key)."""
        return self.filter(anchor__block__in=blocks)

    def in_order(self) -> Self:
        """Oldest first: the order in which they were opened."""
        return self.order_by("created_at", "pk")

    def for_page(self) -> Self:
        """With what every page shows of a thread: its anchor and its place, in the same query."""
        return self.select_related("reading", "anchor__block", "anchor__edition", "opened_by")

    def counted(self) -> Self:
        """With `comment_count`: the comments that can be read, which leaves out hidden and removed ones."""
        return self.annotate(
            comment_count=Count("comments", filter=models.Q(comments__status="visible"), distinct=True)
        )


class CommentQuerySet(models.QuerySet["Comment"]):
    """Comments."""

    def visible_to(self, person: Person) -> Self:
        """The comments in threads this person can see. What a hidden one says is a matter of `Comment.words_for`."""
        return self.filter(thread__reading__in=Reading.objects.visible_to(person))

    def readable(self) -> Self:
        """Those whose words can be read by everyone who can see the thread."""
        return self.filter(status=self.model.Status.VISIBLE)

    def in_order(self) -> Self:
        """Oldest first, with a unique tie-breaker."""
        return self.order_by("created_at", "pk")

    def for_page(self) -> Self:
        """With what every page shows of a comment, in the same query."""
        return self.select_related("author")
