"""Working days are counted as a calendar on the wall would count them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.calendar import (
    ENGLAND,
    FIRST_YEAR,
    LAST_YEAR,
    LONDON,
    Calendar,
    WorkingDays,
    bank_holidays,
    london_day,
    working_days,
)

days = st.dates(date(1980, 1, 1), date(2095, 12, 31))
lengths = st.integers(-300, 300)
moments = st.integers(946_684_800, 2_840_140_800).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))
DAY = timedelta(days=1)


def worked(day: date) -> bool:
    """The same question asked of the package itself, afresh."""
    return day.weekday() < 5 and day not in holidays.country_holidays("GB", subdiv="ENG", years=day.year)


@given(days)
def test_a_working_day_is_a_weekday_that_is_no_bank_holiday(day: date) -> None:
    assert ENGLAND.is_working_day(day) == worked(day)


@given(days, st.integers(0, 60))
def test_days_elapsed_are_the_working_days_counted_one_by_one(start: date, length: int) -> None:
    end = start + length * DAY
    counted = sum(worked(start + n * DAY) for n in range(1, length + 1))
    assert ENGLAND.between(start, end) == counted


@given(days, days)
def test_looking_back_is_looking_forward_with_the_sign_changed(start: date, end: date) -> None:
    assert ENGLAND.between(start, end) == -ENGLAND.between(end, start)


@given(days, days, days)
def test_lengths_that_meet_add_up(one: date, two: date, three: date) -> None:
    assert ENGLAND.between(one, two) + ENGLAND.between(two, three) == ENGLAND.between(one, three)


@given(days, st.integers(0, 300))
def test_what_is_added_has_elapsed(day: date, length: int) -> None:
    assert ENGLAND.between(day, ENGLAND.add(day, length)) == length


@given(days, lengths.filter(bool))
def test_what_is_due_is_due_on_a_working_day(day: date, length: int) -> None:
    assert ENGLAND.is_working_day(ENGLAND.add(day, length))


@given(days.filter(worked), lengths)
def test_from_a_working_day_there_and_back_is_the_same_day(day: date, length: int) -> None:
    assert ENGLAND.add(ENGLAND.add(day, length), -length) == day


@given(days, lengths, lengths)
def test_a_longer_time_is_never_due_sooner(day: date, one: int, two: int) -> None:
    shorter, longer = sorted((one, two))
    assert ENGLAND.add(day, shorter) <= ENGLAND.add(day, longer)


@given(days, st.frozensets(days, max_size=20), st.integers(0, 100))
def test_closing_on_more_days_never_makes_anything_due_sooner(day: date, closed: frozenset[date], length: int) -> None:
    theirs = Calendar(extra_closed=closed)
    assert theirs.add(day, length) >= ENGLAND.add(day, length)
    assert theirs.between(day, theirs.add(day, length)) == length


@given(moments, st.integers(0, 60))
def test_the_end_of_the_due_day_has_as_many_days_elapsed_as_were_given(at: datetime, length: int) -> None:
    due = ENGLAND.add_to(at, length)
    assert ENGLAND.elapsed(at, due) == length
    assert due.tzinfo is LONDON
    assert (due.hour, due.minute, due.second) == (23, 59, 59)
    assert london_day(due + timedelta(seconds=1)) == due.date() + DAY


def test_papers_released_on_monday_and_decided_on_the_next_monday_have_been_out_for_five() -> None:
    assert ENGLAND.between(date(2026, 11, 2), date(2026, 11, 9)) == 5


def test_nought_days_after_a_day_is_that_day_even_at_the_weekend() -> None:
    assert ENGLAND.add(date(2026, 11, 7), 0) == date(2026, 11, 7)


@pytest.mark.parametrize(
    ("start", "length", "due", "why"),
    [
        (date(2026, 12, 23), 2, date(2026, 12, 29), "Boxing Day fell on a Saturday, so Monday 28 was its substitute"),
        (date(2026, 12, 30), 2, date(2027, 1, 4), "New Year's Day, then a weekend"),
        (date(2022, 12, 30), 1, date(2023, 1, 3), "New Year's Day fell on a Sunday, so Monday was its substitute"),
        (date(2021, 12, 24), 1, date(2021, 12, 29), "Christmas and Boxing Day both fell at the weekend"),
        (date(2026, 4, 2), 1, date(2026, 4, 7), "Good Friday and Easter Monday"),
        (date(2024, 3, 28), 1, date(2024, 4, 2), "Easter on the day the clocks changed"),
        (date(2022, 6, 1), 1, date(2022, 6, 6), "spring bank holiday moved to Thursday, Platinum Jubilee on Friday"),
        (date(2022, 9, 16), 1, date(2022, 9, 20), "State Funeral"),
        (date(2012, 6, 1), 1, date(2012, 6, 6), "spring bank holiday moved to Monday, Diamond Jubilee on Tuesday"),
        (date(2012, 5, 25), 1, date(2012, 5, 28), "and the last Monday of May 2012 was therefore worked"),
        (date(2011, 4, 28), 1, date(2011, 5, 3), "royal wedding on Friday, early May holiday on Monday"),
        (date(2020, 5, 7), 1, date(2020, 5, 11), "early May holiday moved to Friday for VE Day"),
        (date(2020, 5, 1), 1, date(2020, 5, 4), "and its usual Monday was therefore worked"),
        (date(2023, 5, 5), 1, date(2023, 5, 9), "Coronation"),
        (date(2027, 1, 4), -1, date(2026, 12, 31), "backwards over the year's end"),
    ],
)
def test_the_bank_holidays_of_england_are_not_counted(start: date, length: int, due: date, why: str) -> None:
    assert ENGLAND.add(start, length) == due, why


def test_scottish_and_irish_holidays_are_worked_in_england() -> None:
    st_patrick, second_of_january, st_andrew = date(2026, 3, 17), date(2025, 1, 2), date(2026, 11, 30)
    assert all(ENGLAND.is_working_day(day) for day in (st_patrick, second_of_january, st_andrew))


def test_an_organisation_may_close_on_days_of_its_own() -> None:
    trust = Calendar(extra_closed=frozenset({date(2026, 12, 24), date(2026, 12, 26)}))
    assert trust.add(date(2026, 12, 23), 1) == date(2026, 12, 29)
    assert trust.between(date(2026, 12, 23), date(2026, 12, 29)) == 1


def test_a_day_is_a_day_in_london() -> None:
    late_in_july = datetime(2026, 7, 20, 23, 30, tzinfo=UTC)
    assert london_day(late_in_july) == date(2026, 7, 21)
    assert ENGLAND.add_to(late_in_july, 1).date() == date(2026, 7, 22)


@pytest.mark.parametrize(
    ("released", "due"),
    [
        (datetime(2026, 3, 27, 12, tzinfo=UTC), datetime(2026, 3, 30, 22, 59, 59, tzinfo=UTC)),
        (datetime(2026, 10, 23, 12, tzinfo=UTC), datetime(2026, 10, 26, 23, 59, 59, tzinfo=UTC)),
    ],
)
def test_the_day_ends_at_midnight_in_london_after_the_clocks_have_changed(released: datetime, due: datetime) -> None:
    assert ENGLAND.add_to(released, 1) == due


@pytest.mark.parametrize("ask", [lambda at: ENGLAND.add_to(at, 1), lambda at: ENGLAND.elapsed(at, at), london_day])
def test_a_time_without_a_zone_is_refused(ask: Callable[[datetime], object]) -> None:
    with pytest.raises(ValueError, match="no time zone"):
        ask(datetime.fromisoformat("2026-11-02T09:00"))


@pytest.mark.parametrize("year", [FIRST_YEAR - 1, LAST_YEAR + 1])
def test_a_year_whose_holidays_nobody_knows_is_refused(year: int) -> None:
    with pytest.raises(ValueError, match=str(year)):
        bank_holidays(year)
    with pytest.raises(ValueError, match=str(year)):
        ENGLAND.between(date(2000, 1, 1), date(year, 6, 1))


def test_lengths_read_as_people_say_them() -> None:
    assert [str(working_days(n)) for n in (0, 1, 10)] == ["0 working days", "1 working day", "10 working days"]
    assert working_days(5) == WorkingDays(5) < working_days(10)


def test_no_length_is_negative() -> None:
    with pytest.raises(ValueError, match="negative"):
        working_days(-1)


def test_calendars_with_the_same_days_are_the_same_calendar() -> None:
    closed = frozenset({date(2026, 12, 24)})
    assert Calendar() == ENGLAND
    assert hash(Calendar(extra_closed=closed)) == hash(Calendar(extra_closed=closed))
