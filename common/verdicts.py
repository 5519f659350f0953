"""The answer to "may this person?": yes, or no with the reason that people read on the page and in the API."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django_stubs_ext import StrOrPromise


class Refused(PermissionDenied):
    """Somebody may see a thing but not do this with it. Carries the reason; answered with 403."""

    def __init__(self, reason: StrOrPromise) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Verdict:
    """True, or false with a reason."""

    reason: StrOrPromise | None = None

    def __bool__(self) -> bool:
        return self.reason is None

    def enforce(self) -> None:
        """Raise Refused with the reason, unless the verdict is yes."""
        if self.reason is not None:
            raise Refused(self.reason)


YES = Verdict()


def no(reason: StrOrPromise) -> Verdict:
    """A verdict against, with the sentence that says why."""
    return Verdict(reason)
