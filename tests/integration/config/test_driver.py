"""What is asked of the driver beyond Django's settings: on each connection of PostgreSQL."""

from __future__ import annotations

from datetime import UTC, datetime

import psycopg
import pytest
from django.db import DataError, connection

from config.driver import PREPARED_STATEMENTS, Moments

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db]

TOLD = ["2026-03-02 09:00:00", "2026-03-02 09:00:00.1", "2026-03-02 09:00:00.000001", "1847-12-01 00:00:00"]


@pytest.mark.parametrize("told", TOLD)
@pytest.mark.parametrize("zone", ["UTC", "Asia/Kolkata", "Europe/London"])
def test_a_moment_is_read_as_what_it_is(told: str, zone: str) -> None:
    with connection.cursor() as cursor:
        assert cursor.adapters.get_loader(psycopg.adapters.types["timestamptz"].oid, psycopg.pq.Format.TEXT) is Moments
        cursor.execute("SET LOCAL TIME ZONE %s", [zone])
        cursor.execute("SELECT (%s || '+00')::timestamptz", [told])
        (found,) = cursor.fetchone()
    assert found == datetime.fromisoformat(told).replace(tzinfo=UTC)
    assert found.tzinfo is UTC


def test_a_moment_that_no_datetime_holds_is_refused() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 'infinity'::timestamptz")
        with pytest.raises(DataError):
            cursor.fetchone()


def test_more_statements_stay_prepared_than_the_driver_keeps_by_itself() -> None:
    connection.ensure_connection()
    assert connection.connection.prepared_max == PREPARED_STATEMENTS
