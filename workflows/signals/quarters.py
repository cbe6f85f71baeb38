"""The quarters of the year in which signals are counted: January to March, and so on, by the day in London."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from cases.models import Organisation
from workflows.calendar import LONDON, london_day
from workflows.signals.asked import Stretch
from workflows.signals.signal import Span

MONTHS = 3
"""In a quarter. They are those of the financial year of the NHS as well, which begins in April."""


@dataclass(frozen=True, order=True)
class Quarter:
    """A quarter by its first day."""

    first: date

    def __post_init__(self) -> None:
        if not begins_quarter(self.first):
            raise ValueError(f"No quarter begins on {self.first.isoformat()}.")

    @property
    def next(self) -> Quarter:
        return self._away(1)

    @property
    def before(self) -> Quarter:
        return self._away(-1)

    @property
    def title(self) -> str:
        """As "July to September 2026"."""
        last = self.first.replace(month=self.first.month + MONTHS - 1)
        return f"{self.first:%B} to {last:%B %Y}"

    @property
    def short(self) -> str:
        """As "Jul-Sep 2026", where there is little room."""
        last = self.first.replace(month=self.first.month + MONTHS - 1)
        return f"{self.first:%b}-{last:%b %Y}"

    @property
    def begins_at(self) -> datetime:
        """Midnight in London at its beginning."""
        return datetime.combine(self.first, time(), tzinfo=LONDON)

    def span(self, organisation: Organisation, at: datetime) -> Span:
        """The quarter in one organisation, as far as it has come at `at` (aware)."""
        return Span(organisation, *self.until(at))

    def until(self, at: datetime) -> Stretch:
        """The quarter, as far as it has come at `at` (aware)."""
        return Stretch(self.begins_at, max(self.begins_at, min(self.next.begins_at, at)))

    def is_over(self, at: datetime) -> bool:
        """Whether its last day has passed at `at` (aware)."""
        return self.next.begins_at <= at

    def _away(self, quarters: int) -> Quarter:
        months = self.first.year * 12 + self.first.month - 1 + quarters * MONTHS
        return Quarter(date(months // 12, months % 12 + 1, 1))


def begins_quarter(day: date) -> bool:
    """Whether a quarter begins on a day."""
    return day.day == 1 and day.month % MONTHS == 1


def quarter_of(at: datetime) -> Quarter:
    """The quarter that runs at a moment (aware)."""
    day = london_day(at)
    return Quarter(date(day.year, (day.month - 1) // MONTHS * MONTHS + 1, 1))


def quarters_before(at: datetime, how_many: int = 8) -> tuple[Quarter, ...]:
    """The newest quarters that are over at a moment (aware), the oldest first. The one that runs is `quarter_of(at)`."""
    found = [quarter_of(at)]
    while len(found) <= how_many:
        found.append(found[-1].before)
    return tuple(sorted(found[1:]))
