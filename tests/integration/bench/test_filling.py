"""What fills a database to be measured writes evidence past every door: so it must hold together as if it had gone through them."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import psycopg
import pytest
from django.core.management import call_command
from django.db import connection as django_connection

from audit import triggers
from audit.models import Event
from audit.verify import verify_chains
from cases.models import Case, Person
from permissions.scope import visible_cases
from tests.bench.filling.filled import found_in, keep, state, waiting_in
from tests.bench.filling.filling import connect, fill
from tests.bench.filling.loading import catalogue
from tests.bench.filling.sizes import SIZES
from workflows import engine
from workflows.calendar import LONDON

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]

NOW = datetime(2026, 6, 1, 9, tzinfo=LONDON)
TINY = SIZES["tiny"]

KEYS = """
SELECT conrelid::regclass::text, confrelid::regclass::text, a.attname, b.attname FROM pg_constraint
JOIN pg_attribute a ON a.attrelid = conrelid AND a.attnum = conkey[1]
JOIN pg_attribute b ON b.attrelid = confrelid AND b.attnum = confkey[1] WHERE contype = 'f'
"""
LOST = 'SELECT count(*) FROM {} x WHERE x."{}" IS NOT NULL AND NOT EXISTS (SELECT 1 FROM {} y WHERE y."{}" = x."{}")'


@pytest.fixture
def plain() -> Iterator[psycopg.Connection[Any]]:
    with connect() as connection:
        yield connection
        connection.execute("DROP TABLE IF EXISTS bench_waiting, bench_filled")


def test_what_is_filled_holds_together_goes_on_and_shows_a_change(plain: psycopg.Connection[Any]) -> None:
    before = catalogue(plain)
    keep(plain, fill(TINY, NOW, writers=1), state())

    # Every foreign key leads somewhere, and the tables are guarded as before.
    keys = plain.execute(KEYS).fetchall()
    assert [(table, column) for table, other, column, key in keys if _lost(plain, table, column, other, key)] == []
    assert set(before) <= set(catalogue(plain))
    assert triggers.tables_without_triggers() == []

    # There is as much of everything as was asked for, and whoever is to see three cases sees three.
    found = found_in(plain, "tiny")
    assert found
    assert (found.counts["cases_case"], found.counts["bench_waiting"]) == (TINY.cases + 3, TINY.waiting)
    sparse, heavy = (Person.objects.get(pk=one.person) for one in (found.sparse_partner, found.heavy_staff))
    assert visible_cases(sparse, NOW).count() == 3
    assert visible_cases(heavy, NOW).count() == Case.objects.filter(organisation=found.organisation).count()

    # A copied case goes on through the real doors as the walked one would, and every check of the whole record passes.
    for answers, moved in (("waits", False), ("completes", True)):
        one = waiting_in(plain, answers, 1)[0]
        engine.take_position(
            case=one.case, by=Person.objects.get(pk=one.person), at=NOW + timedelta(hours=1), visit=one.visit, answer="support",
            text="", version=one.version, enough_time=True,
        )  # fmt: skip
        assert (Case.objects.get(pk=one.case).state != one.stage) is moved
    out = io.StringIO()
    call_command("verify", stdout=out, stderr=io.StringIO())
    assert "All is well: nothing was altered." in out.getvalue()

    # And one word that somebody alters in it is found.
    altered = Event.objects.filter(organisation_id=found.organisation, kind="case_opened").earliest("at")
    with triggers.lifted(), django_connection.cursor() as cursor:
        cursor.execute("UPDATE audit_event SET person_name = 'Somebody Else' WHERE id = %s", [altered.pk])
    assert {found.row for found in verify_chains(altered.case_id).findings} == {str(altered.pk)}


def _lost(connection: psycopg.Connection[Any], table: str, column: str, other: str, key: str) -> int:
    row = connection.execute(LOST.format(table, column, other, key, column)).fetchone()
    assert row
    return int(row[0])
