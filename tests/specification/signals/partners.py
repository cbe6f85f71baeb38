"""People and days for the tests of what is asked of partners and given to them."""

from __future__ import annotations

from datetime import date, datetime, time

from cases.models import Person
from tests.builders import BEGINNING
from workflows.calendar import LONDON, london_day
from workflows.demo.trust import Trust
from workflows.doors.people import appoint, record_person
from workflows.signals.quarters import Quarter
from workflows.signals.signal import SIGNALS, Light, Measured

SPRING = Quarter(date(2026, 4, 1))  # 1 April to 30 June
LATER = date(2026, 12, 1)


def noon(day: date) -> datetime:
    return datetime.combine(day, time(12), LONDON)


def partner(trust: Trust, name: str, starts_on: date | None = None, ends_on: date | None = None) -> Person:
    """A person appointed as a partner, from the beginning unless told otherwise; the trust knows them by this name."""
    day = starts_on or london_day(BEGINNING)
    made: Person = record_person(organisation=trust.organisation, name=name, at=noon(day))
    appoint(person=made, role="psp", starts_on=day, ends_on=ends_on, at=noon(day))
    trust.people[name] = made
    return made


def spring(trust: Trust, code: str) -> Measured:
    """What a signal showed in that quarter, looked at in December."""
    return SIGNALS[code].measure(SPRING.span(trust.organisation, noon(LATER)))


def light(trust: Trust, code: str) -> Light:
    return SIGNALS[code].light(spring(trust, code))
