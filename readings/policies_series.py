"""May this person? What somebody may do with series. Everybody may see them."""

from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from common.verdicts import YES, Verdict, no
from readings.models import Series
from readings.policies import MODERATE


def may_make_series(person: Person) -> Verdict:
    """May they put a series together? Every member may."""
    if not person.is_authenticated:
        return no(_("Sign in to make a series."))
    if not person.is_active:
        return no(_("This account is closed."))
    return YES


def may_change_series(person: Person, series: Series) -> Verdict:
    """May they change its words and what stands in it? Who made it, and moderators."""
    if not (allowed := may_make_series(person)):
        return allowed
    if series.created_by_id == person.pk or person.has_perm(MODERATE):
        return YES
    return no(_("Only the member who made a series, and moderators, can change it."))


def may_delete_series(person: Person, series: Series) -> Verdict:
    """May they delete it? Only when it is empty, so that no slip of the hand costs a whole syllabus."""
    if not (allowed := may_change_series(person, series)):
        return allowed
    if series.entries.standing().exists():
        return no(_("Only an empty series can be deleted. Take the readings out of it first."))
    return YES
