"""Talk about texts: threads, comments, anchors."""

from django.apps import AppConfig


class DiscussionsConfig(AppConfig):
    name = "discussions"
