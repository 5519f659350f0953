"""Threads: of a reading, of a place in it, one; and the comments in one."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import Person
from api import examples, schema
from api.authentication import enter
from api.comments import CommentSerializer, WordsBody, tell_comment, told_comments, tree_of
from api.conditions import submission_of
from api.doors import Answer, Door, Text
from api.pagination import KeysetPagination
from api.problems import Problem
from api.readings import get_reading
from discussions.models import Comment, Thread
from discussions.policies import may_post, may_reply
from discussions.querysets import ThreadQuerySet
from discussions.services import open_thread, post_comment
from readings.models import BlockText, Reading
from readings.places import NoSuchPlace, find_place


class AnchorSerializer(serializers.Serializer[Any]):
    """A thread's hold on its passage."""

    key = serializers.CharField(source="anchor.block.key", help_text="The key of the block.")
    edition = serializers.IntegerField(source="anchor.edition.number", help_text="The edition it was opened on.")
    number = serializers.IntegerField(allow_null=True, help_text="The block's ¶ number in the newest edition.")
    start = serializers.IntegerField(
        source="anchor.start",
        allow_null=True,
        help_text="Where the words begin, in code points; null for the whole block.",
    )
    end = serializers.IntegerField(source="anchor.end", allow_null=True)
    quote = serializers.SerializerMethodField(help_text="The words, as they were; null for the whole block.")

    def get_quote(self, thread: Thread) -> str | None:
        return thread.anchor.quote or None


class ThreadSerializer(Answer):
    """A discussion of one passage."""

    token = serializers.CharField(help_text="The thread's name in addresses.")
    reading = serializers.CharField(source="reading.slug", help_text="The slug of its reading.")
    anchor = AnchorSerializer(source="*")
    state = serializers.ChoiceField(choices=Thread.State.choices)
    comment_count = serializers.IntegerField(help_text="Those that can be read: neither removed nor hidden.")
    first_comment = serializers.SerializerMethodField()
    created_at = serializers.DateTimeField()
    links = serializers.SerializerMethodField()

    @extend_schema_field(CommentSerializer)
    def get_first_comment(self, thread: Thread) -> Any:
        return CommentSerializer(self.context["first"][thread.pk], context=self.context).data

    @extend_schema_field(schema.links_schema("self", "page", "comments", "block", "reading"))
    def get_links(self, thread: Thread) -> dict[str, str]:
        anchor, slug = thread.anchor, thread.reading.slug
        return {
            "self": self.link("thread", thread.token),
            "page": self.page(thread.get_absolute_url()),
            "comments": self.link("comments", thread.token),
            "block": self.link("block", slug, f"{anchor.block.key}@{anchor.edition.number}"),
            "reading": self.link("reading", slug),
        }


class ThreadBody(WordsBody):
    """A thread to open, with its first comment."""

    address = Text(help_text="The paragraph it is about: `12`, a key such as `k7m2q`, or either with an edition.")


class CommentBody(WordsBody):
    """A comment to post."""

    parent = Text(required=False, allow_null=True, help_text="The token of the comment it answers.")  # type: ignore[assignment]  # DRF moves it


def told_threads(person: Person) -> ThreadQuerySet:
    """Threads with what a client is told of them, but for their first comments."""
    readable = Comment.objects.readable().filter(thread=OuterRef("pk")).order_by().values("thread")
    here = BlockText.objects.filter(edition=OuterRef("reading__current"), block=OuterRef("anchor__block"))
    return (
        Thread.objects.visible_to(person)
        .for_page()
        .annotate(
            comment_count=Coalesce(Subquery(readable.annotate(n=Count("pk")).values("n")), 0),
            number=Subquery(here.values("number")[:1]),
        )
    )


def tell_threads(request: Request, threads: Iterable[Thread]) -> Any:
    """Threads as they are told to the person who asks. One query for all their first comments."""
    listed = list(threads)
    earliest = Comment.objects.filter(thread=OuterRef("thread")).in_order().values("pk")[:1]
    first = told_comments(request.user).filter(thread__in=listed, pk=Subquery(earliest))
    context = {"request": request, "first": {comment.thread_id: comment for comment in first}, "tree": {}}
    return ThreadSerializer(listed, many=True, context=context).data


class ReadingThreadList(Door):
    """/readings/{slug}/threads/"""

    @schema.read(
        "listThreads",
        "The threads of a reading, or of a place in it",
        "In the order in which they were opened. With `address`, those on the blocks that stand there, whichever"
        " edition they were opened on.",
        tag="threads",
        parameters=(
            schema.SLUG,
            OpenApiParameter("address", str, description="Only threads on what stands there. " + schema.ADDRESS_FORMS),
            *schema.PAGING,
        ),
        answer=schema.page_of_many("Thread", ThreadSerializer),
        problems=("not-found", "no-such-place"),
        examples=[schema.page_example(examples.THREAD)],
    )
    def get(self, request: Request, slug: str) -> Response:
        reading = get_reading(self.person, slug)
        threads = told_threads(self.person).filter(reading=reading)
        if (address := request.query_params.get("address")) is not None:
            threads = threads.on_blocks([text.block_id for text in find_place(reading, address).texts])
        pages = KeysetPagination(("created_at", "pk"))
        rows = pages.paginate_queryset(threads, request)
        return pages.get_paginated_response(tell_threads(request, rows))

    @schema.operation(
        "openThread",
        "Open a thread on a paragraph",
        "With its first comment. A thread is about one paragraph: of a range, choose one.",
        tag="threads",
        parameters=(schema.SLUG, schema.IDEMPOTENCY_KEY, schema.LOCATION),
        body=ThreadBody,
        answers={201: ThreadSerializer},
        problems=("not-found", "key-reused", *schema.WRITE),
        examples=[
            schema.body_example({"address": "12", "source": "A promise to *whom*?"}),
            schema.answer_example(examples.THREAD | {"comment_count": 1}, 201),
        ],
    )
    def post(self, request: Request, slug: str) -> Response:
        reading = get_reading(self.person, slug)
        author = enter(self.person, may_post(self.person))
        body = ThreadBody(data=request.data)
        body.is_valid(raise_exception=True)
        thread = open_thread(
            author=author,
            text=find_block(reading, body.checked("address")),
            source=body.checked("source"),
            submission=submission_of(request),
        )
        told = tell_threads(request, told_threads(author).filter(pk=thread.pk))[0]
        return Response(told, status=201, headers={"Location": told["links"]["self"]})


class ThreadDetail(Door):
    """/threads/{token}/"""

    @schema.read(
        "getThread",
        "One thread",
        "Where it holds on to the text, its state, and its first comment.",
        tag="threads",
        parameters=(schema.TOKEN,),
        answer=ThreadSerializer,
        problems=("not-found",),
        examples=[schema.answer_example(examples.THREAD)],
    )
    def get(self, request: Request, token: str) -> Response:
        thread = get_object_or_404(told_threads(self.person), token=token)
        return Response(tell_threads(request, [thread])[0])


class ThreadCommentList(Door):
    """/threads/{token}/comments/"""

    @schema.read(
        "listComments",
        "The comments of a thread",
        "Flat, in the order in which they were written. `parent` and `depth` give the tree; siblings keep this order.",
        tag="comments",
        parameters=(schema.TOKEN, *schema.PAGING),
        answer=schema.page_of_many("Comment", CommentSerializer),
        problems=("not-found",),
        examples=[schema.page_example(examples.COMMENT)],
    )
    def get(self, request: Request, token: str) -> Response:
        thread = get_object_or_404(Thread.objects.visible_to(self.person), token=token)
        pages = KeysetPagination(("created_at", "pk"))
        rows = pages.paginate_queryset(told_comments(self.person).filter(thread=thread), request)
        context = {"request": request, "tree": tree_of(thread)}
        return pages.get_paginated_response(CommentSerializer(rows, many=True, context=context).data)

    @schema.operation(
        "postComment",
        "Add a comment to a thread",
        "As an answer to the comment that `parent` names, or at the top where it names none.",
        tag="comments",
        parameters=(schema.TOKEN, schema.IDEMPOTENCY_KEY, schema.LOCATION, schema.returned_etag(201)),
        body=CommentBody,
        answers={201: CommentSerializer},
        problems=("not-found", "key-reused", *schema.WRITE),
        examples=[
            schema.body_example({"source": "To whoever is still out.", "parent": "n4kq8wz2vmtc"}),
            schema.answer_example(examples.REPLY, 201),
        ],
    )
    def post(self, request: Request, token: str) -> Response:
        thread = get_object_or_404(Thread.objects.visible_to(self.person), token=token)
        if thread.is_locked and not self.person.is_authenticated:
            may_reply(self.person, thread).enforce()  # signing in would not help
        author = enter(self.person, may_post(self.person))
        body = CommentBody(data=request.data)
        body.is_valid(raise_exception=True)
        comment = post_comment(
            author=author,
            thread=thread,
            source=body.checked("source"),
            parent=find_parent(thread, body.checked("parent")),
            submission=submission_of(request),
        )
        return tell_comment(request, comment.token, status=201)


def find_block(reading: Reading, address: str) -> BlockText:
    """The one block that an address in a body names. What is wrong is said at the field."""
    try:
        place = find_place(reading, address)
    except NoSuchPlace as error:
        raise _wrong_address(error.reason, list(error.nearest), "no-such-place") from error
    if place.address.end:
        raise _wrong_address("A thread is about one paragraph, not a range of them.", [place.texts[0].place], "range")
    return place.texts[0]


def find_parent(thread: Thread, token: str | None) -> Comment | None:
    """The comment of this thread that a body wants to answer. What is wrong is said at the field."""
    if token is None:
        return None
    parent = thread.comments.filter(token=token).first()
    if parent is None:
        detail = "No comment of this thread has this token."
        raise Problem("invalid", detail, errors=[{"pointer": "/parent", "detail": detail, "code": "no-such-comment"}])
    return parent


def _wrong_address(detail: str, nearest: list[str], code: str) -> Problem:
    error = {"pointer": "/address", "detail": detail, "code": code, "nearest": nearest}
    return Problem("invalid", detail, errors=[error], nearest=nearest)
