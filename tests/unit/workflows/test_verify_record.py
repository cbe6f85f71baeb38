"""The script that checks an export is the ledger's own form again, knows the same ways, and needs nothing but an old Python."""

from __future__ import annotations

import ast
import json
import sys
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from audit import chain
from workflows import ways
from workflows.export.offline import law, reading
from workflows.export.script import verify_record
from workflows.fingerprint import definition_json, fingerprint
from workflows.registry import all_processes, process_of

texts = some.text(some.characters(exclude_categories=["Cs"]))
scalars = (
    some.none() | some.booleans() | some.integers() | some.floats(allow_nan=False, allow_infinity=False) | texts
    | some.decimals(allow_nan=False, allow_infinity=False) | some.datetimes(timezones=some.timezones()) | some.dates()
    | some.timedeltas() | some.binary() | some.uuids()
)  # fmt: skip
values = some.recursive(scalars, lambda part: some.lists(part) | some.dictionaries(texts, part), max_leaves=20)


@given(values)
def test_a_value_read_from_an_export_has_the_form_that_was_sealed(value: Any) -> None:
    written = chain.canonical(value)
    assert reading.canonical(json.loads(written)) == written
    assert reading.digest(json.loads(written)) == chain.digest(value)


def test_the_same_columns_are_sealed_and_the_chain_begins_alike() -> None:
    assert reading.COLUMNS == chain.EVENT_COLUMNS
    assert reading.GENESIS == chain.GENESIS


@pytest.mark.parametrize("code", sorted(all_processes()))
def test_it_knows_the_ways_of_each_process_and_its_fingerprint(code: str) -> None:
    process = process_of(code)
    stored = json.loads(json.dumps(definition_json(process)))
    assert list(law.ways(stored)) == list(ways.ways(process))
    assert reading.digest(stored) == fingerprint(process)


def test_it_is_one_file_for_python_3_9_without_anything_of_ours() -> None:
    tree = ast.parse(verify_record(), feature_version=(3, 9))
    modules = {one.module for one in ast.walk(tree) if isinstance(one, ast.ImportFrom)}
    modules |= {name.name for one in ast.walk(tree) if isinstance(one, ast.Import) for name in one.names}
    assert {str(module).partition(".")[0] for module in modules} <= sys.stdlib_module_names
    since_3_10 = {"UTC", "StrEnum", "batched", "pairwise", "zip_strict"}
    assert not since_3_10 & {one.id for one in ast.walk(tree) if isinstance(one, ast.Name)}
    assert not [one for one in ast.walk(tree) if isinstance(one, ast.keyword) and one.arg in ("strict", "slots", "kw_only")]
