"""Pages of a list: the same cursors as the site's own pages have (common/paging.py)."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from rest_framework.pagination import BasePagination
from rest_framework.request import Request
from rest_framework.response import Response

from api.problems import wrong_parameter
from common.paging import Page, page_of

if TYPE_CHECKING:
    from rest_framework.views import APIView

USUAL_SIZE = 50
LARGEST_SIZE = 100


class KeysetPagination(BasePagination):
    """One page of rows in a total order, with links to the pages around it.

    `order` names fields, the last one unique. `path` is the list's own address where it is not the request's; `pinned`
    are parameters that the links carry, so that they go on in what the first page was of.
    """

    def __init__(
        self, order: tuple[str, ...] = ("-pk",), path: str | None = None, pinned: Mapping[str, str] | None = None
    ) -> None:
        self.order, self.path, self.pinned = order, path, pinned or {}

    def paginate_queryset(self, queryset: Any, request: Request, view: "APIView | None" = None) -> list[Any]:
        self.request = request
        self.found: Page[Any] = page_of(queryset, self.order, request.query_params.get("cursor"), size_of(request))
        return self.found.rows

    def get_paginated_response(self, data: Any) -> Response:
        links = {"next": self._link(self.found.next), "previous": self._link(self.found.previous)}
        return Response({"results": data, **links})

    def _link(self, cursor: str | None) -> str | None:
        if cursor is None:
            return None
        query = self.request.query_params.copy()
        for name, value in {**self.pinned, "cursor": cursor}.items():
            query[name] = value
        return self.request.build_absolute_uri(f"{self.path or self.request.path}?{query.urlencode()}")


def size_of(request: Request) -> int:
    """How many rows the client wants on a page. Raises a problem for what is no size."""
    given = request.query_params.get("page_size")
    if given is None:
        return USUAL_SIZE
    size = int(given) if given.isascii() and given.isdigit() and len(given) <= 3 else 0
    if not 1 <= size <= LARGEST_SIZE:
        raise wrong_parameter("page_size", f"A page has 1 to {LARGEST_SIZE} rows.", "page-size")
    return size
