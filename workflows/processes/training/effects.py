"""What the stages of the training sign-off do besides moving the case. When one changes, raise its `revision`."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction

from cases.models import Case, Person, RequirementSet, TrainingItem, TrainingRecord
from permissions.roles import PSP
from permissions.verdict import Verdict, judge, require
from workflows.definition import effect
from workflows.processes.training.guards import WARNED

if TYPE_CHECKING:
    from workflows.door import Doing

OFFER_WITHIN = 20
"""Working days in which the organisation offers what is required (C2)."""

State = TrainingItem.State


@effect("The requirements of the day are set for this role and task")
def set_requirements(doing: Doing) -> None:
    """One item for each requirement of the newest set in force. Raises Refused where such a case is open already."""
    partner = _partner(doing)
    require(_not_twice(doing, partner))
    found = _set_in_force(doing)
    for number, requirement in enumerate(found.requirements.order_by("number") if found else (), start=1):
        item = TrainingItem(id=doing.new_id(), case=doing.case, requirement=requirement, number=number, offer_by=_offer_by(doing))
        item.save(force_insert=True)
        doing.look.training_items.append(item)
    doing.says(person=partner.name, person_id=str(partner.pk), requirement_set=str(found) if found else "")


def _partner(doing: Doing) -> Person:
    return next(seat.person for seat in doing.look.seats if seat.role == PSP.code)


def _not_twice(doing: Doing, partner: Person) -> Verdict:
    same = Case.objects.filter(process=doing.case.process, closed_at=None, seats__person=partner, seats__role=PSP.code)
    found = same.filter(facts__task=doing.look.fact("task")).exclude(pk=doing.case.pk).first()
    return judge(found is None, "C1", f"{partner.name} is being trained for this already: {found}.", "Go on with that one.")


def _set_in_force(doing: Doing) -> RequirementSet | None:
    sets = RequirementSet.objects.filter(organisation=doing.case.organisation_id, role=PSP.code, task=doing.look.fact("task"))
    return sets.filter(starts_on__lte=doing.look.today).order_by("-version").first()


def _offer_by(doing: Doing) -> date:
    return doing.look.calendar.add(doing.look.today, OFFER_WITHIN)


@effect("Both have signed: seats for this task are open to the partner until the first item runs out")
def sign_off(doing: Doing) -> None:
    """R13: the record that seats ask for. Running cases on which the partner's sight hangs on it are renewed afterwards."""
    look = doing.look
    for item in look.training_items:
        if item.state == State.VERIFIED:
            item.state = State.SIGNED
            item.save()
    record = TrainingRecord(
        id=doing.new_id(), person=_partner(doing), subject=look.fact("task"), completed_on=look.today,
        valid_until=look.trained_until, source=f"Signed off by both in {look.case.reference}",
    )  # fmt: skip
    record.save(force_insert=True)
    doing.says(person=record.person.name, person_id=str(record.person_id), training=record.subject, until=record.valid_until)
    transaction.on_commit(lambda: _renew_sight(record, look.at))


def _renew_sight(record: TrainingRecord, at: datetime) -> None:
    from workflows.doors.sight import renew_everywhere

    renew_everywhere(record, at)


@effect("What has run out, or will within 90 days, is required again")
def require_again(doing: Doing) -> None:
    """The item begins a new round; what it was before stays in its history."""
    for item in doing.look.training_items:
        runs_out = item.valid_until is not None and item.valid_until - WARNED <= doing.look.today
        if runs_out or item.state in (State.LAPSED, State.REJECTED):
            _begin_again(item, doing)


def _begin_again(item: TrainingItem, doing: Doing) -> None:
    item.state, item.offer_by = State.REQUIRED, _offer_by(doing)
    item.due_on = item.offered_at = item.booked_on = item.completed_on = item.checked_at = item.valid_until = item.hours = None
    item.submitted_by = item.checked_by = item.waiver = None
    item.offer = item.evidence = item.provider = item.rejected_reason = item.adjustments_met = item.lapse_cause = ""
    item.by_proxy = False
    item.save()


@effect("What has run out is marked as lapsed")
def mark_lapsed(doing: Doing) -> None:
    for item in doing.look.training_items:
        if item.valid_until is not None and item.valid_until < doing.look.today:
            item.state = State.LAPSED
            item.save()


@effect("The lapse is charged to whoever caused it")
def charge_lapse(doing: Doing) -> None:
    """C9: the cause that was recorded goes on every item that ran out."""
    for item in doing.look.training_items:
        if item.state == State.LAPSED:
            item.lapse_cause = doing.look.fact("lapse_cause")
            item.save()
