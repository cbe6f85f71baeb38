"""The rows that an act wrote, written again by hand: the case locked, the head of its chain read, one statement a table."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any
from uuid import UUID

from tests.bench.raw.connected import one_of, raw
from tests.bench.raw.written import Written, delete_alike, insertion, noted, noting, restored, undo, update

if TYPE_CHECKING:
    from tests.bench.answering import Asked

LOCK = b"SELECT state FROM cases_case WHERE id = %s FOR NO KEY UPDATE"
HEAD = b"SELECT seq, digest FROM audit_chainhead WHERE chain = %s"

Statement = tuple[bytes, Sequence[Any]]


def statements(case: UUID, written: Sequence[Written]) -> list[Statement]:
    """The statements that write these rows: what somebody would write who knew all of it beforehand."""
    found: list[Statement] = [(LOCK, (case,)), (HEAD, (f"case:{case}",))]
    last = as_they_end(written)
    for table, keys, columns in _changed_alike(last):
        statement, given = update(table, keys, columns)
        found.append((statement.as_bytes(raw()), given))
    for table, rows in _by_table([one for one in last if one.before is None]):
        statement, given = insertion(table, [one.after or {} for one in rows])
        found.append((statement.as_bytes(raw()), given))
    return found


def _changed_alike(rows: list[Written]) -> list[tuple[str, list[Any], dict[str, Any]]]:
    """Rows of a table to which the same happens are changed together."""
    alike: dict[str, tuple[str, list[Any], dict[str, Any]]] = {}
    for one in rows:
        if one.before is not None and one.changed:
            alike.setdefault(f"{one.table} {one.changed}", (one.table, [], one.changed))[1].append(one.key)
    return list(alike.values())


def as_they_end(written: Sequence[Written]) -> list[Written]:
    """Each row once: as it was before the act, and as the act left it."""
    ends: dict[tuple[str, Any], Written] = {}
    for one in written:
        place = (one.table, one.key)
        earlier = ends.get(place)
        ends[place] = Written(one.table, earlier.before, one.after) if earlier else one
    return list(ends.values())


def _by_table(rows: list[Written]) -> list[tuple[str, list[Written]]]:
    """Tables in the order in which a row first goes into each, for the keys between them."""
    order = list(dict.fromkeys(one.table for one in rows))
    ordered = sorted(rows, key=lambda one: order.index(one.table))
    return [(table, list(group)) for table, group in groupby(ordered, key=lambda one: one.table)]


def write(found: list[Statement]) -> None:
    """One transaction, one round trip a statement."""
    connection = raw()
    with connection.transaction(), connection.cursor(binary=True) as cursor:
        for statement, given in found:
            cursor.execute(statement, given)


def same_rows(asked: Asked) -> None:
    """Raises AssertionError where the rows written by hand are not those that ours wrote."""
    with noting():
        write(statements(asked.case, asked.written))
        again = noted()
    undo(again)
    ours, by_hand = ([_told(one) for one in as_they_end(rows) if one.changed] for rows in (asked.written, again))
    assert sorted(ours) == sorted(by_hand), "What was written by hand is not what the door writes."


def _told(one: Written) -> str:
    return f"{one.table} {one.key} {one.before} {one.after}"


def take_back(written: Sequence[Written], event: UUID) -> None:
    """Take away what the transaction of `event` wrote where another run of the same act wrote `written`.

    Found by the number of the transaction, so that the act itself need not be watched while it is timed.
    """
    number = one_of("SELECT xmin::text FROM audit_event WHERE id = %s", (event,))
    with raw().transaction():
        raw().execute("SET LOCAL session_replication_role = replica")
        delete_alike(as_they_end(written), number)
        restored(as_they_end(written))
