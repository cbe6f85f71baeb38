"""What the opening of a case needs besides moving it: who may, its reference, its first seats, the stored definition."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from audit.history import add_facts
from audit.ids import uuid7
from audit.models import Event
from audit.record import Act, Actor, current_act
from cases.models import Appointment, Case, Incident, Organisation, Person, Seat, StoredDefinition
from permissions.capacity import capacity_of
from permissions.eligibility import may_sit
from permissions.roles import LAY, ROLES, STAFF, Role
from permissions.scope import running_appointments
from permissions.verdict import Verdict, judge, refuse
from workflows import fingerprint
from workflows.calendar import Calendar, london_day
from workflows.definition import Process, Seats
from workflows.door import token_of
from workflows.facts import Moment, clean_facts
from workflows.look import Look


def calendar_of(organisation: Organisation) -> Calendar:
    """The working days of an organisation."""
    return Calendar(frozenset(date.fromisoformat(day) for day in organisation.closed_days))


def next_reference(organisation: Organisation, code: str, year: int) -> str:
    """The next readable reference, for example OVS-2026-0007. The organisation's row is locked."""
    start = f"{code}-{year}-"
    last = Case.objects.filter(organisation=organisation, reference__startswith=start).order_by("-reference").first()
    return f"{start}{int(last.reference.removeprefix(start)) + 1 if last else 1:04d}"


def opened_before(organisation: Organisation, by: Person | None, request: str) -> Case | None:
    """The case that the same request opened, if it did."""
    if not request:
        return None
    done = Event.objects.filter(
        organisation_id=organisation.pk, kind="case_opened", request=token_of(by, request, "case_opened")
    ).first()
    return Case.objects.get(pk=done.case_id) if done else None


def may_open(
    process: Process,
    organisation: Organisation,
    by: Person | None,
    people: dict[str, Person],
    at: datetime,
    incident: Incident | None,
) -> list[Verdict]:
    """Whoever opens holds one of the process's opening roles here; every seat asked for at the opening is named."""
    verdicts = [_may_start(process, organisation, by, at), _not_yet_open(process, organisation, incident)]
    case = Case(organisation=organisation)
    for seats in process.seats:
        if seats.asked_at_opening:
            person = people.get(seats.role.code)
            if person is None:
                verdicts.append(refuse(process.first.ref, f"Say who the {seats.role.title.lower()} is."))
            elif person.organisation_id != organisation.pk:
                verdicts.append(refuse("IG3", f"{person.name} does not belong to this organisation."))
            else:
                verdicts += may_sit(person, case, seats.role, at, seats.trained_in)
    return verdicts


def _may_start(process: Process, organisation: Organisation, by: Person | None, at: datetime) -> Verdict:
    if by is None:
        return judge(True, process.first.ref, "An import opens cases")
    codes = [role.code for role in process.opened_by]
    holds = running_appointments(at).filter(person=by, organisation=organisation, role__in=codes).exists()
    titles = ", ".join(role.title.lower() for role in process.opened_by)
    return judge(holds, process.first.ref, f"A case is opened by: {titles}. You hold none of these roles here.")


def _not_yet_open(process: Process, organisation: Organisation, incident: Incident | None) -> Verdict:
    """An incident has one live case. One that has ended, for whatever reason, stands in nobody's way."""
    found = newest_case_of(process.code, organisation, incident) if incident else None
    return judge(
        found is None or not found.is_open,
        process.first.ref,
        f"A case is already open for this incident: {found}.",
        "Go on with that one.",
    )


def newest_case_of(process: str, organisation: Organisation, incident: Incident) -> Case | None:
    """The newest case about an incident: the live one, where there is one."""
    cases = Case.objects.filter(organisation=organisation, process=process, incident_reference=incident.reference)
    return cases.order_by("-opened_at", "-id").first()


def known_already(process: Process, given: dict[str, Any], at: datetime) -> dict[str, Any]:
    """What the process begins with, and answers to some of the first stage's questions, checked as if given there.

    Raises Refused naming every one at fault.
    """
    asked = tuple(fact for fact in process.first.records if fact.code in given)
    return clean_facts((*process.begins_with, *asked), given, Moment(london_day(at)))


def capacity_of_opener(process: Process, by: Person | None, at: datetime) -> str:
    """R12: whether staff or a lay partner began it; "system" for an import."""
    if by is None:
        return "system"
    held = running_appointments(at).filter(person=by, role__in=[role.code for role in process.opened_by if not role.lay])
    return STAFF if held.exists() else capacity_of(by, at)


def act_of_opening(case: Case, by: Person | None, at: datetime, request: str) -> Act:
    """The first act in the case's chain."""
    actor = Actor(by.pk, by.name, case.opened_as) if by else Actor(None, "The system", "system")
    return Act(
        "case_opened",
        actor,
        at,
        case.organisation_id,
        case.pk,
        request=token_of(by, request, "case_opened"),
        fingerprint=fingerprint.of(case.process, case.definition_version),
        facts={
            "reference": case.reference,
            "title": case.title,
            "process": case.process,
            "definition_version": case.definition_version,
            **({"set_down": dict(case.facts)} if case.facts else {}),
        },
    )


def store_definition(process: Process, at: datetime) -> None:
    """Keep the definition when it is first used, so that the case can be read by the rules of its day."""
    mark = fingerprint.of(process.code, process.version)
    if StoredDefinition.objects.filter(fingerprint=mark).exists():
        return
    StoredDefinition(
        id=uuid7(at),
        process=process.code,
        definition_version=process.version,
        fingerprint=mark,
        definition=fingerprint.definition_json(process),
    ).save(force_insert=True)


def fill_seats(look: Look, by: Person | None, people: dict[str, Person]) -> None:
    """Seat those named at the opening and the holders of each office, active at once; and a lay partner who opens it."""
    look.seats = [seat_of_office(look, one) for one in holders(look)]
    for seats in look.process.seats:
        if seats.asked_at_opening:
            look.seats.append(_seat(look, seats.role, people[seats.role.code], by))
    own = lay_seats_of_opener(look.process) if look.case.opened_as == LAY else None
    if own and by and all(seat.person_id != by.pk for seat in look.seats):
        look.seats.append(_seat_of_opener(look, own.role, by))
    act = current_act()
    add_facts((act, seat) for seat in look.seats)


def lay_seats_of_opener(process: Process) -> Seats | None:
    """The lay seats that a partner takes one of by opening a case (R12)."""
    return next((seats for seats in process.seats if seats.role.lay and seats.role in process.opened_by), None)


def _seat_of_opener(look: Look, role: Role, by: Person) -> Seat:
    """Accepted by the act of opening; it sees and counts once the partner has declared their interests (IG3)."""
    seat = _seat(look, role, by, by)
    seat.state, seat.active_from, seat.replied_at = Seat.State.ACCEPTED, None, look.at
    seat.why = "Began this case."
    return seat


def holders(look: Look) -> list[Appointment]:
    """Who holds the offices that the process seats by themselves, today."""
    codes = [seats.role.code for seats in look.process.seats if seats.role.office and seats.offered_by is None]
    held = running_appointments(look.at).filter(organisation=look.case.organisation_id, role__in=codes)
    return list(held.select_related("person").order_by("role", "id"))


def seat_of_office(look: Look, appointment: Appointment) -> Seat:
    """The seat of an office holder, active at once; not saved."""
    return _seat(look, ROLES[appointment.role], appointment.person, None)


def _seat(look: Look, role: Role, person: Person, by: Person | None) -> Seat:
    return Seat(
        id=uuid7(look.at),
        case=look.case,
        person=person,
        role=role.code,
        capacity=role.capacity,
        office=role.office,
        state=Seat.State.ACTIVE,
        offered_by=by,
        offered_at=look.at,
        active_from=look.at,
        trained_in=training_for(look.process, role),
    )


def training_for(process: Process, role: Role) -> str:
    """What a lay person must be trained in to sit in this role; empty for staff and where no training is asked."""
    seats = process.seats_of(role)
    return seats.trained_in if seats and role.lay else ""
