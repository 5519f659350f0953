"""The addresses of moderation."""

from django.urls import path

from moderation import views

app_name = "moderation"

urlpatterns = [
    path("log/", views.log, name="log"),
    path("comments/<slug:token>/hide/", views.hide, name="hide"),
    path("comments/<slug:token>/restore/", views.restore, name="restore"),
    path("threads/<slug:token>/lock/", views.lock, name="lock"),
    path("threads/<slug:token>/unlock/", views.unlock, name="unlock"),
]
