"""What a partner is trained in and until when; what they still need, why, and what the organisation owes them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from cases.models import Case, Person, Seat, TrainingItem, TrainingRecord
from permissions.eligibility import subject_title
from permissions.roles import PSP
from permissions.scope import in_sight
from web.design_system.words import day
from web.pages.cases.found import address
from web.pages.training.items import ItemInWords, Now
from web.pages.training.part import ANCHOR, owed_words
from workflows.calendar import london_day
from workflows.opening import calendar_of
from workflows.processes.training.guards import WARNED

MOST = 60
"""Items on the page; each task has a handful."""


@dataclass(frozen=True)
class Held:
    """A training that one has."""

    title: str
    until: str
    tag: str
    colour: str


@dataclass(frozen=True)
class Needed:
    """A training that one still needs."""

    title: str
    why: str
    task: str
    tag: str
    colour: str
    turn: str
    what: str
    due: str
    due_on: date | None
    late: bool
    href: str
    owed: bool


def held_by(person: Person, at: datetime) -> list[Held]:
    """The record that lasts longest of each subject. One statement."""
    today, best = london_day(at), dict[str, TrainingRecord]()
    for record in TrainingRecord.objects.filter(person=person).order_by("completed_on"):
        known = best.get(record.subject)
        if known is None or (record.valid_until or date.max) >= (known.valid_until or date.max):
            best[record.subject] = record
    return [_held(record, today) for record in best.values()]


def _held(record: TrainingRecord, today: date) -> Held:
    until = record.valid_until
    title = subject_title(record.subject)
    if until is None:
        return Held(title, "It does not run out", "In date", "green")
    if until < today:
        return Held(title, f"It ran out on {day(until)}", "Run out", "red")
    soon = until - WARNED <= today
    return Held(title, f"Until {day(until)}", "Runs out soon" if soon else "In date", "yellow" if soon else "green")


def needed_by(person: Person, at: datetime) -> list[Needed]:
    """Every item of the partner's own open training that is not signed off. One statement."""
    return list(_needed(person, at))


def _needed(person: Person, at: datetime) -> Iterator[Needed]:
    own = Seat.objects.filter(person=person, role=PSP.code, state=Seat.State.ACTIVE)
    open_cases = Case.objects.filter(in_sight(person, at), closed_at__isnull=True, pk__in=own.values("case_id"))
    found = TrainingItem.objects.filter(case__in=open_cases).exclude(state=TrainingItem.State.SIGNED)
    for item in found.select_related("requirement", "case__organisation").order_by("case_id", "number")[:MOST]:
        yield _item(ItemInWords(item, Now(london_day(at), calendar_of(item.case.organisation))))


def _item(one: ItemInWords) -> Needed:
    item, (tag, colour) = one.item, one.tag
    who = ("The organisation has to" if one.is_owed else "It is your turn to") if one.whose else ""
    return Needed(
        title=item.title, why=item.why, task=subject_title(str(item.case.facts.get("task", ""))), tag=tag, colour=colour,
        turn=f"{who} {one.to_do}" if who else "", what=owed_words(one), due=one.due, due_on=one.due_on, late=one.is_late,
        href=f"{address('case', item.case)}#{ANCHOR}-{item.number}", owed=one.is_owed,
    )  # fmt: skip
