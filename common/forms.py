"""What forms share."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.exceptions import ValidationError
from django.forms import BaseForm


@contextmanager
def add_refusal(form: BaseForm, field: str) -> Iterator[None]:
    """Show what a service finds wrong with the input at the form's field, with what was typed still there."""
    try:
        yield
    except ValidationError as error:
        form.add_error(field, error)
