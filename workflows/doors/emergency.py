"""Sight of a case in an emergency: asking, the second person's yes or no, ending it early, and what is read by it (IG3)."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from audit.days import in_words
from audit.record import Actor
from audit.rows import label
from cases.models import Case, EmergencySight, Organisation, Person
from permissions.capacity import appointment_in
from permissions.emergency import (
    ANSWERED_WITHIN,
    LIFE,
    OPEN_FOR,
    RULE,
    lay_outsiders,
    may_agree,
    may_answer,
    may_ask,
    may_end,
)  # fmt: skip
from permissions.roles import EXEC, QUALITY
from permissions.scope import emergency_sight
from permissions.verdict import STALE, Refused, judge, refuse, require
from workflows.calendar import LONDON
from workflows.door import Doing, Receipt, door
from workflows.organisation_door import record_organisation_refusal
from workflows.standing_offices import holders_of


def ask_by_reference(
    *, organisation: Organisation, reference: str, by: Person, at: datetime, reason: str, request: str = ""
) -> Receipt:
    """Ask to see the case with this reference, for whoever knows no more of it. Raises Refused.

    References are counted, so that there is one tells nothing of it; each attempt is on record all the same.
    """
    case = Case.objects.filter(organisation=organisation, reference__iexact=reference.strip()).first()
    if case is None:
        unknown = refuse(RULE, f"There is no case with the reference \u201c{reference}\u201d.", "Check it, and ask again.")
        refusal = Refused([unknown])
        record_organisation_refusal("emergency_asked", organisation.pk, by, at, refusal)
        raise refusal
    return ask_for_sight(case=case, by=by, at=at, reason=reason, request=request)


@door("emergency_asked")
def ask_for_sight(doing: Doing, *, reason: str) -> EmergencySight:
    """Ask for sight of a case on which one has no seat. Nothing opens until somebody else agrees. Raises Refused."""
    case, by = doing.case, doing.person
    given = judge(bool(reason.strip()), RULE, "Say why you must see this case now.", "Everybody on the case will read it.")
    require(*may_ask(by, case, doing.at), given)
    one = EmergencySight(
        id=doing.new_id(), case=case, asked_by=by, asked_as=acting_by_appointment(doing), asked_at=doing.at, reason=reason.strip(),
        asked_until=doing.at + ANSWERED_WITHIN,
    )  # fmt: skip
    one.save(force_insert=True)
    lay = lay_outsiders(case, doing.at).exclude(pk=by.pk)
    tell = {person.pk: person for person in (*lay, *holders_of(case.organisation_id, (QUALITY, EXEC), doing.at))}
    tell.pop(by.pk, None)
    _says(doing, one)
    doing.says(tell=[str(key) for key in tell], people=[person.name for person in tell.values()])
    return one


@door("emergency_agreed")
def agree_to_sight(doing: Doing, *, emergency: UUID) -> EmergencySight:
    """The second person agrees: the case opens to the first for two hours, and all concerned are told. Raises Refused."""
    one = _found(doing, emergency)
    require(*may_agree(one, doing.person, doing.at))
    _answer(doing, one, "agree")
    one.opens_at, one.until = doing.at, doing.at + OPEN_FOR
    one.save()
    _says(doing, one)
    doing.says(until=_time(one.until), asked_for=one.reason)
    return one


@door("emergency_refused")
def refuse_sight(doing: Doing, *, emergency: UUID, reason: str) -> EmergencySight:
    """The second person says no, with a reason. Nothing opens. Raises Refused."""
    one = _found(doing, emergency)
    given = judge(bool(reason.strip()), RULE, "Say why not.", "Whoever asked reads it.")
    require(*may_answer(one, doing.person, doing.at), given)
    _answer(doing, one, "refuse")
    one.answer_reason = reason.strip()
    one.save()
    _says(doing, one)
    return one


@door("emergency_ended")
def end_sight(doing: Doing, *, emergency: UUID) -> EmergencySight:
    """Either of the two ends it before its time, at once. Raises Refused."""
    one = _found(doing, emergency)
    require(*may_end(one, doing.person, doing.at))
    acting_by_appointment(doing)
    one.state, one.ended_by, one.ended_at = LIFE["end"].target, doing.person, doing.at
    one.save()
    _says(doing, one)
    return one


def reads_in_emergency(doing: Doing) -> None:
    """Name on the record of a reading the emergency by which it was possible; nothing where it was by none. One statement."""
    by = doing.person
    one = emergency_sight(by, doing.at).filter(case=doing.case.pk).first()
    if one:
        doing.act.actor = Actor(by.pk, by.name, one.asked_as)
        doing.says(emergency=str(one.pk))


def _found(doing: Doing, key: UUID) -> EmergencySight:
    rows = EmergencySight.objects.filter(case=doing.case.pk).select_related("case__organisation", "asked_by")
    one = rows.filter(pk=key).first()
    require(judge(one is not None, STALE, "There is no such request on this case."))
    assert one
    return one


def acting_by_appointment(doing: Doing) -> str:
    """Let the ledger name the capacity and role by which somebody without a seat acts; the capacity (R18)."""
    by = doing.person
    held = appointment_in(by, doing.case.organisation, doing.at)
    if held:
        doing.act.actor = Actor(by.pk, by.name, held.capacity, held.role)
    return doing.act.actor.capacity


def _answer(doing: Doing, one: EmergencySight, move: str) -> None:
    one.state, one.answered_by, one.answered_at = LIFE[move].target, doing.person, doing.at
    one.answered_as = acting_by_appointment(doing)


def _says(doing: Doing, one: EmergencySight) -> None:
    asked_by = one.asked_by
    doing.says(row=[label(EmergencySight), str(one.pk)])
    doing.says(emergency=str(one.pk), person=asked_by.name, person_id=str(asked_by.pk))


def _time(at: datetime) -> str:
    local = at.astimezone(LONDON)
    return f"{local:%H:%M} on {in_words(local)}"
