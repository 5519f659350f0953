"""Making members other than through the sign-up page."""

from allauth.account.models import EmailAddress
from django.db import transaction

from accounts.models import User


class EmailTaken(ValueError):
    """Another member has this e-mail address."""


@transaction.atomic
def create_member(*, email: str, name: str, password: str | None = None) -> User:
    """Make a member whose address counts as verified, since an operator vouches for it.

    Raises EmailTaken, and ValidationError for a name that cannot be shown.
    """
    email = email.strip().lower()
    if User.objects.filter(email=email).exists():
        raise EmailTaken(f"There is a member with the address {email} already.")
    user = User.objects.create_user(email=email, name=name, password=password)
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    return user


def display_name(user: User) -> str:
    """What mails and messages call a member."""
    return user.name
