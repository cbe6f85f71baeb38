"""Organisations, people, appointments, training and promises: acts on no case, in the organisation's own chain."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from audit.ids import uuid7
from audit.record import Act
from cases.models import Appointment, Confidentiality, Incident, Organisation, Person, Seat, TrainingRecord
from permissions.eligibility import day_of
from permissions.roles import COORDINATOR, DIRECTORATE, LAY, LEAD, PSP, QUALITY, ROLES, SPECIALIST, known_role
from permissions.scope import running_appointments
from permissions.verdict import STALE, Verdict, judge, require
from workflows.doors.requirements import set_in_force
from workflows.doors.sight import renew_everywhere
from workflows.organisation_door import organisation_door

KEEPERS = (COORDINATOR, SPECIALIST, QUALITY)
"""Who keeps the records of people: a person may not write their own (four eyes)."""

BRING_INCIDENTS = (LEAD, DIRECTORATE, QUALITY, SPECIALIST)
"""Who brings incidents over from the incident system."""


def may_keep(organisation: Organisation, by: Person | None, at: datetime, about: Person | None = None) -> list[Verdict]:
    """Whether `by` may write records of people here. None is an import or the set-up, acting for the system."""
    if by is None:
        return [judge(True, "R16", "The system writes it")]
    codes = [role.code for role in KEEPERS]
    holds = running_appointments(at).filter(person=by, organisation=organisation, role__in=codes).exists()
    return [
        judge(holds, "R16", "The coordinator, the safety specialist or the quality team keeps the records of people."),
        judge(about is None or about.pk != by.pk, "R18", "You may not write your own record.", "A colleague must do it."),
    ]


def _this(organisation: Organisation, **_: Any) -> UUID:
    return organisation.pk


def _theirs(person: Person, **_: Any) -> UUID:
    return person.organisation_id


def _of_appointment(appointment: Appointment, **_: Any) -> UUID:
    return appointment.organisation_id


def _known_or_new(ods_code: str, at: datetime, by: Person | None, **_: Any) -> UUID:
    """A person who tries to add an organisation is refused in the chain of their own."""
    known = Organisation.objects.filter(ods_code=ods_code).values_list("pk", flat=True).first()
    return known or (by.organisation_id if by else uuid7(at))


@organisation_door("organisation_recorded", _known_or_new)
def record_organisation(act: Act, *, by: Person | None, ods_code: str, name: str, kind: str, **other: Any) -> Organisation:
    """Add an organisation, or change the one with this ODS code. A person may only change their own. Raises Refused."""
    new = act.organisation_id if by is None else uuid7(act.at)
    found = Organisation.objects.filter(ods_code=ods_code).first() or Organisation(id=new, ods_code=ods_code)
    require(*may_keep(found, by, act.at))
    found.name, found.kind = name, kind
    for column, value in other.items():
        setattr(found, column, value)
    found.save()
    act.facts.update(organisation=name, ods_code=ods_code)
    return found


@organisation_door("person_recorded", _this)
def record_person(
    act: Act, *, by: Person | None, organisation: Organisation, name: str, email: str = "", person: Person | None = None,
    **other: Any,
) -> Person:  # fmt: skip
    """Add a person, or change the one with this e-mail address, or the `person` named. Raises Refused."""
    email = email.strip().lower()
    known = Person.objects.filter(email__iexact=email).first() if email else None
    found = person or known or Person(id=uuid7(act.at), organisation=organisation)
    require(
        *may_keep(organisation, by, act.at, about=found),
        judge(bool(name.strip()), "R16", "Give the name."),
        judge(found.organisation_id == organisation.pk, "IG3", f"{email} belongs to another organisation."),
        judge(known is None or known.pk == found.pk, "R16", f"{email} is the address of somebody else already."),
        _keeps_account(found, by, other),
    )
    found.name, found.email = name, email
    for column, value in other.items():
        setattr(found, column, value)
    found.save()
    act.facts.update(person=name, person_id=str(found.pk))
    return found


def _keeps_account(person: Person, by: Person | None, given: dict[str, Any]) -> Verdict:
    """R2: whoever signs in with a person's account speaks for them, so nobody who keeps records exchanges it."""
    account = given.get("account")
    same = by is None or person.account_id is None or account is None or account.pk == person.account_id
    return judge(same, "R2", "This person has an account, and nobody can put another in its place.")


def _lay_voice_stays_lay(person: Person, role: str) -> Verdict:
    """R18: somebody who sits as a lay partner is not made staff of the same organisation meanwhile."""
    card = ROLES.get(role)
    sits = Seat.objects.filter(person=person, capacity=LAY, state=Seat.State.ACTIVE, case__closed_at=None)
    clash = card is not None and not card.lay and sits.exists()
    reason = f"{person.name} sits as a lay partner on a case that is open."
    return judge(not clash, "R18", reason, "They step down from it first: staff are no lay voice here.")


def _goes_on(running: Appointment | None, ends_on: date | None) -> bool:
    """Whether a term that ends on this day is no shorter than the one that runs."""
    return running is None or ends_on is None or (running.ends_on is not None and running.ends_on <= ends_on)


def _no_gap(running: Appointment | None, starts_on: date) -> bool:
    """Whether a term that starts on this day follows the one that runs without a day in between."""
    return running is None or running.ends_on is None or starts_on <= running.ends_on + timedelta(days=1)


@organisation_door("appointed", _theirs, renew_everywhere)
def appoint(
    act: Act, *, by: Person | None, person: Person, role: str, starts_on: date, ends_on: date | None = None
) -> Appointment:  # fmt: skip
    """Appoint a person to a role in their organisation, or change the term of the appointment that runs. Raises Refused.

    A term that is entered ahead, to follow the one that runs, makes that one longer: nobody is without one in between (IG3).
    """
    running = Appointment.objects.filter(
        person=person, organisation=person.organisation_id, role=role, state=Appointment.State.ACTIVE
    ).first()
    follows = running is not None and running.runs_on(day_of(act.at)) and starts_on > day_of(act.at)
    require(
        known_role(role),
        *may_keep(person.organisation, by, act.at, about=person),
        judge(ends_on is None or starts_on <= ends_on, "H7", "The term ends before it starts."),
        judge(not follows or _no_gap(running, starts_on), "H7", "Days would be left between the term that runs and the next.",
              "Enter it once the first is over, or let it begin on the day after."),
        judge(not follows or _goes_on(running, ends_on), "H7", "The next term would end before the one that runs.",
              "To end one early, end the appointment and say why."),
        _lay_voice_stays_lay(person, role),
    )  # fmt: skip
    card = ROLES[role]
    starts_on = running.starts_on if running and follows else starts_on
    found = running or Appointment(id=uuid7(act.at), person=person, organisation=person.organisation, role=role)
    found.capacity, found.starts_on, found.ends_on = card.capacity, starts_on, ends_on
    found.save()
    act.facts.update(person=person.name, person_id=str(person.pk), role=card.title)
    return found


def may_end_appointment(appointment: Appointment, by: Person | None, at: datetime) -> list[Verdict]:
    """Whether `by` may end this appointment, before they say why."""
    return [
        *may_keep(appointment.person.organisation, by, at, about=appointment.person),
        judge(
            appointment.state == Appointment.State.ACTIVE, STALE, "This appointment has ended already.", "Look at the page again."
        ),
    ]


@organisation_door("appointment_ended", _of_appointment)
def end_appointment(act: Act, *, by: Person | None, appointment: Appointment) -> Appointment:
    """End an appointment today, with a `reason`; what the person sees by it ends with it, on every case (IG3).

    The person, the coordinators and the quality team are told at once. Seats in the group stay, and owe what they owed: to
    end those takes two people on the case (R8). Raises Refused, also where it has ended already.
    """
    found = Appointment.objects.select_for_update(of=("self",)).select_related("person").get(pk=appointment.pk)
    person = found.person
    require(*may_end_appointment(found, by, act.at), judge(bool(act.reason.strip()), "R8", "Give the reason."))
    found.state = Appointment.State.ENDED
    found.save()
    act.facts.update(person=person.name, person_id=str(person.pk), role=ROLES[found.role].title)
    return found


def needs_two_signatures(organisation: Organisation | UUID, subject: str, at: datetime) -> bool:
    """R13: the organisation says what this subject asks of a partner, so that a record of it comes of both signatures."""
    key = organisation.pk if isinstance(organisation, Organisation) else organisation
    return set_in_force(key, PSP.code, subject, day_of(at)) is not None


def _not_signed_alone(person: Person, subject: str, by: Person | None, at: datetime) -> Verdict:
    """R13: sign-off opens seats, and both sign it. An import brings over what was so before."""
    alone = by is not None and needs_two_signatures(person.organisation_id, subject, at)
    remedy = "Start a training for this partner: what they have done already is entered there, and both sign."
    return judge(not alone, "R13", "The partner and the specialist sign off this training together.", remedy)


def _in_order(rule: str, done: date, until: date | None, at: datetime) -> list[Verdict]:
    """What is entered has been done, and runs out no earlier than it began."""
    return [
        judge(done <= day_of(at), rule, "That day is still to come.", "Enter it once it is done."),
        judge(until is None or until >= done, rule, "It would run out before it began.", "Look at the two days again."),
    ]


@organisation_door("training_recorded", _theirs, renew_everywhere)
def record_training(
    act: Act, *, by: Person | None, person: Person, subject: str, completed_on: date,
    valid_until: date | None = None, source: str = "",
) -> TrainingRecord:  # fmt: skip
    """Enter a training that a person completed, or correct the record of that subject and day. Raises Refused.

    Where the organisation says what the subject requires, a record comes of two signatures and not of one person's word.
    """
    require(
        *may_keep(person.organisation, by, act.at, about=person),
        _not_signed_alone(person, subject, by, act.at),
        *_in_order("C3", completed_on, valid_until, act.at),
    )
    same = TrainingRecord.objects.filter(person=person, subject=subject, completed_on=completed_on).first()
    row = same or TrainingRecord(id=uuid7(act.at), person=person, subject=subject, completed_on=completed_on)
    row.valid_until, row.source = valid_until, source
    row.save()
    act.facts.update(person=person.name, person_id=str(person.pk), training=subject)
    return row


@organisation_door("confidentiality_signed", _theirs, renew_everywhere)
def sign_confidentiality(
    act: Act, *, by: Person | None, person: Person, signed_on: date, valid_until: date | None = None
) -> Confidentiality:  # fmt: skip
    """Enter that a person signed the confidentiality agreement. Raises Refused."""
    require(*may_keep(person.organisation, by, act.at, about=person), *_in_order("IG3", signed_on, valid_until, act.at))
    row = Confidentiality(
        id=uuid7(act.at), person=person, organisation=person.organisation, signed_on=signed_on, valid_until=valid_until
    )
    row.save(force_insert=True)
    act.facts.update(person=person.name, person_id=str(person.pk))
    return row


def _may_bring_incidents(organisation: Organisation, by: Person | None, at: datetime) -> Verdict:
    codes = [role.code for role in BRING_INCIDENTS]
    held = running_appointments(at).filter(person=by, organisation=organisation, role__in=codes) if by else None
    titles = ", ".join(role.title.lower() for role in BRING_INCIDENTS)
    return judge(held is None or held.exists(), "R16", f"Incidents are brought in by: {titles}. You hold none of these roles here.")


@organisation_door("incident_recorded", _this)
def record_incident(
    act: Act, *, by: Person | None, organisation: Organisation, reference: str, incident_on: date, summary: str, **other: Any
) -> Incident:
    """Add an incident from the trust's incident system, or change the one with this reference. Raises Refused."""
    require(_may_bring_incidents(organisation, by, act.at))
    found = Incident.objects.filter(organisation=organisation, reference=reference).first()
    found = found or Incident(id=uuid7(act.at), organisation=organisation, reference=reference)
    found.incident_on, found.summary = incident_on, summary
    for column, value in other.items():
        setattr(found, column, value)
    found.save()
    act.facts.update(incident=reference)
    return found
