"""Counting in SQL: of the rows of a stretch, how many there are and how many are of a kind, by organisation. One statement for all
stretches and organisations of a question."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from functools import cache
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Count, IntegerField, Q, QuerySet, Value
from django.db.models.expressions import Combinable

from audit.compiled import Compiled, compiled
from workflows.calendar import london_day
from workflows.signals.asked import Asked, Key, Stretch
from workflows.signals.counted import definitions
from workflows.signals.days import day_after
from workflows.signals.signal import each_once
from workflows.tenants import Tenants

Truth = Q | Combinable
"""What is true or false of a row."""


class Rows(NamedTuple):
    """What is counted in one stretch. `hit`: which of the rows are the numerator; `beside`: which are counted beside it.

    `organisation`, `case`: the paths to them; no case where none is told. `behind`: the rows whose cases are behind the
    number, where those are others than the hits.
    """

    rows: QuerySet[Any]
    hit: Truth
    organisation: str = "case__organisation"
    case: str = "case"
    beside: Sequence[Truth] = ()
    behind: Truth | None = None


class Tally(NamedTuple):
    """How many rows there were, how many hits and how many of each kind beside; and the cases behind."""

    of: int = 0
    hits: int = 0
    beside: tuple[int, ...] = ()
    cases: tuple[UUID, ...] = ()


Counted = Callable[[Tenants, Stretch], Rows]
"""What is counted where nothing but the organisations and the stretch is asked: no working days of anybody's own."""


def tally(asked: Asked, counted: Callable[[Stretch], Rows]) -> Callable[[Key], Tally]:
    """Count, and answer for any organisation in any stretch; nothing where there is no row. One statement."""
    groups = over_stretches(asked, lambda stretch: _grouped(counted(stretch), asked.names_cases))
    return _answers(groups, counted(asked.stretches[0]), asked.names_cases)


def tally_once(asked: Asked, counted: Counted) -> Callable[[Key], Tally]:
    """As `tally`; its SQL is worked out once for each process, and planned by the database for every question anew."""
    since, until = zip(*asked.stretches, strict=True)
    shared = tuple((one.code, one.version) for one in definitions())
    groups = _compiled(counted, asked.names_cases, asked.everywhere, shared)
    whose = {} if asked.everywhere else {"organisations": asked.tenants}
    found = groups.question(since=since, until=until, **whose).read_planned()
    return _answers(found, _shape(counted), asked.names_cases)


@cache
def _shape(counted: Counted) -> Rows:
    """What is counted, whenever and wherever: for what does not depend on it."""
    return counted(Tenants(None), Stretch(datetime(2000, 1, 1, tzinfo=UTC), datetime(2000, 1, 2, tzinfo=UTC)))


@cache
def _compiled(
    counted: Counted, names_cases: bool, everywhere: bool, shared: tuple[tuple[str, int], ...]
) -> Compiled[..., tuple[Any, ...]]:  # fmt: skip
    """`shared`: of which processes cases are counted stands in the SQL too."""

    def grouped(whose: Tenants, since: Sequence[datetime], until: Sequence[datetime]) -> QuerySet[Any]:
        stretches = [Stretch(*both) for both in zip(since, until, strict=True)]
        return _united([_grouped(counted(whose, stretch), names_cases) for stretch in stretches])

    def of_all(since: tuple[datetime, ...], until: tuple[datetime, ...]) -> QuerySet[Any]:
        return grouped(Tenants(None), since, until)

    def of_some(organisations: tuple[UUID, ...], since: tuple[datetime, ...], until: tuple[datetime, ...]) -> QuerySet[Any]:
        return grouped(Tenants(organisations), since, until)

    return compiled(london_day, day_after)(of_all if everywhere else of_some)


def _grouped(now: Rows, names_cases: bool) -> Grouped:
    by_case = [now.case] if names_cases and now.case else []
    apart = [now.behind] if by_case and now.behind is not None else []  # else the cases behind are those of the hits
    truths = (now.hit, *now.beside, *apart)
    return Grouped(now.rows, [now.organisation, *by_case], [Count("*"), *(Count("pk", filter=Q(one)) for one in truths)])


def _answers(groups: Iterable[tuple[Any, ...]], shape: Rows, names_cases: bool) -> Callable[[Key], Tally]:
    by_case = bool(names_cases and shape.case)
    kinds = 2 + len(shape.beside)
    of_cases = kinds if by_case and shape.behind is not None else 1
    sums: dict[Key, list[int]] = {}
    cases: dict[Key, list[UUID]] = defaultdict(list)
    for place, organisation, *found in groups:
        key, numbers = (organisation, place), found[by_case:]
        before = sums.get(key)
        sums[key] = numbers if before is None else [one + more for one, more in zip(before, numbers, strict=True)]
        if by_case and numbers[of_cases]:
            cases[key].append(found[0])
    nothing = Tally(beside=(0,) * len(shape.beside))

    def answer(key: Key) -> Tally:
        if key not in sums:
            return nothing
        of, hits, *beside = sums[key][:kinds]
        return Tally(of, hits, tuple(beside), each_once(cases.get(key, ())))

    return answer


class Grouped(NamedTuple):
    """Rows, what they are grouped by, and what is computed of each group; nothing: which groups there are."""

    rows: QuerySet[Any]
    by: Sequence[str]
    computed: Sequence[Any]


def over_stretches(asked: Asked, query: Callable[[Stretch], Grouped]) -> list[tuple[Any, ...]]:
    """The groups of every stretch, each with the place of its stretch before it. One statement, however many stretches."""
    return list(_united([query(stretch) for stretch in asked.stretches]))


def _united(grouped: Sequence[Grouped]) -> QuerySet[Any]:
    parts = [_part(place, one) for place, one in enumerate(grouped)]
    return parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0]


def _part(place: int, grouped: Grouped) -> QuerySet[Any]:
    numbered = grouped.rows.order_by().annotate(stretch_=Value(place, IntegerField()))
    computed = {f"computed_{number}": one for number, one in enumerate(grouped.computed)}
    groups = numbered.values_list("stretch_", *grouped.by)
    return groups.annotate(**computed) if computed else groups.distinct()


def lengths(asked: Asked, grouped: Callable[[Stretch], Grouped]) -> Callable[[Key], list[int]]:
    """Every length in a stretch as often as it was counted, by any organisation: grouped by organisation and length."""
    found: dict[Key, list[int]] = defaultdict(list)
    for place, organisation, length, times in over_stretches(asked, grouped):
        found[organisation, place] += [length] * times
    return lambda key: found.get(key, [])
