"""How much one person may write. Counted in the shared cache, so that all processes count together."""

from ipaddress import ip_address, ip_network
from typing import TYPE_CHECKING

from django.utils.crypto import salted_hmac
from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request
from rest_framework.settings import api_settings
from rest_framework.throttling import SimpleRateThrottle

if TYPE_CHECKING:
    from rest_framework.views import APIView


class WriteThrottle(SimpleRateThrottle):
    """So many writes in a time for each member, or for each client address where nobody is signed in."""

    scope = "write"

    def get_rate(self) -> str | None:
        return str(api_settings.DEFAULT_THROTTLE_RATES[self.scope])

    def get_cache_key(self, request: Request, view: "APIView") -> str | None:
        if request.method in SAFE_METHODS:
            return None
        who = f"user-{request.user.pk}" if request.user.is_authenticated else network_of(self.get_ident(request))
        return self.cache_format % {"scope": self.scope, "ident": who}


def network_of(client: str) -> str:
    """What counts as one visitor: an IPv4 address, or the /64 of an IPv6 address, all of which one subscriber has.

    Anything else, such as a name that a proxy wrote, becomes a short digest: a cache takes no key it cannot spell.
    """
    try:
        address = ip_address(client)
    except ValueError:
        return salted_hmac("api.throttling", client).hexdigest()[:16]
    if address.version == 6 and address.ipv4_mapped is None:
        return str(ip_network((int(address), 64), strict=False).network_address)
    return str(getattr(address, "ipv4_mapped", None) or address)
