"""An exported record is checked anywhere by its own script, which names whatever was done to it."""

from __future__ import annotations

import json
from collections.abc import Callable
from copy import deepcopy
from hashlib import sha256
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest

from audit.chain import EVENT_COLUMNS
from tests.builders import a_full_group, a_story
from tests.integration.export.handed_out import checked, exported
from tests.projects import a_full_project
from workflows.export.offline import reading
from workflows.testing import Walk

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("shelf")


@pytest.fixture
def folder(shelf: Path, tmp_path: Path) -> Path:
    """A copy, that a test may forge, of one export for all of them."""
    if not (shelf / "out").exists():
        exported(a_story().walk_to("planning"), shelf / "out")
    return Path(copytree(shelf / "out", tmp_path / "given"))


def lines_of(folder: Path, name: str) -> list[Any]:
    return reading.read_lines(folder / name)


def wrote(folder: Path, name: str, lines: list[Any]) -> None:
    (folder / name).write_text("".join(reading.canonical(one) + "\n" for one in lines), encoding="utf-8")


def with_a_manifest_to_match(folder: Path) -> None:
    """As a forger leaves it who knows what the manifest is for: file sizes and digests fit again."""
    manifest = json.loads((folder / "manifest.json").read_text())
    for one in manifest["files"]:
        body = (folder / one["name"]).read_bytes()
        one["size"], one["sha256"] = len(body), sha256(body).hexdigest()
    (folder / "manifest.json").write_text(json.dumps(manifest))


def sealed_anew(folder: Path) -> None:
    """As a forger leaves it who seals every event again: the chain holds, and ends as the manifest then says."""
    events, rows = lines_of(folder, "events.jsonl"), {}
    for row in lines_of(folder, "history.jsonl") + lines_of(folder, "statements.jsonl"):
        rows[row["table"], row["key"]] = row["values"]
    previous = reading.GENESIS
    for seq, event in enumerate(events, 1):
        event["rows"] = [[table, key, reading.digest({name: rows[table, key][name] for name in event["shapes"][table]})]
                         for table, key, _ in event["rows"]]  # fmt: skip
        event["seq"], event["previous"] = seq, previous
        event["digest"] = previous = reading.digest({column: event[column] for column in EVENT_COLUMNS[1]})
    wrote(folder, "events.jsonl", events)
    manifest = json.loads((folder / "manifest.json").read_text())
    manifest["chain"].update(seq=len(events), digest=previous)
    (folder / "manifest.json").write_text(json.dumps(manifest))
    with_a_manifest_to_match(folder)


def test_an_honest_export_is_well_wherever_it_lies(folder: Path) -> None:
    code, told = checked(folder.rename(folder.parent / "elsewhere"))
    assert (code, "ALL IS WELL" in told) == (0, True), told
    assert "25 events, 60 rows, 1 definitions checked.\n0 events and rows were held back" in told


# What a forger can do to the files, and what the script then calls it


def _edited_event(folder: Path) -> str:
    events = lines_of(folder, "events.jsonl")
    events[4]["person_name"] = "Somebody Else"
    wrote(folder, "events.jsonl", events)
    return "EDITED EVENT: event 5 "


def _deleted_event(folder: Path) -> str:
    events = lines_of(folder, "events.jsonl")
    del events[4]
    wrote(folder, "events.jsonl", events)
    return "DELETED EVENT: event 6 "


def _swapped_events(folder: Path) -> str:
    events = lines_of(folder, "events.jsonl")
    events[4]["seq"], events[5]["seq"] = 6, 5
    events[4], events[5] = events[5], events[4]
    wrote(folder, "events.jsonl", events)
    return "REORDERED: event 5 "


def _swapped_lines(folder: Path) -> str:
    events = lines_of(folder, "events.jsonl")
    events[4], events[5] = events[5], events[4]
    wrote(folder, "events.jsonl", events)
    return "REORDERED: event 5 "


def _cut_tail(folder: Path) -> str:
    """With the rows that the last events wrote."""
    events = lines_of(folder, "events.jsonl")
    gone = {event["id"] for event in events[-5:]}
    wrote(folder, "events.jsonl", events[:-5])
    for name in ("history.jsonl", "statements.jsonl"):
        wrote(folder, name, [row for row in lines_of(folder, name) if row["event"] not in gone])
    return "CUT TAIL: event 20: the newest are gone: events 21 to 25"


def _edited_history(folder: Path) -> str:
    rows = lines_of(folder, "history.jsonl")
    row = next(row for row in rows if row["table"] == "cases.historicalseat")
    row["values"]["membership"] = "attendee"
    wrote(folder, "history.jsonl", rows)
    return f"EDITED HISTORY: cases.historicalseat {row['key']}"


def _edited_position(folder: Path) -> str:
    rows = lines_of(folder, "statements.jsonl")
    row = next(row for row in rows if row["table"] == "cases.position")
    row["values"]["stance"] = "against"
    wrote(folder, "statements.jsonl", rows)
    return f"EDITED ROW: cases.position {row['key']}"


def _deleted_position(folder: Path) -> str:
    rows = lines_of(folder, "statements.jsonl")
    row = next(row for row in rows if row["table"] == "cases.position")
    wrote(folder, "statements.jsonl", [one for one in rows if one is not row])
    return f"DELETED ROW: cases.position {row['key']}"


def _inserted_position(folder: Path) -> str:
    rows = lines_of(folder, "statements.jsonl")
    row = deepcopy(next(row for row in rows if row["table"] == "cases.position"))
    row["key"] = row["values"]["id"] = "01900000-0000-7000-8000-000000000000"
    wrote(folder, "statements.jsonl", [*rows, row])
    return f"INSERTED ROW: cases.position {row['key']}"


def _edited_definition(folder: Path) -> str:
    rules = lines_of(folder, "definitions.jsonl")
    rules[0]["definition"]["stages"][0]["title"] = "Another"
    wrote(folder, "definitions.jsonl", rules)
    return f"EDITED DEFINITION: {rules[0]['fingerprint']}"


FORGERIES = (
    _edited_event, _deleted_event, _swapped_events, _swapped_lines, _cut_tail, _edited_history, _edited_position,
    _deleted_position, _inserted_position, _edited_definition,
)  # fmt: skip


@pytest.mark.parametrize("forged", FORGERIES)
def test_what_is_done_to_it_is_found_and_named(folder: Path, forged: Callable[[Path], str]) -> None:
    named = forged(folder)
    assert "FILE CHANGED: " in checked(folder)[1]
    with_a_manifest_to_match(folder)
    code, told = checked(folder)
    assert (code, "FILE CHANGED" in told) == (1, False)
    assert f"\n{named}" in f"\n{told}", told


def test_a_state_that_no_stay_leads_to_is_named_though_everything_is_sealed_anew(folder: Path) -> None:
    rows = lines_of(folder, "history.jsonl")
    last = max((row for row in rows if row["table"] == "cases.historicalcase"), key=lambda row: row["values"]["history_id"])
    last["values"]["state"] = "sharing"
    wrote(folder, "history.jsonl", rows)
    sealed_anew(folder)

    assert "STATE CHANGED: the case stands in 'sharing': its stays in stages lead to 'planning'" in checked(folder)[1]


def test_a_stage_that_passed_without_its_partners_is_named_though_everything_is_sealed_anew(folder: Path) -> None:
    rows = lines_of(folder, "statements.jsonl")
    wrote(folder, "statements.jsonl", [row for row in rows if row["table"] != "cases.position"])
    events = lines_of(folder, "events.jsonl")
    for event in events:
        event["rows"] = [entry for entry in event["rows"] if entry[0] != "cases.position"]
    wrote(folder, "events.jsonl", events)
    sealed_anew(folder)

    told = checked(folder)[1]
    assert told.startswith("LAY VOICE MISSING: stay "), told


def test_files_that_were_added_taken_away_or_damaged_are_named(folder: Path) -> None:
    (folder / "extra.txt").write_text("Not ours.")
    (folder / "papers.jsonl").unlink()
    assert {"FILE ADDED: extra.txt", "FILE GONE: papers.jsonl"} <= {
        line.rsplit(":", 1)[0] for line in checked(folder)[1].splitlines()
    }
    (folder / "history.jsonl").write_text('{"table":"a","table":"b"}\n')
    code, told = checked(folder)
    assert (code, told) == (2, "CANNOT BE CHECKED. history.jsonl, line 1, cannot be read: a key stands twice in it.\n")
    (folder / "manifest.json").write_text("[]")
    assert checked(folder) == (2, "CANNOT BE CHECKED. manifest.json is not of format 1, the one that this script knows.\n")


@pytest.mark.parametrize("line", ["{}", '{"table":"cases.position","key":"1","event":"2"}'])
def test_a_line_of_another_form_is_a_finding_and_no_traceback(folder: Path, line: str) -> None:
    for name in ("statements.jsonl", "events.jsonl", "definitions.jsonl"):
        with (folder / name).open("a") as file:
            file.write(line + "\n")
    code, told = checked(folder)
    assert (code, "DAMAGED: " in told) == (1, True), told


def a_closed_project() -> Walk:
    return a_full_project().walk_to("closed")


def a_hearing() -> Walk:
    case = a_full_group()
    case.walk_to("draft_review")
    case.put_draft_to_group()
    case.answer("amina")
    case.answer("pat", "do_not_support", "Nobody asked the night staff.")
    assert case.case.state == "draft_review__dissent"
    return case


@pytest.mark.parametrize("walked", [a_closed_project, a_hearing])
def test_an_honest_export_is_well_on_other_roads(walked: Callable[[], Walk], tmp_path: Path) -> None:
    code, told = checked(exported(walked(), tmp_path / "out"))
    assert code == 0, told
