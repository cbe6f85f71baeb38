"""Organisations, people, appointments, training and promises: acts on no case, in the organisation's own chain."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from audit.ids import uuid7
from audit.record import Act
from cases.models import Appointment, Confidentiality, Incident, Organisation, Person, RequirementSet, Seat, TrainingRecord
from permissions.roles import COORDINATOR, DIRECTORATE, LAY, LEAD, PSP, QUALITY, ROLES, SPECIALIST, known_role
from permissions.scope import running_appointments
from permissions.verdict import Verdict, judge, require
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
    act: Act, *, by: Person | None, organisation: Organisation, name: str, email: str = "", **other: Any
) -> Person:  # fmt: skip
    """Add a person, or change the one with this e-mail address. Raises Refused."""
    email = email.strip().lower()
    found = Person.objects.filter(email__iexact=email).first() if email else None
    found = found or Person(id=uuid7(act.at), organisation=organisation)
    require(
        *may_keep(organisation, by, act.at),
        judge(found.organisation_id == organisation.pk, "IG3", f"{email} belongs to another organisation."),
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


@organisation_door("appointed", _theirs, renew_everywhere)
def appoint(
    act: Act, *, by: Person | None, person: Person, role: str, starts_on: date, ends_on: date | None = None
) -> Appointment:  # fmt: skip
    """Appoint a person to a role in their organisation, or change the term of the appointment that runs. Raises Refused."""
    require(
        known_role(role),
        *may_keep(person.organisation, by, act.at, about=person),
        judge(ends_on is None or starts_on <= ends_on, "H7", "The term ends before it starts."),
        _lay_voice_stays_lay(person, role),
    )
    card = ROLES[role]
    running = Appointment.objects.filter(
        person=person, organisation=person.organisation_id, role=role, state=Appointment.State.ACTIVE
    ).first()
    found = running or Appointment(id=uuid7(act.at), person=person, organisation=person.organisation, role=role)
    found.capacity, found.starts_on, found.ends_on = card.capacity, starts_on, ends_on
    found.save()
    act.facts.update(person=person.name, person_id=str(person.pk), role=card.title)
    return found


@organisation_door("appointment_ended", _of_appointment)
def end_appointment(act: Act, *, by: Person | None, appointment: Appointment) -> Appointment:
    """End an appointment today, with a `reason`; what the person sees by it ends with it, on every case (IG3).

    Seats in the group stay, and owe what they owed: to end those takes two people on the case (R8).
    """
    person = appointment.person
    require(*may_keep(person.organisation, by, act.at, about=person), judge(bool(act.reason.strip()), "R8", "Give the reason."))
    appointment.state = Appointment.State.ENDED
    appointment.save()
    act.facts.update(person=person.name, person_id=str(person.pk), role=ROLES[appointment.role].title)
    return appointment


def _not_signed_alone(person: Person, subject: str, by: Person | None, at: datetime) -> Verdict:
    """R13: sign-off opens seats, and both sign it. An import brings over what was so before."""
    sets = RequirementSet.objects.filter(organisation=person.organisation_id, task=subject, role=PSP.code, starts_on__lte=at.date())
    alone = by is not None and sets.exists()
    remedy = "Start a training for this partner: what they have done already is entered there, and both sign."
    return judge(not alone, "R13", "The partner and the specialist sign off this training together.", remedy)


@organisation_door("training_recorded", _theirs, renew_everywhere)
def record_training(
    act: Act, *, by: Person | None, person: Person, subject: str, completed_on: date,
    valid_until: date | None = None, source: str = "",
) -> TrainingRecord:  # fmt: skip
    """Enter a training that a person completed, or correct the record of that subject and day. Raises Refused.

    Where the organisation says what the subject requires, a record comes of two signatures and not of one person's word.
    """
    require(*may_keep(person.organisation, by, act.at, about=person), _not_signed_alone(person, subject, by, act.at))
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
    require(*may_keep(person.organisation, by, act.at, about=person))
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
