"""The list of readings. The page of one reading is a room where text and talk meet: discussions/views/room.py."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from common.paging import BadCursor, page_of
from readings.models import Reading
from readings.policies import may_add_readings

PAGE_SIZE = 50


@require_safe
def reading_list(request: HttpRequest) -> HttpResponse:
    """The readings this person may open, by title."""
    readings = Reading.objects.visible_to(request.user).with_contributors().select_related("current")
    try:
        page = page_of(readings, ("title", "pk"), request.GET.get("page"), PAGE_SIZE)
    except BadCursor as error:
        raise Http404(str(error)) from error
    return render(request, "readings/reading_list.html", {"page": page, "may_add": may_add_readings(request.user)})
