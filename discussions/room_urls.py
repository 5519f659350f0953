"""The addresses under /readings/: the list is readings' own, the room is where text and talk meet."""

from django.urls import path
from django.views.generic import RedirectView

from discussions.views import room, threads
from readings.views import reading_list

app_name = "readings"

urlpatterns = [
    path("", reading_list, name="list"),
    path("<slug:slug>/", room.reading, name="room"),
    path("<slug:slug>/<str:address>/threads/", threads.open_on_place, name="open-thread"),
    path("<slug:slug>/<str:address>", room.place, name="place"),
    path("<slug:slug>/<str:address>/", RedirectView.as_view(pattern_name="readings:place", permanent=True)),
]
