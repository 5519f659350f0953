"""The forms in which documents are brought."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from readings.editions import Metadata
from readings.importing.forms import READABLE
from readings.models import Reading

MOST_FILES = 20


class SeveralFiles(forms.ClearableFileInput):
    """A field for several files at once."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Any number of uploaded files."""

    widget = SeveralFiles

    def clean(self, data: Any, initial: Any = None) -> "list[UploadedFile[bytes]]":
        """The files, each checked; none where none was chosen."""
        given = data if isinstance(data, list | tuple) else [data] if data else []
        return [super(FilesField, self).clean(each, initial) for each in given]


class ImportForm(forms.Form):
    """Files or a text, and what is known about it. The rules are in `readings.imports`."""

    files = FilesField(  # type: ignore[assignment]  # a form has its uploads under this name before its fields are set
        label=_("Files"),
        required=False,
        allow_empty_file=True,
        widget=SeveralFiles(attrs={"accept": ",".join(sorted(READABLE))}),
    )
    text = forms.CharField(
        label=_("Text"), required=False, strip=False, widget=forms.Textarea(attrs={"rows": 6, "dir": "auto"})
    )
    title = forms.CharField(label=_("Title"), required=False, max_length=500)
    source = forms.CharField(label=_("Where it was published"), required=False, max_length=500)
    rights = forms.CharField(label=_("Rights"), required=False, max_length=500)
    visibility = forms.ChoiceField(
        label=_("Who may read it"), choices=Reading.Visibility.choices, initial=Reading.Visibility.PUBLIC
    )

    def clean(self) -> dict[str, Any]:
        """Exactly one of the three ways, and not too much of it."""
        found = super().clean() or {}
        files = found.get("files") or []
        ways = [bool(files), bool((found.get("text") or "").strip())]
        if not any(ways):
            raise forms.ValidationError(_("Choose a file, or paste a text."), code="nothing")
        if sum(ways) > 1:
            raise forms.ValidationError(_("One way at a time: files or a text."), code="several")
        if len(files) > MOST_FILES:
            raise forms.ValidationError(_("At most %(count)d files at once.") % {"count": MOST_FILES}, code="many")
        return found

    @property
    def metadata(self) -> Metadata:
        """What was said about the work."""
        said = self.cleaned_data
        return Metadata(
            title=said["title"], source=said["source"], rights=said["rights"], visibility=said["visibility"]
        )
