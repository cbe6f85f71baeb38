"""Takes contents away from rows that nothing else may change, so that the chain still holds: the one sanctioned way (IG8, IG15).

What was sealed is replaced, and for each sealed row an `Erasure` says by which act, in which columns, and the digest of what is
left. The erasures are sealed into the act's own event like any row. So `verify` tells a stub from a forgery: a stub is true to
the digest of its newest erasure, and an act of a kind that erases admits to that erasure. No page comes here: the commands do
that carry out what two people agreed, with a database role that owns the tables.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import models

from audit import chain
from audit.append_only import AppendOnlyModel
from audit.damaged import parts, stored
from audit.findings import Finding, Forgery
from audit.ids import uuid7
from audit.models import Erasure, Event
from audit.record import Act
from audit.rows import fields_by_column, label, plain, row_digest
from audit.triggers import lifted

ERASING_KINDS = frozenset({"case_disposed", "claims_disposed", "person_renamed"})
"""The kinds of act whose erasures are believed."""


@dataclass(frozen=True)
class Change:
    """What is to stand in some columns of one row from now on."""

    model: type[models.Model]
    key: Any
    columns: dict[str, Any]


def erase(act: Act, changes: Iterable[Change]) -> int:
    """Put the new contents into every row, and say so for each sealed one. Returns how many sealed rows became stubs.

    Within the act's transaction. The triggers of the tables concerned are gone for its length, which on PostgreSQL makes
    everybody else wait for these tables. Raises ValueError for an act of a kind that does not erase.
    """
    if act.kind not in ERASING_KINDS:
        raise ValueError(f"An act of the kind {act.kind!r} erases nothing.")
    by_model: dict[type[models.Model], list[Change]] = defaultdict(list)
    for change in changes:
        by_model[change.model].append(change)
    sealed = [model for model in by_model if issubclass(model, AppendOnlyModel)]
    with lifted(tables={model._meta.db_table for model in sealed}):
        for model in sorted(by_model, key=label):
            for change in by_model[model]:
                model._base_manager.filter(pk=change.key).update(**change.columns)
    stubs = [stub for model in sealed for stub in _stubs(act, model, by_model[model])]
    Erasure._base_manager.bulk_create(stubs, batch_size=500)
    for stub in stubs:
        act.note_row(stub)
    return len(stubs)


def _stubs(act: Act, model: type[models.Model], changes: list[Change]) -> Iterable[Erasure]:
    for part in parts(changes):
        columns: dict[str, set[str]] = defaultdict(set)
        for change in part:
            columns[str(change.key)].update(change.columns)
        rows = list(stored(model).filter(pk__in=[change.key for change in part]).order_by("pk"))
        shapes = _shapes(model, rows)
        for row in rows:
            left = row.recomputed_digest() if isinstance(row, Event) else _digest_of(row, shapes[row.event_id])
            yield Erasure(
                id=uuid7(act.at), event_id=act.event_id, table=label(model), key=str(row.pk), columns=sorted(columns[str(row.pk)]),
                digest=left,
            )  # fmt: skip


def _shapes(model: type[models.Model], rows: list[Any]) -> dict[UUID, list[str]]:
    """The columns that each row's own event sealed, by the event."""
    if issubclass(model, Event):
        return {}
    events = Event.objects.filter(pk__in={row.event_id for row in rows}).values_list("pk", "shapes")
    return {key: shapes.get(label(model), []) for key, shapes in events}


def _digest_of(row: models.Model, columns: Iterable[str]) -> str:
    fields = fields_by_column(type(row))
    return chain.digest({column: plain(fields[column], getattr(row, column)) for column in columns})


# Reading


@dataclass
class Stubs:
    """Which rows are stubs, and what is left of each. Keeps what the erasing events admit to."""

    admitted: dict[UUID, set[tuple[str, str]]] = field(default_factory=dict)

    def tables(self) -> set[str]:
        """The tables from which anything was ever taken. One statement."""
        return set(Erasure.objects.values_list("table", flat=True).distinct())

    def left(self, table: str, keys: Iterable[str]) -> dict[str, str]:
        """The digest that each stub among these rows must have: of its newest erasure that an act of a kind that erases admits to.

        One statement, and one for each act that erased. Contents that were put back do not have it.
        """
        found = Erasure.objects.filter(table=table, key__in=list(keys)).order_by("id")
        return {one.key: one.digest for one in found if (str(one.pk), row_digest(one)) in self._admitted_by(one.event_id)}

    def _admitted_by(self, event_id: UUID) -> set[tuple[str, str]]:
        if event_id not in self.admitted:
            self.admitted[event_id] = set()  # meanwhile: no two acts vouch for each other
            event = Event.objects.filter(pk=event_id, kind__in=ERASING_KINDS).first()
            rows = event.rows if event and self._is_whole(event) else []
            self.admitted[event_id] = {(key, digest) for table, key, digest in rows if table == label(Erasure)}
        return self.admitted[event_id]

    def _is_whole(self, event: Event) -> bool:
        """Whether an act is as it was sealed, or as a later one left it: what an edited act admits to is not believed.

        The act may be in another chain than the row, which a check of one case does not read.
        """
        seal = event.recomputed_digest()
        return seal == event.digest or seal == self.left(label(Event), [str(event.pk)]).get(str(event.pk))


def not_as_sealed(changes: Iterable[Change]) -> Iterator[Finding]:
    """The sealed rows among those to be changed that are not as they were sealed.

    For whoever erases: to ask this first. What is left is sealed anew, and a forgery would be made good by it.
    """
    wanted: dict[type[models.Model], set[Any]] = defaultdict(set)
    for change in changes:
        if issubclass(change.model, AppendOnlyModel):
            wanted[change.model].add(change.key)
    stubs = Stubs()
    for model, keys in wanted.items():
        for part in parts(keys):
            rows = list(stored(model).filter(pk__in=part))
            yield from _forged(model, rows, stubs.left(label(model), [str(row.pk) for row in rows]))


def _forged(model: type[models.Model], rows: list[Any], left: dict[str, str]) -> Iterator[Finding]:
    sealing = {row.pk: row for row in rows} if issubclass(model, Event) else _sealing(rows)
    for row in rows:
        event, key = sealing.get(row.pk if isinstance(row, Event) else row.event_id), str(row.pk)
        if event is None or _seal_now(model, row, event) != left.get(key, _seal_then(model, row, event)):
            yield Finding(label(model), key, "is not as it was sealed", Forgery.ROW_EDITED)


def _sealing(rows: list[Any]) -> dict[Any, Event]:
    return {event.pk: event for event in Event.objects.filter(pk__in={row.event_id for row in rows})}


def _seal_now(model: type[models.Model], row: Any, event: Event) -> str:
    return row.recomputed_digest() if isinstance(row, Event) else _digest_of(row, event.shapes.get(label(model), []))


def _seal_then(model: type[models.Model], row: Any, event: Event) -> str:
    if isinstance(row, Event):
        return row.digest
    return next((digest for table, key, digest in event.rows if (table, key) == (label(model), str(row.pk))), "")
