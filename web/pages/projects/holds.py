"""Holds as the pages show them: who stopped the work, why, who answers by when, and what was answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from cases.models import Hold, Person, Visit
from web.design_system.words import day, due
from web.pages.cases.found import address
from web.pages.cases.wording import lower, names
from workflows.definition import AnyTime
from workflows.doors.holds import ANSWERED_WITHIN, may_answer_hold, may_take_back_hold
from workflows.look import Look
from workflows.offers import REASON


@dataclass(frozen=True)
class HoldCard:
    """One hold. `placed_by` is the key of the seat. The answer is empty while it waits, and if it was taken back."""

    placed_by: object
    who: str
    reason: str
    since: datetime
    due: str
    is_late: bool
    tag: str
    colour: str
    waits_for: str
    answered_by: str
    answer: str
    answered_at: datetime | None
    taken_back_at: datetime | None
    answer_href: str
    take_back_href: str
    stops: bool


def open_holds(look: Look, person: Person) -> list[HoldCard]:
    """What stops the case now, the oldest first. No statement where the process knows no holds."""
    return [card_of(look, person, hold) for hold in look.holds if hold.stops and look.stage is not None]


def answered_holds(look: Look, person: Person) -> list[HoldCard]:
    """What stopped the case in the stage that it is still in, and was answered; the newest first."""
    here = {visit.pk for visit in _stay(look)}
    return [card_of(look, person, hold) for hold in reversed(look.holds) if hold.answered_at and hold.visit_id in here]


def _stay(look: Look) -> list[Visit]:
    """The visits since the case came into the stage that it stands in: a stage may be entered again and again."""
    found: list[Visit] = []
    for visit in reversed(look.visits if look.stage else []):
        if visit.stage != look.case.state:
            break
        found.append(visit)
    return found


def all_holds(look: Look, person: Person) -> list[HoldCard]:
    """Every hold that was ever placed: those that wait first, then the newest."""
    cards = [card_of(look, person, hold) for hold in reversed(look.holds)]
    return sorted(cards, key=lambda card: not card.stops)


def card_of(look: Look, person: Person, hold: Hold) -> HoldCard:
    """One hold as a card."""
    late = hold.stops and hold.due_on < look.today
    may_answer = bool(may_answer_hold(look, person, hold.pk, REASON)[1]) and look.stage is not None
    may_take_back = bool(may_take_back_hold(look, person, hold.pk)[1]) and look.stage is not None
    tag, colour = _tag(hold, late)
    return HoldCard(
        placed_by=hold.placed_by_id, who=_name(look, hold.placed_by_id),
        reason=hold.reason, since=hold.placed_at, is_late=late, tag=tag, colour=colour,
        due=due(hold.due_on, look.calendar.between(look.today, hold.due_on), look.today), waits_for=answerer(look, hold.act),
        answered_by=_name(look, hold.answered_by_id) if hold.answered_by_id else "", answer=hold.answer,
        answered_at=hold.answered_at, taken_back_at=hold.taken_back_at,
        answer_href=address("hold_answer", look.case, hold=hold.pk) if may_answer else "",
        take_back_href=address("hold_take_back", look.case, hold=hold.pk) if may_take_back else "", stops=hold.stops,
    )  # fmt: skip


def _tag(hold: Hold, late: bool) -> tuple[str, str]:
    if hold.taken_back_at:
        return "Taken back", "grey"
    if hold.answered_at:
        return "Answered", "green"
    return ("Overdue", "red") if late else ("Waiting for an answer", "orange")


def _name(look: Look, seat: object) -> str:
    return next((one.person.name for one in look.seats if one.pk == seat), "Somebody")


def answerer(look: Look, act: str) -> str:
    """ "Sam Ward (project sponsor)"; the role alone where nobody sits in it."""
    card = look.process.any_time_act(act)
    role = card.answered_by if card else None
    if role is None:
        return "somebody"
    seated = names(seat.person.name for seat in look.voting(role)) if look.voting(role) else ""
    return f"{seated} ({lower(role.title)})" if seated else f"the {lower(role.title)}"


class PlacePage:
    """What happens if one stops the work: said before one is asked why."""

    def __init__(self, look: Look, card: AnyTime) -> None:
        self._look, self._card = look, card
        self.title = card.title

    @property
    def answerer(self) -> str:
        return answerer(self._look, self._card.code)

    @property
    def due(self) -> str:
        """By when it would be answered, if it were stopped today."""
        look = self._look
        within = (self._card.within or ANSWERED_WITHIN).days
        return f"{day(look.calendar.add(look.today, within))} ({within} working days)"
