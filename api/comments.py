"""Comments: read, edit, remove one; its earlier wordings; and how a comment is told to one person."""

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiResponse, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import Person
from api import examples, schema
from api.authentication import enter
from api.conditions import etag_of, expected_etags
from api.doors import Answer, Body, Door, Text
from api.pagination import KeysetPagination
from common.verdicts import Refused
from discussions.models import Comment, Thread
from discussions.policies import may_post, may_read_words
from discussions.services import clean_source, edit_comment, remove_comment
from discussions.trees import in_reading_order

Tree = dict[int, tuple[str | None, int]]
"""Of each comment, by primary key: its parent's token and its depth."""


class AuthorSerializer(serializers.Serializer[Any]):
    """A member, as others know them."""

    name = serializers.CharField()


class CommentSerializer(Answer):
    """One contribution in a thread. What a removed or hidden one said is null."""

    token = serializers.CharField(help_text="The comment's name in addresses.")
    thread = serializers.CharField(source="thread.token", help_text="The token of its thread.")
    parent = serializers.SerializerMethodField(help_text="Token of the comment it answers, or null.")  # type: ignore[assignment]  # DRF moves it
    depth = serializers.SerializerMethodField(help_text="How many comments stand above it: 0 at the top.")
    author = serializers.SerializerMethodField(help_text="Null once its author has removed it.")
    status = serializers.ChoiceField(choices=Comment.Status.choices)
    source = serializers.SerializerMethodField(help_text="Markdown; null if you may not read it.")  # type: ignore[assignment]  # DRF moves it
    html = serializers.SerializerMethodField(help_text="The same, rendered and cleaned.")
    version = serializers.IntegerField(help_text="Counts every change, of words or of status.")
    created_at = serializers.DateTimeField()
    edited_at = serializers.SerializerMethodField(help_text="When the words last changed; null if they never did.")
    links = serializers.SerializerMethodField()

    def get_parent(self, comment: Comment) -> str | None:
        return self._placed(comment)[0]

    def get_depth(self, comment: Comment) -> int:
        return self._placed(comment)[1]

    @extend_schema_field(AuthorSerializer(allow_null=True))
    def get_author(self, comment: Comment) -> dict[str, str] | None:
        return None if comment.is_removed else {"name": comment.author.name}

    def get_source(self, comment: Comment) -> str | None:
        return comment.source if self._shows_words(comment) else None

    def get_html(self, comment: Comment) -> str | None:
        return comment.html if self._shows_words(comment) else None

    @extend_schema_field(serializers.DateTimeField(allow_null=True))
    def get_edited_at(self, comment: Comment) -> str | None:
        shown = comment.edited_at if self._shows_words(comment) else None
        return serializers.DateTimeField().to_representation(shown) if shown else None

    @extend_schema_field(schema.links_schema("self", "page", "thread", "revisions"))
    def get_links(self, comment: Comment) -> dict[str, str]:
        return {
            "self": self.link("comment", comment.token),
            "page": self.page(comment.get_absolute_url()),
            "thread": self.link("thread", comment.thread.token),
            "revisions": self.link("revisions", comment.token),
        }

    def _shows_words(self, comment: Comment) -> bool:
        return may_read_words(self.request.user, comment)

    def _placed(self, comment: Comment) -> tuple[str | None, int]:
        tree: Tree = self.context["tree"]
        return tree.get(comment.pk, (None, 0))


class RevisionSerializer(serializers.Serializer[Any]):
    """An earlier wording of a comment."""

    number = serializers.IntegerField(help_text="1 is the first wording.")
    source = serializers.CharField()  # type: ignore[assignment]  # DRF moves it
    html = serializers.CharField()
    written_at = serializers.DateTimeField()


class WordsBody(Body):
    """The words of a comment."""

    source = Text(help_text="Markdown, at most 10,000 characters.")  # type: ignore[assignment]  # DRF moves it

    def validate_source(self, source: str) -> str:
        return clean_source(source)


def tree_of(thread: Thread) -> Tree:
    """The shape of a thread. One query."""
    nodes = list(Comment.objects.filter(thread=thread).in_order().only("pk", "parent_id", "token"))
    tokens = {node.pk: node.token for node in nodes}
    return {node.pk: (tokens.get(node.parent_id or 0), depth) for node, depth in in_reading_order(nodes)}


def told_comments(person: Person) -> QuerySet[Comment]:
    """Comments with what a client is told of them, in the same query."""
    return Comment.objects.visible_to(person).for_page().select_related("thread__reading")


def tell_comment(request: Request, token: str, *, status: int = 200) -> Response:
    """The answer with one comment as it is now, and its validator."""
    comment = get_object_or_404(told_comments(request.user), token=token)
    context = {"request": request, "tree": tree_of(comment.thread)}
    response = Response(CommentSerializer(comment, context=context).data, status=status)
    response["ETag"] = etag_of(comment, shows_words=may_read_words(request.user, comment))
    if status == 201:
        response["Location"] = response.data["links"]["self"]
    return response


class CommentDetail(Door):
    """/comments/{token}/"""

    @schema.read(
        "getComment",
        "One comment",
        "A comment keeps its place when it is removed or hidden: its status says so, and its words are null.",
        tag="comments",
        parameters=(schema.TOKEN,),
        answer=CommentSerializer,
        problems=("not-found",),
        examples=[schema.answer_example(examples.REPLY)],
    )
    def get(self, request: Request, token: str) -> Response:
        return tell_comment(request, token)

    @schema.operation(
        "editComment",
        "Change the words of one's own comment",
        "The earlier wording is kept for everyone who can read the comment. The same words again change nothing.",
        tag="comments",
        parameters=(schema.TOKEN, schema.IF_MATCH, schema.returned_etag(200)),
        body=WordsBody,
        answers={200: CommentSerializer},
        problems=("not-found", "changed", *schema.WRITE),
        examples=[schema.body_example({"source": "To whoever is *still* out."}), schema.answer_example(examples.REPLY)],
    )
    def patch(self, request: Request, token: str) -> Response:
        comment = get_object_or_404(Comment.objects.visible_to(self.person), token=token)
        editor = enter(self.person, may_post(self.person))
        body = WordsBody(data=request.data)
        body.is_valid(raise_exception=True)
        edit_comment(editor=editor, comment=comment, source=body.checked("source"), expected=expected_etags(request))
        return tell_comment(request, token)

    @schema.operation(
        "removeComment",
        "Remove one's own comment",
        "Its words are gone for everyone; its place and the replies under it stay. Removing it again changes nothing.",
        tag="comments",
        parameters=(schema.TOKEN, schema.IF_MATCH),
        answers={204: OpenApiResponse(description="It is removed.")},
        problems=(
            "invalid",
            "unauthenticated",
            "refused",
            "not-found",
            "changed",
            "not-acceptable",
            "throttled",
            "fault",
        ),
    )
    def delete(self, request: Request, token: str) -> Response:
        comment = get_object_or_404(Comment.objects.visible_to(self.person), token=token)
        remover = enter(self.person, may_post(self.person))
        remove_comment(remover=remover, comment=comment, expected=expected_etags(request))
        return Response(status=204)


class RevisionList(Door):
    """/comments/{token}/revisions/"""

    @schema.read(
        "listRevisions",
        "The earlier wordings of a comment",
        "The first wording first; what it says now is the comment's own. Of a comment that is removed or hidden there"
        " is nothing to read.",
        tag="comments",
        parameters=(schema.TOKEN, *schema.PAGING),
        answer=schema.page_of_many("Revision", RevisionSerializer),
        problems=("refused", "not-found"),
        examples=[schema.page_example(examples.REVISION)],
    )
    def get(self, request: Request, token: str) -> Response:
        comment = get_object_or_404(Comment.objects.visible_to(self.person), token=token)
        if not may_read_words(self.person, comment):
            raise Refused("This comment is no longer there, and neither are its earlier wordings.")
        pages = KeysetPagination(("number",))
        rows = pages.paginate_queryset(comment.revisions.all(), request)
        context: dict[str, Any] = {"request": request}
        return pages.get_paginated_response(RevisionSerializer(rows, many=True, context=context).data)
