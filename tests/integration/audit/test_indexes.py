"""The past grows for ever: whoever asks for some of it finds it by an index, and reads no table whole."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from audit import time_indexes
from audit.history import HistoryRow
from audit.models import Event
from audit.triggers import append_only_models
from tests.builders import a_story
from workflows.evidence.as_of import case_as_it_stood
from workflows.evidence.as_of_tables import tables
from workflows.evidence.then import Then

pytestmark = pytest.mark.django_db

SMALL = {"cases_historicalstoreddefinition"}
"""One row for each version of each process: read whole, and found by no key."""

GROWS = ("_historical", "audit_event")


@contextmanager
def _whole_tables_only_where_no_index_serves() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        yield
        cursor.execute("SET LOCAL enable_seqscan = on")


def _read_whole(statement: str) -> set[str]:
    """The tables that PostgreSQL reads whole for a statement though it was told to use any index that serves."""
    with _whole_tables_only_where_no_index_serves(), connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {statement}".replace("%", "%%"))
        lines = [line for (line,) in cursor.fetchall()]
    return {line.split("Seq Scan on ")[1].split()[0] for line in lines if "Seq Scan on " in line}


@pytest.mark.postgresql
def test_a_case_as_it_stood_is_found_by_indexes() -> None:
    case = a_story().walk_to("planning")
    past = Then(case_as_it_stood(case.case_id, case.at).case, case.at)
    with CaptureQueriesContext(connection) as asked:
        tables(past)
        assert past.names
        assert past.caldicott == []
        assert past.openings == []
    whole = set[str]().union(*(_read_whole(one["sql"]) for one in asked))
    assert len(asked) > 15
    assert {table for table in whole if any(part in table for part in GROWS)} <= SMALL


def test_the_time_of_every_event_and_version_is_indexed_where_the_database_has_such_an_index() -> None:
    with connection.cursor() as cursor:
        tables = {model._meta.db_table for model in append_only_models() if model is Event or issubclass(model, HistoryRow)}
        indexes = {
            table: [one["type"] for one in connection.introspection.get_constraints(cursor, table).values() if one["index"]]
            for table in tables
        }
    assert len(tables) > 40
    assert {table for table, kinds in indexes.items() if "brin" in kinds} == (
        tables if connection.vendor == "postgresql" else set()
    )


def test_an_index_by_time_that_was_lost_is_made_again_and_no_other() -> None:
    with connection.cursor() as cursor, CaptureQueriesContext(connection) as asked:
        cursor.execute(f"DROP INDEX IF EXISTS {time_indexes.name_of(Event)}")
        time_indexes.ensure("default")
        time_indexes.ensure("default")
    made = [one["sql"] for one in asked if one["sql"].startswith("CREATE INDEX")]
    assert len(made) == (1 if connection.vendor == "postgresql" else 0)
