"""Who could see what, as the page tells it: one block for each reason for which somebody could see a case."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.urls import reverse

from cases.models import Organisation
from web.design_system.words import count, day, day_and_time
from web.pages.cases.found import address
from workflows.evidence.access import Sight

MOST = 200
"""Blocks on a page; the file has them all."""


@dataclass(frozen=True)
class Block:
    """One reason for sight. `record_href`: where the record tells of the act that opened it."""

    person: str
    person_href: str
    reference: str
    case_title: str
    capacity: str
    facts: tuple[tuple[str, str], ...]
    act: str
    record_href: str

    @property
    def lay(self) -> bool:
        return self.capacity == "lay"


def blocks(sights: Iterable[Sight], organisations: dict[UUID, Organisation], *, links: bool) -> list[Block]:
    """In the order given. `links`: for a reader who opens the record of every one of these cases."""
    return [_block(one, organisations[one.case.organisation_id], links) for one in list(sights)[:MOST]]


def _block(one: Sight, organisation: Organisation, links: bool) -> Block:
    one.case.organisation = organisation
    facts = [
        ("By what", one.by), ("Given by", one.given_by), ("Why", one.why), ("From", _when(one.since)),
        ("Until", _when(one.until) or "No end was set"), ("Could read", one.reads), ("It hung on", one.hung_on),
    ]  # fmt: skip
    of_the_case = links and one.event is not None and one.event.case_id == one.case.pk
    record = f"{address('record', one.case)}?before={one.event.seq + 1}" if of_the_case and one.event else ""
    act = f"{one.act} {day_and_time(one.event.at)}." if one.event else ""
    whole = reverse("access_of_person", args=(one.person.pk,)) if links and one.person.organisation_id == organisation.pk else ""
    return Block(
        one.person.name, whole, one.case.reference, one.case.title,
        one.capacity, tuple((what, words) for what, words in facts if words), act, record,
    )  # fmt: skip


def _when(value: datetime | date | None) -> str:
    return day_and_time(value) if isinstance(value, datetime) else day(value)


def in_short(sights: list[Sight]) -> str:
    """ "14 people could see it: 3 lay and 11 staff." """
    people = {one.person.pk: one.capacity for one in sights}
    lay = sum(1 for capacity in people.values() if capacity == "lay")
    return f"{count(len(people), 'person', 'people')} could see it: {lay} lay and {len(people) - lay} staff."
