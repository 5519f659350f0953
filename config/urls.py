"""Every address of the site."""

from django.urls import include, path
from django.views.generic import RedirectView

from config.demo.mail import demo_mail

urlpatterns = [
    path("", RedirectView.as_view(pattern_name="readings:list"), name="home"),
    path("readings/", include("discussions.room_urls")),
    path("imports/", include("readings.import_urls")),
    path("pictures/", include("readings.picture_urls")),
    path("series/", include("readings.series_urls")),
    path("", include("discussions.urls")),
    path("accounts/", include("allauth.account.urls")),
    path("api/", include("api.urls")),
    path("moderation/", include("moderation.urls")),
    path("demo/mail/", demo_mail, name="demo-mail"),
]

handler403 = "common.views.permission_denied"
