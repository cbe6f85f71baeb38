"""A way in which cases come into somebody's sight, as rows that each open one case, and what is asked of several at once.

Every question is made of the same rows: which cases are open (a list), whether this one is (a row of something else, that
names its case), and which are the newest. The database is asked each in the shape in which it is quick at any size.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet, Subquery, UUIDField, Value
from django.db.models.functions import Coalesce

from cases.models import Case

OLDEST = UUID(int=0)
"""Sorts before the key of every case."""

Keys = QuerySet[Any, Any]


@dataclass(frozen=True)
class Way:
    """One way: `rows`, and the path from a row to the key of the case that it opens.

    `apart`: a path to what the rows fall into, an organisation say, where an index has the newest of each at hand, but not
    the newest of all.
    """

    rows: QuerySet[Any]
    case: str
    apart: str = ""

    def keys(self) -> Keys:
        """The keys of every case that it opens."""
        return self.rows.order_by().values(self.case)

    def opening(self, case: OuterRef | UUID) -> Keys:
        """The keys of this case and no other: none, if the way does not open it."""
        return self.rows.filter(**{self.case: case}).order_by().values(self.case)

    def newest(self, number: int) -> Keys:
        """The keys of the newest cases that it opens, each once: keys of cases sort by when they were opened."""
        rows = self.rows
        if self.apart:
            here = rows.filter(**{self.apart: OuterRef(self.apart)}).order_by(f"-{self.case}")
            last = Subquery(here.values(self.case)[number - 1 : number])
            rows = rows.filter(**{f"{self.case}__gte": Coalesce(last, Value(OLDEST, UUIDField()))})
        return rows.order_by(f"-{self.case}").values(self.case).distinct()[:number]


def cases_of(ways: Sequence[Way]) -> QuerySet[Case]:
    """Every case that one of the ways opens. For lists: it costs what the person sees, not what there is."""
    return Case.objects.filter(pk__in=_together([way.keys() for way in ways]))


def newest_of(ways: Sequence[Way], number: int) -> QuerySet[Case]:
    """The newest `number` cases of each way, newest first: cut it off after `number`. It costs the same whatever there is."""
    newest = [Case.objects.filter(pk__in=way.newest(number)).values("pk") for way in ways]
    return Case.objects.filter(pk__in=_together(newest)).order_by("-pk")


def open_to(ways: Sequence[Way], case: str | UUID) -> Exists:
    """Whether one of the ways opens the case of a row. `case`: the path from the row to the key of its case, or that of all.

    As one question of several parts, the database asks it of the row at hand, and never reads all that a person sees first;
    where all rows are of one case, it asks once.
    """
    return Exists(_together([way.opening(of_row(case)) for way in ways]))


def of_row(case: str | UUID) -> OuterRef | UUID:
    """What stands for the case of a row in a question that is asked of each: the path to its key, or the one case of them all."""
    return OuterRef(case) if isinstance(case, str) else case


def _together(parts: Sequence[Keys]) -> Keys:
    first, *others = parts
    return first.union(*others, all=True)
