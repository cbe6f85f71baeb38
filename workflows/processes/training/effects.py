"""What the stages of the training sign-off do besides moving the case. When one changes, raise its `revision`."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from cases.models import Case, Person, TrainingItem, TrainingRecord
from permissions.eligibility import subject_title
from permissions.roles import PSP
from permissions.traininglife import CHECKED, LIFE, has_run_out, offered_in_time, partner_among, standing
from permissions.verdict import Verdict, judge, require
from workflows.definition import effect
from workflows.processes.training.guards import GAP_CAUSE, SIGNED_UNTIL, WARNED, never_offered_since

if TYPE_CHECKING:
    from workflows.door import Doing

State, Cause = TrainingItem.State, TrainingItem.Cause


@effect("The requirements of the day are set for this role and task")
def set_requirements(doing: Doing) -> None:
    """One item for each requirement of the newest set in force. Raises Refused where none is, or such a case is open already."""
    from workflows.doors.requirements import set_in_force

    partner, task = _partner(doing), doing.look.fact("task")
    found = set_in_force(doing.case.organisation_id, PSP.code, task, doing.look.today)
    missing = f"Nobody has said yet what is required for this: {subject_title(task)}."
    require(_not_twice(doing, partner), judge(found is not None, "C1", missing, "The quality team or the coordinator enters it."))
    assert found
    for number, requirement in enumerate(found.requirements.order_by("number"), start=1):
        item = TrainingItem(id=doing.new_id(), case=doing.case, requirement=requirement, number=number, offer_by=_offer_by(doing))
        item.save(force_insert=True)
        doing.look.training_items.append(item)
    doing.says(person=partner.name, person_id=str(partner.pk), requirement_set=str(found))


def _partner(doing: Doing) -> Person:
    seat = partner_among(doing.look.seats)
    assert seat
    return seat.person


def _not_twice(doing: Doing, partner: Person) -> Verdict:
    same = Case.objects.filter(process=doing.case.process, closed_at=None, seats__person=partner, seats__role=PSP.code)
    found = same.filter(facts__task=doing.look.fact("task")).exclude(pk=doing.case.pk).first()
    return judge(found is None, "C1", f"{partner.name} is being trained for this already: {found}.", "Go on with that one.")


def _offer_by(doing: Doing) -> date:
    from workflows.doors.training import OFFER_WITHIN

    return doing.look.calendar.add(doing.look.today, OFFER_WITHIN)


@effect("Both have signed: seats for this task are open to the partner until the first item runs out", revision=2)
def sign_off(doing: Doing) -> None:
    """R13: the record that seats ask for. Running cases on which the partner's sight hangs on it are renewed afterwards."""
    look = doing.look
    for item in look.training_items:
        if item.state == State.VERIFIED:
            item.state = LIFE["sign"].target
            item.save()
    record = TrainingRecord(
        id=doing.new_id(), person=_partner(doing), subject=look.fact("task"), completed_on=look.today,
        valid_until=look.trained_until, source=f"Signed off by both in {look.case.reference}",
    )  # fmt: skip
    record.save(force_insert=True)
    if gap := doing.case.facts.get(GAP_CAUSE):
        doing.says(ran_out_because=gap)
    doing.case.facts = {code: one for code, one in doing.case.facts.items() if code != GAP_CAUSE}
    if record.valid_until:
        doing.case.facts[SIGNED_UNTIL] = record.valid_until.isoformat()
    doing.says(person=record.person.name, person_id=str(record.person_id), training=record.subject, until=record.valid_until)
    doing.afterwards.append(lambda: _renew_sight(record, doing))


def _renew_sight(record: TrainingRecord, doing: Doing) -> None:
    from workflows.doors.sight import renew_everywhere

    renew_everywhere(record, doing.at)


@effect("What has run out, or will within 90 days, is required again; what is in date longer stays")
def require_again(doing: Doing) -> None:
    """C8: such an item begins a new round, and what it was before stays in its history. One that is on its way goes on."""
    today = doing.look.today
    for item in doing.look.training_items:
        over, now = has_run_out(item, today), standing(item, today)
        soon = item.valid_until is not None and item.valid_until - WARNED <= today
        if now == State.LAPSED or (now in CHECKED and soon):
            _begin_again(item, doing)
        if over:
            item.valid_until = None
        item.save()


def _begin_again(item: TrainingItem, doing: Doing) -> None:
    """What is still in date stays so until new evidence is accepted; what the partner needs to take part stays known."""
    item.state, item.offer_by = LIFE["again"].target, _offer_by(doing)
    item.due_on = item.offered_at = item.booked_on = item.completed_on = item.checked_at = item.hours = None
    item.submitted_by = item.checked_by = item.waiver = None
    item.offer = item.evidence = item.provider = item.rejected_reason = item.adjustments_met = ""
    item.by_proxy = False


@effect("What has run out is marked as lapsed, and charged to the organisation where nothing was offered in time", revision=3)
def mark_lapsed(doing: Doing) -> None:
    """C9: whose it is where something was offered in time is written down in the next stage."""
    for item in doing.look.training_items:
        over = has_run_out(item, doing.look.today)
        if over or item.lapse_cause:  # of what ran out before, this lapse knows nothing: that stays in its history
            item.lapse_cause = Cause.ORGANISATION if over and not offered_in_time(item) else ""
            if over and item.state in CHECKED:
                item.state = LIFE["lapse"].target
            item.save()


@effect("The lapse is charged to whoever caused it", revision=3)
def charge_lapse(doing: Doing) -> None:
    """C9: what was written down goes on every item that ran out and is not the organisation's already."""
    for item in doing.look.training_items:
        if has_run_out(item, doing.look.today) and not item.lapse_cause:
            item.lapse_cause = Cause.ORGANISATION if never_offered_since(doing.look, item) else doing.look.fact("lapse_cause")
            item.save()
