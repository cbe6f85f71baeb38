"""Which rows an act writes, noted by triggers while it is done once; to write the same again by hand, and to take them away.

Everything that measuring writes is taken away again: the data stays as it was filled, and a second run measures the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.apps import apps
from django.db.models import JSONField
from psycopg import sql
from psycopg.types.json import Jsonb

from tests.bench.raw.connected import raw, rows_of

NOTES = "bench_written"
NOTE = f"""
CREATE OR REPLACE FUNCTION bench_note() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    INSERT INTO {NOTES} (written, act, before, after) VALUES (TG_TABLE_NAME, TG_OP,
        CASE WHEN TG_OP <> 'INSERT' THEN to_jsonb(OLD) END, CASE WHEN TG_OP <> 'DELETE' THEN to_jsonb(NEW) END);
    RETURN NULL;
END $$"""


@dataclass(frozen=True)
class Written:
    """One row that was inserted, updated or deleted: its columns before and after, None where it was not there."""

    table: str
    before: dict[str, Any] | None
    after: dict[str, Any] | None

    @property
    def key(self) -> Any:
        return (self.after or self.before or {})[key_of(self.table)]

    @property
    def changed(self) -> dict[str, Any]:
        """The columns that an update changed, as they are afterwards."""
        before, after = self.before or {}, self.after or {}
        return {column: value for column, value in after.items() if before.get(column) != value}


@cache
def tables() -> dict[str, str]:
    """Every table of a model with the column of its key."""
    models = [model for model in apps.get_models(include_auto_created=True) if model._meta.managed and not model._meta.proxy]
    return {model._meta.db_table: str(model._meta.pk.column) for model in models}


def key_of(table: str) -> str:
    return tables()[table]


@contextmanager
def rehearsing() -> Iterator[None]:
    """Inside, what is written can be taken away again: `session_replication_role` passes by the triggers that guard evidence.

    They stand all the while, so an act costs what it costs; afterwards they are as they were, which nothing passes by.
    """
    guards = rows_of("SELECT tgrelid::regclass::text, tgname FROM pg_trigger WHERE tgenabled = 'A'")
    try:
        _alter(guards, "ENABLE TRIGGER")
        yield
    finally:
        _stop()
        _alter(guards, "ENABLE ALWAYS TRIGGER")


def _alter(guards: list[tuple[str, str]], how: str) -> None:
    for table, name in guards:
        raw().execute(sql.SQL("ALTER TABLE {} {} {}").format(sql.Identifier(table), sql.SQL(how), sql.Identifier(name)))


@contextmanager
def noting() -> Iterator[None]:
    """Whatever is written inside is noted, by whatever connection."""
    _stop()
    raw().execute(f"CREATE TABLE {NOTES} (n bigserial PRIMARY KEY, written text, act text, before jsonb, after jsonb)")
    raw().execute(NOTE)
    for table in tables():
        on = sql.Identifier(table)
        made = "CREATE TRIGGER bench_note AFTER INSERT OR UPDATE OR DELETE ON {} FOR EACH ROW EXECUTE FUNCTION bench_note()"
        raw().execute(sql.SQL(made).format(on))
    try:
        yield
    finally:
        _stop()


def _stop() -> None:
    raw().execute("DROP FUNCTION IF EXISTS bench_note() CASCADE")
    raw().execute(f"DROP TABLE IF EXISTS {NOTES}")


def noted() -> list[Written]:
    """What was written since this was last asked, in the order of writing."""
    found = rows_of(f"SELECT written, before, after FROM {NOTES} ORDER BY n")
    raw().execute(f"TRUNCATE {NOTES}")
    return [Written(*row) for row in found]


def undo(written: Sequence[Written]) -> None:
    """Leave every row as it was before, last first; no trigger and no key is asked."""
    with raw().transaction():
        raw().execute("SET LOCAL session_replication_role = replica")
        for one in reversed(written):
            if one.before is None:
                raw().execute(*deletion(one.table, {key_of(one.table): one.key}))
            else:
                restored([one])


def restored(written: Sequence[Written]) -> None:
    """Give rows that were there before the columns that they had."""
    for one in written:
        if one.before is not None and one.after is None:
            raw().execute(*insertion(one.table, [one.before]))
        elif one.before is not None and one.changed:
            raw().execute(*update(one.table, [one.key], {column: one.before[column] for column in one.changed}))


def delete_alike(written: Sequence[Written], transaction: str) -> None:
    """Delete the rows of a transaction that stand where these were inserted: the same but for the keys that are new each time."""
    new = {one.key for one in written if one.before is None}
    places = {(one.table, tuple(_lasting(one, new).items())) for one in written if one.before is None}
    for table, columns in places:
        statement, given = deletion(table, dict(columns))
        there_before = [str(one.key) for one in written if one.table == table and one.before is not None]
        more = sql.SQL(" AND xmin::text = %s AND {}::text <> ALL(%s)").format(sql.Identifier(key_of(table)))
        raw().execute(statement + more, [*given, transaction, there_before])


def _lasting(one: Written, new: set[Any]) -> dict[str, Any]:
    """The keys of other rows that a row names and that were there before, by which it is found again."""
    return {name: value for name, value in (one.after or {}).items() if name.endswith("_id") and value and value not in new}


def deletion(table: str, columns: dict[str, Any]) -> tuple[sql.Composed, list[Any]]:
    """One statement that deletes the rows with these columns, and its values."""
    which = [sql.SQL("{} = %s").format(sql.Identifier(column)) for column in columns]
    which = which or [sql.SQL("{}").format(sql.SQL("true"))]
    return sql.SQL("DELETE FROM {} WHERE {}").format(sql.Identifier(table), sql.SQL(" AND ").join(which)), list(columns.values())


def insertion(table: str, rows: list[dict[str, Any]]) -> tuple[sql.Composed, list[Any]]:
    """One statement that inserts these rows, which have the same columns, and its values."""
    columns = list(rows[0])
    one = sql.SQL("({})").format(sql.SQL(", ").join([sql.Placeholder()] * len(columns)))
    statement = sql.SQL("INSERT INTO {} ({}) VALUES {}").format(
        sql.Identifier(table), sql.SQL(", ").join(map(sql.Identifier, columns)), sql.SQL(", ").join([one] * len(rows))
    )
    return statement, [_stored(table, column, row[column]) for row in rows for column in columns]


def update(table: str, keys: Sequence[Any], columns: dict[str, Any]) -> tuple[sql.Composed, list[Any]]:
    """One statement that sets these columns of the rows with these keys, and its values."""
    settings = sql.SQL(", ").join(sql.SQL("{} = %s").format(sql.Identifier(column)) for column in columns)
    which = sql.SQL("{} = %s" if len(keys) == 1 else "{} IN ({})").format(
        sql.Identifier(key_of(table)), sql.SQL(", ").join([sql.Placeholder()] * len(keys))
    )
    statement = sql.SQL("UPDATE {} SET {} WHERE {}").format(sql.Identifier(table), settings, which)
    return statement, [*(_stored(table, column, value) for column, value in columns.items()), *keys]


def _stored(table: str, column: str, value: Any) -> Any:
    return Jsonb(value) if value is not None and column in _json_columns(table) else value


@cache
def _json_columns(table: str) -> frozenset[str]:
    model = next(one for one in apps.get_models(include_auto_created=True) if one._meta.db_table == table)
    return frozenset(str(field.column) for field in model._meta.concrete_fields if isinstance(field, JSONField))
