"""Where a message leads that is about no case that its reader sees: to the page of what the act wrote, if they may open it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse

from audit.compiled import compiled, padded
from audit.models import Event
from cases.models import ExperienceRound, GroupSeat, Meeting, Person, RequirementSet, SafetyGroup, Term
from notifications.reading import SHOWN, Told
from permissions.emergency import visible_emergencies
from permissions.groups import may_read_groups
from permissions.matters import visible_matters
from permissions.payment import visible_claims


@dataclass(frozen=True)
class Subject:
    """What an act on no case was about: the page of one such row, what a link to it says, and which rows a person may open.

    `of_one` is False where all rows are on one page.
    """

    route: str
    words: str
    visible: Callable[[Person, datetime], QuerySet[Any]]
    of_one: bool = True


def _terms_of(person: Person, at: datetime) -> QuerySet[Term]:
    return Term.objects.filter(organisation=person.organisation_id)


def _sets(person: Person, at: datetime) -> QuerySet[RequirementSet]:
    """Everybody of an organisation reads what it asks for."""
    return RequirementSet.objects.filter(organisation=person.organisation_id)


def _groups(person: Person, at: datetime) -> QuerySet[SafetyGroup]:
    """None for somebody who does not read about the groups."""
    of = SafetyGroup.objects.filter(organisation=person.organisation_id)
    return of if may_read_groups(person.organisation, person, at) else of.none()


def _group_seats(person: Person, at: datetime) -> QuerySet[GroupSeat]:
    return GroupSeat.objects.filter(group__in=_groups(person, at))


def _meetings(person: Person, at: datetime) -> QuerySet[Meeting]:
    return Meeting.objects.filter(group__in=_groups(person, at))


def _rounds(person: Person, at: datetime) -> QuerySet[ExperienceRound]:
    """Those in which they were asked."""
    return ExperienceRound.objects.filter(asked__person=person)


SUBJECTS: dict[str, Subject] = {
    "cases.claim": Subject("claim", "Open the claim", visible_claims),
    "cases.matter": Subject("matter", "Read what was raised", visible_matters),
    "cases.requirementset": Subject("requirement_set", "See what training is asked for", _sets),
    "cases.term": Subject("words", "See the words we use", _terms_of, of_one=False),
    "cases.safetygroup": Subject("group", "See the group", _groups),
    "cases.groupseat": Subject("groups", "See the safety groups", _group_seats, of_one=False),
    "cases.meeting": Subject("groups", "See the safety groups", _meetings, of_one=False),
    "cases.experienceround": Subject("experience", "Answer, if you like", _rounds, of_one=False),
    "cases.emergencysight": Subject("emergency", "Read who asks, and why", visible_emergencies),
}
"""By the table that the ledger names."""

Link = tuple[str, str]
"""An address, and the words of a link to it."""

NOWHERE: Link = ("", "")


@compiled()
def _facts_of(events: tuple[UUID, ...]) -> QuerySet[Event, tuple[UUID, Any]]:
    return Event.objects.filter(pk__in=events).values_list("pk", "facts")


def links_of(told: Iterable[Told], person: Person, at: datetime) -> dict[UUID, Link]:
    """For each event of a message on no case that its reader sees, where it leads. One statement, and one for each kind of thing;
    none for neither."""
    events = {one.event for one in told if not one.may_open}
    found = _facts_of(events=padded(events, SHOWN)) if events else ()
    rows = {pk: (facts["row"][0], UUID(facts["row"][1])) for pk, facts in found if facts.get("row")}
    open_to = {(table, key) for table in {table for table, _ in rows.values()} for key in _open_to(table, rows, person, at)}
    return {pk: _link(*row) for pk, row in rows.items() if row in open_to}


def _open_to(table: str, rows: dict[UUID, tuple[str, UUID]], person: Person, at: datetime) -> Iterable[UUID]:
    subject = SUBJECTS.get(table)
    keys = [key for name, key in rows.values() if name == table]
    return subject.visible(person, at).filter(pk__in=keys).values_list("pk", flat=True) if subject else ()


def _link(table: str, key: UUID) -> Link:
    subject = SUBJECTS[table]
    return reverse(subject.route, args=(key,) if subject.of_one else ()), subject.words
