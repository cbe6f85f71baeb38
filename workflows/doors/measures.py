"""Measures of an improvement project (A4): proposed by the lead and the partners, until they are put to the group."""

from __future__ import annotations

from uuid import UUID

from cases.models import Measure, Person, Seat, Visit
from permissions.roles import PROJECT_LEAD
from permissions.verdict import STALE, Verdict, judge
from workflows.door import Doing, door, require
from workflows.look import Look
from workflows.may import GO_BACK, seat_among, seated

STAGE = "measures"
"""The stage that agrees the measures; a process without it has none."""

Found = tuple[Measure | None, Seat | None, list[Verdict]]
"""The measure, the seat from which a person acts, and the verdicts."""


def has_measures(look: Look) -> bool:
    return look.process.has_stage(STAGE)


def can_write(look: Look) -> bool:
    """Measures are written until they are put to the group, and again when they come back to be prepared (R4)."""
    stay = look.last_visit(STAGE)
    return has_measures(look) and look.stage is not None and (stay is None or _is_prepared(stay))


def _is_prepared(stay: Visit) -> bool:
    return stay.is_live and stay.step == Visit.Step.PREPARE


def _in_time(look: Look) -> list[Verdict]:
    return [
        judge(look.stage is not None, STALE, "This case has ended.", GO_BACK),
        judge(has_measures(look), STALE, "This process has no measures.", GO_BACK),
        judge(not (look.stage and has_measures(look)) or can_write(look), "R4",
              "The measures have been put to the group, so they stay as they are.",
              "They can be changed if they come back to be prepared."),
    ]  # fmt: skip


def _lay_seat(look: Look, person: Person) -> Seat | None:
    return next((seat for seat in look.seats_of(person.pk) if seat.is_lay), None)


def _seat_of_either(look: Look, person: Person) -> Seat | None:
    return _lay_seat(look, person) or seat_among(look.active(PROJECT_LEAD), person)


def _find(look: Look, measure: UUID) -> tuple[Measure | None, Verdict]:
    found = next((one for one in look.live_measures if one.pk == measure), None)
    return found, judge(found is not None, STALE, "This measure is not there any more.", GO_BACK)


def _own(look: Look, person: Person, found: Measure | None) -> Seat | None:
    """The seat from which this person proposed it."""
    return next((seat for seat in look.seats_of(person.pk) if found and seat.pk == found.proposed_by_id), None)


def _complete(title: str, why: str, how: str) -> list[Verdict]:
    return [
        judge(bool(title.strip()), "A4", "Say what will be measured."),
        judge(bool(why.strip()), "A4", "Say why it matters to patients."),
        judge(bool(how.strip()), "A4", "Say how it is measured, and how often."),
    ]


def _says(doing: Doing, measure: Measure) -> None:
    doing.says(measure=measure.title, measure_id=str(measure.pk), number=measure.number)


def may_propose_measure(look: Look, person: Person) -> tuple[Seat | None, list[Verdict]]:
    """The seat from which a person proposes a measure, and the verdicts."""
    own = _seat_of_either(look, person)
    return own, [*_in_time(look), seated(own, "A4", "Measures are proposed by the partners and the project lead.")]


@door("measure_proposed")
def propose_measure(doing: Doing, *, title: str, why: str, how: str, baseline: str = "") -> Measure:
    """Propose a measure: what, why it matters to patients, and how. The baseline can follow."""
    look = doing.look
    own, verdicts = may_propose_measure(look, doing.person)
    require(*verdicts, *_complete(title, why, how))
    assert own
    doing.acting_as(own)
    measure = Measure(
        id=doing.new_id(), case=look.case, number=len(look.measures) + 1, title=title.strip(), why=why.strip(), how=how.strip(),
        baseline=baseline.strip(), proposed_by=own, proposed_at=look.at,
    )  # fmt: skip
    measure.save(force_insert=True)
    look.measures.append(measure)
    _says(doing, measure)
    return measure


def may_change_measure(look: Look, person: Person, measure: UUID) -> Found:
    """The measure, the seat that proposed it if it is this person's, and the verdicts."""
    found, there = _find(look, measure)
    own = _own(look, person, found)
    return found, own, [*_in_time(look), there, seated(own, "A4", "A measure is changed by whoever proposed it.")]


@door("measure_changed")
def change_measure(doing: Doing, *, measure: UUID, title: str, why: str, how: str) -> Measure:
    """Write one's own measure anew. A partner who had said that it matters is asked again: that was about the old text (R4)."""
    found, own, verdicts = may_change_measure(doing.look, doing.person, measure)
    require(*verdicts, *_complete(title, why, how))
    assert found and own
    before = found.title, found.why, found.how
    found.title, found.why, found.how = title.strip(), why.strip(), how.strip()
    changed = (found.title, found.why, found.how) != before
    require(judge(changed, "R4", "Nothing was changed.", "Change something, or go back."))
    doing.acting_as(own)
    found.endorsed_by = found.endorsed_at = None
    found.save(update_fields=["title", "why", "how", "endorsed_by", "endorsed_at"])
    _says(doing, found)
    return found


def may_record_baseline(look: Look, person: Person, measure: UUID) -> Found:
    """The measure, the project lead's seat, and the verdicts."""
    found, there = _find(look, measure)
    own = seat_among(look.active(PROJECT_LEAD), person)
    return found, own, [*_in_time(look), there, seated(own, "A4", "The project lead writes down the baseline.")]


@door("baseline_recorded")
def record_baseline(doing: Doing, *, measure: UUID, baseline: str) -> Measure:
    """Write down what a measure was before any change."""
    found, own, verdicts = may_record_baseline(doing.look, doing.person, measure)
    require(*verdicts, judge(bool(baseline.strip()), "A4", "Write down what it was before any change."))
    assert found and own
    doing.acting_as(own)
    found.baseline = baseline.strip()
    found.save(update_fields=["baseline"])
    _says(doing, found)
    doing.says(baseline=found.baseline)
    return found


def may_endorse_measure(look: Look, person: Person, measure: UUID) -> Found:
    """The measure, the lay seat from which a person says that it matters to patients, and the verdicts."""
    found, there = _find(look, measure)
    own = _lay_seat(look, person)
    return found, own, [
        *_in_time(look), there, seated(own, "A4", "Only a partner can say that a measure matters to patients."),
        judge(found is None or not found.is_a_partners, "A4", "This measure is one of the partners' already.", GO_BACK),
    ]  # fmt: skip


@door("measure_endorsed")
def endorse_measure(doing: Doing, *, measure: UUID) -> Measure:
    """A partner says that a measure which staff proposed matters to patients."""
    found, own, verdicts = may_endorse_measure(doing.look, doing.person, measure)
    require(*verdicts)
    assert found and own
    doing.acting_as(own)
    found.endorsed_by, found.endorsed_at = own, doing.at
    found.save(update_fields=["endorsed_by", "endorsed_at"])
    _says(doing, found)
    return found


def may_drop_measure(look: Look, person: Person, measure: UUID, reason: str) -> Found:
    """The measure, the seat from which a person drops it, and the verdicts: a partner's measure is the partners' to drop."""
    found, there = _find(look, measure)
    theirs = found is not None and found.is_a_partners
    own = _lay_seat(look, person) if theirs else _own(look, person, found) or seat_among(look.active(PROJECT_LEAD), person)
    who = "This measure is one of the partners', and only a partner drops it." if theirs else (
        "A measure is dropped by whoever proposed it, or by the project lead.")  # fmt: skip
    return found, own, [
        *_in_time(look), there, seated(own, "A4", who),
        judge(bool(reason.strip()), "A4", "Say why it is dropped.", "Everybody on the project can read it."),
    ]  # fmt: skip


@door("measure_dropped")
def drop_measure(doing: Doing, *, measure: UUID, reason: str) -> Measure:
    """Drop a measure, with the reason. It stays on the record."""
    found, own, verdicts = may_drop_measure(doing.look, doing.person, measure, reason)
    require(*verdicts)
    assert found and own
    doing.acting_as(own)
    found.dropped_at, found.dropped_reason = doing.at, reason.strip()
    found.save(update_fields=["dropped_at", "dropped_reason"])
    _says(doing, found)
    return found
