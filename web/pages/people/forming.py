"""The group while it is formed: for each kind of seat who sits, who was asked, what is missing, and where to ask somebody."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from uuid import UUID

from cases.models import Person, Seat
from permissions.eligibility import Checked, checked
from web.design_system import words
from web.pages.people.candidates import number
from web.pages.people.presenter import Card, PeopleOfCase
from workflows.available import is_forming
from workflows.definition import Seats, Stage
from workflows.look import Look

WAITS = (Seat.State.OFFERED, Seat.State.ACCEPTED)


@dataclass(frozen=True)
class Kind:
    """The seats of one role: what is needed, what there is, and where the visitor asks somebody, if they may."""

    title: str
    sentence: str
    tag: str
    colour: str
    cards: list[Card]
    ask_href: str


class Forming:
    """The group as whoever forms it sees it; `closely`, as whoever confirms it does: every person with every condition."""

    def __init__(self, look: Look, person: Person, closely: bool = False) -> None:
        self._look, self._closely = look, closely
        self._people = PeopleOfCase(look, person)

    @property
    def kinds(self) -> list[Kind]:
        """Lay seats first, in the order of the process; what nobody is needed for is left out while nobody sits there."""
        cards = sorted(self._look.process.seats, key=lambda seats: not seats.role.lay)
        shown = [seats for seats in cards if seats.offered_by or seats.asked_at_opening]
        return [self._kind(seats) for seats in shown if seats.target or self._seated(seats)]

    def _kind(self, seats: Seats) -> Kind:
        missing = self._look.vacant(seats.role) > 0
        return Kind(
            seats.role.title, self._sentence(seats), "Missing" if missing else "Complete", "red" if missing else "green",
            [self._card(seat) for seat in self._seated(seats)], self._people.ask(seats.role) if missing else "",
        )  # fmt: skip

    def _seated(self, seats: Seats) -> list[Seat]:
        return [seat for seat in self._live if seat.role == seats.role.code]

    @cached_property
    def _live(self) -> list[Seat]:
        return [seat for seat in self._look.seats if seat.state in Seat.LIVE and not seat.office]

    def _sentence(self, seats: Seats) -> str:
        """ "Two are wanted, and at least one is needed. One sits, and one has not taken the seat yet." """
        has, waits = len(self._look.voting(seats.role)), sum(seat.state in WAITS for seat in self._seated(seats))
        least = f", and at least {number(seats.minimum)} {_is(seats.minimum)} needed" if 0 < seats.minimum < seats.target else ""
        wanted = f"{number(seats.target).capitalize()} {_is(seats.target)} wanted{least}. " if seats.target else ""
        yet = f", and {number(waits)} {'has' if waits == 1 else 'have'} not taken the seat yet" if waits else ""
        sits = f"{number(has).capitalize()} {'sits' if has == 1 else 'sit'}" if has else "Nobody sits here yet"
        return f"{wanted}{sits}{yet}."

    def _card(self, seat: Seat) -> Card:
        card = self._people.card(seat)
        if not self._closely:
            return card
        found = self._checked[seat.pk]
        facts = [("Groups now", str(found.load)), ("Last asked elsewhere", words.day(found.last_elsewhere) or "never")]
        if seat.why:
            facts.append(("Why they were asked", seat.why))
        return replace(card, facts=card.facts + facts, links=[], verdicts=found.verdicts)

    @cached_property
    def _checked(self) -> dict[UUID, Checked]:
        return checked(self._live, self._look.case, self._look.at)


def _is(many: int) -> str:
    return "is" if many == 1 else "are"


def forms_the_group(look: Look, stage: Stage) -> bool:
    """Whether the work of a stage is to fill seats: the group is being formed, and no text is put to it yet."""
    return stage.paper is None and stage.agreed_by is None and is_forming(look, stage)
