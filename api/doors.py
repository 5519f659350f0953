"""What all doors of the API have in common: who asks, what may be kept by whom, and what a body may hold."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.cache import patch_cache_control, patch_vary_headers
from rest_framework import serializers
from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.models import Person
from api.conditions import answer_conditionally
from api.problems import Problem


class Door(APIView):
    """A view of the API. Answers to one person are kept by nobody; answers to everyone are asked for again each time,
    so that nothing hidden lives on in a cache, and cost little then: every read has an ETag."""

    metadata_class = None

    @property
    def person(self) -> Person:
        """Who asks."""
        person: Person = self.request.user
        return person

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        chunked = "HTTP_TRANSFER_ENCODING" in request.META and not request.META.get("CONTENT_LENGTH")
        if chunked and request.method not in SAFE_METHODS:
            raise Problem("length-required", "A chunked body is not read here: say how long it is.")

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        answer = super().finalize_response(request, response, *args, **kwargs)
        patch_vary_headers(answer, ["Accept", "Authorization", "Cookie"])
        if not answer.has_header("Cache-Control"):
            if request.user.is_authenticated:
                patch_cache_control(answer, private=True, no_store=True)
            else:
                patch_cache_control(answer, no_cache=True)
        if request.method in {"GET", "HEAD"} and answer.status_code == 200 and isinstance(answer, Response):
            answer.add_post_render_callback(lambda rendered: answer_conditionally(request._request, rendered))
        return answer

    def options(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Response:
        """Which methods there are: in Allow."""
        return Response(status=204)


class Body(serializers.Serializer[Any]):
    """What a client sends. An unknown name is refused, since it was sent in the belief that it does something."""

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, Mapping):
            known = ", ".join(self.fields)
            unknown = [str(name) for name in data if name not in self.fields][:20]
            if unknown:
                message = f"There is no such field here. There is: {known}."
                raise serializers.ValidationError(
                    {name: [serializers.ErrorDetail(message, code="unknown")] for name in unknown}
                )
        return super().to_internal_value(data)

    def checked(self, name: str) -> Any:
        """The value of a field after validation."""
        return self.validated_data.get(name)


class Text(serializers.CharField):
    """A string and nothing that could be taken for one. What it may say is for the services to judge."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(trim_whitespace=False, allow_blank=True, **kwargs)

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            self.fail("invalid")
        return data


class Answer(serializers.Serializer[Any]):
    """What a client gets: fields listed by hand, and links."""

    @property
    def request(self) -> Request:
        request: Request = self.context["request"]
        return request

    def link(self, name: str, *args: object) -> str:
        """The absolute address of an API resource."""
        return self.request.build_absolute_uri(reverse(f"api:{name}", args=args))

    def page(self, path: str) -> str:
        """The absolute address of a page."""
        return self.request.build_absolute_uri(path)
