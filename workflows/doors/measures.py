"""Measures of an improvement project (A4): proposed by the lead and the partners, until they are put to the group."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from cases.models import Measure, Person, Seat, Visit
from permissions.verdict import STALE, Verdict, judge
from workflows.definition import MEASURES, Stage
from workflows.door import Doing, door, require
from workflows.look import Look
from workflows.may import GO_BACK, seat_among, seated

Found = tuple[Measure | None, Seat | None, list[Verdict]]
"""The measure, the seat from which a person acts, and the verdicts."""


def agreed_in(look: Look) -> Stage | None:
    """The stage that agrees the measures; a process without one has none. Whoever prepares it leads the measuring."""
    return look.process.stage_for(MEASURES)


def has_measures(look: Look) -> bool:
    return agreed_in(look) is not None


def can_write(look: Look) -> bool:
    """Measures are written until they are put to the group, and again when they come back to be prepared (R4)."""
    stage = agreed_in(look)
    stay = look.last_visit(stage.code) if stage else None
    return stage is not None and look.stage is not None and (stay is None or _is_prepared(stay))


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


def _leading_seat(look: Look, person: Person) -> Seat | None:
    stage = agreed_in(look)
    return seat_among(look.active(stage.acts), person) if stage and stage.acts else None


def _leader(look: Look) -> str:
    stage = agreed_in(look)
    return stage.acts.title.lower() if stage and stage.acts else "person who prepares them"


def _partners_seat(look: Look, person: Person, found: Measure | None) -> Seat | None:
    """The lay seat from which this person speaks for a partner's measure: its partner's own or, once they left, any (A4)."""
    partner = look.seat(found.whose) if found and found.whose else None
    own = _lay_seat(look, person)
    return own if partner is None or not partner.is_active or partner.person_id == person.pk else None


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
    own = _lay_seat(look, person) or _leading_seat(look, person)
    return own, [*_in_time(look), seated(own, "A4", f"Measures are proposed by the partners and the {_leader(look)}.")]


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
    """Write one's own measure anew. Where a partner had chosen it, it goes back to that partner: that was about the old text (R4).

    Their word stands again once the words are those that they chose.
    """
    found, own, verdicts = may_change_measure(doing.look, doing.person, measure)
    require(*verdicts, *_complete(title, why, how))
    assert found and own
    before = found.title, found.why, found.how
    found.title, found.why, found.how = title.strip(), why.strip(), how.strip()
    changed = (found.title, found.why, found.how) != before
    require(judge(changed, "R4", "Nothing was changed.", "Change something, or go back."))
    doing.acting_as(own)
    found.endorsed_at = _chosen_at(found)
    found.save(update_fields=["title", "why", "how", "endorsed_at"])
    _says(doing, found)
    if found.waits_for_its_partner:
        partner = doing.look.seat(found.whose) if found.whose else None
        doing.says(person_id=str(partner.person_id) if partner else "")
    return found


def _chosen_at(measure: Measure) -> datetime | None:
    """When its partner said of these very words that it matters; None where they never did."""
    if measure.endorsed_by_id is None:
        return None
    words = {"title": measure.title, "why": measure.why, "how": measure.how}
    chosen = Measure.history.filter(id=measure.pk, endorsed_by=measure.endorsed_by_id, endorsed_at__isnull=False, **words)
    return chosen.order_by("history_id").values_list("endorsed_at", flat=True).last()


def may_record_baseline(look: Look, person: Person, measure: UUID) -> Found:
    """The measure, the project lead's seat, and the verdicts."""
    found, there = _find(look, measure)
    own = _leading_seat(look, person)
    return found, own, [*_in_time(look), there, seated(own, "A4", f"The {_leader(look)} writes down the baseline.")]


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
    back = found is not None and found.waits_for_its_partner
    own = _partners_seat(look, person, found) if back else _lay_seat(look, person)
    who = "The partner who chose this measure says whether its new words still matter to patients." if back else (
        "Only a partner can say that a measure matters to patients.")  # fmt: skip
    return found, own, [
        *_in_time(look), there, seated(own, "A4", who),
        judge(found is None or not found.is_a_partners, "A4", "This measure is one of the partners' already.", GO_BACK),
    ]  # fmt: skip


@door("measure_endorsed")
def endorse_measure(doing: Doing, *, measure: UUID) -> Measure:
    """A partner says that a measure which staff proposed matters to patients, in the words that it has now."""
    found, own, verdicts = may_endorse_measure(doing.look, doing.person, measure)
    require(*verdicts)
    assert found and own
    doing.acting_as(own)
    found.endorsed_by, found.endorsed_at = own, doing.at
    found.save(update_fields=["endorsed_by", "endorsed_at"])
    _says(doing, found)
    return found


def may_drop_measure(look: Look, person: Person, measure: UUID, reason: str) -> Found:
    """The measure, the seat from which a person drops it, and the verdicts: a partner's measure is that partner's to drop.

    So it stays when its words have been changed since the partner chose it.
    """
    found, there = _find(look, measure)
    theirs = found is not None and found.whose is not None
    own = _partners_seat(look, person, found) if theirs else _own(look, person, found) or _leading_seat(look, person)
    who = "This measure is a partner\u2019s, and only that partner drops it." if theirs else (
        f"A measure is dropped by whoever proposed it, or by the {_leader(look)}.")  # fmt: skip
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
