"""The guards of the training sign-off: sentences that are true or false of a case.

Each is a pure function of a Look. When one changes, raise its `revision`: the fingerprint and CI hold you to it.
"""

from __future__ import annotations

from datetime import date, timedelta

from cases.models import TrainingItem
from permissions.roles import SPECIALIST
from permissions.traininglife import CHECKED, has_run_out, needs_are_met, offered_in_time, partner_among, required, standing
from workflows.calendar import london_day
from workflows.definition import guard
from workflows.look import Look

WARNED = timedelta(days=90)
"""C8: renewal begins this long (calendar days) before the training runs out."""

TALKED_ABOUT = ("talked_confidentiality", "talked_jargon", "talked_wellbeing", "talked_challenge")
"""C5: what the conversation about being ready covers."""

SIGNED_UNTIL, GAP_CAUSE = "signed_until", "gap_cause"
"""On the case: until when both signed last, and why it ran out before both had signed again."""

TIME_TO_ANSWER = 5
"""C9: working days that the partner had from being asked, for a silence to be theirs: as long as the notice of a paper (R5)."""

State, Cause = TrainingItem.State, TrainingItem.Cause


def _stands(look: Look) -> list[str]:
    """Where every required training stands today."""
    return [standing(item, look.today) for item in required(look.training_items)]


@guard("C1", "The requirements are set", "Ask the quality team to enter the requirement set for this task.")
def requirements_are_set(look: Look) -> bool:
    return bool(look.training_items)


@guard("C2", "Every training was offered, also what the partner asked for", "Offer each item: format, provider and dates.")
def every_item_is_offered(look: Look) -> bool:
    return all(standing(item, look.today) not in (State.REQUIRED, State.LAPSED) for item in look.training_items)


@guard("C2", "What the partner needs to take part was met", "Write down how each need was met, or offer another format.")
def adjustments_are_met(look: Look) -> bool:
    return all(needs_are_met(item) for item in look.training_items)


@guard("C3", "Every required training is completed, or waived", "Record each completed training with its certificate.")
def every_item_is_completed(look: Look) -> bool:
    return all(now in (State.COMPLETED, *CHECKED) for now in _stands(look))


@guard("C4", "All evidence was checked by somebody who did not hand it in", "Check each certificate.")
def every_item_is_verified(look: Look) -> bool:
    handed_in = any(item.state == State.COMPLETED for item in look.training_items)
    return not handed_in and all(now in CHECKED for now in _stands(look))


@guard("C5", "All four things were talked about", "Talk about what is missing, then come back to this page.")
def everything_was_talked_about(look: Look) -> bool:
    return all(look.fact(code) != "no" for code in TALKED_ABOUT)


@guard("C6", "Every required training is in date today", "Renew what has run out, or ask for a waiver.")
def every_item_is_in_date(look: Look) -> bool:
    found = _stands(look)
    return bool(found) and all(now in CHECKED for now in found)


@guard("C8", "The training runs out within 90 days")
def renewal_is_due(look: Look) -> bool:
    until = look.trained_until
    return until is not None and look.today >= until - WARNED


@guard("C9", "What was signed off has run out", revision=2)
def training_has_run_out(look: Look) -> bool:
    until = look.trained_until
    over = until is not None and look.today > until
    return look.last_visit("in_force") is not None and (over or _ran_out_unexplained(look))


def _ran_out_unexplained(look: Look) -> bool:
    """What both signed last has run out, and the case has not been where that is explained since."""
    signed, lapsed, in_force = look.fact(SIGNED_UNTIL), look.last_visit("lapsed"), look.last_visit("in_force")
    explained = lapsed is not None and in_force is not None and lapsed.number > in_force.number
    return bool(signed) and look.today > date.fromisoformat(signed) and not explained


@guard("C9", "What both signed has run out, and nobody has written down why")
def it_ran_out_before_both_signed_again(look: Look) -> bool:
    return _ran_out_unexplained(look)


@guard("C9", "Where it ran out before both signed again, it is written down why", "The coordinator writes down why it ran out.")
def a_gap_is_explained(look: Look) -> bool:
    return not _ran_out_unexplained(look) or bool(look.fact(GAP_CAUSE))


@guard(
    "C9", "What ran out while a step of others was overdue, or not yet taken, is not the partner\u2019s",
    "Choose the organisation or the provider.",
)  # fmt: skip
def a_gap_is_the_partners_only_where_they_were_late(look: Look) -> bool:
    return look.pending.get(GAP_CAUSE) != Cause.PARTNER or _only_the_partner_was_late(look)


def _only_the_partner_was_late(look: Look) -> bool:
    """On the last day of what both signed, the partner alone had yet to answer, had been given the time, and it was over.

    Where the case has moved on since, it can no longer be told, and then it is not the partner's.
    """
    visit, last, own = look.visit, date.fromisoformat(look.fact(SIGNED_UNTIL)), partner_among(look.seats)
    if own is None or visit is None or visit.due_on is None:
        return False
    asked = visit.submitted_at if look.stage and look.stage.acts else visit.opened_at
    if asked is None:
        return False
    given = look.calendar.between(london_day(asked), visit.due_on)
    said = {one.seat_id for one in look.positions if one.visit_id == visit.pk and london_day(one.at) <= last}
    others = any(seat.pk in said for seat in look.active(SPECIALIST))
    return given >= TIME_TO_ANSWER and visit.due_on <= last and others and own.pk not in said


def never_offered_since(look: Look, item: TrainingItem) -> bool:
    """C9: it ran out while the case stood here, and nothing was offered for it in time."""
    visit = look.visit
    here = visit is not None and item.valid_until is not None and item.valid_until >= london_day(visit.opened_at)
    return here and has_run_out(item, look.today) and not offered_in_time(item)


@guard("C9", "A lapse is the organisation\u2019s where nothing was offered in time", "Choose the organisation.", revision=3)
def no_offer_is_the_organisations(look: Look) -> bool:
    items = look.training_items
    ours = any(item.lapse_cause == Cause.ORGANISATION or never_offered_since(look, item) for item in items)
    return not ours or look.fact("lapse_cause") not in (Cause.PARTNER, Cause.PROVIDER)
