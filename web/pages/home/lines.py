"""Everything that waits for one person, in one statement: each kind of line says where it is found and what is read of it.

The kinds are declared where their lines are worded (`waiting`, `asked`, `outside`, the panels). A row holds what a line
shows and no more, so all kinds have the same columns and can be asked together.
"""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import (
    CharField,
    DateField,
    DateTimeField,
    F,
    Field,
    IntegerField,
    JSONField,
    QuerySet,
    TextField,
    UUIDField,
    Value,
)
from django.db.models.functions import Cast

from audit.compiled import Compiled, Question, compiled
from cases.models import Case, Organisation, Person
from permissions.eligibility import day_of
from permissions.known import keys_of, known_by
from workflows.opening import calendar_of


class Asker(NamedTuple):
    """Who asks, and when. `month`: when this month began."""

    person: Person
    at: datetime
    month: datetime


class Row(NamedTuple):
    """One line before it is worded. What its kind does not read is None; `who` to `other` mean what the kind says."""

    kind: str
    key: UUID
    process: str
    definition_version: int
    state: str
    title: str
    reference: str
    ods_code: str
    closed_days: list[str]
    on: date
    since: datetime
    until: datetime
    who: str
    what: str
    part: str
    number: int
    rank: int
    other: UUID

    @property
    def organisation(self) -> Organisation:
        """As much of the organisation as a line shows."""
        return Organisation(ods_code=self.ods_code, closed_days=self.closed_days)

    @property
    def case(self) -> Case:
        """As much of the case as a line shows."""
        return Case(
            process=self.process, definition_version=self.definition_version, state=self.state, title=self.title,
            reference=self.reference, organisation=self.organisation,
        )  # fmt: skip

    def days_until(self, today: date) -> int:
        """Working days of the organisation until it is due; negative when it was."""
        return calendar_of(self.organisation).between(today, self.on)


_FIELDS: dict[str, Field[Any, Any]] = {
    "key": UUIDField(), "process": CharField(), "definition_version": IntegerField(), "state": CharField(), "title": CharField(),
    "reference": CharField(), "ods_code": CharField(), "closed_days": JSONField(), "on": DateField(), "since": DateTimeField(),
    "until": DateTimeField(), "who": TextField(), "what": TextField(), "part": TextField(), "number": IntegerField(),
    "rank": IntegerField(), "other": UUIDField(),
}  # fmt: skip

OF_THE_CASE = {
    "process": "case__process", "definition_version": "case__definition_version", "state": "case__state", "title": "case__title",
    "reference": "case__reference", "ods_code": "case__organisation__ods_code",
    "closed_days": "case__organisation__closed_days",
}  # fmt: skip
"""What is read of the case of a line."""


@dataclass(frozen=True)
class Kind:
    """One kind of line. `find`: the rows, the most pressing first; `columns`: a path or an expression for each part of a Row.

    `most`: no more than so many; None where a person has few by nature. `for_whom`: judged by the roles that one holds.
    """

    code: str
    find: Callable[[Asker], QuerySet[Any]]
    columns: Callable[[Asker], Mapping[str, Any]]
    most: int | None = None
    for_whom: Callable[[frozenset[str]], bool] = lambda _: True

    def rows(self, asker: Asker) -> QuerySet[Any, tuple[Any, ...]]:
        """The rows as a part of the one statement: cut in a subquery, since not every database sorts within a union."""
        found = self.find(asker)
        if self.most is not None:
            found = found.model._default_manager.filter(pk__in=found[: self.most].values("pk"))
        read = {"key": F("pk")} | {name: F(one) if isinstance(one, str) else one for name, one in self.columns(asker).items()}
        columns = {f"line_{name}": read.get(name) or _nothing(field) for name, field in _FIELDS.items()}
        return found.order_by().annotate(line_kind=Value(self.code), **columns).values_list("line_kind", *columns)


def _nothing(field: Field[Any, Any]) -> Cast:
    """A column that this kind does not have: of the same type as that of the others."""
    return Cast(Value(None), field)


def question_of(kinds: Iterable[Kind], person: Person, roles: frozenset[str], at: datetime) -> Question[tuple[Any, ...]]:
    """What waits for a person who holds these roles, to be asked with what else the page shows."""
    month = at.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    lines = _lines_of(tuple(kind for kind in kinds if kind.for_whom(roles)))
    return lines.question(**keys_of(person), at=at, month=month)


def by_kind(rows: Iterable[tuple[Any, ...]]) -> Mapping[str, list[Row]]:
    """What was found, by the code of its kind, in no order."""
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[row[0]].append(Row(*row))
    return found


@functools.cache
def _lines_of(kinds: tuple[Kind, ...]) -> Compiled[Any, tuple[Any, ...]]:
    """One statement for these kinds; the first reads its columns from tables, so that all are read as what they are."""

    @compiled(day_of)
    def lines(person: UUID, account: int, at: datetime, month: datetime) -> QuerySet[Any, tuple[Any, ...]]:
        asker = Asker(known_by(person, account), at, month)
        first, *others = (kind.rows(asker) for kind in kinds)
        return first.union(*others, all=True)

    return lines
