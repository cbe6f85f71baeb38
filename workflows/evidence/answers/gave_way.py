"""Question 4: which lay rules were waived, by whom, with what reason, and for how long?"""

from __future__ import annotations

from collections.abc import Iterator

from audit.history import as_it_stood
from cases.models import TrainingItem, Waiver
from cases.tables import Sheet
from permissions.eligibility import day_of
from workflows.evidence.answers.answer import Answer, how_many
from workflows.evidence.then import Then
from workflows.look import TRAINING_RULE

WAIVERS = ("Rule", "Stage", "Asked by", "Granted by", "Granted", "Until", "Ended early", "In force then", "Why")
LAPSES = ("Partner", "Stage", "Recorded by", "When", "Why")
SHORTENED = ("Partner", "Stage", "Version", "Working days it had been there", "Notice in working days", "When")


def what_gave_way(then: Then) -> Answer:
    """Rules lifted by two people (R9, C6), answers recorded as never given (R1), notice that partners cut short (R5)."""
    waivers = [_waiver(then, one) for one in then.waivers]
    lapses = [
        (then.name(seat.person_id) if (seat := then.seat(one.seat_id)) else "", _stage(then, one.visit_id),
         then.name(one.recorded_by_id), one.at, one.reason)
        for one in then.lapses
    ]  # fmt: skip
    shortened = list(_shortened(then))
    told = " ".join(
        f"Rule {one.rule} at \u201c{then.stage_title(one.stage)}\u201d was lifted by {then.name(one.granted_by_id)}, asked by "
        f"{then.name(one.asked_by_id)}." for one in then.waivers
    )  # fmt: skip
    sentences = (
        f"{how_many(len(waivers), 'waiver').capitalize()} of a lay rule; in force at that moment: "
        f"{sum(1 for row in waivers if row[7])}. {told}".strip(),
        f"Answers that were recorded as never given: {len(lapses)}.",
        f"Notice that a partner agreed to shorten: {how_many(len(shortened), 'time')}.",
    )
    sheets = (
        Sheet("Waivers", WAIVERS, waivers), Sheet("Answers never given", LAPSES, lapses),
        Sheet("Notice cut short", SHORTENED, shortened),
    )  # fmt: skip
    return Answer(sentences, sheets)


def _waiver(then: Then, one: Waiver) -> tuple[object, ...]:
    return (
        one.rule, then.stage_title(one.stage), then.name(one.asked_by_id), then.name(one.granted_by_id), one.granted_at, one.until,
        one.ended_at, one.ended_at is None and one.until >= day_of(then.at) and _stands(then, one), one.reason,
    )  # fmt: skip


def _stands(then: Then, one: Waiver) -> bool:
    """As `Look.in_force`: it was for one training, or for one stay in a stage."""
    if one.rule == TRAINING_RULE:
        return as_it_stood(TrainingItem, then.at).filter(case=then.case.pk, waiver=one.pk).exists()
    return any(visit.is_live and visit.stage == one.stage and one.granted_at >= visit.opened_at for visit in then.visits)


def _stage(then: Then, visit: object) -> str:
    found = next((one for one in then.visits if one.pk == visit), None)
    return then.stage_title(found.stage) if found else ""


def _shortened(then: Then) -> Iterator[tuple[object, ...]]:
    lay = {seat.pk for seat in then.lay_seats}
    for one in then.positions:
        visit = then.stay(one.visit_id)
        stage = then.stage(visit.stage) if visit else None
        if one.seat_id not in lay or not one.enough_time or stage is None or stage.notice is None:
            continue
        if one.version_held_days is not None and one.version_held_days < stage.notice.days:
            yield (
                then.name(one.person_id), stage.title, then.called(one.version_id), one.version_held_days, stage.notice.days,
                one.at,
            )  # fmt: skip
