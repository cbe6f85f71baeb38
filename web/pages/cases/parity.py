"""Parity of notice on the page of a case (R6): whether lay partners could open each paper when staff could, or how much later."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from web.design_system.words import count, day
from workflows.first_sight import FirstSight, LaySight, first_sights
from workflows.look import Look

HELD_BACK = "A paper that is held back from lay partners"
"""What stands for the title of a paper that the reader may not open."""


@dataclass(frozen=True)
class Line:
    """One paper: from when staff could open it, and from when each lay partner could."""

    title: str
    staff: str
    lay: tuple[str, ...]
    said: str


@dataclass(frozen=True)
class Parity:
    """In one sentence, and paper by paper; those that lay partners waited for come first."""

    sentence: str
    late: tuple[str, ...]
    lines: tuple[Line, ...]


def parity(look: Look, readable: Collection[UUID]) -> Parity | None:
    """What is said of the papers of a case; None before anything was released to anybody lay. `readable`: keys of versions."""
    held = look.withholdings if look.gives_less else []
    found = [one for one in first_sights(look.versions, look.seats, held, look.calendar, look.at) if one.lay]
    if not found:
        return None
    found.sort(key=lambda one: (-one.late, not one.waits, one.staff_since))
    unequal = [one for one in found if one.late or one.waits]
    told = "Lay partners could open every paper as soon as staff could." if not unequal else (
        f"Lay partners had to wait longer than staff for {count(len(unequal), 'paper')} of {len(found)}."
    )  # fmt: skip
    late = tuple(f"{title_of(one, readable)}: {lateness(one)}" for one in unequal)
    return Parity(told, late, tuple(line(one, readable) for one in found))


def title_of(one: FirstSight, readable: Collection[UUID]) -> str:
    """The paper and its number, for whoever may open it."""
    if one.version.pk not in readable:
        return HELD_BACK
    return f"{one.version.paper.title}, version {one.version.number}"


def lateness(one: FirstSight) -> str:
    """ "Staff could open this 3 working days before partners.", and what is said where they still cannot."""
    days = count(one.late, "working day")
    if one.waits:
        return f"Staff have been able to open this for {days}. Partners cannot yet."
    return f"Staff could open this {days} before partners." if one.late else "Staff and partners could open this at the same time."


def line(one: FirstSight, readable: Collection[UUID]) -> Line:
    """What is said of one paper. `readable`: the versions that whoever reads this may open."""
    return Line(title_of(one, readable), day(one.staff_since), tuple(_lay(lay) for lay in one.lay), lateness(one))


def _lay(one: LaySight) -> str:
    """ "Pat Mercer: Monday 9 March 2026", and how much later than staff."""
    when = day(one.since) if one.since else "not yet"
    days = count(one.late, "working day")
    later = "" if not one.late else f", {days} later" if one.since else f" after {days}"
    return f"{one.seat.person.name}: {when}{later}"
