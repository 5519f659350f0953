"""The forms in which series are made and set in order. They describe shape; the rules are in `readings.series`."""

from django import forms
from django.utils.translation import gettext_lazy as _

from common.tokens import LENGTH, new_token
from readings.models_series import LONGEST_DESCRIPTION, LONGEST_NOTE, LONGEST_TITLE
from readings.series import MOST_ENTRIES

_RANGE = forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "autocapitalize": "off"})


class SeriesForm(forms.Form):
    """What a series is called and what is said of it. `submission` names this very form, so that it makes one."""

    title = forms.CharField(label=_("Title"), max_length=LONGEST_TITLE, widget=forms.TextInput(attrs={"dir": "auto"}))
    description = forms.CharField(
        label=_("What it is for"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto", "maxlength": LONGEST_DESCRIPTION}),
    )
    submission = forms.CharField(required=False, max_length=LENGTH, widget=forms.HiddenInput, initial=new_token)

    @property
    def submission_key(self) -> str | None:
        """Names the act of sending this form."""
        given = self.cleaned_data["submission"]
        return f"form:{given}" if given else None


class PartForm(forms.Form):
    """Which part of a reading, and a note to it."""

    address = forms.CharField(label=_("Paragraphs"), required=False, max_length=60, widget=_RANGE)
    note = forms.CharField(
        label=_("Note"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto", "maxlength": LONGEST_NOTE}),
    )


class SearchForm(forms.Form):
    """Words of a reading's title or of who made it."""

    q = forms.CharField(
        label=_("Find a reading"), required=False, max_length=200, widget=forms.TextInput(attrs={"type": "search"})
    )


class MoveForm(forms.Form):
    """One step up or down."""

    by = forms.TypedChoiceField(choices=[("-1", "up"), ("1", "down")], coerce=int)


class AddForm(PartForm):
    """A reading to put in, and which part of it."""

    reading = forms.SlugField(label=_("Reading"), error_messages={"required": _("Choose a reading.")})


class EntryForm(PartForm):
    """What can be changed of an entry: its place in the order too."""

    place = forms.IntegerField(
        label=_("Place"),
        required=False,
        min_value=1,
        max_value=MOST_ENTRIES,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
