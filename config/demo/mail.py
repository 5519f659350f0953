"""The page on which the demo shows the mail that it does not send."""

import email
import email.policy
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.requests import SiteRequest
from config.env import DEMO

NEWEST = 50
_END = re.compile(rb"^-{79}\n", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Mail:
    """One mail as the page shows it."""

    to: str
    subject: str
    at: datetime | None
    body: str


@require_safe
def demo_mail(request: SiteRequest) -> HttpResponse:
    """The newest mails. Only in the demo: anywhere else this page would show everybody everyone's mail."""
    if not DEMO:
        raise Http404
    part = "demo/mail.html#mails" if request.htmx else "demo/mail.html"
    return render(request, part, {"mails": newest_mails(settings.DEMO_MAIL_DIR)})


def newest_mails(folder: Path) -> list[Mail]:
    """What Django's file backend wrote into a folder, the newest first."""
    paths = sorted(folder.glob("*.log"), key=lambda path: path.stat().st_mtime, reverse=True)[:NEWEST]
    return [_read(raw) for path in paths for raw in reversed(_END.split(path.read_bytes())) if raw.strip()][:NEWEST]


def _read(raw: bytes) -> Mail:
    message = email.message_from_bytes(raw, policy=email.policy.default)
    body = message.get_body(("plain",))
    sent = message["Date"].datetime if message["Date"] else None
    if sent is not None and sent.tzinfo is None:  # "-0000": universal time, with no word on where it was sent from
        sent = sent.replace(tzinfo=UTC)
    return Mail(str(message["To"]), str(message["Subject"]), sent, body.get_content().strip() if body else "")
