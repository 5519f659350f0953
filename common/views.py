"""Pages that belong to no app: what went wrong, said in words."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form came without its one-time code: cookies are off, or the page was open for very long."""
    return render(
        request,
        "403.html",
        {
            "reason": _(
                "This form has gone stale, or your browser sends no cookies. Go back, reload the page and send it again."
            )
        },
        status=403,
    )


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403, with the reason where there is one."""
    return render(request, "403.html", {"reason": str(exception)}, status=403)
