"""Where a message leads that is about no case that its reader sees: to the page of what the act wrote, if they may open it."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse

from audit.compiled import Compiled, compiled, padded
from audit.models import Event
from cases.models import ExperienceRound, GroupSeat, Meeting, Person, RequirementSet, SafetyGroup, Term
from notifications.reading import SHOWN, Told
from permissions.eligibility import day_of
from permissions.emergency import visible_emergencies
from permissions.groups import may_read_groups
from permissions.known import keys_of
from permissions.matters import visible_matters
from permissions.payment import visible_claims


@dataclass(frozen=True)
class Subject:
    """What an act on no case was about: the page of one such row, what a link to it says, and which rows a person may open.

    `of_one` is False where all rows are on one page. `compiles`: `visible` asks the same of everybody, so it is compiled once.
    """

    route: str
    words: str
    visible: Callable[[Person, datetime], QuerySet[Any]]
    of_one: bool = True
    compiles: bool = True


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
    "cases.safetygroup": Subject("group", "See the group", _groups, compiles=False),
    "cases.groupseat": Subject("groups", "See the safety groups", _group_seats, of_one=False, compiles=False),
    "cases.meeting": Subject("groups", "See the safety groups", _meetings, of_one=False, compiles=False),
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
    by_table: dict[str, set[UUID]] = {}
    for table, key in rows.values():
        by_table.setdefault(table, set()).add(key)
    may_open = {(table, key) for table, keys in by_table.items() for key in open_to(table, keys, person, at)}
    return {pk: _link(*row) for pk, row in rows.items() if row in may_open}


def open_to(table: str, keys: Iterable[UUID], person: Person, at: datetime) -> set[UUID]:
    """Of these rows of a table (at most as many as messages are shown), those that a person may open.

    One statement; none for a table that has no page.
    """
    if table not in SUBJECTS:
        return set()
    asked = padded(keys, SHOWN)
    if not SUBJECTS[table].compiles:
        return set(SUBJECTS[table].visible(person, at).filter(pk__in=asked).values_list("pk", flat=True))
    return set(_open_rows(table)(**keys_of(person), organisation=person.organisation_id, at=at, keys=asked))


@functools.cache
def _open_rows(table: str) -> Compiled[..., UUID]:
    @compiled(day_of)
    def open_rows(person: UUID, account: int, organisation: UUID, at: datetime, keys: tuple[UUID, ...]) -> QuerySet[Any, UUID]:
        who = Person(pk=person, account_id=account, organisation_id=organisation)
        return SUBJECTS[table].visible(who, at).filter(pk__in=keys).values_list("pk", flat=True)

    return open_rows


def _link(table: str, key: UUID) -> Link:
    subject = SUBJECTS[table]
    return reverse(subject.route, args=(key,) if subject.of_one else ()), subject.words
