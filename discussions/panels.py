"""What a page shows of threads: each with its comments in reading order, and what this person may do with them.

However many threads and comments, the number of queries is the same.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import Case, Count, Max, OuterRef, Q, Subquery, When

from accounts.models import Person
from common.verdicts import Verdict
from discussions.models import Comment, Thread
from discussions.policies import may_answer, may_edit, may_read_words, may_remove, may_reply
from discussions.trees import in_reading_order
from readings.models import Block, BlockText, Reading

DEEPEST = 4
"""Levels of replies that are set in further than the one before. Deeper ones say whom they answer."""

SHOWN_IN_PANEL = 40
"""Comments of one thread shown beside the text. The rest is on the thread's own page."""

THREADS_IN_PANEL = 20

RECENT = 12
"""Threads in the list of what was said last."""

_READABLE = Q(comments__status=Comment.Status.VISIBLE)


@dataclass(frozen=True, slots=True)
class CommentView:
    """A comment as one person sees it."""

    comment: Comment
    depth: int
    answers: str  # the name of whom a deep reply answers
    shows_words: bool
    may_answer: bool
    may_edit: bool
    may_remove: bool

    @property
    def inset(self) -> int:
        """How far it is set in, 0 to DEEPEST."""
        return min(self.depth, DEEPEST)


@dataclass(slots=True)
class ThreadView:
    """A thread as one person sees it."""

    thread: Thread
    comments: list[CommentView] = field(default_factory=list)
    left_out: int = 0  # comments not shown here
    count: int = 0  # comments that can be read
    verdict: Verdict = field(default_factory=Verdict)  # on adding to it

    @property
    def opening(self) -> str | None:
        """The HTML of its first comment, for the line of a folded thread; None where this person may not read it."""
        first = self.comments[0] if self.comments else None
        return first.comment.html if first and first.shows_words else None


def view_threads(person: Person, threads: Sequence[Thread], *, shown: int | None = None) -> list[ThreadView]:
    """These threads with their comments, at most `shown` of each. One query for all comments."""
    comments: defaultdict[int, list[Comment]] = defaultdict(list)
    for comment in Comment.objects.filter(thread__in=threads).for_page().in_order():
        comments[comment.thread_id].append(comment)
    return [_view(person, thread, comments[thread.pk], shown) for thread in threads]


def _view(person: Person, thread: Thread, comments: list[Comment], shown: int | None) -> ThreadView:
    names = {comment.pk: comment.author.name for comment in comments}
    ordered = list(in_reading_order(comments))
    views = []
    for comment, depth in ordered[:shown]:
        comment.thread = thread  # the row is at hand: asking a policy costs no query
        views.append(
            CommentView(
                comment=comment,
                depth=depth,
                answers=names.get(comment.parent_id or 0, "") if depth > DEEPEST else "",
                shows_words=may_read_words(person, comment),
                may_answer=bool(may_answer(person, comment)),
                may_edit=bool(may_edit(person, comment)),
                may_remove=bool(may_remove(person, comment)) and not comment.is_removed,
            )
        )
    return ThreadView(
        thread=thread,
        comments=views,
        left_out=len(ordered) - len(views),
        count=sum(comment.is_visible for comment in comments),
        verdict=may_reply(person, thread),
    )


def recent_threads(reading: Reading, person: Person) -> list[Thread]:
    """The threads of a reading in which something was said last, with what a list shows of each. One query.

    Each has `comment_count`, `last_at`, `number` (¶ of its block in the newest edition, None if it has none) and
    `opening` and `opener`: HTML and author of its first comment; `opening` is None where that cannot be read.
    """
    first = Comment.objects.filter(thread=OuterRef("pk")).order_by("created_at", "pk")
    opening = Case(When(status=Comment.Status.VISIBLE, then="html"))
    here = BlockText.objects.filter(edition=reading.current_id, block=OuterRef("anchor__block"))
    threads = Thread.objects.filter(reading=reading).visible_to(person).for_page().counted()
    return list(
        threads.annotate(
            last_at=Max("comments__created_at", filter=_READABLE),
            number=Subquery(here.values("number")[:1]),
            opening=Subquery(first.annotate(opening=opening).values("opening")[:1]),
            opener=Subquery(first.values("author__name")[:1]),
        )
        .filter(last_at__isnull=False)
        .order_by("-last_at", "-pk")[:RECENT]
    )


def count_comments(reading: Reading, person: Person) -> dict[int, int]:
    """How many comments can be read on each block of a reading, by the block's primary key. One query."""
    threads = Thread.objects.visible_to(person).filter(reading=reading)
    counted = threads.values("anchor__block").annotate(count=Count("comments", filter=_READABLE)).order_by()
    return {row["anchor__block"]: row["count"] for row in counted}


def count_on_block(block: Block, person: Person) -> int:
    """How many comments can be read on one block. One query."""
    return Comment.objects.visible_to(person).readable().filter(thread__anchor__block=block).count()
