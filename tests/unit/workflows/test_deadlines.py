"""On which days the clock speaks, whatever the calendar; and a table in which every row can be done."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils.module_loading import import_string
from hypothesis import given
from hypothesis import strategies as st

from workflows.calendar import ENGLAND, LONDON, Calendar
from workflows.deadlines.days import next_nine, nine_on, reminder_days
from workflows.deadlines.kinds import KINDS
from workflows.deadlines.running import WHERE

days = st.dates(date(1980, 1, 1), date(2090, 12, 31))
lengths = st.integers(1, 120)
closed = st.frozensets(st.dates(date(2026, 12, 1), date(2027, 1, 31)), max_size=15)


@given(days, lengths)
def test_reminders_come_in_order_after_the_asking_and_never_after_the_day(asked: date, length: int) -> None:
    due = ENGLAND.add(asked, length)
    found = reminder_days(ENGLAND, asked, due)
    in_order = [found[name] for name in ("half_way", "two_days", "due") if name in found]
    assert in_order == sorted(set(in_order))
    assert asked < in_order[0]
    assert in_order[-1] == due


@given(days, st.integers(3, 120))
def test_who_has_three_days_or_more_is_reminded_on_two_days_or_more(asked: date, length: int) -> None:
    """R1: two reminders on two days come before any lapse."""
    assert len(reminder_days(ENGLAND, asked, ENGLAND.add(asked, length))) >= 2


@given(st.dates(date(2026, 12, 1), date(2027, 1, 20)), st.integers(1, 30), closed)
def test_over_the_turn_of_the_year_every_reminder_is_on_a_working_day_of_the_organisation(
    asked: date, length: int, closed: frozenset[date]
) -> None:
    theirs = Calendar(extra_closed=closed)
    found = reminder_days(theirs, asked, theirs.add(asked, length))
    assert all(theirs.is_working_day(day) for day in found.values())


@given(days)
def test_nine_in_london_is_nine_in_london_on_either_side_of_a_change_of_the_clocks(day: date) -> None:
    at = nine_on(day).astimezone(UTC).astimezone(LONDON)
    assert (at.date(), at.hour, at.minute) == (day, 9, 0)


@pytest.mark.parametrize(
    ("day", "utc"), [(date(2026, 3, 27), 9), (date(2026, 3, 30), 8), (date(2026, 10, 23), 8), (date(2026, 10, 26), 9)]
)
def test_the_clocks_change_and_nine_stays_nine(day: date, utc: int) -> None:
    assert nine_on(day).astimezone(UTC).hour == utc


@given(st.integers(946_684_800, 2_840_140_800))
def test_the_next_nine_is_the_first_that_is_still_to_come(seconds: int) -> None:
    at = datetime.fromtimestamp(seconds, UTC)
    day = next_nine(at)
    assert nine_on(day) > at >= nine_on(day - timedelta(days=1))


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.code)
def test_what_a_row_of_the_table_does_is_there_to_be_done(kind: object) -> None:
    assert callable(import_string(f"{WHERE}.{getattr(kind, 'does')}"))  # noqa: B009 - any kind has it
    assert getattr(kind, "sentence")  # noqa: B009


def test_every_kind_has_a_code_of_its_own() -> None:
    assert len({kind.code for kind in KINDS}) == len(KINDS)
