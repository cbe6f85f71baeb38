"""Who opens which process, and what whoever opened a case that they cannot see yet is told."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass

from django.urls import reverse

from cases.models import Case, Person, Seat, Visit
from web.design_system.words import due
from web.pages.cases.found import address
from web.pages.cases.wording import lower, names, to_open
from workflows.calendar import london_day
from workflows.definition import Process
from workflows.opening import calendar_of
from workflows.registry import all_processes


def openable(roles: Set[str]) -> list[Process]:
    """The processes of which somebody with these roles can open a case."""
    return [process for process in every_process() if roles & {role.code for role in process.opened_by}]


def every_process() -> list[Process]:
    """Every process as it is today: first those that begin with something that happened, then those that ask for more."""
    newest = (found.expanded[found.newest] for found in all_processes().values())
    return sorted(newest, key=lambda process: bool(process.begins_with))


@dataclass(frozen=True)
class Opened:
    """What was opened, in a title; what comes next, in lines; and where to go on."""

    title: str
    lines: tuple[str, ...]
    href: str
    text: str


def what_comes_next(case: Case, process: Process, person: Person) -> Opened:
    """A partner who began it declares their interests first; anybody else waits for a seat. Two statements."""
    seats = list(Seat.objects.filter(case=case).select_related("person"))
    mine = next((seat for seat in seats if seat.person_id == person.pk and seat.state == Seat.State.ACCEPTED), None)
    then = _whose_turn(case, process, seats)
    if mine is None:
        chosen = any(one.asked_at_opening for one in process.seats)
        why = "You have no seat on it, so you cannot see it." + (" The people you named can." if chosen else "")
        return Opened(f"The case {case.reference} is open", (why, then), reverse("home"), "Go to what is waiting for you")
    first = "First, declare your interests: two short questions. Until you have, you cannot see what you began."
    sent = "Your proposal has been sent" if to_open(process).startswith("Propose") else "You have begun"
    return Opened(f"{sent}: {case.title}", (first, then), address("seat_declare", case, seat=mine.pk), "Declare your interests")


def _whose_turn(case: Case, process: Process, seats: list[Seat]) -> str:
    """ "Then it is the turn of Sam Ward, Patient Safety Specialist: answer the proposal, by Monday ..." """
    role = process.first.acts
    if role is None:
        return ""
    people = [seat.person.name for seat in seats if seat.role == role.code and seat.is_active]
    who = f"{names(people)}, {role.title}" if people else f"the {role.title}"
    on = Visit.objects.filter(case=case).values_list("due_on", flat=True).first()
    today = london_day(case.opened_at)
    by = f", by {due(on, calendar_of(case.organisation).between(today, on), today)}" if on else ""
    return f"Then it is the turn of {who}: {lower(process.first.title)}{by}. We tell you when that is done."
