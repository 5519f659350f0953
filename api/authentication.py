"""Programs act for a member with a personal token: `Authorization: Bearer colloquy_…`."""

from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed, NotAuthenticated
from rest_framework.request import Request

from accounts.models import Person, User
from api.models import PREFIX, Token, digest
from common.verdicts import Verdict

LONGEST_SECRET = 200


class BearerAuthentication(BaseAuthentication):
    """Who a token belongs to. Another scheme than Bearer is not ours to judge: a proxy may ask for it."""

    def authenticate(self, request: Request) -> tuple[User, Token] | None:
        scheme, *rest = get_authorization_header(request).split() or [b""]
        if scheme.lower() != b"bearer":
            return None
        if len(rest) != 1 or not rest[0].startswith(PREFIX.encode()) or len(rest[0]) > LONGEST_SECRET:
            raise AuthenticationFailed("This is not one of our tokens: they begin with colloquy_ and have no spaces.")
        token = Token.objects.valid().filter(digest=digest(rest[0].decode("latin-1"))).select_related("user").first()
        if token is None:
            raise AuthenticationFailed("This token is not known here, has expired, or its account is closed.")
        return token.user, token

    def authenticate_header(self, request: Request) -> str:
        return 'Bearer realm="Colloquy"'


def enter(person: Person, verdict: Verdict) -> User:
    """The member who asks. A visitor is told to sign in (401), with the reason; members meet it in the service."""
    if not isinstance(person, User):
        raise NotAuthenticated(str(verdict.reason))
    return person
