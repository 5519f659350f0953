"""Every address of the site."""

from django.urls import include, path
from django.views.generic import RedirectView

urlpatterns = [
    path("", RedirectView.as_view(pattern_name="readings:list"), name="home"),
    path("readings/", include("discussions.room_urls")),
    path("", include("discussions.urls")),
    path("accounts/", include("allauth.account.urls")),
    path("api/", include("api.urls")),
    path("moderation/", include("moderation.urls")),
]

handler403 = "common.views.permission_denied"
