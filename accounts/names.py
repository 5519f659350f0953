"""What may be in a name. Plain Python: pages, the API and the command line share the rule."""

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

LONGEST_NAME = 60

_WHITE = re.compile(r"\s+")
# Cf also holds the joiners that Persian, Hindi and emoji need between letters: those two stay.
_JOINERS = "\u200c\u200d"


def clean_name(name: str) -> str:
    """A display name in the form in which it is stored: NFC, single spaces, trimmed.

    Raises ValidationError for an empty or too long name, one without a letter, and one with control characters or with
    marks that turn the direction of writing: such a name changes how the words around it read.
    """
    name = _WHITE.sub(" ", unicodedata.normalize("NFC", name)).strip()
    if not name:
        raise ValidationError(_("Tell us what to call you."), code="name-missing")
    if len(name) > LONGEST_NAME:
        raise ValidationError(
            _("A name has at most %(most)d characters; this one has %(found)d."),
            code="name-too-long",
            params={"most": LONGEST_NAME, "found": len(name)},
        )
    if any(unicodedata.category(ch) in {"Cc", "Cf", "Cs", "Co", "Cn"} and ch not in _JOINERS for ch in name):
        raise ValidationError(_("A name cannot have invisible characters in it. Type it again."), code="name-invisible")
    if not any(ch.isalpha() for ch in name):
        raise ValidationError(_("A name has at least one letter."), code="name-no-letter")
    return name


def initials(name: str) -> str:
    """One or two letters for the round sign beside a comment: of the first and the last word."""
    words = [word for word in name.split() if word[0].isalnum()] or [name or "?"]
    picked = words[0][0] + (words[-1][0] if len(words) > 1 else "")
    return picked.upper()
