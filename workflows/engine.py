"""The only functions that move a case: open it, submit a stage, take a position, decide, look again.

Every one is a door: see `workflows.door` for what all of them promise.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from audit.ids import uuid7
from audit.record import acting, write
from cases.models import Case, Incident, Organisation, Person, Position, SafetyAction, Seat, Visit
from permissions import grants
from permissions.verdict import judge
from workflows import opening, route
from workflows.answering import Answered, judged, names_version, set_down
from workflows.calendar import london_day
from workflows.clock import has_come
from workflows.deadlines.following import follow as deadlines_follow
from workflows.definition import Process, Stage
from workflows.door import Doing, Receipt, Refused, door, require
from workflows.look import Look
from workflows.may import may_choose, may_expire, may_look_again, may_submit, reads_facts
from workflows.organisation_door import record_organisation_refusal
from workflows.registry import process_of, registered
from workflows.settling import open_visit, says_who_is_asked, take
from workflows.standing import asked_seats
from workflows.ways import EXPIRED


def open_case(
    *, process: str, organisation: Organisation, by: Person | None, at: datetime, title: str,
    people: dict[str, Person], summary: str = "", incident: Incident | None = None, facts: dict[str, Any] | None = None,
    request: str = "",
) -> Case:  # fmt: skip
    """Open a case of a process; `people` names who takes each seat that is asked for at the opening, by role code.

    `facts` are what the process begins with, and answers to the first stage's questions that are known already; whoever
    acts there confirms or changes those.

    `by` None is an import acting for the system. Raises Refused, and UnknownProcess for a code that is not registered.
    The same `request` again returns the case that it opened.
    """
    definition = process_of(process)
    try:
        with transaction.atomic():
            Organisation.objects.select_for_update().get(pk=organisation.pk)
            done = opening.opened_before(organisation, by, request)
            if done:
                return done
            require(has_come(at), *opening.may_open(definition, organisation, by, people, at, incident))
            begun = opening.known_already(definition, facts or {}, at)
            return _opened(definition, organisation, by, at, title, people, summary, incident, begun, request)
    except Refused as refusal:
        record_organisation_refusal("case_opened", organisation.pk, by, at, refusal)
        raise


def _opened(
    definition: Process, organisation: Organisation, by: Person | None, at: datetime, title: str, people: dict[str, Person],
    summary: str, incident: Incident | None, facts: dict[str, Any], request: str,
) -> Case:  # fmt: skip
    """The case with its first seats, its first visit and its route, in one act."""
    case = _new_case(definition, organisation, title, summary, incident, at)
    case.facts, case.opened_by = facts, by
    case.opened_as = opening.capacity_of_opener(definition, by, at)
    with acting(opening.act_of_opening(case, by, at, request)) as act:
        opening.store_definition(definition, at)
        case.save(force_insert=True)
        look = Look(case, definition, at)
        opening.fill_seats(look, by, people)
        doing = Doing(look, act, by)
        open_visit(doing)
        for effect in definition.at_opening:
            effect.do(doing)
        grants.follow(case, look.seats, at)
        route.begin(look)
        deadlines_follow(look, people_changed=True)
        write(act)
    return case


def _new_case(
    definition: Process, organisation: Organisation, title: str, summary: str, incident: Incident | None, at: datetime
) -> Case:
    look_day = london_day(at)
    case = registered(definition.code).model(
        id=uuid7(at),
        organisation=organisation,
        reference=opening.next_reference(organisation, definition.code, look_day.year),
        process=definition.code,
        definition_version=definition.version,
        state=definition.first.code,
        title=title,
        summary=summary,
        opened_at=at,
        incident_reference=incident.reference if incident else "",
        incident_on=incident.incident_on if incident else None,
    )
    if definition.within:
        case.due_on = opening.calendar_of(organisation).add(look_day, definition.within.days)
    return case


@door("submitted")
def submit(
    doing: Doing,
    *,
    visit: UUID,
    facts: dict[str, Any] | None = None,
    outcome: str = "",
    version: UUID | None = None,
    reason: str = "",
) -> Visit:
    """The actor's part of a stage: what is set down, and the exact paper it is about. `outcome` where the actor chooses.

    `visit` and `version` are those the actor saw: anything else is refused as stale.
    """
    look = doing.look
    look.pending = reads_facts(look, facts or {})
    seat, verdicts = may_submit(look, doing.person, visit, outcome, version, reason)
    require(*verdicts)
    stage, live = look.stage, look.visit
    assert seat and stage and live
    doing.acting_as(seat)
    _submitted(doing, live, seat, outcome, version, reason)
    if stage.agreed_by:
        live.step, live.blind = Visit.Step.ANSWER, stage.blind
    elif stage.has_decision:
        live.step = Visit.Step.DECIDE
    live.save()
    if stage.agreed_by or stage.has_decision:
        says_who_is_asked(doing)
    else:
        way = stage.outcome(outcome) or stage.outcomes[0]
        take(doing, way.code, way)
    return live


def _submitted(doing: Doing, visit: Visit, seat: Seat, outcome: str, version: UUID | None, reason: str) -> None:
    """Facts go on the visit and on the case; the actor's own choice waits on the visit until it takes effect."""
    look, stage = doing.look, doing.look.stage
    assert stage
    visit.submitted_at, visit.submitted_by, visit.version_id = look.at, seat, version
    visit.facts = dict(look.pending)
    if outcome and not stage.has_decision:
        visit.chosen, visit.chosen_by, visit.chosen_reason = outcome, seat, reason
    if look.pending:
        look.case.facts = {**look.case.facts, **look.pending}
        look.case.save(update_fields=["facts"])
    doing.says(stage=stage.code, stage_title=stage.title, visit=str(visit.pk), outcome=outcome, set_down=dict(look.pending))
    names_version(doing, look.version(version), seat)


@door("position_taken")
def take_position(
    doing: Doing, *, visit: UUID, answer: str, text: str = "", version: UUID | None = None,
    item: UUID | None = None, item_revision: int = 0, enough_time: bool = False,
) -> Position:  # fmt: skip
    """One seat's answer, on the exact version it read (R4). Only the person in the seat can give it (R2).

    `enough_time`: the decision need not wait for the notice (R5). Answering again replaces the earlier answer in the
    count and leaves it in the record.
    """
    look = doing.look
    said = Answered(answer, text, item, item_revision)
    seat, option, verdicts = judged(look, doing.person, visit, said, version)
    require(*verdicts)
    stage = look.stage
    assert seat and option and stage
    doing.acting_as(seat)
    position = set_down(doing, seat, option, said, version, enough_time)
    doing.says(stage=stage.code, stage_title=stage.title, visit=str(visit), answer=option.words, text=text)
    names_version(doing, look.version(version), seat)
    return position


@door("decided")
def decide(doing: Doing, *, visit: UUID, outcome: str, reason: str = "") -> Visit:
    """Choose among the outcomes of a stage, once its answers are in. Every guard of the outcome is judged now."""
    look = doing.look
    seat, way, verdicts = may_choose(look, doing.person, visit, outcome, reason)
    require(*verdicts)
    stage, live = look.stage, look.visit
    assert seat and way and live and stage
    doing.acting_as(seat)
    doing.says(stage=stage.code, stage_title=stage.title, visit=str(live.pk), outcome=outcome, outcome_title=way.words)
    live.chosen, live.chosen_by, live.chosen_reason = outcome, seat, reason
    take(doing, way.code, way)
    return live


@door("settled")
def look_again(doing: Doing) -> None:
    """Look whether what held a settled stage is over (the notice has run, a guard is met). Does nothing else.

    Whoever sits on the case may do it, and the system (`by` None).
    """
    if doing.by:
        own, verdicts = may_look_again(doing.look, doing.by)
        require(*verdicts)
        assert own
        doing.acting_as(own)


@door("expired")
def expire(doing: Doing) -> None:
    """End a stage by the clock, on the first day on which its sentence is true. The system does it (`by` None)."""
    look, stage = doing.look, doing.look.stage
    require(judge(doing.by is None, "R16", "The clock ends this stage, and nobody else."), *may_expire(look))
    assert stage
    doing.says(stage=stage.code, stage_title=stage.title)
    for effect in stage.expires_then:
        effect.do(doing)
    take(doing, EXPIRED)


def to_answer(look: Look, person: Person) -> list[tuple[Stage, Seat, SafetyAction | None]]:
    """What a person is asked now: the stage, their seat and, where it asks on each, the item."""
    stage = look.stage
    if stage is None or look.visit is None or look.visit.step != Visit.Step.ANSWER:
        return []
    things: list[SafetyAction | None] = list(look.live_actions) if stage.on_each else [None]
    return [(stage, seat, thing) for seat in asked_seats(look) if seat.person_id == person.pk for thing in things]


__all__ = ["Receipt", "decide", "expire", "look_again", "open_case", "submit", "take_position", "to_answer"]
