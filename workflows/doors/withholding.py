"""Holding something back from lay partners: a decision with category, reason, decider and end, which they see and can challenge.

What staff read, lay partners read at the same moment, apart from what is held back here (R6). They see that something is
held back, of what category, why, by whom and until when (IG5); somebody who did not decide it answers their challenge.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from cases.models import Challenge, Paper, PaperVersion, Person, Seat, Withholding
from permissions.verdict import STALE, Verdict, judge
from workflows.calendar import WorkingDays
from workflows.door import Doing, door, require
from workflows.look import Look
from workflows.may import GO_BACK, seat_with, seated
from workflows.standing import still_sees

ANSWERED_WITHIN = WorkingDays(5)
"""By when a challenge is answered."""

LONGEST = WorkingDays(120)
"""The furthest day to which something is held back before it is decided again: as long as an investigation should take (B0)."""

PROTECTED = Withholding.Category.PROTECTED


@dataclass(frozen=True)
class HeldBack:
    """What is held back and why. `what` gives nothing of it away: lay partners read it. `until`: a day ahead."""

    what: str
    category: str
    reason: str
    until: date


def fit_to_hold_back(look: Look, given: HeldBack) -> list[Verdict]:
    """Whether a decision to hold something back says all that it must (IG5)."""
    last = look.calendar.add(look.today, LONGEST.days)
    return [
        judge(bool(given.what.strip()), "IG5", "Say what is held back, in words that give nothing of it away.",
              "For example: two names on page 3. Lay partners read this."),
        judge(given.category in Withholding.Category.values, "IG5", "Say of what kind it is.", "Choose one of the kinds."),
        judge(bool(given.reason.strip()), "IG5", "Say why it is held back.", "Lay partners read the reason."),
        judge(look.today < given.until <= last, "IG5", "The day by which it ends, or is decided again, does not fit.",
              f"It is after today, and {LONGEST} ahead at most."),
    ]  # fmt: skip


def held_back(doing: Doing, seat: Seat, paper: Paper, version: PaperVersion | None, given: HeldBack) -> Withholding:
    """Write the decision down; the door that does it has judged it."""
    row = Withholding(
        id=doing.new_id(), case=doing.case, paper=paper, version=version, what=given.what.strip(), category=given.category,
        reason=given.reason.strip(), until=given.until, decided_by=seat, decided_at=doing.at,
    )  # fmt: skip
    row.save(force_insert=True)
    doing.look.withholdings.append(row)
    return row


def says_what(doing: Doing, row: Withholding) -> None:
    """The ledger tells it in the words that lay partners read."""
    doing.says(
        withholding=str(row.pk), what=row.what, category=row.get_category_display(), why=row.reason, until=row.until.isoformat()
    )


def _in_force(look: Look, withholding: UUID) -> Withholding | None:
    return next((one for one in look.withholdings if one.pk == withholding and one.in_force), None)


def _still_held(look: Look, found: Withholding | None) -> list[Verdict]:
    return [
        judge(look.stage is not None, STALE, "This case has ended.", GO_BACK),
        judge(found is not None, STALE, "This is no longer held back, or is not there.", GO_BACK),
    ]


# A lay partner objects


def may_challenge(
    look: Look, person: Person, withholding: UUID, reason: str
) -> tuple[Withholding | None, Seat | None, list[Verdict]]:
    """What is held back, the lay seat from which a person objects, and the verdicts."""
    found = _in_force(look, withholding)
    own = next((seat for seat in look.seats_of(person.pk) if seat.is_lay), None)
    mine = [one for one in look.challenges if own and one.seat_id == own.pk and one.withholding_id == withholding and one.waits]
    return found, own, [
        *_still_held(look, found),
        seated(own, "R6", "Only a lay partner with a seat on this case can challenge it."),
        *still_sees(look, own),
        judge(not found or (found.decided_at <= look.at and _is_out(look, found)), "R6", "This has not been decided yet.", GO_BACK),
        judge(not mine, "R6", "You have challenged this already, and wait for the answer."),
        judge(bool(reason.strip()), "R6", "Say why you should see it.", "A sentence is enough. Whoever answers will read it."),
    ]  # fmt: skip


def _is_out(look: Look, found: Withholding) -> bool:
    """Held back from a version that staff can read; of a draft nobody knows."""
    version = look.version(found.version_id) if found.version_id else None
    return version.is_released if version else any(one.paper_id == found.paper_id and one.is_released for one in look.versions)


@door("withholding_challenged")
def challenge(doing: Doing, *, withholding: UUID, reason: str) -> Challenge:
    """Object to something being held back. It is answered within five working days by somebody who did not decide it."""
    look = doing.look
    found, own, verdicts = may_challenge(look, doing.person, withholding, reason)
    require(*verdicts)
    assert found and own
    doing.acting_as(own)
    row = Challenge(
        id=doing.new_id(), case=look.case, withholding=found, seat=own, reason=reason.strip(), at=look.at,
        due_on=look.calendar.add(look.today, ANSWERED_WITHIN.days),
    )  # fmt: skip
    row.save(force_insert=True)
    look.challenges.append(row)
    says_what(doing, found)
    doing.says(challenge=str(row.pk), because=row.reason, due=row.due_on.isoformat())
    return row


def may_answer_challenge(
    look: Look, person: Person, challenge: UUID, outcome: str, answer: str
) -> tuple[Challenge | None, Seat | None, list[Verdict]]:
    """The challenge, the seat from which a person answers it, and the verdicts. Whoever decided it is no judge of it (R18)."""
    found = next((one for one in look.challenges if one.pk == challenge and one.waits), None)
    held = _in_force(look, found.withholding_id) if found else None
    own = seat_with(look, person, "answer_challenges")
    decider = look.seat(held.decided_by_id) if held else None
    ends = outcome == Challenge.Outcome.ENDED
    return found, own, [
        judge(look.stage is not None, STALE, "This case has ended.", GO_BACK),
        judge(found is not None, STALE, "This has been answered, or is not there.", GO_BACK),
        seated(own, "R6", "Only the executive lead, the sponsor or the Caldicott Guardian answers a challenge."),
        judge(decider is None or decider.person_id != person.pk, "R18", "You decided to hold it back, so you cannot answer for it.",
              "Somebody else must answer."),
        judge(outcome in Challenge.Outcome.values, "R6", "Say whether it stays held back."),
        judge(not (ends and held and held.category == PROTECTED), "IG6", "The law protects this, so nobody here may share it.",
              "Say so in your answer, and keep it held back."),
        judge(bool(answer.strip()), "R6", "Write your answer.", "Say why it stays held back, or what made you change it."),
    ]  # fmt: skip


@door("challenge_answered")
def answer_challenge(doing: Doing, *, challenge: UUID, outcome: str, answer: str) -> Challenge:
    """Answer a lay partner: it stays held back and why, or is held back no longer, at once."""
    look = doing.look
    found, own, verdicts = may_answer_challenge(look, doing.person, challenge, outcome, answer)
    require(*verdicts)
    assert found and own
    doing.acting_as(own)
    found.outcome, found.answer, found.answered_by, found.answered_at = outcome, answer.strip(), own, look.at
    found.save(update_fields=["outcome", "answer", "answered_by", "answered_at"])
    held = next(one for one in look.withholdings if one.pk == found.withholding_id)
    if outcome == Challenge.Outcome.ENDED and held.in_force:
        _end(doing, held, own, answer)
    objected = look.seat(found.seat_id)
    says_what(doing, held)
    doing.says(
        challenge=str(found.pk), outcome=found.get_outcome_display(), answer=found.answer,
        person=objected.person.name if objected else "", person_id=str(objected.person_id) if objected else "",
    )  # fmt: skip
    return found


# Ending it, or deciding it again


def may_end_withholding(
    look: Look, person: Person, withholding: UUID, reason: str
) -> tuple[Withholding | None, Seat | None, list[Verdict]]:
    """What is held back, the seat from which a person ends that (who decided it, or answers challenges), and the verdicts."""
    found = _in_force(look, withholding)
    decider = look.seat(found.decided_by_id) if found else None
    own = (
        decider
        if decider and decider.person_id == person.pk and decider.is_active
        else seat_with(look, person, "answer_challenges")
    )
    protected = found is not None and found.category == PROTECTED
    return found, own, [
        *_still_held(look, found),
        seated(own, "R6", "Only whoever decided it, or who answers challenges, can end it."),
        judge(not protected, "IG6", "The law protects this, so nobody here may share it.", "Ask the body whose material it is."),
        judge(bool(reason.strip()), "R6", "Say why it is no longer held back."),
    ]  # fmt: skip


@door("withholding_ended")
def end_withholding(doing: Doing, *, withholding: UUID, reason: str) -> Withholding:
    """Hold it back no longer: lay partners can read it at once."""
    found, own, verdicts = may_end_withholding(doing.look, doing.person, withholding, reason)
    require(*verdicts)
    assert found and own
    doing.acting_as(own)
    _end(doing, found, own, reason)
    says_what(doing, found)
    return found


def _end(doing: Doing, row: Withholding, seat: Seat, reason: str) -> None:
    row.ended_by, row.ended_at, row.end_reason = seat, doing.at, reason.strip()
    row.save(update_fields=["ended_by", "ended_at", "end_reason"])


def may_prolong_withholding(
    look: Look, person: Person, withholding: UUID, until: date, reason: str
) -> tuple[Withholding | None, Seat | None, list[Verdict]]:
    """What is held back, the seat from which a person decides that it stays so, and the verdicts: not whoever decided it first."""
    found = _in_force(look, withholding)
    own = seat_with(look, person, "answer_challenges")
    decider = look.seat(found.decided_by_id) if found else None
    given = HeldBack(found.what, found.category, reason, until) if found else None
    return found, own, [
        *_still_held(look, found),
        seated(own, "R6", "Only who answers challenges can hold it back for longer."),
        judge(decider is None or decider.person_id != person.pk, "R18", "You decided to hold it back.",
              "Somebody else decides it again."),
        *(fit_to_hold_back(look, given) if given else []),
    ]  # fmt: skip


@door("withholding_prolonged")
def prolong_withholding(doing: Doing, *, withholding: UUID, until: date, reason: str) -> Withholding:
    """Decide again that it is held back, until a new day and with a reason of today."""
    found, own, verdicts = may_prolong_withholding(doing.look, doing.person, withholding, until, reason)
    require(*verdicts)
    assert found and own
    doing.acting_as(own)
    found.until, found.reason, found.decided_by, found.decided_at = until, reason.strip(), own, doing.at
    found.save(update_fields=["until", "reason", "decided_by", "decided_at"])
    says_what(doing, found)
    return found
