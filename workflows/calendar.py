"""Working days: which days count, what is due when, how long something has waited.

A working day is Monday to Friday, less the bank holidays of England, less the days on which the
organisation itself is closed. Every deadline in a process is given in working days, and a day is a
day in London: papers released at 23:30 UTC in July were released on the next London day.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache, lru_cache
from zoneinfo import ZoneInfo

from holidays import country_holidays

LONDON = ZoneInfo("Europe/London")
"""The zone in which every deadline of the NHS in England falls."""

FIRST_YEAR = 1978
"""The early May bank holiday began in 1978; earlier calendars are of no use here."""

LAST_YEAR = country_holidays("GB", subdiv="ENG").end_year
"""The last year that the `holidays` package knows; after it the package is silent, not wrong, so we refuse."""

_END_OF_DAY = time(23, 59, 59)
_WEEK = 7
_WORKING_WEEK = 5
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, order=True)
class WorkingDays:
    """A length of time in working days, never negative; reads as "10 working days"."""

    days: int

    def __post_init__(self) -> None:
        if self.days < 0:
            raise ValueError(f"A length of time cannot be negative: {self.days} working days.")

    def __str__(self) -> str:
        return f"{self.days} working day" if self.days == 1 else f"{self.days} working days"


def working_days(days: int) -> WorkingDays:
    """So that a stage card reads `within=working_days(10)`. Raises ValueError below nought."""
    return WorkingDays(days)


@cache
def bank_holidays(year: int) -> frozenset[date]:
    """The bank holidays of England in a year, substitute days and one-off days included.

    Raises ValueError outside FIRST_YEAR to LAST_YEAR, rather than count every holiday as worked.
    """
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(f"Bank holidays are known from {FIRST_YEAR} to {LAST_YEAR}, not for {year}.")
    return frozenset(country_holidays("GB", subdiv="ENG", years=year))


@dataclass(frozen=True)
class Calendar:
    """The working days of one organisation; `extra_closed` are days it closes beyond bank holidays."""

    extra_closed: frozenset[date] = frozenset()

    def is_working_day(self, day: date) -> bool:
        """Whether the organisation works on this day."""
        return day.weekday() < _WORKING_WEEK and day not in self._closed_in(day.year)

    def add(self, day: date, working_days: int) -> date:
        """The day that is so many working days after `day` (before it, where negative).

        The day itself never counts, so nought gives the same day back, worked or not.
        """
        step = _ONE_DAY if working_days > 0 else -_ONE_DAY
        left = abs(working_days)
        while left:
            day += step
            left -= self.is_working_day(day)
        return day

    def between(self, start: date, end: date) -> int:
        """Working days elapsed: those after `start`, up to and including `end`; negative when `end` is earlier.

        Papers released on a Monday and decided on the Monday after have been out for 5.
        """
        if end < start:
            return -self.between(end, start)
        years = range(start.year, end.year + 1)
        closed = (day for year in years for day in self._closed_in(year))
        return _weekdays(start, end) - sum(start < day <= end for day in _on_weekdays(closed))

    def add_to(self, at: datetime, working_days: int) -> datetime:
        """When something falls due: the last second, in London, of the day so many working days after `at`.

        Raises ValueError for a time without a zone.
        """
        due = self.add(london_day(at), working_days)
        return datetime.combine(due, _END_OF_DAY, tzinfo=LONDON)

    def elapsed(self, start: datetime, end: datetime) -> int:
        """Working days from the London day of `start` to that of `end`; raises ValueError without a zone."""
        return self.between(london_day(start), london_day(end))

    def _closed_in(self, year: int) -> frozenset[date]:
        return _closed(self.extra_closed, year)


ENGLAND = Calendar()
"""The calendar of an organisation that closes on no days of its own."""


def last_moment_of(day: date) -> datetime:
    """The end of a day in London, so that whatever was done on it was done by then."""
    return datetime.combine(day, time.max, LONDON)


def london_day(at: datetime) -> date:
    """The day it was in London at this moment; raises ValueError for a time without a zone."""
    if at.utcoffset() is None:
        raise ValueError(f"{at.isoformat()} has no time zone, so it is no one moment.")
    return at.astimezone(LONDON).date()


@lru_cache(maxsize=1024)
def _closed(extra: frozenset[date], year: int) -> frozenset[date]:
    return bank_holidays(year) | {day for day in extra if day.year == year}


def _on_weekdays(days: Iterable[date]) -> Iterable[date]:
    return (day for day in days if day.weekday() < _WORKING_WEEK)


def _weekdays(start: date, end: date) -> int:
    """Mondays to Fridays after `start`, up to and including `end`."""
    weeks, rest = divmod((end - start).days, _WEEK)
    extra = sum((start.weekday() + ahead) % _WEEK < _WORKING_WEEK for ahead in range(1, rest + 1))
    return weeks * _WORKING_WEEK + extra
