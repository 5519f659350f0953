"""The addresses of threads and comments."""

from django.urls import path

from discussions.views import comments, threads

app_name = "discussions"

urlpatterns = [
    path("threads/<slug:token>/", threads.thread, name="thread"),
    path("threads/<slug:token>/add/", threads.add, name="add"),
    path("comments/<slug:token>/", comments.comment, name="comment"),
    path("comments/<slug:token>/reply/", comments.reply, name="reply"),
    path("comments/<slug:token>/edit/", comments.edit, name="edit"),
    path("comments/<slug:token>/remove/", comments.remove, name="remove"),
    path("comments/<slug:token>/history/", comments.history, name="history"),
]
