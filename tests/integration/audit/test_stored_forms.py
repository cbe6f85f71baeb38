"""What is made of a row straight from the database is what `audit.rows` and `audit.chain` make of the row itself."""

from __future__ import annotations

from datetime import UTC, timedelta
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.db import connection, models
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from audit.chain import row_digest
from audit.rows import values
from audit.stored_forms import form_of
from tests.ledgerbook.models import Book

pytestmark = pytest.mark.django_db

texts = some.text(some.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=30)
numbers = some.integers(-(2**53), 2**53) | some.floats(allow_nan=False, allow_infinity=False, width=32)
jsonables = some.recursive(
    some.none() | some.booleans() | numbers | texts, lambda part: some.lists(part) | some.dictionaries(texts, part), max_leaves=8
)
zones = some.sampled_from([UTC, ZoneInfo("Europe/London"), ZoneInfo("Asia/Kathmandu")])
books = some.builds(
    Book, id=some.builds(uuid4),
    opened_at=some.none() | some.datetimes(timezones=zones).filter(lambda at: 1 < at.year < 9999),
    printed_on=some.none() | some.dates(), lent_for=some.none() | some.timedeltas(timedelta(days=-9999), timedelta(days=9999)),
    price=some.none() | some.decimals(-999999, 999999, places=2), weight=some.none() | numbers.map(float),
    facts=some.dictionaries(texts, jsonables, max_size=4),
    seal=some.binary(max_size=10), cover=texts, on_loan=some.booleans(),
)  # fmt: skip


@settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(some.lists(books, min_size=10, max_size=10))
def test_whatever_a_row_holds_both_ways_give_one_digest(shelf: list[Book]) -> None:
    rows: Any = models.QuerySet(Book)
    for book in shelf:
        book.title = str(book.pk)  # no two are called the same
    rows.bulk_create(shelf)
    form = form_of(Book)
    columns, without = form.columns, tuple(column for column in form.columns if column not in ("facts", "opened_at"))
    found = {str(row[form.key]): row for row in form.read(rows.filter(pk__in=[book.pk for book in shelf]))}
    for book in rows.filter(pk__in=[book.pk for book in shelf]):
        for shape in (columns, without, columns[::-1]):
            assert form.digest_over(shape)(found[str(book.pk)]) == row_digest(values(book), shape)


def test_on_postgresql_the_columns_that_every_fact_has_go_the_short_way() -> None:
    """Or the comparison above would compare one way with itself."""
    form = form_of(Book)
    long_way = {column for column, read in zip(form.columns, form.select, strict=True) if read == column}
    assert ("id" in long_way) == ("facts" in long_way) == (connection.vendor == "sqlite")
