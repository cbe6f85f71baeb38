"""A hundred seats offered at once: each by its door, against the same rows written with one statement a table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from uuid import UUID

from django.utils import timezone

from cases.models import Case, Person
from permissions.roles import Role
from tests.bench.measuring import Variant, side_by_side
from tests.bench.raw.rewriting import Statement, statements, take_back, write
from tests.bench.raw.written import Written, noted, noting, undo
from tests.bench.work import OURS, RAW, Bench, Row, Target, Work
from workflows.door import Receipt
from workflows.doors.seats import may_offer, offer_seat, offering_seat
from workflows.law import typed
from workflows.look import Look
from workflows.registry import process_of

MANY, MOST_ROUNDS, EACH_CASE = 100, 5, 2
WHY = "You know how it feels to wait for help on a ward."

TOLD = """\
Ours offers each seat by its door, in a transaction of its own, judged by every rule; by hand all of the rows are written in one
transaction, with one statement for each table. What is compared is the time for the same hundred."""


@dataclass(frozen=True)
class Offer:
    """A seat that can be offered to somebody who does not have it; `written` is what that writes."""

    case: UUID
    by: Person
    person: Person
    role: Role
    written: tuple[Written, ...] = ()

    def make(self) -> Receipt:
        """By the door."""
        return offer_seat(case=self.case, by=self.by, at=timezone.now(), person=self.person, role=self.role.code, why=WHY)


def measure(bench: Bench) -> Iterator[Row]:
    """As many of a hundred as there is somebody to offer one to."""
    offers = _tried(_offers(bench.of.waiting))
    everything = [row for offer in offers for row in offer.written]
    by_hand: list[Statement] = statements(offers[0].case, everything)
    variants = [
        Variant(OURS, lambda _: [(offer, offer.make()) for offer in offers], undo=_taken_back),
        Variant(RAW, lambda _: write(by_hand), undo=lambda _: undo(everything)),
    ]
    title = f"{len(offers)} seats offered at once, {len(everything):,} rows"
    yield Row("at_once:offers", title, side_by_side(variants, min(bench.rounds, MOST_ROUNDS), 1))


def _taken_back(done: list[tuple[Offer, Receipt]]) -> None:
    for offer, receipt in reversed(done):
        take_back(offer.written, receipt.event.pk)


def _tried(offers: Iterable[Offer]) -> list[Offer]:
    """These offers with what each writes, one after the other; nothing is left changed."""
    made = []
    with noting():
        for offer in offers:
            offer.make()
            made.append(Offer(offer.case, offer.by, offer.person, offer.role, tuple(noted())))
    for offer in reversed(made):
        undo(offer.written)
    return made


def _offers(cases: Iterable[UUID]) -> list[Offer]:
    found: list[Offer] = []
    for case in cases:
        found += _on(case)[:EACH_CASE]
        if len(found) >= MANY:
            break
    return found[:MANY]


def _on(case: UUID) -> list[Offer]:
    """What can be offered on a case: to each person one seat."""
    row = Case.objects.select_related("organisation").get(pk=case)
    look = Look(typed(row), process_of(row.process, row.definition_version), timezone.now())
    found: dict[UUID, Offer] = {}
    for card in look.process.seats:
        by = next((seat.person for seat in look.active(card.offered_by)), None) if card.offered_by else None
        if by is None or offering_seat(look, by, card.role) is None:
            continue
        people = Person.objects.filter(appointments__organisation=row.organisation, appointments__role=card.role.code)
        for person in people.select_related("organisation").distinct()[:EACH_CASE]:
            if all(may_offer(look, by, person, card.role, WHY, "member", "")):
                found.setdefault(person.pk, Offer(case, by, person, card.role))
    return list(found.values())


WORK = Work(
    "at_once", "A hundred seats offered at once", measure,
    (Target("at_once", "at_once:offers", "A hundred seats offered at once, against one statement a table", 3.0),),
    TOLD,
)  # fmt: skip
