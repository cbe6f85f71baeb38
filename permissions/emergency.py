"""Sight of a case in an emergency: who may ask, who may agree, for how long, and who reads the list of all of them (IG3).

Two people, one of them lay and outside the case: neither an administrator nor two members of staff open anything alone.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from cases.models import Appointment, Case, EmergencySight, Organisation, Person, Seat
from permissions.capacity import appointment_in
from permissions.eligibility import may_keep_sight
from permissions.life import Move, life
from permissions.roles import AUDITOR, CALDICOTT, LAY, QUALITY, ROLES, STAFF
from permissions.scope import in_sight, kept_out, may_see, running_appointments
from permissions.verdict import STALE, Verdict, judge, refuse

State = EmergencySight.State

OPEN_FOR = timedelta(hours=2)
"""How long it is open, by the clock on the wall."""

ANSWERED_WITHIN = timedelta(hours=24)
"""A request that nobody answered for so long is over: what was an emergency yesterday is asked again today."""

READERS = (QUALITY, AUDITOR, CALDICOTT)
"""Whose office reads the list of all of them in the organisation."""

RULE = "IG3"

LIFE = life(
    Move("agree", "agree", (State.ASKED,), State.AGREED),
    Move("refuse", "say no", (State.ASKED,), State.REFUSED),
    Move("end", "end it", (State.ASKED, State.AGREED), State.ENDED),
)


# Who is outside


def has_sat(case: Any, person: Any) -> Exists:
    """Whether somebody sits on a case or ever did. `case`, `person`: a key or an OuterRef."""
    seats = Seat.objects.filter(case=case, person=person)
    return Exists(seats.filter(Q(active_from__isnull=False) | Q(state__in=Seat.HELD)))


def _is_outside(person: Any, case: Any, organisation: Any, at: datetime) -> Q:
    """Lay in the organisation and never on its staff, never sat on the case, and no conflict with it. Each: a key or an OuterRef.

    Never on the staff: whoever keeps the records of people could else make a colleague lay for an hour.
    """
    both = {"person": person, "organisation": organisation}
    lay = Q(Exists(running_appointments(at).filter(**both, capacity=LAY)))
    never_staff = ~Q(Exists(Appointment.objects.filter(**both, capacity=STAFF)))
    return lay & never_staff & ~Q(has_sat(case, person)) & ~kept_out(case, person)


def lay_outsiders(case: Case, at: datetime) -> QuerySet[Person]:
    """Lay people of the organisation who never sat on the case and have no conflict with it: any can be one of the two."""
    return Person.objects.filter(_is_outside(OuterRef("pk"), case.pk, case.organisation_id, at))


def is_lay_outsider(person: Person, case: Case, at: datetime) -> bool:
    """Whether a person is one of them."""
    return lay_outsiders(case, at).filter(pk=person.pk).exists()


def _free(person: Person, case: Case, whose: str = "you") -> Verdict:
    bound = Person.objects.filter(kept_out(case.pk, OuterRef("pk")), pk=person.pk).exists()
    return judge(
        not bound, RULE, f"A conflict of interest or a personal tie between {whose} and this case is on record.",
        "Somebody else must do this.",
    )  # fmt: skip


# Asking


def may_ask(person: Person, case: Case, at: datetime) -> list[Verdict]:
    """Whether a person may ask to see this case in an emergency."""
    waiting = EmergencySight.objects.filter(case=case.pk, asked_by=person, state=State.ASKED, asked_until__gt=at)
    lay = lay_outsiders(case, at)
    return [
        *_may_be_let_in(person, case, at),
        judge(not waiting.exists(), STALE, "You have asked already. It waits for a second person.", "Telephone them."),
        judge(
            lay.exists(), RULE, "There is no lay partner who has never sat on this case, so nobody can agree.",
            "Telephone the executive lead for patient safety.",
        ),
    ]  # fmt: skip


def _may_be_let_in(person: Person, case: Case, at: datetime) -> list[Verdict]:
    """What has to be so when it is asked for, and still when it is agreed."""
    held = appointment_in(person, case.organisation, at)
    if held is None:
        return [refuse(RULE, "You hold no appointment in this organisation today.", "Ask somebody who does.")]
    seated = Seat.objects.filter(case=case.pk, person=person, state__in=Seat.HELD).exists()
    sees = may_see(person, case, at)
    return [
        judge(not sees, RULE, "You can see this case already.", "Open it from your home page."),
        judge(
            not seated or sees, RULE, "You have a seat on this case.",
            "Ask the partner coordinator what keeps you from seeing the case."),
        _free(person, case),
        *may_keep_sight(person, case, ROLES[held.role], at, ""),
    ]  # fmt: skip


# The second person


def may_answer(one: EmergencySight, person: Person, at: datetime) -> list[Verdict]:
    """Whether a person may be the second: somebody else, free of conflict, and one of the two lay and outside."""
    case = one.case
    first_is_lay = is_lay_outsider(one.asked_by, case, at)
    return [
        judge(one.waits_at(at), STALE, "This request does not wait for an answer any more.", "Look at it again."),
        judge(person.pk != one.asked_by_id, RULE, "You asked for this, so you cannot agree to it.", "Somebody else must."),
        judge(
            appointment_in(person, case.organisation, at) is not None, RULE, "You hold no appointment in this organisation today."
        ),
        _free(person, case),
        judge(
            first_is_lay or is_lay_outsider(person, case, at), RULE,
            "One of the two must be a lay partner who has never sat on this case, and never was on the staff.",
            "A lay partner from outside can agree."),
    ]  # fmt: skip


def may_agree(one: EmergencySight, person: Person, at: datetime) -> list[Verdict]:
    """Whether a person may agree: what let the first ask must still be so."""
    lost = [verdict for verdict in _may_be_let_in(one.asked_by, one.case, at) if not verdict]
    why = " ".join(verdict.reason for verdict in lost)
    return [*may_answer(one, person, at), judge(not lost, RULE, f"{one.asked_by} cannot be let in. {why}", "Say no to it.")]


def may_end(one: EmergencySight, person: Person, at: datetime) -> list[Verdict]:
    """Whether a person ends it before its time: either of the two."""
    return [
        judge(person.pk in (one.asked_by_id, one.answered_by_id), RULE, "Only one of the two people can end it early."),
        judge(one.waits_at(at) or one.runs_at(at), STALE, "It is over already.", "Look at it again."),
    ]


# Who reads of it


def reads_the_list(person: Person, at: datetime) -> QuerySet[Appointment]:
    """The appointments by which a person reads every emergency of an organisation."""
    return running_appointments(at).filter(person=person, role__in=[role.code for role in READERS])


def may_read_the_list(person: Person, organisation: Organisation, at: datetime) -> Verdict:
    """Whether a person reads every emergency of this organisation."""
    allowed = reads_the_list(person, at).filter(organisation=organisation).exists()
    return judge(allowed, "IG7", "The quality team, the auditors and the Caldicott Guardian read this list.", "Ask one of them.")


def waiting_for(person: Person, at: datetime) -> QuerySet[EmergencySight]:
    """The requests that a person may answer as the second."""
    case, organisation = OuterRef("case"), OuterRef("case__organisation")
    here = running_appointments(at).filter(person=person, organisation=organisation)
    one_is_outside = _is_outside(OuterRef("asked_by"), case, organisation, at) | _is_outside(person.pk, case, organisation, at)
    waits = EmergencySight.objects.filter(state=State.ASKED, asked_until__gt=at).exclude(asked_by=person)
    return waits.filter(one_is_outside, Exists(here), ~kept_out(case, person.pk))


def visible_emergencies(person: Person, at: datetime) -> QuerySet[EmergencySight]:
    """The emergencies of which a person may read: their own, those that wait for them, those on cases that they see, and
    for those who read the list all of their organisation."""
    own = Q(asked_by=person) | Q(answered_by=person)
    listed = Q(case__organisation_id__in=reads_the_list(person, at).values("organisation_id"))
    seen = in_sight(person, at, "case_id")
    return EmergencySight.objects.filter(own | listed | seen | Q(pk__in=waiting_for(person, at).values("pk")))
