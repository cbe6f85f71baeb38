"""What an act changed, fact by fact: the version that it wrote beside the one before, and the rows that it added.

Read from the rows that the event itself admits to; two statements for each table that it wrote in, however many rows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import OuterRef, Q, Subquery

from audit.history import NEWEST_FIRST, HistoryRow, InsertOnly
from audit.models import Event
from audit.rows import fields_by_column, plain

Values = Mapping[str, Any]


@dataclass(frozen=True)
class Change:
    """One fact that an act wrote. `before` is None for a new one, `after` for one that was removed; both by column.

    `since`: when the fact was first written, an aware time; None for a new one.
    """

    model: type[models.Model]
    key: str
    before: Values | None
    after: Values | None
    since: datetime | None = None

    @property
    def newest(self) -> Values:
        """The values that the fact had last."""
        return self.after if self.after is not None else self.before or {}

    @property
    def columns(self) -> list[str]:
        """The columns that differ; of a fact that is new or gone all that held anything."""
        if self.before is None or self.after is None:
            return [column for column, value in self.newest.items() if value not in (None, "", {}, [], False)]
        return [column for column, value in self.after.items() if value != self.before.get(column)]


def changes_of(event: Event) -> list[Change]:
    """Every fact that an event wrote, table by table. A row that is gone, or of no known table, is left out."""
    tables: dict[str, list[str]] = defaultdict(list)
    for table, key, _digest in event.rows:
        tables[table].append(key)
    return [change for table, keys in tables.items() for change in _of_table(table, keys)]


def _of_table(table: str, keys: list[str]) -> Iterator[Change]:
    try:
        model = apps.get_model(table)
    except (LookupError, ValueError):
        return
    if issubclass(model, HistoryRow):
        yield from _versions(model, keys)
    elif issubclass(model, InsertOnly):
        rows = {str(row.pk): row for row in model._base_manager.filter(pk__in=keys)}
        yield from (Change(model, key, None, _values(model, rows[key])) for key in keys if key in rows)


def _versions(history: type[HistoryRow], keys: list[str]) -> Iterator[Change]:
    """One change for each fact, from the version before the act to the last that the act wrote of it."""
    rows = history._base_manager.filter(pk__in=keys).order_by("pk")
    rows = rows.annotate(earlier=Subquery(_before(history)), first=Subquery(_first(history)))
    of_fact: dict[str, list[Any]] = defaultdict(list)
    key = history.instance_type._meta.pk.attname
    for row in rows:
        of_fact[str(getattr(row, key))].append(row)
    earlier = history._base_manager.in_bulk([row.earlier for row, *_rest in of_fact.values() if row.earlier])
    for fact, versions in of_fact.items():
        yield _change(history.instance_type, fact, earlier.get(versions[0].earlier), versions[-1])


def _before(history: type[HistoryRow]) -> models.QuerySet[Any]:
    past = Q(history_date__lt=OuterRef("history_date")) | Q(history_date=OuterRef("history_date"), history_id__lt=OuterRef("pk"))
    return _same_fact(history).filter(past).order_by(*NEWEST_FIRST).values("history_id")[:1]


def _first(history: type[HistoryRow]) -> models.QuerySet[Any]:
    return _same_fact(history).order_by("history_date", "history_id").values("history_date")[:1]


def _same_fact(history: type[HistoryRow]) -> models.QuerySet[Any]:
    key = history.instance_type._meta.pk.attname
    return history._base_manager.filter(**{key: OuterRef(key)})


def _change(model: type[models.Model], key: str, before: Any, last: Any) -> Change:
    after = None if last.history_type == "-" else _values(model, last)
    if before is None or before.history_type == "-":
        return Change(model, key, None, after if after is not None else _values(model, last))
    return Change(model, key, _values(model, before), after, last.first)


def _values(model: type[models.Model], row: Any) -> Values:
    return {column: plain(field, getattr(row, column)) for column, field in fields_by_column(model).items()}


def keys_of(changes: Iterable[Change], target: type[models.Model]) -> set[Any]:
    """The keys of rows of one kind that these changes name, before or after."""
    found: set[Any] = set()
    for change in changes:
        pointing = [field.attname for field in change.model._meta.concrete_fields if field.related_model is target]
        found |= {values[column] for values in (change.before, change.after) if values for column in pointing}
    return found - {None}
