"""The addresses under /imports/: documents on their way to being readings, and the drafts that came of them."""

from django.urls import path

from readings import import_views

app_name = "imports"

urlpatterns = [
    path("", import_views.import_list, name="list"),
    path("drafts/<slug:token>/", import_views.draft, name="draft"),
    path("drafts/<slug:token>/publish/", import_views.draft_publish, name="publish"),
    path("<slug:token>/", import_views.import_detail, name="import"),
    path("<slug:token>/retry/", import_views.import_retry, name="retry"),
    path("<slug:token>/discard/", import_views.import_discard, name="discard"),
]
