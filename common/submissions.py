"""One act, however often it is sent: the name that a form or a client gives it, and the answer where the name is used again."""

from django.core.exceptions import ValidationError


class SubmissionConflict(ValidationError):
    """The same submission key came again for something else."""
