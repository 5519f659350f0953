"""Personal tokens, by which programs act for a member."""

import hashlib
import secrets
from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from accounts.models import User

PREFIX = "colloquy_"
"""Tokens say what they are, so that one that leaks into a public place is recognised."""


def digest(secret: str) -> str:
    """What is stored of a token. A plain hash is enough for a random secret of 256 bits, and can be looked up."""
    return hashlib.sha256(secret.encode()).hexdigest()


class TokenQuerySet(models.QuerySet["Token"]):
    """Tokens."""

    def valid(self) -> "TokenQuerySet":
        """Those that open something today: not expired, of an account that is open."""
        return self.filter(models.Q(expires_at=None) | models.Q(expires_at__gt=timezone.now()), user__is_active=True)


class Token(models.Model):
    """A personal token. Its secret is shown once and not stored."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="tokens")
    digest = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=100, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(null=True)

    objects = TokenQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-pk"]

    def __str__(self) -> str:
        return self.name or f"token {self.pk}"


def create_token(*, user: User, name: str = "", expires_at: datetime | None = None) -> str:
    """Make a token for a member and return its secret, which nobody can find out again."""
    secret = PREFIX + secrets.token_urlsafe(32)
    Token.objects.create(user=user, digest=digest(secret), name=name, expires_at=expires_at)
    return secret
