"""What every template may know about the installation."""

from django.http import HttpRequest

from config.env import DEMO


def site(request: HttpRequest) -> dict[str, object]:
    """`demo`: whether this is the demo, where mail is shown on a page instead of being sent."""
    return {"demo": DEMO}
