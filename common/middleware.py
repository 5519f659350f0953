"""What holds for every request and every answer, whatever the page."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, JsonResponse
from django.utils.cache import add_never_cache_headers, patch_vary_headers

GetResponse = Callable[[HttpRequest], HttpResponse]


class RequestGuard:
    """Refuses addresses that no database can look up: NUL in a path or query is a 400 here, not a 500 in PostgreSQL."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\0" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
            detail = "This address has a NUL character in it, which no address here has."
            if request.path.startswith("/api/"):
                problem = {"type": "about:blank", "title": "Bad Request", "status": 400, "detail": detail}
                return JsonResponse(problem, status=400, content_type="application/problem+json")
            return HttpResponseBadRequest(f"{detail}\n", "text/plain")
        return self.get_response(request)


class PrivateAnswers:
    """What was made for one person is kept by no cache: not by a proxy, and not by the browser after signing out."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        patch_vary_headers(response, ["HX-Request"])
        if request.user.is_authenticated and not response.has_header("Cache-Control"):
            add_never_cache_headers(response)
        return response
