"""Order kept in the open: mandates, acts and their log."""

from django.apps import AppConfig

from common import slots


class ModerationConfig(AppConfig):
    name = "moderation"

    def ready(self) -> None:
        slots.fill("comment-acts", "moderation/_comment_acts.html")
        slots.fill("thread-acts", "moderation/_thread_acts.html")
        slots.fill("hidden-comment", "moderation/_hidden_comment.html")
        slots.fill("footer", "moderation/_footer.html")
