"""The address of each picture."""

from django.urls import path

from readings.picture_views import picture

app_name = "readings-pictures"

urlpatterns = [path("<str:name>.webp", picture, name="picture")]
