"""A connection without Django: every statement prepared by the server the first time it is sent."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from typing import Any

import psycopg
from django.db import connection

_open: dict[int, psycopg.Connection[Any]] = {}


def raw() -> psycopg.Connection[Any]:
    """The connection of this process to the database that is measured; one of its own after a fork."""
    found = _open.get(os.getpid())
    if found is None or found.closed:
        given = connection.get_connection_params()
        wanted = {name: given[name] for name in ("dbname", "user", "password", "host", "port") if given.get(name)}
        found = _open[os.getpid()] = psycopg.connect(**wanted, autocommit=True, prepare_threshold=0)
    return found


def rows_of(statement: str, given: Sequence[Any] | Mapping[str, Any] = ()) -> list[tuple[Any, ...]]:
    """The rows of one statement, which was written by hand in this package."""
    with raw().cursor(binary=True) as cursor:
        return cursor.execute(statement.encode(), given).fetchall()


def one_of(statement: str, given: Sequence[Any] | Mapping[str, Any] = ()) -> Any:
    """The first value of the first row of one statement."""
    return rows_of(statement, given)[0][0]
