"""Rows that may be added and never changed: editions, earlier wordings, the log of moderation.

Python refuses (`AppendOnly`), and so does the database itself (`Forbid`), whoever asks it.
"""

from collections.abc import Collection
from typing import Any, NoReturn

from django.db import models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation


class CannotChange(TypeError):
    """Some code tried to change a row that is promised never to change."""


class AppendOnlyQuerySet(models.QuerySet[Any]):
    """A queryset without the methods that change rows in place."""

    def update(self, **kwargs: Any) -> NoReturn:
        raise CannotChange(f"{self.model.__name__} rows are never changed; add a new one.")

    def bulk_update(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise CannotChange(f"{self.model.__name__} rows are never changed; add a new one.")


class AppendOnly(models.Model):
    """A model whose rows are inserted once and then only read."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise CannotChange(f"{type(self).__name__} rows are never changed; add a new one.")
        super().save(*args, **kwargs)


class Forbid(Operation):
    """Migration: the database refuses these statements on a model's table. `statements` is of "UPDATE" and "DELETE".

    Triggers, because neither SQLite nor the owner of a PostgreSQL table knows a narrower right. To purge text for legal
    cause, a migration or an operator drops the trigger first, which leaves a trace where a forgotten `WHERE` does not.
    """

    reversible = True
    reduces_to_sql = True

    def __init__(self, model_name: str, statements: Collection[str]) -> None:
        self.model_name = model_name
        self.statements = tuple(statements)

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return (self.__class__.__qualname__, [], {"model_name": self.model_name, "statements": self.statements})

    def state_forwards(self, app_label: str, state: Any) -> None:
        """The state of the models is not touched."""

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        table = to_state.apps.get_model(app_label, self.model_name)._meta.db_table
        for statement in self.statements:
            for sql in _trigger(schema_editor.connection.vendor, table, statement):
                schema_editor.execute(sql)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        table = from_state.apps.get_model(app_label, self.model_name)._meta.db_table
        on = f" ON {table}" if schema_editor.connection.vendor == "postgresql" else ""
        for statement in self.statements:
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {_name(table, statement)}{on}")

    def describe(self) -> str:
        return f"Forbid {' and '.join(self.statements)} on {self.model_name}"


class Allow(Forbid):
    """Migration: lift what `Forbid` laid on a table, around operations that alter it; `Forbid` it again after them.

    SQLite alters many a table by making it anew, and its triggers do not come with it.
    """

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        super().database_backwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        super().database_forwards(app_label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        return f"Allow {' and '.join(self.statements)} on {self.model_name} for the operations that follow"


def _name(table: str, statement: str) -> str:
    return f"{table}_no_{statement.lower()}"


def _trigger(vendor: str, table: str, statement: str) -> list[str]:
    """The SQL that makes one statement fail on every row of a table, in the database's own dialect."""
    message = f"rows of {table} are append-only"
    if vendor == "postgresql":
        return [
            "CREATE OR REPLACE FUNCTION colloquy_append_only() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'rows of %% are append-only', TG_TABLE_NAME; END $$",
            f"CREATE TRIGGER {_name(table, statement)} BEFORE {statement} ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION colloquy_append_only()",
        ]
    return [
        f"CREATE TRIGGER {_name(table, statement)} BEFORE {statement} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{message}'); END"
    ]
