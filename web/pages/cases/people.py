"""Who sits on a case: lay partners first, empty seats shown as empty, the offices apart."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from cases.models import Seat
from permissions.roles import ROLES, title_of
from web.design_system.words import count, day
from web.pages.cases.reading import CaseFacts
from workflows.definition import Seats

_STATES = {
    Seat.State.OFFERED: ("Asked, no answer yet", "yellow"),
    Seat.State.AWAY: ("Away: somebody stands in", "blue"),
    Seat.State.ACCEPTED: ("Said yes, has not declared interests yet", "yellow"),
}
_LEFT = (Seat.State.RECUSED, Seat.State.STEPPED_DOWN, Seat.State.ENDED)


@dataclass(frozen=True)
class Card:
    """A person in a seat, as the part `person_card` reads one."""

    name: str
    title: str
    lay: bool
    tag: str
    colour: str
    employer: str
    facts: tuple[tuple[str, str], ...]
    verdicts: tuple[()] = ()


@dataclass(frozen=True)
class EmptySeat:
    """A seat that nobody holds."""

    title: str
    sentence: str


@dataclass(frozen=True)
class Group:
    """The people of a case. `offices` and `left` are (who, what)."""

    cards: tuple[Card, ...]
    empty: tuple[EmptySeat, ...]
    offices: tuple[tuple[str, str], ...]
    left: tuple[tuple[str, str], ...]


def group(facts: CaseFacts) -> Group:
    """Everybody who sits, or was asked, and the seats that wait for somebody."""
    look = facts.look
    sitting = [seat for seat in look.seats if seat.state in Seat.HELD and not seat.office]
    offices = [seat for seat in look.seats if seat.is_active and seat.office]
    return Group(
        cards=tuple(_card(facts, seat) for seat in _in_order(facts, sitting)),
        empty=tuple(_empty(facts, seats) for seats in look.process.seats if look.stage and _is_missing(facts, seats)),
        offices=tuple((title_of(seat.role), seat.person.name) for seat in _in_order(facts, offices)),
        left=tuple((seat.person.name, _leaving(seat)) for seat in look.seats if seat.state in _LEFT),
    )


def _in_order(facts: CaseFacts, seats: Iterable[Seat]) -> list[Seat]:
    """Lay partners first, then as the process lists its roles."""
    order = {one.role.code: number for number, one in enumerate(facts.look.process.seats)}
    return sorted(seats, key=lambda seat: (not seat.is_lay, order.get(seat.role, len(order)), seat.offered_at))


def _card(facts: CaseFacts, seat: Seat) -> Card:
    tag, colour = _STATES.get(Seat.State(seat.state), ("", ""))
    if seat.is_active and seat.membership == Seat.Membership.ATTENDEE:
        tag, colour = "Attendee: may speak, does not count", "orange"
    elif seat.person_id == facts.person.pk and not tag:
        tag, colour = "You", "blue"
    since = [("Here since", day(seat.active_from))] if seat.active_from else [("Asked on", day(seat.offered_at))]
    reply = [("Answer by", day(seat.reply_by))] if seat.state == Seat.State.OFFERED and seat.reply_by else []
    return Card(seat.person.name, title_of(seat.role), seat.is_lay, tag, colour, seat.person.employer, tuple(since + reply))


def _is_missing(facts: CaseFacts, seats: Seats) -> bool:
    return facts.look.vacant(seats.role) > 0


def _empty(facts: CaseFacts, seats: Seats) -> EmptySeat:
    look, role = facts.look, seats.role
    held = len(look.voting(role))
    asked = [seat for seat in look.seats if seat.role == role.code and seat.state in (Seat.State.OFFERED, Seat.State.ACCEPTED)]
    has = f"This group needs {count(seats.target, 'seat')} of this kind and has {held or 'none'}."
    then = f" {count(len(asked), 'person', 'people').capitalize()} asked." if asked else " Nobody has been asked yet."
    return EmptySeat(ROLES[role.code].title, has + then if seats.offered_by else "Nobody holds this office.")


def _leaving(seat: Seat) -> str:
    return f"{title_of(seat.role)}. {seat.get_state_display()}, {day(seat.ended_at)}."
