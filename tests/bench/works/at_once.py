"""A hundred seats offered at once: by the one act of their door, against the same rows written with one statement a table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from uuid import UUID

from django.utils import timezone

from cases.models import Case, Person
from permissions.eligibility import candidates
from permissions.roles import Role
from tests.bench.measuring import Variant, side_by_side
from tests.bench.raw.rewriting import Statement, statements, take_back, write
from tests.bench.raw.written import Written, noted, noting, undo
from tests.bench.work import OURS, RAW, Bench, Row, Target, Work
from workflows.door import Receipt
from workflows.doors.seats import may_offer, offer_seats, offering_seat
from workflows.law import typed
from workflows.look import Look
from workflows.opening import training_for
from workflows.registry import process_of

MANY = 100
WHY = "You know how it feels to wait for help on a ward."

TOLD = """\
Ours offers all of them on one case by one act of the door: each person is judged by every rule, and the record has an event for
each. By hand the very rows that this wrote are written in one transaction, with one statement for each table, knowing everything
beforehand."""


@dataclass(frozen=True)
class Offers:
    """Seats that can be offered to people who have none on the case."""

    case: UUID
    by: Person
    people: tuple[Person, ...]
    role: Role

    def make(self) -> Receipt:
        """By the door."""
        return offer_seats(
            case=self.case, by=self.by, at=timezone.now(), people=self.people, role=self.role.code, why=WHY
        )  # fmt: skip


def measure(bench: Bench) -> Iterator[Row]:
    """As many of a hundred as there is somebody to offer one to, on the case where they are most."""
    offers = _most(bench.of.waiting)
    written = _tried(offers)
    by_hand: list[Statement] = statements(offers.case, written)
    variants = [
        Variant(OURS, lambda _: offers.make(), undo=lambda receipt: take_back(written, receipt.event.pk)),
        Variant(RAW, lambda _: write(by_hand), undo=lambda _: undo(written)),
    ]
    title = f"{len(offers.people)} seats offered at once, {len(written):,} rows"
    yield Row("at_once:offers", title, side_by_side(variants, bench.rounds))


def _tried(offers: Offers) -> list[Written]:
    """What these offers write; nothing is left changed."""
    with noting():
        offers.make()
        written = noted()
    undo(written)
    return written


def _most(cases: Iterable[UUID]) -> Offers:
    """Of the first cases, the offers that are a hundred, or the most."""
    found: list[Offers] = []
    for case in list(cases)[:MANY]:
        found += _on(case)
        if found and len(found[-1].people) >= MANY:
            return found[-1]
    return max(found, key=lambda one: len(one.people))


def _on(case: UUID) -> list[Offers]:
    """What can be offered on a case: of one role after the other to everybody who may be asked."""
    row = Case.objects.select_related("organisation").get(pk=case)
    look = Look(typed(row), process_of(row.process, row.definition_version), timezone.now())
    found = []
    for card in look.process.seats:
        by = next((seat.person for seat in look.active(card.offered_by)), None) if card.offered_by else None
        if by is None or offering_seat(look, by, card.role) is None:
            continue
        could = candidates(look.case, card.role, look.at, training_for(look.process, card.role))
        people = tuple(one.person for one in could if one.ready)[:MANY]
        if people and all(may_offer(look, by, people, card.role, WHY, "member", "")):
            found.append(Offers(case, by, people, card.role))
    return sorted(found, key=lambda one: len(one.people))


WORK = Work(
    "at_once", "A hundred seats offered at once", measure,
    (Target("at_once", "at_once:offers", "A hundred seats offered at once, against one statement a table", 3.0),),
    TOLD,
)  # fmt: skip
