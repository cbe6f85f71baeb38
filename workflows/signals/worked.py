"""Working days in SQL, as `workflows.calendar` counts them: Mondays to Fridays, less bank holidays and days of one's own.

Days are numbered from a Monday long ago. How many were worked up to a day is arithmetic, less the holidays up to it; between two
days lie as many as the difference of two such numbers.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any
from uuid import UUID

from django.db.models import Case, DateTimeField, ExpressionWrapper, F, Func, IntegerField, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Least, TruncDate
from django.db.models.lookups import GreaterThanOrEqual

from workflows.calendar import FIRST_YEAR, LONDON, Calendar, bank_holidays, london_day
from workflows.signals.asked import Asked

MONDAY = date(1978, 1, 2)
NEARLY_A_SECOND = timedelta(microseconds=999_999)
WEEK, WORKED = 7, 5

When_ = datetime | str | Combinable
"""A moment, or a column or expression that is one."""


class DayNumber(Func):
    """How many days after that Monday a date is."""

    output_field = IntegerField()
    template = f"(%(expressions)s - DATE '{MONDAY}')"

    def as_sqlite(self, compiler: Any, connection: Any, **more: Any) -> Any:
        """SQLite keeps dates as text."""
        template = f"CAST(julianday(%(expressions)s) - julianday('{MONDAY}') AS INTEGER)"
        return self.as_sql(compiler, connection, template=template, **more)


class Days(Value):
    """A list of numbers of days, in order: an array, or JSON where there are no arrays."""

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        """As PostgreSQL takes it."""
        return "%s::int[]", [list(self.value)]

    def as_sqlite(self, compiler: Any, connection: Any, **more: Any) -> Any:
        """As SQLite takes it."""
        return "%s", [str(list(self.value))]


class UpTo(Func):
    """How many days of a list are not after a day: `UpTo(day, Days(...))`."""

    output_field = IntegerField()
    function = "width_bucket"

    def as_sqlite(self, compiler: Any, connection: Any, **more: Any) -> Any:
        """Counted one by one."""
        template, joiner = "(SELECT COALESCE(SUM(%(expressions)s))", " >= value), 0) FROM json_each("
        return self.as_sql(compiler, connection, template=template, arg_joiner=joiner, **more)


def number_of(moment: When_ | date) -> Combinable:
    """The number of the day in London on which something was."""
    if isinstance(moment, date):
        day = london_day(moment) if isinstance(moment, datetime) else moment
        return Value((day - MONDAY).days, IntegerField())
    return DayNumber(TruncDate(moment, tzinfo=LONDON))


def elapsed(asked: Asked, start: Combinable, end: Combinable, organisation: str) -> Combinable:
    """Working days from one day to another, both by their numbers, as `Calendar.between` counts them.

    `organisation`: the path from the row to whose working days they are.
    """
    return _worked(asked, end, organisation) - _worked(asked, start, organisation)


def is_past(asked: Asked, start: When_, days: int, moment: When_, organisation: str) -> GreaterThanOrEqual:
    """Whether a moment is after what falls due so many working days after a start, as `Calendar.add_to` says when that is.

    Due is the last second of a day. A moment within that second is after its beginning.
    """
    return GreaterThanOrEqual(elapsed(asked, number_of(start), number_of(_later(moment)) - 1, organisation), days)


def _later(moment: When_) -> When_:
    if isinstance(moment, datetime):
        return moment + NEARLY_A_SECOND
    column = F(moment) if isinstance(moment, str) else moment
    return ExpressionWrapper(column + NEARLY_A_SECOND, DateTimeField())


def _worked(asked: Asked, day: Combinable, organisation: str) -> Combinable:
    """The number of working days up to a day and with it, from that Monday on."""
    weekdays = day / WEEK * WORKED + Least(day % WEEK + 1, WORKED, output_field=IntegerField())
    last = asked.whole.until.year + 1
    (most, _), *others = sorted(_by_calendar(asked).items(), key=lambda pair: -len(pair[1]))
    ours = [
        When(**{f"{organisation}__in": keys}, then=UpTo(day, Days(_holidays(calendar, last)))) for calendar, keys in others
    ]  # fmt: skip
    usual = UpTo(day, Days(_holidays(most, last)))
    return weekdays - (Case(*ours, default=usual) if ours else usual)


def _by_calendar(asked: Asked) -> dict[Calendar, list[UUID]]:
    found: dict[Calendar, list[UUID]] = defaultdict(list)
    for key, calendar in asked.calendars.items():
        found[calendar].append(key)
    return found


@cache
def _holidays(calendar: Calendar, last_year: int) -> tuple[int, ...]:
    """The numbers of the weekdays that are not worked."""
    days = {day for year in range(FIRST_YEAR, last_year + 1) for day in bank_holidays(year)} | calendar.extra_closed
    return tuple(sorted((day - MONDAY).days for day in days if day.weekday() < WORKED and day >= MONDAY))
