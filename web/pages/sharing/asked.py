"""Who asks whom for lay seats, and how often (R14): in words, and as a table to hand out."""

from __future__ import annotations

from collections.abc import Sequence

from cases.tables import Sheet
from permissions.repeats import Picks
from web.design_system.words import count, day
from web.pages.sharing.days import Days

NOTE = "This counts who was asked, not what they answered. It says nothing of a partner."


def in_short(found: Sequence[Picks], days: Days) -> str:
    """ "3 people asked lay partners 12 times, from ... to ...." """
    times = sum(one.times for one in found)
    people = count(len(found), "person", "people")
    when = f"from {day(days.first)} to {day(days.last)}"
    return f"{people} asked lay partners {count(times, 'time')}, {when}." if found else f"Nobody asked a lay partner {when}."


def sentence(one: Picks) -> str:
    """ "Asked 2 different partners 6 times, on 3 cases. 1 time they were told ..." """
    told = (
        f" {count(one.told_again, 'time')} they were told, as they asked, that it was the same one again." if one.told_again else ""
    )
    return f"Asked {count(len(one.asked), 'different partner')} {count(one.times, 'time')}, on {count(one.of, 'case')}.{told}"


def sheets(found: Sequence[Picks], days: Days) -> list[Sheet]:
    """One row for each who asked, and one for each whom they asked."""
    when = f"{days.first} to {days.last}"
    askers = [
        (one.by, one.of, one.times, len(one.asked), sum(each.often for each in one.asked), one.told_again) for one in found
    ]  # fmt: skip
    pairs = [(one.by, each.name, each.times, one.of, each.often) for one in found for each in one.asked]
    return [
        Sheet(f"Who asked, {when}", ("Who asked", "Cases", "Times", "Different partners", "Asked on more than half of the cases",
                                     "Told that it was the same one again"), askers, NOTE),
        Sheet(f"Who was asked, {when}", ("Who asked", "Partner", "On so many cases", "Of so many", "More than half"), pairs, NOTE),
    ]  # fmt: skip
