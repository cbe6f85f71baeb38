"""The groups of organisations as their record has them: committees from their register, groups of cases from their seats.

All of it is read from history: a day long past is told as it was on record on that day, and nobody can fill a seat backwards.
A fixed number of statements, however many groups there are, and of how many organisations.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, time, timedelta
from functools import reduce
from operator import or_
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Case as Choice
from django.db.models import DateField, Exists, F, Min, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce, TruncDate

from audit.history import history_of
from cases.models import Appointment, Case, GroupSeat, Organisation, SafetyGroup, Seat, TrainingRecord, Visit
from permissions.eligibility import day_of
from permissions.roles import PSP
from workflows.ambition.group import FOR_EVER, Group, Place, Stay
from workflows.calendar import LONDON
from workflows.definition import Seats
from workflows.registry import process_of
from workflows.signals.counted import definitions
from workflows.tenants import Tenants

ONE_DAY = timedelta(days=1)
ALWAYS = Stay(date(1900, 1, 1))

Stays = Mapping[UUID, list[Stay]]
Partners = Mapping[UUID, Stays]
"""When each person was appointed as a partner, by organisation and person."""


class Version(NamedTuple):
    """One version of a row, as far as it is read: whose it is, and the days on which it was on record."""

    organisation: UUID
    key: UUID
    row: Any
    stay: Stay


def groups_of(organisation: Organisation) -> list[Group]:
    """Every group of an organisation that there ever was, committees first, by name. Five statements."""
    return groups_in(Tenants([organisation.pk]), ALWAYS).get(organisation.pk, [])


def groups_in(whose: Tenants, days: Stay, appointed: Partners | None = None) -> dict[UUID, list[Group]]:
    """The groups that stood on any of these days, by organisation: committees first, by name. Five statements; four where it is
    known who was appointed when."""
    partners = appointed if appointed is not None else partners_of(whose)
    found: dict[UUID, list[Group]] = defaultdict(list)
    for organisation, group in (*_committees(whose, days, partners), *_groups_of_cases(whose, days, partners)):
        found[organisation].append(group)
    return found


# Versions


def versions_of(model: Any, of: Q, organisation: str, *columns: str) -> Iterator[Version]:
    """Every version of the rows of a recorded model, each row's oldest first; one that another replaced on the same day was on
    record on no day's end. `columns`: what is read of it, besides `history_date`. One statement."""
    rows = history_of(model).objects.filter(of).order_by("id", "history_date", "history_id")
    read = rows.values_list(organisation, "history_type", "id", "history_date", *columns)
    shape = NamedTuple("shape", [("id", UUID), ("history_date", datetime), *((one, Any) for one in columns)])  # type: ignore[misc]
    before: tuple[Any, ...] | None = None
    for now in read:
        if before is not None:
            yield from _on_record(before, day_of(now[3]) if now[2] == before[2] else FOR_EVER, shape)
        before = now
    if before is not None:
        yield from _on_record(before, FOR_EVER, shape)


def _on_record(row: tuple[Any, ...], until: date, shape: Any) -> Iterator[Version]:
    organisation, kind, *columns = row
    since = day_of(columns[1])
    if since < until and kind != "-":
        yield Version(organisation, columns[0], shape._make(columns), Stay(since, until))


def _between(since: date, last: date | None) -> Stay | None:
    """The stay from a day to a last one (included), None where it has none."""
    until = last + ONE_DAY if last else FOR_EVER
    return Stay(since, until) if since < until else None


# Partners


def appointments_of(whose: Tenants) -> list[Version]:
    """The versions of every appointment as a partner. One statement."""
    columns = ("person_id", "state", "starts_on", "ends_on", "history_change_reason")
    return list(versions_of(Appointment, whose.of() & Q(role=PSP.code), "organisation_id", *columns))


def partners_of(whose: Tenants) -> Partners:
    """When each person was appointed as a partner. One statement."""
    return appointed_in(appointments_of(whose))


def appointed_in(versions: Iterable[Version]) -> Partners:
    """When each person was appointed, from the versions of their appointments."""
    found: dict[UUID, dict[UUID, list[Stay]]] = defaultdict(lambda: defaultdict(list))
    for organisation, _, row, on_record in versions:
        term = _between(row.starts_on, row.ends_on) if row.state == Appointment.State.ACTIVE else None
        stay = term.within(on_record) if term else None
        if stay:
            found[organisation][row.person_id].append(stay)
    return found


def trained_in(organisation: Organisation) -> dict[tuple[UUID, str], list[Stay]]:
    """When each person of an organisation held each training, by person and subject. One statement."""
    return trainings_of(Tenants([organisation.pk]))


def trainings_of(whose: Tenants) -> dict[tuple[UUID, str], list[Stay]]:
    """When each person held each training, by person and subject. One statement."""
    found: dict[tuple[UUID, str], list[Stay]] = defaultdict(list)
    columns = ("person_id", "subject", "completed_on", "valid_until")
    for _, _, row, on_record in versions_of(TrainingRecord, whose.of("person__organisation"), "person__organisation_id", *columns):
        valid = _between(row.completed_on, row.valid_until)
        stay = valid.within(on_record) if valid else None
        if stay:
            found[row.person_id, row.subject].append(stay)
    return found


def _while_appointed(places: Iterable[Place], appointed: Stays) -> Iterator[Place]:
    """The places for as long as their holders were partners of the organisation."""
    for place in places:
        for one in appointed.get(place.person, ()):
            stay = place.stay.within(one)
            if stay is place.stay:
                yield place
            elif stay:
                yield Place(place.seat, place.person, place.membership, stay, place.offered_by)


# Committees


def _committees(whose: Tenants, days: Stay, appointed: Partners) -> list[tuple[UUID, Group]]:
    seats: dict[UUID, list[Place]] = defaultdict(list)
    for _, group, place in places_in_committees(whose):
        seats[group].append(place)
    versions: dict[tuple[UUID, UUID], list[Version]] = defaultdict(list)
    for one in versions_of(SafetyGroup, whose.of(), "organisation_id", *_OF_A_COMMITTEE):
        versions[one.organisation, one.key].append(one)
    made = [
        (organisation, _committee(rows, tuple(_while_appointed(seats.get(key, ()), appointed.get(organisation, {})))))
        for (organisation, key), rows in versions.items()
    ]
    return sorted(((whose_is, one) for whose_is, one in made if one.stay.within(days)), key=lambda pair: pair[1].name)


_OF_A_COMMITTEE = ("name", "kind", "trained_in", "target", "closed_on")


def _committee(versions: list[Version], places: tuple[Place, ...]) -> Group:
    last, since = versions[-1].row, versions[0].stay.since
    targets = tuple((one.stay.since, one.row.target) for one in versions)
    stay = Stay(since, max(since, last.closed_on) if last.closed_on else FOR_EVER)
    return Group(last.id, last.name, last.kind, last.trained_in, stay, targets, places)


def places_in_committees(whose: Tenants) -> Iterator[tuple[UUID, UUID, Place]]:
    """Who sat in which committee of which organisation, whether still a partner or not. One statement."""
    columns = ("group_id", "person_id", "membership", "starts_on", "ended_on")
    for found in versions_of(GroupSeat, whose.of("group__organisation"), "group__organisation_id", *columns):
        row = found.row
        stay = Stay(row.starts_on, row.ended_on or FOR_EVER).within(found.stay)
        if stay:
            yield found.organisation, row.group_id, Place(found.key, row.person_id, row.membership, stay)


# Groups of cases


def lay_seats_of(code: str, version: int | None = None) -> Seats | None:
    """The seats for partners in the group of a case; None where its process has none."""
    return next((one for one in process_of(code, version).seats if one.role == PSP and one.target), None)


def processes_with_groups() -> list[str]:
    """The codes of the processes whose cases have a group with partners in it."""
    return sorted({one.code for one in definitions() if lay_seats_of(one.code)})


class Formed(NamedTuple):
    """A case whose group has formed, or is forming: since when it has been out of its first stage."""

    organisation: UUID
    key: UUID
    process: str
    version: int
    title: str
    reference: str
    closed_at: datetime | None
    since: datetime


def _groups_of_cases(whose: Tenants, days: Stay, appointed: Partners) -> list[tuple[UUID, Group]]:
    cases = _formed(whose, days)
    places = _places_on(cases)
    read = (Formed(*row) for row in cases.order_by("reference").values_list(*_OF_A_CASE))
    made = [
        (one.organisation, _group_of(one, tuple(_while_appointed(places.get(one.key, ()), appointed.get(one.organisation, {})))))
        for one in read
    ]
    return [(organisation, one) for organisation, one in made if one.stay.within(days)]


_OF_A_CASE = ("organisation_id", "pk", "process", "definition_version", "title", "reference", "closed_at", "since")


def _formed(whose: Tenants, days: Stay) -> QuerySet[Case]:
    """The cases that were out of their first stage on any of these days, and open: until then no group is being formed."""
    first = Choice(*(When(process=code, then=Value(process_of(code).first.code)) for code in processes_with_groups()))
    out = Visit.objects.filter(~Q(stage=OuterRef("first_stage")), case=OuterRef("pk")).order_by()
    by_then = out if days.until == FOR_EVER else out.filter(opened_at__lt=midnight(days.until))
    since = Subquery(out.values("case").annotate(at=Min("opened_at")).values("at"))
    cases = Case.objects.filter(_open_after(days.since), whose.of(), process__in=processes_with_groups())
    return cases.alias(first_stage=first).filter(Exists(by_then)).annotate(since=since)


def out_of_the_first_stage() -> QuerySet[Visit]:
    """The stays in any other stage."""
    codes = processes_with_groups()
    return Visit.objects.filter(reduce(or_, (Q(case__process=code) & ~Q(stage=process_of(code).first.code) for code in codes)))


def _open_after(day: date) -> Q:
    return Q(closed_at__isnull=True) | Q(closed_at__gte=midnight(day))


def midnight(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=LONDON)


def _places_on(cases: QuerySet[Case]) -> dict[UUID, list[Place]]:
    """Who sat in the group of which case, each from the day of a version on which the seat was active to that of the next."""
    history: Any = history_of(Seat)
    later = Q(history_date__gt=OuterRef("history_date")) | Q(
        history_date=OuterRef("history_date"), history_id__gt=OuterRef("history_id")
    )
    following = history.objects.filter(later, id=OuterRef("id")).order_by("history_date", "history_id").values("history_date")[:1]
    active = history.objects.filter(case__in=cases.order_by().values("pk"), role=PSP.code, state=Seat.State.ACTIVE)
    stays = active.exclude(history_type="-").annotate(
        since=TruncDate("history_date", tzinfo=LONDON),
        until=Coalesce(TruncDate(Subquery(following), tzinfo=LONDON), FOR_EVER, output_field=DateField()),
    )
    found: dict[UUID, list[Place]] = defaultdict(list)
    read = stays.filter(since__lt=F("until")).order_by("id", "history_date", "history_id")
    for case, seat, person, membership, offered_by, since, until in read.values_list(*_OF_A_SEAT):
        found[case].append(Place(seat, person, membership, Stay(since, until), offered_by))
    return found


_OF_A_SEAT = ("case_id", "id", "person_id", "membership", "offered_by_id", "since", "until")


def _group_of(case: Formed, places: tuple[Place, ...]) -> Group:
    seats = lay_seats_of(case.process, case.version)
    assert seats
    since = day_of(case.since)
    until = max(since, day_of(case.closed_at)) if case.closed_at else FOR_EVER
    return Group(
        case.key, f"{case.title}, {case.reference}", case.process, seats.trained_in, Stay(since, until), ((since, seats.target),),
        places, is_case=True,
    )  # fmt: skip
