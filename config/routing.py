"""Which database a statement goes to, where there is a replica: readings of evidence to it, everything else to the primary."""

from __future__ import annotations

from typing import Any

from django.db import DEFAULT_DB_ALIAS

from audit.replica import REPLICA, is_answered_by_replica


class EvidenceFromReplica:
    """Always names a database: a row that was read from the replica would else take its relations and its changes there."""

    def db_for_read(self, model: type[Any], **hints: Any) -> str:
        """The replica inside `audit.replica.from_replica` and outside every transaction; else the primary."""
        return REPLICA if is_answered_by_replica() else DEFAULT_DB_ALIAS

    def db_for_write(self, model: type[Any], **hints: Any) -> str:
        """The primary, and so for rows that are read to be locked."""
        return DEFAULT_DB_ALIAS

    def allow_relation(self, one: Any, other: Any, **hints: Any) -> bool:
        """Both are the same rows."""
        return True

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool | None:
        """Nothing is migrated on the replica, which gets its tables from the primary."""
        return False if db == REPLICA else None
