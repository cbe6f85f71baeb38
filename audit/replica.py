"""Reading evidence from a replica of the database, so that a long look into the record keeps nobody's act waiting.

A replica runs after its primary. It answers only if it holds everything that had been committed when the reading
began, so whoever acted a moment ago, through whichever process, finds it in the record. Where there is no replica, where it
is behind or down, and inside a transaction, every reading is answered by the primary.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

from django.db import DEFAULT_DB_ALIAS, InterfaceError, OperationalError, connections

REPLICA = "replica"
"""What DATABASES calls it."""
PATIENCE = 0.1
"""Seconds that a reading waits for the replica to catch up."""
REST = 5.0
"""Seconds for which a process asks nothing of a replica that was behind or down."""

Read = TypeVar("Read")
_reading: ContextVar[bool | None] = ContextVar("audit_reading_from_replica", default=None)
_rested = {"until": 0.0}


class ReplicaBehind(RuntimeError):
    """The replica was asked for by name, and there is none that holds everything committed so far."""


def from_replica(read: Callable[[], Read]) -> Read:
    """What `read` returns, its statements answered by the replica where it may be; begun again on the primary if it fails.

    `read` writes nothing, begins no act, and leaves no queryset behind that is read later.
    """
    if is_reading() or not _has_caught_up():
        with _answered_by(replica=False):
            return read()
    try:
        with _answered_by(replica=True):
            return read()
    except (OperationalError, InterfaceError):
        _leave_alone()
        with _answered_by(replica=False):
            return read()


def only_from_replica(read: Callable[[], Read]) -> Read:
    """What `read` returns, answered by the replica and by nothing else. Raises ReplicaBehind, and what the database raises."""
    if not _has_caught_up():
        raise ReplicaBehind("There is no replica that holds everything which was committed so far. Try again, or read the primary.")
    with _answered_by(replica=True):
        return read()


def is_reading() -> bool:
    """Whether this is a reading of evidence, whoever answers it: no act may begin in one."""
    return _reading.get() is not None


def is_answered_by_replica() -> bool:
    """Whether a statement that reads goes to the replica now: in no transaction, whose reads must agree with its writes."""
    return bool(_reading.get()) and not connections[DEFAULT_DB_ALIAS].in_atomic_block


@contextmanager
def _answered_by(*, replica: bool) -> Iterator[None]:
    token = _reading.set(bool(_reading.get()) or replica)
    try:
        yield
    finally:
        _reading.reset(token)


def _has_caught_up() -> bool:
    if REPLICA not in connections.settings or connections[DEFAULT_DB_ALIAS].in_atomic_block or time.monotonic() < _rested["until"]:
        return False
    written = _asked(DEFAULT_DB_ALIAS, "SELECT pg_current_wal_flush_lsn()::text")
    give_up = time.monotonic() + PATIENCE
    try:
        while not _asked(REPLICA, "SELECT pg_last_wal_replay_lsn() >= %s::pg_lsn", written):
            if time.monotonic() > give_up:
                _rest()
                return False
            time.sleep(0.005)
    except (OperationalError, InterfaceError):
        _leave_alone()
        return False
    return True


def _asked(alias: str, question: str, *values: str) -> Any:
    with connections[alias].cursor() as cursor:
        cursor.execute(question, values)
        return cursor.fetchone()[0]


def _leave_alone() -> None:
    _rest()
    connections[REPLICA].close()


def _rest() -> None:
    _rested["until"] = time.monotonic() + REST
