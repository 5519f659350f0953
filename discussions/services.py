"""What people do in discussions: open a thread, post, edit, remove. Each is one transaction."""

from collections.abc import Callable, Collection

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from common import markup
from common.submissions import SubmissionConflict
from discussions.models import Anchor, Comment, Revision, Thread
from discussions.policies import may_answer, may_edit, may_post, may_remove, may_reply
from readings.models import BlockText

LONGEST_COMMENT = 10_000
"""Code points. Some six pages: longer thoughts make a reading of their own."""

MOST_COMMENTS = 1_000
"""In one thread, so that a thread can always be drawn with one query. Past it, people open the next thread."""


class CommentChanged(Exception):
    """The comment is no longer as it was when somebody decided to change it."""


def clean_source(source: str) -> str:
    """A comment's Markdown as it is stored. Raises ValidationError that says what is wrong and how long it may be."""
    source = source.replace("\r\n", "\n").replace("\r", "\n").strip()
    if not source:
        raise ValidationError(_("Write something first."), code="empty")
    if len(source) > LONGEST_COMMENT:
        raise ValidationError(
            _("A comment has at most %(most)s characters; this one has %(found)s. Shorten it by %(over)s."),
            code="too-long",
            params={"most": LONGEST_COMMENT, "found": len(source), "over": len(source) - LONGEST_COMMENT},
        )
    if any(ch == "\0" or "\ud800" <= ch <= "\udfff" for ch in source):
        raise ValidationError(
            _("There is a character in it that cannot be stored. Type the text again."), code="unstorable"
        )
    return source


def open_thread(*, author: User, text: BlockText, source: str, submission: str | None = None) -> Thread:
    """Open a thread on a block, as it stands in an edition, with its first comment. Doing it twice does it once."""
    may_post(author).enforce()
    source = clean_source(source)

    def write() -> Comment:
        thread = Thread.objects.create(reading_id=text.block.reading_id, opened_by=author)
        Anchor.objects.create(thread=thread, block=text.block, edition_id=text.edition_id)
        return _write(author, thread, None, source, submission)

    def is_same(found: Comment) -> bool:
        return found.thread.anchor.block_id == text.block_id and _opens_thread(found)

    return _once(author, submission, source, is_same, write).thread


def post_comment(
    *, author: User, thread: Thread, source: str, parent: Comment | None = None, submission: str | None = None
) -> Comment:
    """Add a comment to a thread, as a reply where a parent is given. Doing it twice does it once.

    Raises Refused (locked, hidden parent), ValidationError (words, full thread, parent elsewhere), SubmissionConflict.
    """
    source = clean_source(source)

    def write() -> Comment:
        # The row is locked, so that nothing is posted into a thread that is being locked at this moment.
        locked = Thread.objects.select_for_update().get(pk=thread.pk)
        may_reply(author, locked).enforce()
        above = None
        if parent is not None:
            above = Comment.objects.select_for_update().select_related("thread").get(pk=parent.pk)
            if above.thread_id != locked.pk:
                raise ValidationError(
                    _("A reply stands in the thread of the comment it answers."), code="parent-elsewhere"
                )
            may_answer(author, above).enforce()
        if locked.comments.count() >= MOST_COMMENTS:
            raise ValidationError(
                _("This thread is full at %(most)s comments. Open a new one on the same paragraph."),
                code="full",
                params={"most": MOST_COMMENTS},
            )
        return _write(author, locked, above, source, submission)

    def is_same(found: Comment) -> bool:
        above = parent.pk if parent else None
        return found.thread_id == thread.pk and found.parent_id == above and not _opens_thread(found)

    return _once(author, submission, source, is_same, write)


@transaction.atomic
def edit_comment(*, editor: User, comment: Comment, source: str, expected: Collection[str] | None = None) -> Comment:
    """Change the words of one's own comment; the earlier wording is kept. The same words again change nothing.

    `expected` holds the etags under which the editor knows the comment. Raises CommentChanged if it has another by now.
    """
    source = clean_source(source)
    comment = Comment.objects.select_for_update().get(pk=comment.pk)
    may_edit(editor, comment).enforce()
    _expect(comment, expected)
    if source == comment.source:
        return comment
    Revision.objects.create(
        comment=comment,
        number=comment.revisions.count() + 1,
        source=comment.source,
        html=comment.html,
        written_at=comment.edited_at or comment.created_at,
    )
    comment.source = source
    comment.html, comment.markup_version = markup.render_markdown(source), markup.VERSION
    comment.edited_at = timezone.now()
    comment.version += 1
    comment.save(update_fields=["source", "html", "markup_version", "edited_at", "version"])
    return comment


@transaction.atomic
def remove_comment(*, remover: User, comment: Comment, expected: Collection[str] | None = None) -> Comment:
    """Take one's own comment out. Its place and the replies under it stay. Removing it again changes nothing.

    `expected` is as for `edit_comment`.
    """
    comment = Comment.objects.select_for_update().get(pk=comment.pk)
    may_remove(remover, comment).enforce()
    _expect(comment, expected)
    return set_status(comment, Comment.Status.REMOVED)


def set_status(comment: Comment, status: Comment.Status) -> Comment:
    """Change the status of a comment whose row is locked, if it is another one."""
    if comment.status != status:
        comment.status = status
        comment.version += 1
        comment.save(update_fields=["status", "version"])
    return comment


def _expect(comment: Comment, expected: Collection[str] | None) -> None:
    if expected is not None and comment.etag not in expected:
        raise CommentChanged(_("This comment was changed after you read it. Nothing was done."))


def _opens_thread(comment: Comment) -> bool:
    return comment == comment.thread.comments.in_order().first()


def _write(author: User, thread: Thread, parent: Comment | None, source: str, submission: str | None) -> Comment:
    return Comment.objects.create(
        thread=thread,
        parent=parent,
        author=author,
        source=source,
        html=markup.render_markdown(source),
        markup_version=markup.VERSION,
        submission=submission,
    )


def _once(
    author: User, submission: str | None, source: str, is_same: Callable[[Comment], bool], write: Callable[[], Comment]
) -> Comment:
    """Write, unless this submission was written already. The database decides, so two at the same moment are one too."""
    try:
        with transaction.atomic():
            if submission and (found := _submitted(author, submission)):
                return _checked(found, source, is_same)
            return write()
    except IntegrityError:
        found = _submitted(author, submission) if submission else None
        if found is None:
            raise
        return _checked(found, source, is_same)


def _submitted(author: User, submission: str) -> Comment | None:
    return Comment.objects.filter(author=author, submission=submission).select_related("thread__anchor").first()


def _checked(found: Comment, source: str, is_same: Callable[[Comment], bool]) -> Comment:
    first = found.revisions.order_by("number").values_list("source", flat=True).first() or found.source
    if first != source or not is_same(found):
        raise SubmissionConflict(
            _("This was sent before, with other words or in another place. Reload the page and send it again."),
            code="submission-reused",
        )
    return found
