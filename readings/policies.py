"""May this person? What somebody may do with the readings and drafts they can see."""

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from common.verdicts import YES, Verdict, no

MODERATE = "discussions.moderate"
"""The right that a running mandate gives."""


def may_add_readings(person: Person) -> Verdict:
    """May they bring in texts? The operator says who does: every member, or moderators alone."""
    if not person.is_authenticated:
        return no(_("Sign in to add a reading."))
    if not person.is_active:
        return no(_("This account is closed."))
    if settings.READINGS_ADDED_BY == "moderators" and not person.has_perm(MODERATE):
        return no(_("On this site only moderators add readings. Ask one of them."))
    return YES
