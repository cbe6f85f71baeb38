"""The people of a case, lay partners first, with empty seats shown as empty, and what the visitor can do about each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from cases.models import Person, Proposal, Seat
from permissions.roles import ROLES, Role
from permissions.verdict import Verdict
from web.design_system import words
from web.pages.cases.found import address
from web.pages.people.candidates import number
from workflows.available import asking_for
from workflows.doors.facts import may_record_connection
from workflows.doors.seats import may_ask_about, may_withdraw_offer, offering_seat
from workflows.doors.stand_ins import may_hand_over
from workflows.look import Look
from workflows.offers import REASON
from workflows.stand_ins import standing_in

State = Seat.State
GONE = (State.DECLINED, State.WITHDRAWN, State.RECUSED, State.STEPPED_DOWN, State.ENDED)


@dataclass(frozen=True)
class Link:
    """Something to do, and where."""

    text: str
    href: str


@dataclass(frozen=True)
class Card:
    """A seat with its person, as the card shows it."""

    name: str
    title: str
    lay: bool
    tag: str
    colour: str
    employer: str
    facts: list[tuple[str, str]]
    links: list[Link] = field(default_factory=list)
    verdicts: tuple[Verdict, ...] = ()


@dataclass(frozen=True)
class Empty:
    """An empty seat, and where the visitor can ask somebody, if they may."""

    title: str
    sentence: str
    href: str = ""


class PeopleOfCase:
    """Who sits on a case and who was asked, as one person sees it."""

    def __init__(self, look: Look, person: Person) -> None:
        self.look, self.person, self.case = look, person, look.case

    # The groups

    @property
    def lay(self) -> list[Card]:
        return [self.card(seat) for seat in self._here if seat.is_lay]

    @property
    def group(self) -> list[Card]:
        return [self.card(seat) for seat in self._here if not seat.is_lay and not seat.office]

    @property
    def offices(self) -> list[list[str]]:
        """Rows of the table of those who are there by their office: name, title."""
        return [[seat.person.name, ROLES[seat.role].title] for seat in self._here if seat.office]

    @property
    def gone(self) -> list[list[str]]:
        """Rows of the table of those who left or did not come: name, seat, what became of it, when."""
        left = sorted((seat for seat in self.look.seats if seat.state in GONE), key=_ended, reverse=True)
        return [[seat.person.name, ROLES[seat.role].title, self._end_of(seat), words.day(_ended(seat))] for seat in left]

    def _end_of(self, seat: Seat) -> str:
        """How it ended; what a person answered is for whoever asked."""
        said = seat.reply if seat.state == State.DECLINED and seat.offered_by_id == self.person.pk else ""
        why = seat.ended_reason if seat.state == State.ENDED else ""
        told = said or why
        return f"{seat.get_state_display()}: {told}" if told else seat.get_state_display()

    @cached_property
    def _here(self) -> list[Seat]:
        return [seat for seat in self.look.seats if seat.state in Seat.HELD]

    # Empty seats

    @property
    def lay_sentence(self) -> str:
        """ "This group needs two lay partners. It has none." Empty once they are filled or the case has ended."""
        short = [seats for seats in self.look.process.seats if seats.role.lay and self.look.vacant(seats.role)]
        if not short or self.look.stage is None:
            return ""
        has = len(self.look.voting(short[0].role))
        asked = sum(seat.is_lay and not seat.is_active for seat in self._here)
        waits = f" {number(asked).capitalize()} {'has' if asked == 1 else 'have'} been asked." if asked else ""
        needs = f"{number(short[0].target)} lay partner{'s' if short[0].target != 1 else ''}"
        return f"This group needs {needs}. It has {number(has) if has else 'none'}.{waits}"

    @property
    def empty_lay(self) -> list[Empty]:
        return list(self._empty(lay=True))

    @property
    def empty_staff(self) -> list[Empty]:
        return list(self._empty(lay=False))

    def _empty(self, lay: bool) -> Iterator[Empty]:
        if self.look.stage is None:
            return
        for seats in self.look.process.seats:
            if seats.offered_by and seats.role.lay is lay:
                asked = sum(one.role == seats.role.code and not one.is_active for one in self._here)
                for _ in range(self.look.vacant(seats.role) - asked):
                    yield Empty(seats.role.title, "Nobody sits here yet.", self.ask(seats.role))

    def ask(self, role: Role) -> str:
        """Where the visitor asks somebody to take a seat in this role; empty where they may not."""
        may = offering_seat(self.look, self.person, role)
        return address("seat_assign", self.case, role=role.code) if may else ""

    @property
    def to_ask(self) -> list[Link]:
        """Every role in which the visitor may ask somebody, whether or not a seat is empty."""
        roles = [seats.role for seats in self.look.process.seats if seats.offered_by] if self.look.stage else []
        asking = [(role, self.ask(role)) for role in roles]
        return [Link(asking_for(self.look, role), href) for role, href in asking if href]

    # One seat

    def card(self, seat: Seat) -> Card:
        """One seat with its person."""
        tag, colour = self._tag(seat)
        return Card(
            name=seat.person.name, title=ROLES[seat.role].title, lay=seat.is_lay, tag=tag, colour=colour,
            employer=seat.person.employer, facts=list(self._facts(seat)), links=list(self._links(seat)),
        )  # fmt: skip

    def _tag(self, seat: Seat) -> tuple[str, str]:
        if any(one.seat_id == seat.pk for one in self._waiting):
            return "A second person decides", "orange"
        if seat.state == State.OFFERED:
            late = seat.reply_by is not None and seat.reply_by < self.look.today
            return ("No answer in time", "red") if late else ("Asked, no answer yet", "yellow")
        if seat.state == State.ACCEPTED:
            return "Accepted, interests not declared", "yellow"
        if seat.state == State.AWAY:
            return "Away: somebody stands in", "blue"
        return ("", "") if seat.counts else ("Attendee: does not count", "orange")

    def _facts(self, seat: Seat) -> Iterator[tuple[str, str]]:
        if seat.is_active:
            yield "In the group since", words.day(seat.active_from)
        if seat.state == State.OFFERED and seat.reply_by:
            yield "Answer by", words.due(seat.reply_by, self.look.calendar.between(self.look.today, seat.reply_by), self.look.today)
        first = self.look.seat(seat.stands_in_for_id) if seat.stands_in_for_id else None
        if first:
            yield "Stands in for", first.person.name
            yield "Which days", f"{words.day(seat.stands_in_from)} until {words.day(seat.stands_in_until)}"
        if seat.membership_reason:
            yield "Why an attendee", seat.membership_reason
        if seat.person.needs and seat.is_lay and offering_seat(self.look, self.person, ROLES[seat.role]):
            yield "Needs", seat.person.needs

    def _links(self, seat: Seat) -> Iterator[Link]:
        if seat.person_id == self.person.pk:
            yield from self._own_links(seat)
            return
        if all(may_withdraw_offer(self.look, self.person, seat.pk, REASON)[2]):
            yield Link("Take back the offer", address("seat_withdraw_offer", self.case, seat=seat.pk))
        elif all(may_ask_about(self.look, self.person, seat.pk, REASON)[2]):
            yield Link("Ask to end or change this seat", address("seat_end", self.case, seat=seat.pk))
        for proposal in self._waiting:
            if proposal.seat_id == seat.pk:
                yield Link("See what was asked", address("proposal", self.case, proposal=proposal.pk))

    def _own_links(self, seat: Seat) -> Iterator[Link]:
        own = {
            State.OFFERED: ("Answer the offer", "seat_answer"),
            State.ACCEPTED: ("Declare your interests", "seat_declare"),
            State.ACTIVE: ("Step down, or declare a conflict", "seat_leave"),
            State.AWAY: ("Take your seat back", "seat_return"),
        }
        text, name = own[State(seat.state)]
        yield Link(text, address(name, self.case, seat=seat.pk))
        if all(may_hand_over(self.look, self.person, seat.pk, None, self.look.today, self.look.today)[1]):
            yield Link("Ask somebody to stand in for you", address("stand_in_ask", self.case, seat=seat.pk))
        elif seat.is_active and standing_in(self.look, seat):
            yield Link("Take your seat back", address("seat_return", self.case, seat=seat.pk))

    @cached_property
    def _waiting(self) -> list[Proposal]:
        return [one for one in self.look.proposals if one.state == Proposal.State.OPEN]

    # Ties

    @property
    def may_record_ties(self) -> bool:
        return self.look.stage is not None and bool(may_record_connection(self.look, self.person)[1])

    @property
    def ties(self) -> list[list[str]]:
        """Rows of the table of ties: name and kind, for those alone who may record them. One statement."""
        if not self.may_record_ties:
            return []
        found = self.case.connections.select_related("person").order_by("person__name")
        return [[one.person.name, one.get_kind_display()] for one in found]

    # What has just been done

    def told(self, people: list[str]) -> list[str]:
        """A sentence on the newest seat of each of these people (by key): what was done, and what comes next."""
        newest = {str(seat.person_id): seat for seat in self.look.seats if not seat.office}
        return [line for key in people if key in newest and (line := _just_done(newest[key]))]


def _ended(seat: Seat) -> datetime:
    return seat.ended_at or seat.replied_at or seat.offered_at


def _just_done(seat: Seat) -> str:
    name = seat.person.name
    if seat.state == State.OFFERED:
        return f"{name} has been asked, and has until {words.day(seat.reply_by)} to answer. No answer is never a yes."
    if seat.state == State.WITHDRAWN:
        return f"The offer to {name} was taken back. They have been told."
    return ""
