"""Rows stored with statements that are put together once per process: added together, or changed in a few columns.

The same rows as Django's `bulk_create` and `bulk_update`, without working their SQL out at each call. For rows whose
writer answers for them; facts go through `save()` within an act.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connections, models, router

from audit import one_trip

TEXTS = 512
"""How many texts of statements are kept: a table has one for each number of rows that was stored at once."""


def add(rows: Iterable[models.Model]) -> None:
    """Insert rows of one model, with one statement for as many as the database takes; keys that it gives out are set on them."""
    left = list(rows)
    if not left:
        return
    model = type(left[0])
    alias = router.db_for_write(model)
    connection = connections[alias]
    while left:
        fields, returns = _columns(model, left[0].pk is None)
        size = connection.ops.bulk_batch_size(fields, left)
        part, left = left[:size], left[size:]
        params = [_stored(field, row, connection) for row in part for field in fields]
        sql = _insert(model, alias, returns, len(part))
        if returns:
            for row, (key,) in zip(part, one_trip.now(alias, sql, params), strict=True):
                row.pk = key
        else:
            one_trip.later(alias, sql, params)
        for row in part:
            row._state.adding, row._state.db = False, alias


def put(row: models.Model) -> None:
    """Insert a row, or store all its columns where one with its key is there already."""
    model = type(row)
    alias = router.db_for_write(model)
    connection = connections[alias]
    params = [_stored(field, row, connection) for field in _columns(model, False)[0]]
    one_trip.later(alias, _upsert(model, alias), params)


def change(rows: Iterable[models.Model], names: Sequence[str]) -> None:
    """Store these columns of rows of one model that are there already, with one statement for as many as the database takes."""
    left = list(rows)
    if not left:
        return
    model = type(left[0])
    alias = router.db_for_write(model)
    connection = connections[alias]
    fields = _key_and(model, tuple(names))
    while left:
        size = connection.ops.bulk_batch_size(fields, left)
        part, left = left[:size], left[size:]
        params = [_prepared(field, getattr(row, field.attname), connection) for row in part for field in fields]
        one_trip.later(alias, _update(model, alias, tuple(names), len(part)), params)


def _stored(field: Any, row: models.Model, connection: Any) -> Any:
    return _prepared(field, field.pre_save(row, True), connection)


def _prepared(field: Any, value: Any, connection: Any) -> Any:
    if hasattr(value, "resolve_expression"):
        raise TypeError(f"{field} is to hold an expression; only values are stored so.")
    return field.get_db_prep_save(value, connection)


@functools.cache
def _columns(model: type[models.Model], key_is_given_out: bool) -> tuple[list[Any], bool]:
    fields = [field for field in model._meta.local_concrete_fields if not field.generated]
    returns = key_is_given_out and isinstance(model._meta.pk, models.AutoField)
    return [field for field in fields if not (returns and field.primary_key)], returns


@functools.cache
def _key_and(model: type[models.Model], names: tuple[str, ...]) -> list[Any]:
    return [model._meta.pk, *(model._meta.get_field(name) for name in names)]


@functools.lru_cache(maxsize=TEXTS)
def _insert(model: type[models.Model], alias: str, returns: bool, number: int) -> str:
    quote = connections[alias].ops.quote_name
    fields, _ = _columns(model, returns)
    row = f"({', '.join(['%s'] * len(fields))})"
    columns = ", ".join(quote(field.column) for field in fields)
    returning = f" RETURNING {quote(str(model._meta.pk.column))}" if returns else ""
    return f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES {', '.join([row] * number)}{returning}"  # noqa: S608


@functools.cache
def _upsert(model: type[models.Model], alias: str) -> str:
    quote = connections[alias].ops.quote_name
    sets = ", ".join(f"{quote(f.column)} = excluded.{quote(f.column)}" for f in _columns(model, False)[0] if not f.primary_key)
    return f"{_insert(model, alias, False, 1)} ON CONFLICT ({quote(str(model._meta.pk.column))}) DO UPDATE SET {sets}"


@functools.lru_cache(maxsize=TEXTS)
def _update(model: type[models.Model], alias: str, names: tuple[str, ...], number: int) -> str:
    connection = connections[alias]
    quote, meta = connection.ops.quote_name, model._meta
    fields = _key_and(model, names)
    key, *columns = [quote(field.column) for field in fields]
    kinds = [_cast(field, connection) for field in fields]
    row = f"({', '.join(f'%s{kind}' for kind in kinds)})"
    sets = ", ".join(f"{column} = stored.{column}" for column in columns)
    table = quote(meta.db_table)
    return (
        f"WITH stored ({', '.join([key, *columns])}) AS (VALUES {', '.join([row] * number)}) "  # noqa: S608
        f"UPDATE {table} SET {sets} FROM stored WHERE {table}.{key} = stored.{key}"
    )


def _cast(field: Any, connection: Any) -> str:
    """PostgreSQL takes what stands in VALUES for text unless it is told better."""
    return f"::{field.cast_db_type(connection)}" if connection.vendor == "postgresql" else ""
