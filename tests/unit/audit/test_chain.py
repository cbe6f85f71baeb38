"""The canonical form: one text for one fact, whatever Python or a database did to it on the way."""

import json
import subprocess
import sys
from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as some

from audit import chain

texts = some.text(some.characters(exclude_categories=["Cs"]))
scalars = some.none() | some.booleans() | some.integers() | some.floats(allow_nan=False, allow_infinity=False) | texts
jsonables = some.recursive(scalars, lambda part: some.lists(part) | some.dictionaries(texts, part), max_leaves=20)
moments = some.datetimes(timezones=some.timezones())


@given(jsonables)
def test_a_value_read_back_from_json_has_the_same_form(value: Any) -> None:
    assert chain.canonical(json.loads(json.dumps(value))) == chain.canonical(value)


@given(some.dictionaries(texts, scalars))
def test_the_order_of_keys_does_not_matter(value: dict[str, Any]) -> None:
    assert chain.canonical(dict(reversed(value.items()))) == chain.canonical(value)


@given(jsonables)
def test_the_form_is_ascii_json_without_spaces(value: Any) -> None:
    text = chain.canonical(value)

    assert text.isascii()
    assert json.dumps(json.loads(text), sort_keys=True, separators=(",", ":")) == text


@given(jsonables, jsonables)
def test_different_values_have_different_forms(one: Any, other: Any) -> None:
    assert (chain.canonical(one) == chain.canonical(other)) == (chain.portable(one) == chain.portable(other)) or {
        type(one),
        type(other),
    } & {bool, list, dict}  # Python takes True for 1, JSON does not


@given(moments, some.timezones())
def test_a_moment_is_the_same_in_every_time_zone(moment: datetime, elsewhere: timezone) -> None:
    assert chain.canonical(moment.astimezone(elsewhere).astimezone(UTC)) == chain.canonical(moment.astimezone(UTC))


@given(some.decimals(allow_nan=False, allow_infinity=False))
def test_a_decimal_keeps_its_value_and_scale(number: Decimal) -> None:
    assert Decimal(chain.portable(number)) == number


@pytest.mark.parametrize(
    ("value", "form"),
    [
        (datetime(2026, 7, 1, 9, 30, tzinfo=timezone(timedelta(hours=1))), '"2026-07-01T08:30:00.000000+00:00"'),
        (date(2026, 7, 1), '"2026-07-01"'),
        (time(9, 30), '"09:30:00.000000"'),
        (timedelta(days=1, microseconds=1), '"86400000001us"'),
        (Decimal("1.50"), '"1.50"'),
        (Decimal("-0.00"), '"0.00"'),
        (Decimal("1E+2"), '"100"'),
        (1.0, "1"),
        (-0.0, "0"),
        (1e22, "10000000000000000000000"),
        (0.1, "0.1"),
        (b"\x00\xff", '"00ff"'),
        (memoryview(b"\x01"), '"01"'),
        (UUID(int=1), '"00000000-0000-0000-0000-000000000001"'),
        ("é “quoted”", '"\\u00e9 \\u201cquoted\\u201d"'),
        ({"b": (1, True, None), 2: "a"}, '{"2":"a","b":[1,true,null]}'),
    ],
)
def test_each_kind_of_value_has_its_form(value: Any, form: str) -> None:
    assert chain.canonical(value) == form


@pytest.mark.parametrize("value", [{1, 2}, object(), {True: 1}, {UUID(int=1): 1}, int])
def test_what_json_cannot_hold_is_no_evidence(value: Any) -> None:
    with pytest.raises(TypeError):
        chain.canonical(value)


@pytest.mark.parametrize("value", [datetime(2026, 7, 1), float("nan"), float("inf"), Decimal("NaN")])  # noqa: DTZ001
def test_what_names_no_moment_or_number_is_no_evidence(value: Any) -> None:
    with pytest.raises(ValueError, match=r"no time zone|not a number"):
        chain.canonical(value)


def test_a_row_digest_covers_the_named_columns_and_no_other() -> None:
    row = {"title": "A", "added_by_a_later_migration": None}

    assert chain.row_digest(row, ["title"]) == chain.row_digest({"title": "A"}, ["title"])
    assert chain.row_digest(row, ["title"]) != chain.row_digest({**row, "title": "B"}, ["title"])


def test_a_row_without_a_sealed_column_has_no_digest() -> None:
    with pytest.raises(KeyError, match="title"):
        chain.row_digest({}, ["title"])


def test_the_first_scheme_never_changes() -> None:
    """Its digests are stored: another value here means that every ledger in use would fail to verify."""
    event = dict.fromkeys(chain.EVENT_COLUMNS[1], "x") | {"scheme": 1}

    assert chain.event_digest(event) == "9037e03daf6cbae3c40a4a4210512522a233b8c7e992e510480d65ce1b65190a"


def test_a_copy_of_the_module_needs_neither_us_nor_django(tmp_path: Path) -> None:
    copy = tmp_path / "chain.py"
    copy.write_text(Path(chain.__file__).read_text())

    done = subprocess.run(
        [sys.executable, "-I", "-S", str(copy)], capture_output=True, text=True, check=False, cwd=tmp_path, timeout=60
    )

    assert (done.returncode, done.stderr) == (0, "")
