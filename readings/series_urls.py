"""The addresses under /series/: syllabuses of readings."""

from django.urls import path

from readings import series_views

app_name = "series"

urlpatterns = [
    path("", series_views.series_list, name="list"),
    path("new/", series_views.series_new, name="new"),
    path("<slug:slug>/", series_views.series_detail, name="series"),
    path("<slug:slug>/edit/", series_views.series_edit, name="edit"),
    path("<slug:slug>/delete/", series_views.series_delete, name="delete"),
    path("<slug:slug>/entries/", series_views.entry_add, name="add"),
    path("<slug:slug>/entries/<slug:token>/", series_views.entry_change, name="change"),
    path("<slug:slug>/entries/<slug:token>/move/", series_views.entry_move, name="move"),
    path("<slug:slug>/entries/<slug:token>/remove/", series_views.entry_remove, name="remove"),
    path("<slug:slug>/entries/<slug:token>/restore/", series_views.entry_put_back, name="put-back"),
]
