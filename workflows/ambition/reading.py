"""The groups of an organisation as its record has them: committees from their register, groups of cases from their seats.

All of it is read from history: a day long past is told as it was on record on that day, and nobody can fill a seat backwards.
A fixed number of statements, however many groups there are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import F, Min

from audit.history import HistoryRow, history_of
from cases.models import Appointment, Case, GroupSeat, Organisation, SafetyGroup, Seat, TrainingRecord, Visit
from permissions.eligibility import day_of
from permissions.roles import PSP
from workflows.ambition.group import FOR_EVER, Group, Place, Stay
from workflows.definition import Seats
from workflows.registry import process_of
from workflows.signals.counted import definitions

Stays = Mapping[UUID, list[Stay]]
Versions = dict[UUID, list[tuple[Any, Stay]]]
ONE_DAY = timedelta(days=1)


def groups_of(organisation: Organisation) -> list[Group]:
    """Every group of an organisation that there ever was, committees first, by name. Six statements."""
    appointed = partners_of(organisation)
    return [*_committees(organisation, appointed), *_groups_of_cases(organisation, appointed)]


def versions_of(model: Any, **of: Any) -> Versions:
    """Every version of the rows of a recorded model, by key, oldest first, each with the days on which it was on record."""
    rows = history_of(model).objects.filter(**of).order_by("history_date", "history_id")
    found: dict[UUID, list[HistoryRow]] = defaultdict(list)
    for row in rows:
        found[row.id].append(row)
    return {key: list(_on_record(versions)) for key, versions in found.items()}


def _on_record(versions: list[Any]) -> Iterator[tuple[Any, Stay]]:
    """Each version with its stay; one that another replaced on the same day was on record on no day's end."""
    ends = [*(day_of(one.history_date) for one in versions[1:]), FOR_EVER]
    for version, until in zip(versions, ends, strict=True):
        since = day_of(version.history_date)
        if since < until and version.history_type != "-":
            yield version, Stay(since, until)


def _between(since: date, last: date | None) -> Stay | None:
    """The stay from a day to a last one (included), None where it has none."""
    until = last + ONE_DAY if last else FOR_EVER
    return Stay(since, until) if since < until else None


def partners_of(organisation: Organisation) -> dict[UUID, list[Stay]]:
    """When each person was appointed as a partner here. One statement."""
    found: dict[UUID, list[Stay]] = defaultdict(list)
    for versions in versions_of(Appointment, organisation=organisation, role=PSP.code).values():
        for row, on_record in versions:
            term = _between(row.starts_on, row.ends_on) if row.state == Appointment.State.ACTIVE else None
            stay = term.within(on_record) if term else None
            if stay:
                found[row.person_id].append(stay)
    return found


def trained_in(organisation: Organisation) -> dict[tuple[UUID, str], list[Stay]]:
    """When each person held each training, by person and subject. One statement."""
    found: dict[tuple[UUID, str], list[Stay]] = defaultdict(list)
    for versions in versions_of(TrainingRecord, person__organisation=organisation).values():
        for row, on_record in versions:
            valid = _between(row.completed_on, row.valid_until)
            stay = valid.within(on_record) if valid else None
            if stay:
                found[row.person_id, row.subject].append(stay)
    return found


def _while_appointed(place: Place, appointed: Stays) -> Iterator[Place]:
    """The place for as long as its holder was a partner of the organisation."""
    for one in appointed.get(place.person, ()):
        stay = place.stay.within(one)
        if stay:
            yield Place(place.seat, place.person, place.membership, stay, place.offered_by)


# Committees


def _committees(organisation: Organisation, appointed: Stays) -> list[Group]:
    seats = _places_in_committees(organisation)
    found = versions_of(SafetyGroup, organisation=organisation)
    made = [_committee(versions, [p for one in seats.get(key, ()) for p in _while_appointed(one, appointed)])
            for key, versions in found.items() if versions]  # fmt: skip
    return sorted(made, key=lambda one: one.name)


def _committee(versions: list[tuple[Any, Stay]], places: list[Place]) -> Group:
    last = versions[-1][0]
    since = versions[0][1].since
    targets = tuple((stay.since, row.target) for row, stay in versions)
    stay = Stay(since, max(since, last.closed_on) if last.closed_on else FOR_EVER)
    return Group(last.id, last.name, last.kind, last.trained_in, stay, targets, tuple(places))


def _places_in_committees(organisation: Organisation) -> dict[UUID, list[Place]]:
    found: dict[UUID, list[Place]] = defaultdict(list)
    for key, versions in versions_of(GroupSeat, group__organisation=organisation).items():
        for row, on_record in versions:
            sat = Stay(row.starts_on, row.ended_on or FOR_EVER)
            stay = sat.within(on_record)
            if stay:
                found[row.group_id].append(Place(key, row.person_id, row.membership, stay))
    return found


# Groups of cases


def lay_seats_of(code: str, version: int | None = None) -> Seats | None:
    """The seats for partners in the group of a case; None where its process has none."""
    return next((one for one in process_of(code, version).seats if one.role == PSP and one.target), None)


def processes_with_groups() -> list[str]:
    """The codes of the processes whose cases have a group with partners in it."""
    return sorted({one.code for one in definitions() if lay_seats_of(one.code)})


def _groups_of_cases(organisation: Organisation, appointed: Stays) -> list[Group]:
    cases = Case.objects.filter(organisation=organisation, process__in=processes_with_groups()).order_by("reference")
    formed, places = _formed_on(organisation), _places_on_cases(organisation)
    return [
        _group_of(case, formed[case.pk], [p for one in places.get(case.pk, ()) for p in _while_appointed(one, appointed)])
        for case in cases if case.pk in formed
    ]  # fmt: skip


def _formed_on(organisation: Organisation) -> dict[UUID, date]:
    """The day on which each case came out of its first stage: until then no group is being formed. One statement."""
    first = {code: process_of(code).first.code for code in processes_with_groups()}
    visits = Visit.objects.filter(case__organisation=organisation, case__process__in=first).order_by()
    found = visits.values("case_id", "stage", process=F("case__process")).annotate(since=Min("opened_at"))
    days: dict[UUID, date] = {}
    for one in found:
        if one["stage"] != first[one["process"]]:
            day = day_of(one["since"])
            days[one["case_id"]] = min(day, days.get(one["case_id"], day))
    return days


def _places_on_cases(organisation: Organisation) -> dict[UUID, list[Place]]:
    found: dict[UUID, list[Place]] = defaultdict(list)
    of = {"case__organisation": organisation, "case__process__in": processes_with_groups(), "role": PSP.code}
    for key, versions in versions_of(Seat, **of).items():
        for row, on_record in versions:
            if row.state == Seat.State.ACTIVE:
                found[row.case_id].append(Place(key, row.person_id, row.membership, on_record, row.offered_by_id))
    return found


def _group_of(case: Case, since: date, places: Iterable[Place]) -> Group:
    seats = lay_seats_of(case.process, case.definition_version)
    assert seats
    until = max(since, day_of(case.closed_at)) if case.closed_at else FOR_EVER
    return Group(
        case.pk, f"{case.title}, {case.reference}", case.process, seats.trained_in, Stay(since, until), ((since, seats.target),),
        tuple(places), is_case=True,
    )  # fmt: skip
