"""Mail through the task queue: a page answers at once, and a mail server that is down loses nothing.

The mail is a row in the same transaction as whatever it tells of: both are there, or neither.
"""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.core.mail import get_connection as get_mail_connection
from django.core.mail.backends.base import BaseEmailBackend
from django_tasks import task


class QueuedEmailBackend(BaseEmailBackend):
    """Django's EMAIL_BACKEND: puts each message on the task queue."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for message in email_messages:
            deliver.enqueue(**_packed(message))
        return len(email_messages)


@task()
def deliver(
    subject: str, body: str, sender: str, to: list[str], alternatives: list[list[str]], headers: dict[str, str]
) -> None:
    """Hand one message to the mail server of settings.MAIL_DELIVERY. Running twice sends twice: mail knows no better."""
    delivery: dict[str, Any] = settings.MAIL_DELIVERY
    connection = get_mail_connection(**delivery)
    message = EmailMultiAlternatives(subject, body, sender, to, headers=headers, connection=connection)
    for content, mimetype in alternatives:
        message.attach_alternative(content, mimetype)
    message.send()


def _packed(message: EmailMessage) -> dict[str, Any]:
    """The message as JSON types. Attachments, cc and bcc are not used by us, and refused so that none is lost silently."""
    if message.attachments or message.cc or message.bcc:
        raise ValueError("Queued mail has no attachments, cc or bcc.")
    return {
        "subject": message.subject,
        "body": message.body,
        "sender": message.from_email,
        "to": list(message.to),
        "alternatives": [[str(part[0]), str(part[1])] for part in getattr(message, "alternatives", [])],
        "headers": {name: str(value) for name, value in message.extra_headers.items()},
    }
