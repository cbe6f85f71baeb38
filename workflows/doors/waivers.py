"""Waivers: a lay rule lifted for a stage (R9), a training left out for a time (C6). Two people, a reason and a day (R17)."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from cases.models import Person, Proposal, Seat, Waiver
from permissions.roles import COORDINATOR, SPECIALIST
from permissions.traininglife import LIFE
from permissions.verdict import STALE, Verdict, judge
from permissions.waiving import within_limits
from workflows.door import Doing, door, require
from workflows.doors.second_key import answered, item_of, proposed
from workflows.doors.training import May, may_act_on, says_whose
from workflows.look import TRAINING_RULE, Look
from workflows.may import GO_BACK, seat_among, seat_with, seated
from workflows.standing import lay_voice_is_missing, may_waive

Kind, State = Proposal.Kind, Proposal.State

WAIVABLE = ("R9",)
"""The lay rules that an executive can lift for a time. No other rule can be waived."""


@door("waiver_asked")
def ask_for_waiver(doing: Doing, *, rule: str, until: date, reason: str) -> Proposal:
    """Ask an executive to lift a lay rule for the stage in hand, until a day (included) (R9)."""
    look = doing.look
    own, verdicts = may_ask_for_waiver(look, doing.person, rule, until, reason)
    require(*verdicts)
    assert own
    doing.acting_as(own)
    return proposed(doing, Proposal(kind=Kind.WAIVE, rule=rule, stage=look.case.state, until=until, reason=reason))


def may_ask_for_waiver(look: Look, person: Person, rule: str, until: date, reason: str) -> tuple[Seat | None, list[Verdict]]:
    """The seat from which a person may ask, and the verdicts."""
    own = seat_with(look, person, "run")
    waiting = [p for p in look.proposals if p.kind == Kind.WAIVE and p.state == State.OPEN]
    asked = any(p.stage == look.case.state for p in waiting)
    return own, [
        judge(look.stage is not None, STALE, "This case has ended.", GO_BACK),
        seated(own, "R9", "Only whoever leads or chairs the case may ask for a waiver."),
        judge(rule in WAIVABLE, rule, "This rule cannot be waived."),
        judge(lay_voice_is_missing(look), "R9", "No lay seat is empty, so there is nothing to waive.",
              "Wait for the partners' answers. A seat that nobody fills any more is ended by two people first."),
        *within_limits(until, look.today),
        judge(bool(reason.strip()), "R17", "Give the reason.", "It is listed for the quality team."),
        judge(not look.waived(rule), STALE, "This rule is already waived for this stage.", GO_BACK),
        judge(not asked, STALE, "This has been asked already and waits for an executive.", GO_BACK),
    ]  # fmt: skip


@door("waived")
def grant_waiver(doing: Doing, *, proposal: UUID, reason: str = "") -> Waiver:
    """The second key: the rule is lifted for this stage until the day asked for, and is listed (R17)."""
    found = answered(doing, proposal, confirm=True, reason=reason)
    require(judge(found.kind == Kind.WAIVE and found.until is not None, STALE, "This is not a waiver.", GO_BACK))
    assert found.until
    return _waived(doing, found, found.until)


def _waived(doing: Doing, asked: Proposal, until: date) -> Waiver:
    """The waiver as a record of its own, with owner, reason and day (R17)."""
    waiver = Waiver(
        id=doing.new_id(), case=doing.case, rule=asked.rule, stage=asked.stage, reason=asked.reason,
        asked_by=asked.asked_by, granted_by=doing.person, granted_at=doing.at, until=until,
    )  # fmt: skip
    waiver.save(force_insert=True)
    doing.look.waivers.append(waiver)
    return waiver


def may_ask_to_waive(look: Look, person: Person, item: UUID) -> May:
    """The coordinator or the specialist asks; the executive team decides."""
    found, own, verdicts = may_act_on(look, person, item, "waive", (COORDINATOR, SPECIALIST), "C6")
    asked = any(one.training_item_id == item and one.state == State.OPEN for one in look.proposals)
    extra = found is not None and found.asked_by_partner
    return found, own, [
        *verdicts,
        judge(not extra, "C5", "The partner asked for this training, so it is not waived.", "Offer it."),
        judge(not asked, STALE, "This has been asked already and waits for an executive.", GO_BACK),
    ]  # fmt: skip


@door("training_waiver_asked")
def ask_to_waive(doing: Doing, *, item: UUID, until: date, reason: str) -> Proposal:
    """Ask an executive that this training be not asked for until a day (included), with the reason (R17)."""
    look = doing.look
    found, own, verdicts = may_ask_to_waive(look, doing.person, item)
    require(
        *verdicts,
        *within_limits(until, look.today, found.valid_for if found else None),
        judge(bool(reason.strip()), "R17", "Give the reason.", "It is listed for the quality team, and the partner reads it."),
    )
    assert found and own
    says_whose(doing, found, own)
    return proposed(doing, Proposal(
        kind=Kind.WAIVE_TRAINING, training_item=found, rule=TRAINING_RULE, stage=look.case.state, until=until,
        reason=reason,
    ))  # fmt: skip


@door("training_waived")
def grant_training_waiver(doing: Doing, *, proposal: UUID, reason: str = "") -> Waiver:
    """The second key: the training is not asked for until a day, and is listed among the waivers (C6, R17)."""
    found = answered(doing, proposal, confirm=True, reason=reason)
    item = item_of(doing.look, found)
    fits = item is not None and found.kind == Kind.WAIVE_TRAINING and found.until is not None
    require(judge(fits, STALE, "This is not about a training.", GO_BACK))
    assert item and found.until
    item.state, item.valid_until = LIFE["waive"].target, found.until
    item.waiver = _waived(doing, found, found.until)
    item.save()
    doing.says(training=item.title, item=str(item.pk))
    return item.waiver


def may_end_waiver(look: Look, person: Person, waiver: UUID) -> tuple[Waiver | None, Seat | None, list[Verdict]]:
    """The waiver, the seat from which a person may end it, and the verdicts."""
    found = next((one for one in look.waivers if one.pk == waiver and one.ended_at is None), None)
    own = seat_among(look.active(may_waive()), person)
    return found, own, [
        judge(found is not None, STALE, "This waiver has ended.", GO_BACK),
        seated(own, "R17", "The executive team ends a waiver."),
        judge(
            found is None or found.rule != TRAINING_RULE, TRAINING_RULE, "A training that was waived is asked for again on its day."
        ),
    ]  # fmt: skip


@door("waiver_ended")
def end_waiver(doing: Doing, *, waiver: UUID) -> Waiver:
    """End a waiver before its day: from then the rule holds again."""
    found, own, verdicts = may_end_waiver(doing.look, doing.person, waiver)
    require(*verdicts)
    assert found and own
    doing.acting_as(own)
    found.ended_at = doing.at
    found.save()
    doing.says(rule=found.rule)
    return found
