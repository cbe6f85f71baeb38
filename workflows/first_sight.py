"""Parity of notice (R5, R6): from when staff could open each paper, and from when each lay partner could.

A pure function of rows. Every page that says something of it asks this one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from django.db.models import QuerySet

from cases.models import Case, PaperVersion, Seat, Withholding
from workflows.calendar import Calendar, london_day
from workflows.opening import calendar_of

Row = TypeVar("Row", Seat, Withholding)


@dataclass(frozen=True)
class LaySight:
    """One lay seat and one version. `since` None: it cannot open it yet.

    `late`: working days that staff could open it, and whoever sits here could not, though they sat.
    """

    seat: Seat
    since: datetime | None
    late: int


@dataclass(frozen=True)
class FirstSight:
    """One released version: from when staff could open it, and from when each lay seat could, in the order of the seats."""

    version: PaperVersion
    staff_since: datetime
    lay: tuple[LaySight, ...]

    @property
    def late(self) -> int:
        """The most working days that a lay seat had to wait longer than staff."""
        return max((one.late for one in self.lay), default=0)

    @property
    def waits(self) -> bool:
        """Whether a lay seat still cannot open it."""
        return any(one.since is None for one in self.lay)


def first_sights(
    versions: Iterable[PaperVersion], seats: Sequence[Seat], withholdings: Iterable[Withholding], calendar: Calendar, at: datetime
) -> list[FirstSight]:
    """Of each released version of one case, oldest first. What is held back in part can be opened: its file is another one."""
    whole = [one for one in withholdings if one.is_whole]
    released = sorted((one for one in versions if one.released_at), key=lambda one: (one.released_at, str(one.pk)))
    return [_of_version(one, seats, [w for w in whole if w.paper_id == one.paper_id], calendar, at) for one in released]


def _of_version(
    version: PaperVersion, seats: Sequence[Seat], held: Sequence[Withholding], calendar: Calendar, at: datetime
) -> FirstSight:  # fmt: skip
    assert version.released_at
    sitting = [(seat, max(version.released_at, seat.active_from)) for seat in seats if seat.active_from]
    begun = [(seat, begin) for seat, begin in sitting if seat.ended_at is None or seat.ended_at > begin]
    staff = min((begin for seat, begin in begun if not seat.is_lay), default=version.released_at)
    lay = tuple(_lay(seat, max(begin, staff), held, calendar, at) for seat, begin in begun if seat.is_lay)
    return FirstSight(version, staff, lay)


def _lay(seat: Seat, begin: datetime, held: Sequence[Withholding], calendar: Calendar, at: datetime) -> LaySight:
    """`begin`: from when the seat could have opened it as staff could, had nothing been held back."""
    since: datetime | None = begin
    for one in sorted(held, key=lambda one: one.decided_at):
        if since is not None and one.decided_at <= since and (one.ended_at is None or one.ended_at > since):
            since = one.ended_at
    until = min(one for one in (since, seat.ended_at, at) if one is not None)
    return LaySight(seat, since, max(0, calendar.between(london_day(begin), london_day(until))))


def first_sights_in(cases: QuerySet[Case], at: datetime) -> list[FirstSight]:
    """Of every released version of these cases. Four statements, whatever the number of rows; one where there is no case."""
    found = {case.pk: case for case in cases.select_related("organisation")}
    if not found:
        return []
    versions = PaperVersion.objects.filter(paper__case__in=found, released_at__isnull=False).select_related("paper")
    seats = _by_case(
        Seat.objects.filter(case__in=found).select_related("person", "case__organisation").order_by("active_from", "id")
    )
    held = _by_case(Withholding.objects.filter(case__in=found, version=None))
    of_case = defaultdict[UUID, list[PaperVersion]](list)
    for version in versions:
        of_case[version.paper.case_id].append(version)
    told = (first_sights(of, seats[pk], held[pk], calendar_of(found[pk].organisation), at) for pk, of in of_case.items())
    return [one for of_one in told for one in of_one]


def _by_case(rows: Iterable[Row]) -> defaultdict[UUID, list[Row]]:
    found = defaultdict[UUID, list[Row]](list)
    for one in rows:
        found[one.case_id].append(one)
    return found
