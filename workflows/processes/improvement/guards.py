"""The guards of the improvement project: sentences that are true or false of a case.

Each is a pure function of a Look. When one changes, raise its `revision`: the fingerprint and CI hold you to it.
"""

from __future__ import annotations

from permissions.roles import PROJECT_LEAD, PSP, SPECIALIST, SPONSOR
from workflows.definition import guard
from workflows.look import Look


@guard(
    "A2",
    "The project has a lead, and a sponsor who is somebody else",
    "The safety specialist offers the seat of the project lead, and that of the sponsor.",
    mended_by=SPECIALIST,
)
def lead_and_sponsor_are_seated(look: Look) -> bool:
    leads = {seat.person_id for seat in look.voting(PROJECT_LEAD)}
    return bool(leads) and any(seat.person_id not in leads for seat in look.voting(SPONSOR))


@guard(
    "A2",
    "At least one partner sits, and where there are fewer than two it is written why",
    "Offer the empty lay seats to Patient Safety Partners, or write down why there is only one.",
)
def partners_are_matched(look: Look) -> bool:
    seated = len(look.voting(PSP))
    return seated > 0 and (not look.vacant(PSP) or bool(look.fact("why_fewer_partners")))


@guard(
    "A4",
    "At least one measure was proposed by a partner, or a partner says that it matters to patients",
    "Ask the partners what they would measure, or whether one of these measures matters to patients.",
    mended_by=PSP,
)
def a_measure_is_a_partners(look: Look) -> bool:
    return any(one.is_a_partners for one in look.live_measures)


@guard(
    "A4",
    "No measure that a partner chose was written anew without that partner",
    "The partner says whether it still matters to patients, or drops it. Or write it again in the words that they chose.",
    mended_by=PSP,
)
def partners_stand_by_their_measures(look: Look) -> bool:
    return not any(one.waits_for_its_partner for one in look.live_measures)


@guard("A4", "Every measure has a baseline", "Write down what each measure was before any change.")
def every_measure_has_a_baseline(look: Look) -> bool:
    return bool(look.live_measures) and all(one.baseline.strip() for one in look.live_measures)


@guard(
    "A8",
    "Every partner who took part was offered the evaluation",
    "Offer the evaluation to each partner. Whether they answer is up to them.",
)
def the_evaluation_was_offered(look: Look) -> bool:
    took_part = {seat.pk for seat in look.seats if seat.role == PSP.code and seat.active_from}
    return took_part <= {one.seat_id for one in look.evaluations}
