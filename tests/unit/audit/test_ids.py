"""Identifiers sort by the moment they were made for."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from audit.ids import uuid7

NINE = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
moments = some.datetimes(min_value=datetime(1971, 1, 1), max_value=datetime(9999, 1, 1), timezones=some.just(UTC))  # noqa: DTZ001


@given(moments)
def test_an_identifier_is_a_uuid_of_version_7(at: datetime) -> None:
    made = uuid7(at)

    assert made.version == 7
    assert made.variant == "specified in RFC 4122"
    assert abs((made.int >> 80) - at.timestamp() * 1000) <= 1


@given(moments, some.timedeltas(min_value=timedelta(milliseconds=2), max_value=timedelta(days=365)))
def test_a_later_moment_sorts_later(at: datetime, later: timedelta) -> None:
    assert uuid7(at) < uuid7(at + min(later, datetime.max.replace(tzinfo=UTC) - at))


def test_identifiers_of_one_moment_sort_in_the_order_they_were_made() -> None:
    made = [uuid7(NINE) for _ in range(10_000)]

    assert made == sorted(set(made))


def test_the_rest_cannot_be_guessed() -> None:
    steps = {uuid7(NINE + timedelta(seconds=second)).int & ((1 << 62) - 1) for second in range(1_000)}

    assert len(steps) == 1_000


def test_a_moment_without_a_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        uuid7(datetime(2026, 3, 2))  # noqa: DTZ001
