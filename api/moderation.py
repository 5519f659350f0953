"""The acts of moderators, and the log of them, which is open to everyone."""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import Person
from api import examples, schema
from api.authentication import enter
from api.comments import AuthorSerializer
from api.doors import Answer, Body, Door, Text
from api.pagination import KeysetPagination
from api.schema import Handler
from discussions.models import Comment, Thread
from moderation.models import Action
from moderation.policies import may_moderate
from moderation.services import clean_reason, hide_comment, lock_thread, restore_comment, unlock_thread


class ReasonBody(Body):
    """Why."""

    reason = Text(help_text="At most 500 characters, shown to everyone in the log.")

    def validate_reason(self, reason: str) -> str:
        return clean_reason(reason)


class ActionSerializer(Answer):
    """One act of moderation, with its reason. It is never changed."""

    id = serializers.IntegerField(help_text="Later acts have greater ones.")
    kind = serializers.ChoiceField(choices=Action.Kind.choices)
    moderator = AuthorSerializer()
    reason = serializers.CharField()
    reading = serializers.CharField(source="thread.reading.slug", help_text="The slug of the reading.")
    thread = serializers.CharField(source="thread.token", help_text="The token of the thread.")
    comment = serializers.SerializerMethodField(help_text="The token of the comment; null for an act on a thread.")
    created_at = serializers.DateTimeField()
    links = serializers.SerializerMethodField()

    def get_comment(self, action: Action) -> str | None:
        return action.comment.token if action.comment else None

    @extend_schema_field(schema.links_schema("page", "thread", "comment", nullable=("comment",)))
    def get_links(self, action: Action) -> dict[str, str | None]:
        return {
            "page": self.page((action.comment or action.thread).get_absolute_url()),
            "thread": self.link("thread", action.thread.token),
            "comment": self.link("comment", action.comment.token) if action.comment else None,
        }


def told_actions(person: Person) -> QuerySet[Any]:
    """The log as far as this person can see what it is about."""
    return Action.objects.visible_to(person).for_page()


class ActionList(Door):
    """/moderation/actions/"""

    @schema.read(
        "listActions",
        "The log of moderation",
        "Every act with its reason, the newest first. Acts on readings for members are shown to members.",
        tag="moderation",
        parameters=schema.PAGING,
        answer=schema.page_of_many("Action", ActionSerializer),
        examples=[schema.page_example(examples.ACTION)],
    )
    def get(self, request: Request) -> Response:
        pages = KeysetPagination(("-pk",))
        rows = pages.paginate_queryset(told_actions(self.person), request)
        return pages.get_paginated_response(ActionSerializer(rows, many=True, context={"request": request}).data)


class Act(Door):
    """A door for moderators: takes a reason, does one thing, answers with the entry in the log."""

    def act(self, request: Request, service: Callable[..., Action], **target: Comment | Thread) -> Response:
        """Let a service do it."""
        moderator = enter(self.person, may_moderate(self.person))
        may_moderate(moderator).enforce()  # before the body: others are told that this is not theirs, not how to do it
        body = ReasonBody(data=request.data)
        body.is_valid(raise_exception=True)
        action = service(moderator=moderator, reason=body.checked("reason"), **target)
        told = told_actions(moderator).get(pk=action.pk)
        return Response(ActionSerializer(told, context={"request": request}).data, status=201)

    def comment(self, token: str) -> Comment:
        """A comment this person can see, or 404."""
        return get_object_or_404(Comment.objects.visible_to(self.person), token=token)

    def thread(self, token: str) -> Thread:
        """A thread this person can see, or 404."""
        return get_object_or_404(Thread.objects.visible_to(self.person), token=token)


def _described(
    operation_id: str, summary: str, description: str, kind: str, *, on_comment: bool
) -> Callable[[Handler], Handler]:
    example = examples.ACTION | {"kind": kind}
    if not on_comment:
        example |= {"comment": None, "links": examples.ACTION["links"] | {"comment": None}}  # type: ignore[operator]  # of a dict
    return schema.operation(
        operation_id,
        summary,
        description + " For moderators.",
        tag="moderation",
        parameters=(schema.TOKEN,),
        body=ReasonBody,
        answers={201: ActionSerializer},
        problems=("not-found", *schema.WRITE),
        examples=[schema.body_example({"reason": "A private address was in it."}), schema.answer_example(example, 201)],
    )


class HideComment(Act):
    """/comments/{token}/hide/"""

    @_described(
        "hideComment", "Hide a comment", "Its words are kept from everyone but moderators.", "hide", on_comment=True
    )
    def post(self, request: Request, token: str) -> Response:
        return self.act(request, hide_comment, comment=self.comment(token))


class RestoreComment(Act):
    """/comments/{token}/restore/"""

    @_described("restoreComment", "Restore a comment", "A hidden comment is shown again.", "restore", on_comment=True)
    def post(self, request: Request, token: str) -> Response:
        return self.act(request, restore_comment, comment=self.comment(token))


class LockThread(Act):
    """/threads/{token}/lock/"""

    @_described("lockThread", "Lock a thread", "It can be read, but nothing can be added.", "lock", on_comment=False)
    def post(self, request: Request, token: str) -> Response:
        return self.act(request, lock_thread, thread=self.thread(token))


class UnlockThread(Act):
    """/threads/{token}/unlock/"""

    @_described("unlockThread", "Unlock a thread", "People can add to it again.", "unlock", on_comment=False)
    def post(self, request: Request, token: str) -> Response:
        return self.act(request, unlock_thread, thread=self.thread(token))
