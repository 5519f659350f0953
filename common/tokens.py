"""Short random names for things that have an address of their own."""

import secrets

ALPHABET = "bcdfghjkmnpqrstvwxyz23456789"
LENGTH = 12
"""28^12 is about 2^57: nobody finds a thread by trying, and no two collide before the sun does."""


def new_token() -> str:
    """A new random name: lower-case letters and digits that are hard to mistake for one another."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
