"""Facts change through an act, which keeps their history: the ways round that are few, named and explained here."""

import ast

import pytest

from tests.architecture.source import APPS, ROOT, calls, modules

# Each writes or reads without `save()`, and so without a history row or a ledger event.
BULK = {"bulk_create", "abulk_create", "bulk_update", "abulk_update", "aupdate", "_raw_delete"}
RAW = {"cursor", "raw", "RawSQL", "extra", "executescript"}
UNRECORDED = {"bulk_create_with_history", "bulk_update_with_history", "save_base", "save_without_historical_record"}
STORING = {"storing.add", "storing.change", "storing.put"}
DICTIONARIES = ("facts", "globals")  # the attributes whose `.update(name=value)` is a dictionary's

NAMED_PLACES = {
    ("audit/erasing.py", "update"): "contents that two people agreed may go, row by row, each replaced row named in an erasure",
    ("audit/erasing.py", "bulk_create"): "the erasures of one act, written together",
    ("audit/history.py", "storing.add"): "facts that an act adds together, each noted with its act",
    ("audit/record.py", "storing.add"): "the history rows of one act, written together, and its event",
    ("audit/record.py", "storing.put"): "how far a chain has got",
    (
        "audit/one_trip.py",
        "cursor",
    ): "compiled querysets ask through it, and the places named here store",
    ("audit/replica.py", "cursor"): "how far a replica has got is asked of the server, and is no row",
    ("audit/time_indexes.py", "cursor"): "the indexes by time that PostgreSQL alone has are made in SQL",
    ("audit/triggers.py", "cursor"): "the triggers that refuse changes are made in SQL",
    ("audit/turns.py", "cursor"): "waiting for one's turn at a chain is a lock, and reads and writes no row",
    ("notifications/telling.py", "storing.add"): "a notice is news of what the ledger already holds, not a fact",
    ("notifications/reading.py", "update"): "that a notice was read is no fact of a case",
    ("notifications/coordinators.py", "bulk_create"): "a notice is news of what the ledger already holds, not a fact",
    ("notifications/posting.py", "update"): "in which message a notice went out is no fact of a case",
    ("workflows/deadlines/following.py", "storing.add"): "deadlines are worked out of the facts and can be again, like tasks",
    ("workflows/deadlines/following.py", "storing.change"): "deadlines are worked out of the facts and can be again, like tasks",
    ("workflows/batch.py", "storing.add"): "tasks are a projection that can be rebuilt, not facts",
    ("workflows/batch.py", "storing.change"): "tasks are a projection that can be rebuilt, not facts",
}


def _is_queryset_update(call: ast.Call, owner: str, name: str) -> bool:
    """A queryset's update takes names only; a set's, a digest's or most dictionaries' takes a thing."""
    return name == "update" and not call.args and owner.rpartition(".")[2] not in DICTIONARIES


def _ways_round() -> set[tuple[str, str]]:
    return {
        (module.as_posix(), way)
        for module in modules(*APPS)
        for call, owner, name in calls(module)
        for way in (name, f"{owner}.{name}")
        if way in BULK | RAW | UNRECORDED | STORING or (way == name and _is_queryset_update(call, owner, name))
    }


def test_no_other_place_writes_round_the_record() -> None:
    assert _ways_round() - NAMED_PLACES.keys() == set()


def test_every_named_place_still_needs_its_name() -> None:
    assert NAMED_PLACES.keys() - _ways_round() == set()


def test_only_doors_erase_and_only_a_command_goes_through_them() -> None:
    """IG8: no page, task or address takes contents away."""
    named = {module.as_posix(): (ROOT / module).read_text(encoding="utf-8") for module in modules(*APPS)}
    assert {name for name, text in named.items() if "from audit.erasing import" in text and "erase(" in text} == {
        "workflows/doors/departures.py", "workflows/doors/disposal.py",
    }  # fmt: skip
    assert {name for name, text in named.items() if "carry_out_disposal\n" in text} == {"workflows/disposing.py"}
    assert {name for name, text in named.items() if "from workflows.disposing" in text} == {
        "workflows/management/commands/carry_out_disposals.py"
    }


@pytest.mark.parametrize(
    ("source", "is_update"),
    [
        ("Case.objects.filter(pk=1).update(state='closed')", True),
        ("rows.update(**changes)", True),
        ("act.facts.update(name=name)", False),
        ("digest.update(chunk)", False),
    ],
)
def test_a_queryset_update_is_told_from_a_dictionary_update(source: str, is_update: bool) -> None:
    call = ast.parse(source, mode="eval").body
    assert isinstance(call, ast.Call)
    assert isinstance(call.func, ast.Attribute)
    assert _is_queryset_update(call, ast.unparse(call.func.value), call.func.attr) is is_update
