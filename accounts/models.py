"""The account of a member."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import AnonymousUser, PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.names import LONGEST_NAME, clean_name, initials


class UserManager(BaseUserManager["User"]):
    """Makes accounts with their e-mail address in one spelling."""

    def create_user(self, email: str, name: str, password: str | None = None, **fields: Any) -> "User":
        """A member. Without a password nobody can sign in to the account until one is set by mail."""
        user = self.model(email=email.strip().lower(), name=clean_name(name), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, email: str | None) -> "User":
        return self.get(email=(email or "").strip().lower())


class User(AbstractBaseUser, PermissionsMixin):
    """A member. Known to others by name; signs in with an e-mail address that nobody else sees."""

    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=LONGEST_NAME)
    is_active = models.BooleanField(default=True)
    date_joined = models.DateTimeField(default=timezone.now, editable=False)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    objects = UserManager()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(Lower("email"), name="email_is_unique_in_any_case")]

    def __str__(self) -> str:
        return self.name

    @property
    def initials(self) -> str:
        """The letters shown in the round sign beside the name."""
        return initials(self.name)


Person = User | AnonymousUser
"""Who asks: a member or a visitor."""
