"""What a person can do where partners can stop the work, agree measures, and say at the end what it was like."""

from __future__ import annotations

from collections.abc import Iterator

from cases.models import Person
from workflows.doors.evaluations import evaluated_in, may_answer_evaluation, may_offer_evaluation, took_part
from workflows.doors.holds import may_answer_hold, may_place_hold, may_take_back_hold
from workflows.doors.measures import (
    agreed_in,
    can_write,
    may_drop_measure,
    may_endorse_measure,
    may_propose_measure,
    may_record_baseline,
)
from workflows.look import Look
from workflows.offers import REASON, Offer


def holds(look: Look, person: Person) -> Iterator[Offer]:
    """R12, in any process with an act that pauses."""
    for act in look.process.any_time:
        _card, own, verdicts = may_place_hold(look, person, act.code, REASON)
        if own and look.stage and act.is_open_in(look.stage):
            yield Offer("hold_place", act.title, tuple(verdicts), {"act": act.code})
    for hold in look.holds if look.stage else []:
        params = {"hold": str(hold.pk)}
        if may_answer_hold(look, person, hold.pk, REASON)[1]:
            yield Offer("hold_answer", "Answer the partner who stopped the work", (), params, main=True)
        if may_take_back_hold(look, person, hold.pk)[1]:
            yield Offer("hold_take_back", "Let the work go on: take back what you stopped", (), params)


def measures(look: Look, person: Person) -> Iterator[Offer]:
    """A4, in any process that agrees measures, until they are put to the group."""
    if not can_write(look):
        return
    if may_propose_measure(look, person)[0]:
        yield Offer("measure_propose", "Propose a measure", main=look.stage == agreed_in(look))
    for one in look.live_measures:
        params = {"measure": str(one.pk)}
        if not one.baseline.strip() and may_record_baseline(look, person, one.pk)[1]:
            yield Offer("measure_baseline", f"Write down the baseline: {one.title}", (), params, main=True)
        endorsing = may_endorse_measure(look, person, one.pk)[2]
        if all(endorsing):
            still = "still " if one.waits_for_its_partner else ""
            title = f"Say that it {still}matters to patients: {one.title}"
            yield Offer("measure_endorse", title, tuple(endorsing), params, main=one.waits_for_its_partner)
        if may_drop_measure(look, person, one.pk, REASON)[1]:
            yield Offer("measure_drop", f"Drop a measure: {one.title}", (), params)


def evaluations(look: Look, person: Person) -> Iterator[Offer]:
    """A8: the coordinator asks each partner; each partner answers for themselves, or not."""
    if look.stage is None or look.stage != evaluated_in(look):
        return
    for seat in took_part(look):
        if all(may_offer_evaluation(look, person, seat.pk)[2]):
            title = f"Ask {seat.person.name} what it was like"
            yield Offer("evaluation_offer", title, params={"seat": str(seat.pk)}, main=True)
    for one in look.evaluations:
        if may_answer_evaluation(look, person, one.pk, {})[1]:
            title = "Change what you said about being involved" if one.answered_at else "Say what it was like to be involved"
            yield Offer("evaluation_answer", title, params={"evaluation": str(one.pk)}, main=not one.answered_at)
