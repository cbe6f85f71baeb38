"""A day is read as it was meant, or refused with the reason."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.tables import day_in
from cases.tables.values import Unreadable


@pytest.mark.parametrize(
    "written",
    [
        "04/12/2026", "4/12/2026", "4-12-2026", "04.12.2026", "04 12 2026", "2026-12-04", "2026/12/04", "20261204",
        "4 Dec 2026", "4 December 2026", "04-DEC-2026", "4th December, 2026", "Friday 4 December 2026", "Fri, 4 Dec 2026",
        "04/12/2026 10:30", "04/12/2026 10:30:15", "04/12/2026 10:30 AM", "2026-12-04T10:30:00", "2026-12-04 10:30:00.123",
        "2026-12-04T10:30:00Z", "2026-12-04T10:30:00+00:00",
    ],
)  # fmt: skip
def test_a_day_may_be_written_as_people_and_systems_write_it(written: str) -> None:
    assert day_in(written) == date(2026, 12, 4)


def test_a_time_with_a_zone_is_the_day_it_was_in_london() -> None:
    assert day_in("2026-07-20T23:30:00Z") == date(2026, 7, 21)


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("04/12/26", "four digits"),
        ("4 Dec 26", "four digits"),
        ("04/12/02026", "four digits"),
        ("31/02/2026", "not a real day"),
        ("29/02/2026", "not a real day"),
        ("12/25/2026", "day, month, year"),
        ("00/12/2026", "not a real day"),
        ("4 Decamber 2026", "not a real day"),
        ("2026-13-01T10:30:00Z", "not a real date and time"),
        ("04/12/1026", "the year 1026"),
        ("0001-01-01T00:00:00+14:00", "not a real date and time"),
        ("46360", "format Date"),
        ("46360.5", "format Date"),
        ("tomorrow", "not a date"),
        ("04/12/2026 to 05/12/2026", "not a date"),
        ("04/12-2026", "not a date"),
        ("", "not a date"),
    ],
)
def test_a_day_that_cannot_be_told_is_refused_with_the_reason(written: str, why: str) -> None:
    with pytest.raises(Unreadable, match=why):
        day_in(written)


@given(
    st.dates(date(1900, 1, 1), date(2199, 12, 31)), st.sampled_from(["%d/%m/%Y", "%Y-%m-%d", "%d %b %Y", "%A %d %B %Y", "%Y%m%d"])
)
def test_every_day_is_read_back_as_it_was_written(day: date, form: str) -> None:
    assert day_in(day.strftime(form)) == day


@given(st.text(alphabet="0123456789/-. TZ:+JanDecabc", max_size=25))
def test_no_text_at_all_makes_anything_but_a_day_or_a_reason(text: str) -> None:
    try:
        found: object = day_in(text)
    except Unreadable as refused:
        found = str(refused)
    assert isinstance(found, date | str)
