"""Gives moderators their rights through Django's own question, `person.has_perm(...)`, so that apps below can ask it."""

from typing import Any

from django.contrib.auth.backends import BaseBackend

from accounts.models import Person, User
from discussions.policies import MODERATE
from moderation.models import Mandate


class MandateBackend(BaseBackend):
    """A member with a running mandate has the right to moderate. The answer is kept with the user object of one request."""

    def has_perm(self, user_obj: Person, perm: str, obj: Any = None) -> bool:
        if perm != MODERATE or not isinstance(user_obj, User) or not user_obj.is_active:
            return False
        if not hasattr(user_obj, "_has_mandate"):
            user_obj._has_mandate = Mandate.objects.running().filter(user=user_obj).exists()  # type: ignore[attr-defined]
        return bool(user_obj._has_mandate)  # type: ignore[attr-defined]
