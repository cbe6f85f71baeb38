"""Organisations, people, appointments, training and promises: acts on no case, in the organisation's own chain."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from audit.ids import uuid7
from cases.models import Appointment, Confidentiality, Incident, Organisation, Person, TrainingRecord
from permissions.roles import COORDINATOR, DIRECTORATE, LEAD, QUALITY, ROLES, SPECIALIST
from permissions.scope import running_appointments
from permissions.verdict import Verdict, judge, require
from workflows.door import organisation_act

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


def record_organisation(
    *, ods_code: str, name: str, kind: str, at: datetime, by: Person | None = None, **other: Any
) -> Organisation:
    """Add an organisation, or change the one with this ODS code. A person may only change their own. Raises Refused."""
    found = Organisation.objects.filter(ods_code=ods_code).first() or Organisation(id=uuid7(at), ods_code=ods_code)
    require(*may_keep(found, by, at))
    with organisation_act("organisation_recorded", organisation_id=found.pk, by=by, at=at) as act:
        found.name, found.kind = name, kind
        for column, value in other.items():
            setattr(found, column, value)
        found.save()
        act.facts.update(organisation=name, ods_code=ods_code)
    return found


def record_person(
    *, organisation: Organisation, name: str, at: datetime, by: Person | None = None, email: str = "", **other: Any
) -> Person:
    """Add a person, or change the one with this e-mail address. Raises Refused."""
    require(*may_keep(organisation, by, at))
    email = email.strip().lower()
    found = Person.objects.filter(email__iexact=email).first() if email else None
    found = found or Person(id=uuid7(at), organisation=organisation)
    require(judge(found.organisation_id == organisation.pk, "IG3", f"{email} belongs to another organisation."))
    with organisation_act("person_recorded", organisation_id=organisation.pk, by=by, at=at) as act:
        found.name, found.email = name, email
        for column, value in other.items():
            setattr(found, column, value)
        found.save()
        act.facts.update(person=name, person_id=str(found.pk))
    return found


def appoint(
    *, person: Person, role: str, starts_on: date, at: datetime, by: Person | None = None, ends_on: date | None = None
) -> Appointment:
    """Appoint a person to a role in their organisation, or change the term of the appointment that runs. Raises Refused."""
    card = ROLES[role]
    require(
        *may_keep(person.organisation, by, at, about=person),
        judge(ends_on is None or starts_on <= ends_on, "H7", "The term ends before it starts."),
    )
    running = Appointment.objects.filter(
        person=person, organisation=person.organisation_id, role=role, state=Appointment.State.ACTIVE
    ).first()
    found = running or Appointment(id=uuid7(at), person=person, organisation=person.organisation, role=role)
    with organisation_act("appointed", organisation_id=person.organisation_id, by=by, at=at) as act:
        found.capacity, found.starts_on, found.ends_on = card.capacity, starts_on, ends_on
        found.save()
        act.facts.update(person=person.name, person_id=str(person.pk), role=card.title)
    return found


def end_appointment(*, appointment: Appointment, at: datetime, reason: str, by: Person | None = None) -> Appointment:
    """End an appointment today. Seats that were taken with it are ended on their cases, each by its own act."""
    person = appointment.person
    require(*may_keep(person.organisation, by, at, about=person), judge(bool(reason.strip()), "R8", "Give the reason."))
    with organisation_act("appointment_ended", organisation_id=appointment.organisation_id, by=by, at=at, reason=reason) as act:
        appointment.state = Appointment.State.ENDED
        appointment.save()
        act.facts.update(person=person.name, person_id=str(person.pk), role=ROLES[appointment.role].title)
    return appointment


def record_training(
    *,
    person: Person,
    subject: str,
    completed_on: date,
    at: datetime,
    valid_until: date | None = None,
    source: str = "",
    by: Person | None = None,
) -> TrainingRecord:
    """Enter a training that a person completed, or correct the record of that subject and day. Raises Refused."""
    require(*may_keep(person.organisation, by, at, about=person))
    same = TrainingRecord.objects.filter(person=person, subject=subject, completed_on=completed_on).first()
    row = same or TrainingRecord(id=uuid7(at), person=person, subject=subject, completed_on=completed_on)
    with organisation_act("training_recorded", organisation_id=person.organisation_id, by=by, at=at) as act:
        row.valid_until, row.source = valid_until, source
        row.save()
        act.facts.update(person=person.name, person_id=str(person.pk), training=subject)
    return row


def sign_confidentiality(
    *, person: Person, signed_on: date, at: datetime, valid_until: date | None = None, by: Person | None = None
) -> Confidentiality:
    """Enter that a person signed the confidentiality agreement. Raises Refused."""
    require(*may_keep(person.organisation, by, at, about=person))
    with organisation_act("confidentiality_signed", organisation_id=person.organisation_id, by=by, at=at) as act:
        row = Confidentiality(
            id=uuid7(at), person=person, organisation=person.organisation, signed_on=signed_on, valid_until=valid_until
        )
        row.save(force_insert=True)
        act.facts.update(person=person.name, person_id=str(person.pk))
    return row


def _may_bring_incidents(organisation: Organisation, by: Person | None, at: datetime) -> Verdict:
    codes = [role.code for role in BRING_INCIDENTS]
    held = running_appointments(at).filter(person=by, organisation=organisation, role__in=codes) if by else None
    titles = ", ".join(role.title.lower() for role in BRING_INCIDENTS)
    return judge(held is None or held.exists(), "R16", f"Incidents are brought in by: {titles}. You hold none of these roles here.")


def record_incident(
    *,
    organisation: Organisation,
    reference: str,
    incident_on: date,
    summary: str,
    at: datetime,
    by: Person | None = None,
    **other: Any,
) -> Incident:
    """Add an incident from the trust's incident system, or change the one with this reference. Raises Refused."""
    require(_may_bring_incidents(organisation, by, at))
    found = Incident.objects.filter(organisation=organisation, reference=reference).first()
    found = found or Incident(id=uuid7(at), organisation=organisation, reference=reference)
    with organisation_act("incident_recorded", organisation_id=organisation.pk, by=by, at=at) as act:
        found.incident_on, found.summary = incident_on, summary
        for column, value in other.items():
            setattr(found, column, value)
        found.save()
        act.facts.update(incident=reference)
    return found
