"""Several statements in one trip to the database: sent one behind the other, answered together.

Each still runs by itself and in its order; only the waiting for each answer before the next is sent is left out. What a
database cannot do so, it does one at a time.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import connections

Statement = tuple[str, Sequence[Any]]


def run(alias: str, statements: Sequence[Statement]) -> list[list[Any]]:
    """Run statements in order and give the rows of each; none where it gives no rows. Raises what the first that fails does."""
    connection = connections[alias]
    connection.close_if_health_check_failed()
    connection.ensure_connection()
    cursors = []
    with _all_at_once(connection, len(statements)):
        for sql, params in statements:
            cursor = _cursor(connection)
            cursors.append(cursor)
            cursor.execute(sql, params)
    found = [cursor.fetchall() if _gives_rows(cursor) else [] for cursor in cursors]
    for cursor in cursors:
        cursor.close()
    return found


def _gives_rows(cursor: Any) -> bool:
    """`cursor.description` says it too, and makes an object of every column for that."""
    result = getattr(cursor, "pgresult", None)
    return bool(result.nfields if result else cursor.description)


@contextmanager
def _all_at_once(connection: Any, number: int) -> Iterator[None]:
    if number > 1 and connection.vendor == "postgresql" and _is_supported():
        with connection.wrap_database_errors, connection.connection.pipeline():
            yield
    else:
        yield


def _cursor(connection: Any) -> Any:
    """On PostgreSQL one that prepares what comes again, where the place allows it (`config.databases`); Django's own does not."""
    if connection.vendor != "postgresql" or connection.connection.prepare_threshold is None:
        return connection.cursor()
    if connection.queries_logged:  # what is prepared cannot be shown with its values
        return connection.cursor()
    from audit.prepared_cursor import PreparedCursor  # asks for psycopg

    return connection._prepare_cursor(PreparedCursor(connection.connection))  # type: ignore[call-arg]


@functools.cache
def _is_supported() -> bool:
    import psycopg  # there is none where only SQLite is used

    return psycopg.Pipeline.is_supported()


_waiting: ContextVar[dict[str, list[Statement]] | None] = ContextVar("audit_statements_waiting", default=None)
"""What is to be stored with the next trip, for each database; None outside `gathering`."""


@contextmanager
def gathering() -> Iterator[None]:
    """Let statements that give no rows wait for one another; they are sent at the end, or when something sends them before.

    Whoever reads in between what they store calls `send` first.
    """
    if _waiting.get() is not None:
        yield
        return
    token = _waiting.set({})
    try:
        yield
        send()
    finally:
        _waiting.reset(token)


def send() -> None:
    """Send whatever waits, now."""
    waiting = _waiting.get()
    for alias in list(waiting or ()):
        run(alias, waiting.pop(alias))  # type: ignore[union-attr]


def later(alias: str, sql: str, params: Sequence[Any]) -> None:
    """Run a statement that gives no rows: with the others that wait, or at once where none gather."""
    waiting = _waiting.get()
    if waiting is None:
        run(alias, [(sql, params)])
    else:
        waiting.setdefault(alias, []).append((sql, params))


def planned(alias: str, sql: str, params: Sequence[Any]) -> list[Any]:
    """Run a statement that is planned for its values, and give its rows: one that counts many rows, and does not come often."""
    with connections[alias].cursor() as cursor:
        cursor.execute(sql, params)
        found: list[Any] = cursor.fetchall()
        return found


def now(alias: str, sql: str, params: Sequence[Any]) -> list[Any]:
    """Run a statement after whatever waits, and give its rows."""
    waiting = (_waiting.get() or {}).pop(alias, [])
    return run(alias, [*waiting, (sql, params)])[-1]
