"""Quarters of the year, by the day in London; and where a value stands to its thresholds."""

from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from cases.models import Organisation
from workflows.calendar import LONDON
from workflows.signals.quarters import Quarter, quarter_of, quarters_before
from workflows.signals.signal import Light, Measured, Thresholds, median_of, per_hundred, share

SUMMER = Quarter(date(2026, 7, 1))


def test_a_quarter_begins_at_midnight_in_london() -> None:
    # British Summer Time: 23:00 UTC on 30 June is already 1 July in London.
    assert quarter_of(datetime(2026, 6, 30, 22, 59, tzinfo=UTC)).title == "April to June 2026"
    assert quarter_of(datetime(2026, 6, 30, 23, 0, tzinfo=UTC)) == SUMMER
    assert SUMMER.begins_at == datetime(2026, 6, 30, 23, tzinfo=UTC)


def test_the_eight_quarters_that_are_over_the_oldest_first() -> None:
    found = quarters_before(datetime(2026, 11, 23, 12, tzinfo=LONDON))
    assert [quarter.first for quarter in found] == [
        date(2024, 10, 1), date(2025, 1, 1), date(2025, 4, 1), date(2025, 7, 1),
        date(2025, 10, 1), date(2026, 1, 1), date(2026, 4, 1), date(2026, 7, 1),
    ]  # fmt: skip


def test_a_quarter_is_over_with_its_last_moment() -> None:
    assert quarters_before(datetime(2026, 10, 1, tzinfo=LONDON))[-1] == SUMMER
    assert SUMMER.is_over(datetime(2026, 10, 1, tzinfo=LONDON))
    assert not SUMMER.is_over(datetime(2026, 9, 30, 23, 59, tzinfo=LONDON))


def test_one_that_runs_is_counted_as_far_as_it_has_come() -> None:
    somewhere, at = Organisation(name="A trust"), datetime(2026, 8, 3, 9, tzinfo=LONDON)
    span = SUMMER.span(somewhere, at)
    assert (span.since, span.until) == (SUMMER.begins_at, at)
    ahead = SUMMER.next.span(somewhere, at)
    assert ahead.since == ahead.until


def test_no_quarter_begins_in_february() -> None:
    with pytest.raises(ValueError, match="No quarter begins on 2026-02-01"):
        Quarter(date(2026, 2, 1))


@pytest.mark.parametrize(
    ("thresholds", "value", "light"),
    [
        (Thresholds(0.10, 0.25), 0.10, Light.GREEN),
        (Thresholds(0.10, 0.25), 0.11, Light.AMBER),
        (Thresholds(0.10, 0.25), 0.26, Light.RED),
        (Thresholds(0.20, 0.10, low_is_bad=True), 0.20, Light.GREEN),
        (Thresholds(0.20, 0.10, low_is_bad=True), 0.19, Light.AMBER),
        (Thresholds(0.20, 0.10, low_is_bad=True), 0.09, Light.RED),
        (Thresholds(None, 0.20), 0.15, Light.WATCH),
        (Thresholds(None, 0.20), 0.21, Light.RED),
        (Thresholds(None, None), 0.99, Light.WATCH),
    ],
)
def test_a_value_on_a_threshold_has_not_passed_it(thresholds: Thresholds, value: float, light: Light) -> None:
    assert thresholds.light(value) is light


def test_what_is_counted_gives_a_value_in_the_unit_of_the_signal() -> None:
    older, newer = UUID(int=1), UUID(int=2)
    assert share([newer, older, newer], 12, [newer, older, newer]) == Measured(3, 12, 0.25, (older, newer))
    assert median_of([1, 2, 9], too_long=5).value == 2
    assert median_of([1, 2, 9], too_long=5).numerator == 1
    assert median_of([1, 2], too_long=5).value == 1.5
    assert per_hundred([1, 2], 40).value == 5
    assert share([], 0).value is median_of([], 5).value is per_hundred([], 0).value is None
