"""What Parity asks of the driver of PostgreSQL beyond its settings, on each connection. Only where PostgreSQL is used."""

from __future__ import annotations

from datetime import UTC, datetime, tzinfo
from typing import Any

from psycopg.types.datetime import TimestamptzLoader

PREPARED_STATEMENTS = 300
"""The driver keeps 100, fewer than all pages and doors send; what is thrown out before it comes again was prepared for nothing."""


class Moments(TimestamptzLoader):
    """A moment as Django reads one, by the parser of the language: a case is read with some 130 of them."""

    timezone: tzinfo = UTC  # Django looks whether it is its own

    def load(self, data: Any) -> datetime:
        """Raises DataError for what no datetime can hold, infinity for one."""
        try:
            return datetime.fromisoformat(bytes(data).decode()).astimezone(UTC)
        except ValueError:
            return super().load(data).astimezone(UTC)


def make_ready(connection: Any) -> None:
    """Set up a connection that Django has made, or taken from its pool. One in another time zone keeps Django's own reader."""
    connection.connection.prepared_max = PREPARED_STATEMENTS
    if connection.timezone == UTC:
        connection.connection.adapters.register_loader("timestamptz", Moments)
