"""The form in which people write. It describes shape; the rules are in services."""

import hashlib

from django import forms
from django.utils.translation import gettext_lazy as _

from common.tokens import LENGTH, new_token
from discussions.services import clean_source


class CommentForm(forms.Form):
    """One comment. `submission` names this very form, so that sending it twice posts once."""

    source = forms.CharField(
        label=_("Your comment"),
        required=False,  # so that the message of clean_source is shown, which says more
        strip=False,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto", "autocapitalize": "sentences"}),
    )
    submission = forms.CharField(required=False, max_length=LENGTH, widget=forms.HiddenInput, initial=new_token)

    def clean_source(self) -> str:
        """The words as they are stored, or the reason why not, at the field."""
        return clean_source(self.cleaned_data["source"])

    @property
    def submission_key(self) -> str | None:
        """This form with these words. Going back, changing the words and sending again is another comment."""
        given = self.cleaned_data["submission"]
        words = hashlib.sha256(self.cleaned_data["source"].encode()).hexdigest()[:16]
        return f"form:{given}:{words}" if given else None
