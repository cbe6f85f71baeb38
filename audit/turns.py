"""Lets writers of one chain that have no row to lock take turns."""

from django.db import connection


def wait_for_turn(name: str) -> None:
    """Wait until no other transaction holds the turn called `name`, and hold it until this transaction ends.

    PostgreSQL only: SQLite lets one transaction write at a time anyway. Not a row lock, because the ledger's own rows
    may be locked only by who may change them, and in production nobody may.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])
