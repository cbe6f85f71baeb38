"""The database's own refusal to change evidence: triggers on the ledger, every history table, every insert-only table.

SQLite drops a table's triggers whenever a migration rebuilds the table, so they are put back after every `migrate`.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.core.checks import CheckMessage, Error
from django.db import DEFAULT_DB_ALIAS, connections, models, router, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from audit.append_only import AppendOnlyModel

PREFIX = "append_only_"
FUNCTION = "audit_refuse_change"


@dataclass(frozen=True)
class Trigger:
    """A trigger as it should stand: what makes it, and what the database's catalogue says when it does."""

    table: str
    name: str
    statements: tuple[str, ...]
    catalogued: str


def append_only_models() -> list[type[models.Model]]:
    """Return every installed model whose rows are added and never changed."""
    return [
        model
        for model in apps.get_models(include_auto_created=True)
        if issubclass(model, AppendOnlyModel) and model._meta.managed and not model._meta.proxy
    ]


def ensure(using: str = DEFAULT_DB_ALIAS) -> None:
    """Put back every trigger that is missing, disabled or altered. Costs one or two reads when all is well."""
    connection = connections[using]
    if connection.vendor not in _DIALECTS:
        return
    missing = _missing(connection)
    if missing:
        with transaction.atomic(using=using):
            _run(connection, _DIALECTS[connection.vendor].before_change)
            _run(connection, _DIALECTS[connection.vendor].before_making)
            for trigger in missing:
                _run(connection, (_drop(connection, trigger), *trigger.statements))


def lift(using: str = DEFAULT_DB_ALIAS, tables: Collection[str] | None = None) -> None:
    """Remove every trigger, or those of `tables`. For the end of a test, whose flush puts them back; all else uses `lifted()`."""
    connection = connections[using]
    if connection.vendor in _DIALECTS:
        chosen = [one for one in _wanted(connection) if tables is None or one.table in tables]
        dropped = [_drop(connection, trigger) for trigger in sorted(chosen, key=lambda one: one.table)]
        _run(connection, (*_DIALECTS[connection.vendor].before_change, *dropped))


@contextmanager
def lifted(using: str = DEFAULT_DB_ALIAS, tables: Collection[str] | None = None) -> Iterator[None]:
    """Remove the triggers, of all tables or of some, for the length of the block: for `audit.erasing`, and for tests.

    One transaction: if the block fails, the triggers were never gone.
    """
    with transaction.atomic(using=using):
        lift(using, tables)
        yield
        ensure(using)


def tables_without_triggers(using: str = DEFAULT_DB_ALIAS) -> list[str]:
    """Return the append-only tables that the database does not guard, in order of name."""
    connection = connections[using]
    if connection.vendor not in _DIALECTS:
        return sorted(model._meta.db_table for model in append_only_models())
    return sorted({trigger.table for trigger in _missing(connection)})


def ensure_after_migrate(using: str, **kwargs: Any) -> None:
    """Listen to `post_migrate`."""
    ensure(using)


LOST = "audit.E001"
REMEDY = "Find out who removed them, run `manage.py verify`, then put them back: `manage.py migrate --skip-checks`."
"""The code of the check below, and what to do about it."""


def check_triggers(*, databases: Sequence[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """Name the append-only tables that the database would let anyone change (audit.E001)."""
    return [
        Error(
            f"The table {table} in the database '{using}' has lost the triggers that keep its rows from being changed.",
            hint=REMEDY,
            id=LOST,
        )
        for using in databases or []
        for table in tables_without_triggers(using)
    ]


def _missing(connection: BaseDatabaseWrapper) -> list[Trigger]:
    found = _DIALECTS[connection.vendor].catalogue(connection)
    return [trigger for trigger in _wanted(connection) if found.get((trigger.table, trigger.name)) != trigger.catalogued]


def _wanted(connection: BaseDatabaseWrapper) -> list[Trigger]:
    tables = set(connection.introspection.table_names())
    make = _DIALECTS[connection.vendor].triggers
    return [
        trigger
        for model in append_only_models()
        if model._meta.db_table in tables and router.allow_migrate_model(connection.alias, model)
        for trigger in make(model._meta.db_table, connection.ops.quote_name(model._meta.db_table))
    ]


def _drop(connection: BaseDatabaseWrapper, trigger: Trigger) -> str:
    table = f" ON {connection.ops.quote_name(trigger.table)}" if connection.vendor == "postgresql" else ""
    return f"DROP TRIGGER IF EXISTS {connection.ops.quote_name(trigger.name)}{table}"


def _run(connection: BaseDatabaseWrapper, statements: Iterable[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


class _SQLite:
    """Two triggers a table; the catalogue keeps their text, so an altered one is seen."""

    before_change: tuple[str, ...] = ()
    before_making: tuple[str, ...] = ()

    @staticmethod
    def triggers(table: str, quoted: str) -> list[Trigger]:
        made = []
        for change in ("UPDATE", "DELETE"):
            name = f"{PREFIX}{table}_{change.lower()}"
            text = (
                f'CREATE TRIGGER "{name}" BEFORE {change} ON {quoted} '
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only: {change} is refused'); END"
            )
            made.append(Trigger(table, name, (text,), text))
        return made

    @staticmethod
    def catalogue(connection: BaseDatabaseWrapper) -> Mapping[tuple[str, str], str]:
        with connection.cursor() as cursor:
            cursor.execute("SELECT tbl_name, name, sql FROM sqlite_master WHERE type = 'trigger'")
            return {(table, name): sql for table, name, sql in cursor.fetchall()}


class _PostgreSQL:
    """Two triggers a table that call one function; ALWAYS, so that a replication role does not get past them."""

    # A table whose foreign keys still wait to be checked cannot have its triggers changed: have them checked now.
    before_change = ("SET CONSTRAINTS ALL IMMEDIATE", "SET CONSTRAINTS ALL DEFERRED")
    # 23001 is restrict_violation: Django makes an IntegrityError of it.
    before_making = (
        f"CREATE OR REPLACE FUNCTION {FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "RAISE EXCEPTION '% is append-only: % is refused', TG_TABLE_NAME, TG_OP USING ERRCODE = '23001'; END $$",
    )

    @staticmethod
    def triggers(table: str, quoted: str) -> list[Trigger]:
        made = []
        for name, event in (
            (f"{PREFIX}rows", "BEFORE UPDATE OR DELETE ON {} FOR EACH ROW"),
            (f"{PREFIX}table", "BEFORE TRUNCATE ON {} FOR EACH STATEMENT"),
        ):
            create = f'CREATE TRIGGER "{name}" {event.format(quoted)} EXECUTE FUNCTION {FUNCTION}()'
            always = f'ALTER TABLE {quoted} ENABLE ALWAYS TRIGGER "{name}"'
            made.append(Trigger(table, name, (create, always), f"{FUNCTION} A"))
        return made

    @staticmethod
    def catalogue(connection: BaseDatabaseWrapper) -> Mapping[tuple[str, str], str]:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT c.relname, t.tgname, concat(p.proname, ' ', t.tgenabled) FROM pg_trigger t "
                "JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid "
                "WHERE NOT t.tgisinternal AND pg_table_is_visible(c.oid)"
            )
            return {(table, name): stands for table, name, stands in cursor.fetchall()}


_DIALECTS: dict[str, type[_SQLite] | type[_PostgreSQL]] = {
    "sqlite": _SQLite,
    "postgresql": _PostgreSQL,
}
