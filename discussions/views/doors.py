"""Who may come through a door at all."""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.views import redirect_to_login
from django.http import HttpResponse

from accounts.requests import SiteRequest
from discussions.policies import may_post

View = Callable[..., HttpResponse]


def members_only(view: View) -> View:
    """Visitors are sent to sign in and come back to the page they were on; htmx gets the reason instead, so that no words
    are lost by leaving the page."""

    @wraps(view)
    def guarded(request: SiteRequest, *args: str, **kwargs: str) -> HttpResponse:
        if not request.user.is_authenticated:
            if request.htmx:
                may_post(request.user).enforce()
            # A form cannot be sent again after signing in: lead back to the page it stood on.
            back = request.get_full_path() if request.method == "GET" else request.META.get("HTTP_REFERER", "/")
            return redirect_to_login(back)
        may_post(request.user).enforce()
        return view(request, *args, **kwargs)

    return guarded
