"""Pictures in texts, for whoever may see the text."""

import re

from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from readings.models import Image

_YEAR = 31_536_000


@require_safe
def picture(request: HttpRequest, name: str) -> HttpResponse:
    """A picture's bytes. Its name is the hash of them, so they never change; only pictures for everyone are kept by proxies."""
    if not re.fullmatch("[0-9a-f]{64}", name):
        raise Http404
    image = get_object_or_404(Image.objects.visible_to(request.user), name=name)
    for_everyone = Image.objects.visible_to(AnonymousUser()).filter(pk=image.pk).exists()
    with image.file.open("rb") as kept:
        answer = HttpResponse(kept.read(), content_type="image/webp")  # some 100 KB: we made it ourselves
    answer["Cache-Control"] = f"{'public' if for_everyone else 'private'}, max-age={_YEAR}, immutable"
    answer["ETag"] = f'"{name}"'
    return answer
