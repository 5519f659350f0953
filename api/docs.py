"""What the API tells of itself: the OpenAPI schema, a page to browse it, and a page of everything that can go wrong."""

from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_safe
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.utils import extend_schema
from drf_spectacular.views import SpectacularAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from api.doors import Door
from api.problems import KINDS
from common.markup import render_markdown


class Schema(Door, SpectacularAPIView):
    """The OpenAPI 3.1 schema, as YAML or JSON."""

    @extend_schema(exclude=True)
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return Response(openapi())


@cache
def openapi() -> Any:
    """The schema. It is the same for everyone, and making it takes a while: once in a process will do."""
    return SchemaGenerator().get_schema(request=None, public=True)  # type: ignore[no-untyped-call]  # not typed


@require_safe
@ensure_csrf_cookie
def docs(request: HttpRequest) -> HttpResponse:
    """Swagger UI, from our own host and within our Content-Security-Policy."""
    return render(request, "api/docs.html")


@require_safe
def problems(request: HttpRequest) -> HttpResponse:
    """Every kind of problem: where the `type` of one leads."""
    return render(
        request,
        "api/problems.html",
        {"kinds": {name: (kind, render_markdown(kind.remedy)) for name, kind in KINDS.items()}},
    )
