"""The cursor of a statement that comes again: the server prepares it, and its text is read for places once.

The driver keeps what it read of a text only while that is short and has few places, since an ORM makes long ones anew each
time. Ours are put together once per process, so the longest, which cost most to read, come again as well. Only where
PostgreSQL is used: it asks for psycopg.
"""

from __future__ import annotations

import functools
from typing import Any

from django.db.backends.postgresql.base import ServerBindingCursor
from psycopg._queries import PostgresQuery, _query2pg_nocache

TEXTS = 1024
"""How many texts are kept."""


@functools.lru_cache(maxsize=TEXTS)
def _read(text: str, encoding: str) -> tuple[Any, ...]:
    return _query2pg_nocache(text.encode(encoding), encoding)


class _Kept(PostgresQuery):
    """A statement whose text may have been read before."""

    __slots__ = ()

    def convert(self, query: Any, vars: Any) -> None:
        if vars is None or not isinstance(query, str):
            super().convert(query, vars)
            return
        self.query, self._want_formats, self._order, self._parts = _read(query, self._tx.encoding)
        self.dump(vars)


class PreparedCursor(ServerBindingCursor):
    """Django's own, with values bound by the server."""

    _query_cls = _Kept
