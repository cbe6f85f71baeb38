"""Counting in SQL: of the rows of a stretch, how many there are and how many are of a kind, by organisation. One statement for all
stretches and organisations of a question."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Count, IntegerField, Q, QuerySet, Value
from django.db.models.expressions import Combinable

from workflows.signals.asked import Asked, Key, Stretch
from workflows.signals.signal import each_once

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


def tally(asked: Asked, counted: Callable[[Stretch], Rows]) -> Callable[[Key], Tally]:
    """Count, and answer for any organisation in any stretch; nothing where there is no row. One statement."""
    one = counted(asked.stretches[0])
    by_case = [one.case] if asked.names_cases and one.case else []
    kinds = 2 + len(one.beside)
    apart = bool(by_case) and one.behind is not None  # the cases behind are those of the hits, or are counted for themselves
    of_cases = kinds if apart else 1

    def query(stretch: Stretch) -> Grouped:
        now = counted(stretch)
        truths = (now.hit, *now.beside, *([now.behind] if apart and now.behind is not None else []))
        return Grouped(now.rows, [now.organisation, *by_case], [Count("*"), *(Count("pk", filter=Q(one)) for one in truths)])

    sums: dict[Key, list[int]] = defaultdict(lambda: [0] * (kinds + apart))
    cases: dict[Key, list[UUID]] = defaultdict(list)
    for place, organisation, *found in over_stretches(asked, query):
        key, numbers = (organisation, place), found[len(by_case) :]
        sums[key] = [so_far + more for so_far, more in zip(sums[key], numbers, strict=True)]
        if by_case and numbers[of_cases]:
            cases[key].append(found[0])
    nothing = [0] * kinds

    def answer(key: Key) -> Tally:
        of, hits, *beside = sums.get(key, nothing)[:kinds]
        return Tally(of, hits, tuple(beside), each_once(cases.get(key, ())))

    return answer


class Grouped(NamedTuple):
    """Rows, what they are grouped by, and what is computed of each group; nothing: which groups there are."""

    rows: QuerySet[Any]
    by: Sequence[str]
    computed: Sequence[Any]


def over_stretches(asked: Asked, query: Callable[[Stretch], Grouped]) -> list[tuple[Any, ...]]:
    """The groups of every stretch, each with the place of its stretch before it. One statement, however many stretches."""
    parts = [_part(place, query(stretch)) for place, stretch in enumerate(asked.stretches)]
    return list(parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0])


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
