"""Who may have somebody who has left called by a pseudonym, and of whom (IG15)."""

from __future__ import annotations

from datetime import datetime

from cases.models import Appointment, Departure, Person, Seat
from permissions.retention import FORGETTERS, PERSON_RULE, holds_one
from permissions.roles import CALDICOTT
from permissions.verdict import STALE, Verdict, judge


def has_left(person: Person) -> list[Verdict]:
    """No appointment that is active, and no seat that is offered, accepted or held, be it that they are away from it."""
    appointed = Appointment.objects.filter(person=person, state=Appointment.State.ACTIVE).exists()
    seated = Seat.objects.filter(person=person, state__in=Seat.HELD).exists()
    return [
        judge(not appointed, PERSON_RULE, "This person holds an appointment.", "End it first, in the directory."),
        judge(not seated, PERSON_RULE, "This person has a seat on a case, or an offer of one.", "It ends first."),
    ]


def may_ask_to_rename(person: Person, by: Person | None, at: datetime) -> list[Verdict]:
    """Whether a person may ask for somebody to be called by a pseudonym."""
    open_already = Departure.objects.filter(person=person).exclude(state=Departure.State.REFUSED).exists()
    return [
        holds_one(by, person.organisation, FORGETTERS, PERSON_RULE, at),
        *has_left(person),
        judge(not open_already, STALE, "Somebody has asked for this already."),
    ]


def may_agree_to_rename(one: Departure, by: Person | None, at: datetime) -> list[Verdict]:
    """Whether a person may decide on it: the Caldicott Guardian, and not whoever asked."""
    return [
        holds_one(by, one.organisation, (CALDICOTT,), PERSON_RULE, at),
        judge(
            by is not None and by.pk != one.asked_by_id,
            PERSON_RULE,
            "You asked for this, so you cannot agree.",
        ),
        judge(one.state == Departure.State.ASKED, STALE, "This is decided already."),
        *has_left(one.person),
    ]


def may_rename(one: Departure, at: datetime) -> list[Verdict]:
    """Whether what two people agreed may be carried out."""
    return [judge(one.state == Departure.State.AGREED, STALE, "Two people have not agreed to this."), *has_left(one.person)]
