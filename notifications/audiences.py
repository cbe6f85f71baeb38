"""Whom a message is for: from a ledger event and the active seats of its case to the keys of people."""

from __future__ import annotations

from collections.abc import Callable

from audit.models import Event
from cases.models import Comment, Declaration, Seat, TrainingItem
from permissions.roles import CALDICOTT, COORDINATOR, EXEC, LAY, QUALITY, ROLES, Role
from permissions.scope import running_appointments
from workflows.expansion import DISSENT_MARK

Audience = Callable[[Event, list[Seat]], set[str]]
"""From an event and the case's active seats to the keys of the people to tell."""


def the_person(event: Event, seats: list[Seat]) -> set[str]:
    """The person that the act was about."""
    return {event.facts["person_id"]} if event.facts.get("person_id") else set()


def everyone(event: Event, seats: list[Seat]) -> set[str]:
    """Everybody with an active seat."""
    return {str(seat.person_id) for seat in seats}


def everyone_else(event: Event, seats: list[Seat]) -> set[str]:
    """Everybody with an active seat, but for the person that the act was about."""
    return everyone(event, seats) - the_person(event, seats)


def everyone_but_those_named(event: Event, seats: list[Seat]) -> set[str]:
    """Everybody with an active seat, but for those whom the act itself names."""
    return everyone(event, seats) - those_named(event, seats)


def lay_partners(event: Event, seats: list[Seat]) -> set[str]:
    """Every lay partner with an active seat."""
    return {str(seat.person_id) for seat in seats if seat.is_lay}


def quality_team(event: Event, seats: list[Seat]) -> set[str]:
    """The quality team of the case."""
    return {str(seat.person_id) for seat in seats if seat.role == QUALITY.code}


def those_named(event: Event, seats: list[Seat]) -> set[str]:
    """The people whom the act itself names: whoever is next up when something is late."""
    return set(event.facts.get("tell", []))


def a_partner_is_charged(event: Event) -> bool:
    """Whether it is written down that training ran out because of the partner (C9)."""
    said = event.facts.get("set_down") or {}
    return TrainingItem.Cause.PARTNER in (said.get("lapse_cause"), said.get("gap_cause"))


def coordinators(event: Event, seats: list[Seat]) -> set[str]:
    """The partner coordinators of the case."""
    return {str(seat.person_id) for seat in seats if seat.role == COORDINATOR.code}


def _in_office(event: Event, *roles: Role) -> set[str]:
    """Whoever holds one of these offices in the organisation, for acts on no case. One statement."""
    held = running_appointments(event.at).filter(organisation=event.organisation_id, role__in=[role.code for role in roles])
    return {str(person) for person in held.values_list("person_id", flat=True)}


def who_keeps_records(event: Event, seats: list[Seat]) -> set[str]:
    """The coordinators and the quality team of the organisation, but for the person that the act was about."""
    return _in_office(event, COORDINATOR, QUALITY) - the_person(event, seats)


def who_watches(event: Event, seats: list[Seat]) -> set[str]:
    """Whoever answers for safety in the organisation, or watches over its records, seated or not. One statement."""
    return _in_office(event, QUALITY, EXEC, CALDICOTT) - the_person(event, seats)


def those_who_lead(event: Event, seats: list[Seat]) -> set[str]:
    """Whoever leads, chairs or sponsors the case."""
    return {str(seat.person_id) for seat in seats if ROLES[seat.role].may("run")}


def the_partner_who_began_it(event: Event, seats: list[Seat]) -> set[str]:
    """The lay partner who opened the case, seated or not (R12)."""
    case = seats[0].case if seats else None
    return _still_free(event, {str(case.opened_by_id)}) if case and case.opened_as == LAY and case.opened_by_id else set()


def _still_free(event: Event, people: set[str]) -> set[str]:
    """Without those who declared a conflict of interest on the case: they hear of it no more (IG3)."""
    gone = Seat.objects.filter(case=event.case_id, state=Seat.State.RECUSED).values_list("person_id", flat=True)
    return people - {str(person) for person in gone}


def partners_who_commented(event: Event, seats: list[Seat]) -> set[str]:
    """Every lay partner who commented on a paper of the case, whether or not they still sit. One statement."""
    found = Comment.objects.filter(case=event.case_id, seat__capacity=LAY).values_list("person_id", flat=True)
    return _still_free(event, {str(person) for person in found.distinct()})


def partners_who_sat(event: Event, seats: list[Seat]) -> set[str]:
    """Every lay partner who sits on the case or has sat on it. One statement."""
    sat = Seat.objects.filter(case=event.case_id, capacity=LAY, active_from__isnull=False).values_list("person_id", flat=True)
    return _still_free(event, {str(person) for person in sat.distinct()})


def other_lay_partners(event: Event, seats: list[Seat]) -> set[str]:
    """Every lay partner with an active seat, but for the person that the act was about."""
    return lay_partners(event, seats) - the_person(event, seats)


def those_asked(event: Event, seats: list[Seat]) -> set[str]:
    """The people to whom the act put a stage, to answer or to decide."""
    return set(event.facts.get("put_to", []))


def those_who_disagreed(event: Event, seats: list[Seat]) -> set[str]:
    """The partners whose disagreement the act answers: the stage that hears one asks nobody else (R3)."""
    return those_asked(event, seats) if DISSENT_MARK in event.facts.get("stage", "") else set()


def who_offered(event: Event, seats: list[Seat]) -> set[str]:
    """Whoever offered the seat, while they sit on the case; otherwise those who lead it. One statement."""
    offered = Seat.objects.filter(pk=event.facts["seat"]).values_list("offered_by_id", flat=True)
    return {str(person) for person in offered} & everyone(event, seats) or those_who_lead(event, seats)


def who_offered_to_one_with_a_conflict(event: Event, seats: list[Seat]) -> set[str]:
    """Whoever offered the seat, where the person declared a conflict of interest instead of taking it."""
    declared = event.facts.get("conflict") == Declaration.Conflict.DECLARED.label
    return who_offered(event, seats) if declared else set()


def those_who_answer_challenges(event: Event, seats: list[Seat]) -> set[str]:
    """Whoever may answer a partner who challenges that something is held back (R6)."""
    return {str(seat.person_id) for seat in seats if ROLES[seat.role].may("answer_challenges")}


def the_guardian(event: Event, seats: list[Seat]) -> set[str]:
    """The Caldicott Guardian of the case (IG2)."""
    return {str(seat.person_id) for seat in seats if seat.role == CALDICOTT.code}


def those_who_answer_comments(event: Event, seats: list[Seat]) -> set[str]:
    """Whoever may answer a comment, when a lay partner made it: a lay comment must be answered (R7)."""
    answering = {str(seat.person_id) for seat in seats if ROLES[seat.role].may("answer_comments")}
    return answering if event.capacity == LAY else set()
