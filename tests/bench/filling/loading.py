"""Loads lines into PostgreSQL by COPY, several chunks at once, without the indexes meanwhile, which are put back exactly."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import psycopg

from tests.bench.filling.reading import Table

Connect = Callable[[], psycopg.Connection[Any]]

_INDEXES = """
SELECT c.relname FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_class t ON t.oid = i.indrelid
WHERE t.relnamespace = 'public'::regnamespace AND t.relname = ANY(%s) ORDER BY c.relname
"""
_STANDING = "UPDATE pg_index SET indisready = false, indisvalid = false WHERE indexrelid = %s::regclass"
_BY_SIZE = """
SELECT c.relname FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid WHERE c.relname = ANY(%s)
ORDER BY pg_relation_size(i.indrelid) DESC, 1
"""
_CATALOGUE = """
SELECT 'index', indexrelid::regclass::text, concat(pg_get_indexdef(indexrelid), indisvalid, indisready, indislive)
FROM pg_index JOIN pg_class t ON t.oid = indrelid WHERE t.relnamespace = 'public'::regnamespace
UNION ALL SELECT 'constraint', conrelid::regclass::text || '.' || conname, concat(pg_get_constraintdef(oid), convalidated)
FROM pg_constraint WHERE connamespace = 'public'::regnamespace
UNION ALL SELECT 'trigger', tgrelid::regclass::text || '.' || tgname, concat(pg_get_triggerdef(oid), tgenabled)
FROM pg_trigger WHERE NOT tgisinternal ORDER BY 1, 2
"""
WRITERS = 2


def catalogue(connection: psycopg.Connection[Any]) -> list[tuple[str, ...]]:
    """Every index, constraint and trigger with its definition."""
    return connection.execute(_CATALOGUE).fetchall()


@contextmanager
def without_indexes(connect: Connect, tables: list[str]) -> Iterator[None]:
    """Let the indexes of these tables stand still, and build them anew at the end. Raises RuntimeError where anything differs then.

    They are not dropped: PostgreSQL does not always give the words of a condition back as they were written.
    """
    with connect() as connection:
        before = catalogue(connection)
        indexes = [row[0] for row in connection.execute(_INDEXES, [tables]).fetchall()]
        for index in indexes:
            connection.execute(_STANDING, [index])
    try:
        yield
    finally:
        with connect() as connection:
            by_size = connection.execute(_BY_SIZE, [indexes]).fetchall()
        at_once(connect, [f'REINDEX INDEX "{row[0]}"' for row in by_size], "SET maintenance_work_mem = '512MB'")
    with connect() as connection:
        after = catalogue(connection)
        if after != before:
            raise RuntimeError(f"The database is not as it was: {sorted(set(before) ^ set(after))}")


def at_once(connect: Connect, statements: list[str], first: str = "SELECT 1") -> None:
    """Run statements over as many connections as there are writers, each taking the next that is left. Raises what one raised."""
    left, failed, turn = [*reversed(statements)], list[BaseException](), threading.Lock()

    def work() -> None:
        with connect() as connection:
            connection.execute(first)
            while statement := _next(left, turn):
                try:
                    connection.execute(statement)
                except psycopg.Error as error:
                    failed.append(error)

    workers = [threading.Thread(target=work) for _ in range(WRITERS)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    if failed:
        raise failed[0]


def _next(left: list[str], turn: threading.Lock) -> str:
    with turn:
        return left.pop() if left else ""


def quick(connection: psycopg.Connection[Any]) -> psycopg.Connection[Any]:
    """Let this connection write what is known to hold together: no foreign key is looked up, no commit waits for the disk."""
    connection.execute("SET session_replication_role = replica")
    connection.execute("SET synchronous_commit = off")
    return connection


def load(connection: psycopg.Connection[Any], lines: dict[Table, list[str]]) -> int:
    """Copy the lines into their tables, in one transaction; returns how many kilobytes of text that were."""
    size = 0
    with connection.transaction(), connection.cursor() as cursor:
        for table, made in lines.items():
            text = "".join(made).encode()
            size += len(text)
            with cursor.copy(f"{table.into} FROM STDIN") as copy:
                copy.write(text)
    return size // 1024
