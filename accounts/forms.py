"""The sign-up form: an address, a password, and a name to be called by."""

from allauth.account.forms import SignupForm as AllauthSignupForm
from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.names import LONGEST_NAME, clean_name


class SignupForm(AllauthSignupForm):  # type: ignore[misc]
    """allauth's form with a name in it."""

    name = forms.CharField(
        label=_("Name"),
        max_length=LONGEST_NAME,
        strip=True,
        help_text=_("What other members see beside what you write."),
        widget=forms.TextInput(attrs={"autocomplete": "name", "dir": "auto"}),
    )
    field_order = ("name", "email", "password1")

    def clean_name(self) -> str:
        """The name as it is stored, or an error at the field."""
        return clean_name(self.cleaned_data["name"])
