"""Every version of some facts, held in memory: many moments can be asked of one reading, with the answers of `as_it_stood`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any, Generic, TypeVar

from django.db import models

from audit.history import history_of
from audit.row_readers import born, read_quickly
from audit.rows import fields_by_column

Fact = TypeVar("Fact", bound=models.Model)


class Versions(Generic[Fact]):
    """The versions of all rows of a recorded model that ever belonged to one of these things. One statement, made here.

    `along`: the column by which they belonged to it (`case_id`). It holds every version of every such row at once.
    """

    def __init__(self, model: type[Fact], along: str, things: Iterable[Any]) -> None:
        self._rows_of: dict[Any, set[Any]] = {thing: set() for thing in things}
        self._columns = list(fields_by_column(model))
        self._key, self._along = self._columns.index(model._meta.pk.attname), self._columns.index(along)
        versions: models.QuerySet[Any] = history_of(model)._base_manager.all()
        key = model._meta.pk.attname
        ever = versions.filter(**{f"{along}__in": list(self._rows_of)}).order_by().values(key)
        rows = versions.filter(**{f"{key}__in": ever}).order_by("history_date", "history_id")
        self._make = born(model, self._columns, rows.db)
        self._versions: dict[Any, list[Any]] = defaultdict(list)
        for row in read_quickly(rows.values_list(*self._columns, "history_type", "history_date")):
            self._versions[row[self._key]].append(row)
            if row[self._along] in self._rows_of:
                self._rows_of[row[self._along]].add(row[self._key])

    def at(self, moment: datetime, thing: Any) -> list[Fact]:
        """What belonged to the thing at a moment, as it stood then, the newest change first; deleted rows left out. Raises
        KeyError for a thing that was not named at first."""
        newest = (self._newest(key, moment) for key in self._rows_of[thing])
        there = [row for row in newest if row is not None and row[-2] != "-" and row[self._along] == thing]
        there.sort(key=lambda row: row[-1], reverse=True)
        return [self._make(row[:-2]) for row in there]

    def _newest(self, key: Any, moment: datetime) -> Any:
        return next((row for row in reversed(self._versions[key]) if row[-1] <= moment), None)
