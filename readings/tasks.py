"""What is done in the background. Each task looks again at what it works on when it runs."""

from django_tasks import task

IMPORTS = "imports"
"""The queue of documents to be read: a thick book must not hold up anybody's mail."""


@task(queue_name=IMPORTS)
def read_import(pk: int) -> None:
    """Read a document that somebody brought."""
    from readings.imports import work_on  # which puts this very task on its queue

    work_on(pk)
