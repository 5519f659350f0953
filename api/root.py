"""Where a client begins, who it is, and what it hears where there is nothing."""

from typing import Any

from django.urls import Resolver404, resolve
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.exceptions import NotAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from api import examples, schema
from api.doors import Answer, Door
from api.models import Token
from api.problems import Problem
from discussions.policies import is_moderator


class RootSerializer(Answer):
    """The beginning of the API."""

    name = serializers.CharField(default="Colloquy")
    version = serializers.CharField(default="1")
    links = serializers.SerializerMethodField()

    @extend_schema_field(
        schema.links_schema("self", "me", "readings", "imports", "series", "moderation", "schema", "docs")
    )
    def get_links(self, _: object) -> dict[str, str]:
        return {
            "self": self.link("root"),
            "me": self.link("me"),
            "readings": self.link("readings"),
            "imports": self.link("imports"),
            "series": self.link("series"),
            "moderation": self.link("actions"),
            "schema": self.link("schema"),
            "docs": self.link("docs"),
        }


class MeSerializer(serializers.Serializer[Any]):
    """Who asks."""

    name = serializers.CharField(help_text="What others call you.")
    is_moderator = serializers.BooleanField(help_text="Whether you may decide about what others wrote.")
    signed_in_by = serializers.ChoiceField(choices=["token", "session"])


class Root(Door):
    """/"""

    @schema.read(
        "getRoot",
        "Where to begin",
        "Links to everything else.",
        tag="about",
        answer=RootSerializer,
        examples=[schema.answer_example(examples.ROOT)],
    )
    def get(self, request: Request) -> Response:
        return Response(RootSerializer({}, context={"request": request}).data)


class Me(Door):
    """/me/"""

    @schema.read(
        "getMe",
        "Who I am",
        "The member whose token or session this is, and whether they moderate.",
        tag="about",
        answer=MeSerializer,
        for_visitors=False,
        examples=[schema.answer_example(examples.ME)],
    )
    def get(self, request: Request) -> Response:
        if not request.user.is_authenticated:
            raise NotAuthenticated("Nobody is signed in.")
        by = "token" if isinstance(request.auth, Token) else "session"
        me = {"name": request.user.name, "is_moderator": is_moderator(request.user), "signed_in_by": by}
        return Response(MeSerializer(me).data)


class Nothing(Door):
    """Every address under /api/ that nothing else has, by whatever method."""

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        with_slash = f"{request.path}/"
        if not request.path.endswith("/") and _is_known(with_slash):
            raise Problem("not-found", f"Addresses here end in a slash: {with_slash}", nearest=[with_slash])
        raise Problem("not-found", "The API has no such address. /api/v1/ is where it begins.")


def _is_known(path: str) -> bool:
    try:
        return resolve(path).url_name != "nothing"
    except Resolver404:
        return False
