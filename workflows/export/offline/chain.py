"""Whether an exported record is whole: its files, its chain of events, and the rows that the events wrote."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

from workflows.export.offline.reading import COLUMNS, GENESIS, Finding, Record, digest, read_lines

MOVED = 50
"""How many places away from its own an event is looked for that was put in another."""


# Files


def check_files(record: Record) -> Iterator[Finding]:
    """Each file is there and is as the manifest says; nothing was added."""
    listed = {one["name"]: one for one in record.manifest["files"]}
    for name, one in listed.items():
        path = record.folder / name
        if not path.is_file():
            yield Finding("FILE GONE", name, "the manifest names it, and it is not here")
            continue
        body = path.read_bytes()
        if len(body) != one["size"] or sha256(body).hexdigest() != one["sha256"]:
            yield Finding("FILE CHANGED", name, f"it is not the file of {one['size']} bytes that was written")
    for path in sorted(record.folder.rglob("*")):
        name = path.relative_to(record.folder).as_posix()
        if path.is_file() and name not in listed and not name.startswith(("manifest.json", "__pycache__/")):
            yield Finding("FILE ADDED", name, "the manifest does not name it")


# Events


def check_events(record: Record) -> Iterator[Finding]:
    """The chain is whole, in order, begins at its beginning and ends where the manifest says."""
    before, place = GENESIS, 0
    for event in record.events:
        name = f"event {event['seq']} ({event['kind']}, {event['at']})"
        if event["seq"] <= place:
            yield Finding("REORDERED", name, f"it stands after event {place}")
        elif event["seq"] > place + 1:
            yield Finding("DELETED EVENT", name, f"what stood before it is gone: {_numbers(place + 1, event['seq'] - 1)}")
        elif event["previous"] != before:
            yield Finding("BROKEN CHAIN", name, f"it does not follow on from event {place}")
        yield from _check_seal(event, name)
        before, place = event["digest"], event["seq"]
    yield from check_end(record, before, place)


def _numbers(first: int, last: int) -> str:
    return f"event {first}" if first == last else f"events {first} to {last}"


def _check_seal(event: dict[str, Any], name: str) -> Iterator[Finding]:
    if "held_back" in event:
        return
    columns = COLUMNS.get(event.get("scheme", 0), ())
    if not columns or any(column not in event for column in columns):
        yield Finding("EDITED EVENT", name, "columns that its seal was taken over are gone")
        return
    sealed = {column: event[column] for column in columns}
    seal = event.get("erased", event["digest"])
    if digest(sealed) == seal:
        return
    near = range(event["seq"] - MOVED, event["seq"] + MOVED + 1)
    own = next((seq for seq in near if digest(dict(sealed, seq=seq)) == seal), None)
    if own is not None:
        yield Finding("REORDERED", name, f"by its seal it is event {own}: it was put in another place")
    else:
        yield Finding("EDITED EVENT", name, "it was changed after it was sealed")


def check_end(record: Record, last: str, place: int) -> Iterator[Finding]:
    """The last event is the one that the manifest names."""
    head = record.manifest["chain"]
    if place < head["seq"]:
        yield Finding("CUT TAIL", f"event {place}", f"the newest are gone: {_numbers(place + 1, head['seq'])}")
    elif (place, last) != (head["seq"], head["digest"]):
        yield Finding("BROKEN CHAIN", f"event {place}", "the chain does not end as the manifest says")


def check_anchor(record: Record, anchor: Path) -> Iterator[Finding]:
    """The chain still has the event that an anchor, kept elsewhere, says it had."""
    noted = next((one for one in read_lines(anchor) if one.get("chain") == record.manifest["chain"]["name"]), None)
    if noted is None:
        yield Finding("NOT ANCHORED", anchor.name, "it does not name this chain, so it says nothing about it")
        return
    there = {event["seq"]: event["digest"] for event in record.events}
    if noted["seq"] not in there:
        yield Finding("CUT TAIL", f"event {noted['seq']}", "it was there on the day of the anchor and is gone")
    elif there[noted["seq"]] != noted["digest"]:
        yield Finding("REWRITTEN", f"event {noted['seq']}", "it is not the one that was there on the day of the anchor")


# Rows


def check_rows(record: Record) -> Iterator[Finding]:
    """Each row that an event wrote is here as it was written, and no row is here that none wrote."""
    rows: dict[tuple[str, str], dict[str, Any]] = {}
    for row in record.rows:
        if (row["table"], row["key"]) in rows:
            yield Finding("INSERTED ROW", _named(row), "it stands here twice")
        rows[row["table"], row["key"]] = row
    admitted = set()
    for event in record.events:
        for table, key, sealed in event["rows"]:
            admitted.add((table, key, event["id"]))
            yield from _check_row(rows.get((table, key)), f"{table} {key}", sealed, event)
    for row in record.rows:
        if (row["table"], row["key"], row["event"]) not in admitted:
            yield Finding("INSERTED ROW", _named(row), "no event wrote it")


def _check_row(row: dict[str, Any] | None, name: str, sealed: str, event: dict[str, Any]) -> Iterator[Finding]:
    if row is None:
        yield Finding("DELETED ROW", name, f"event {event['seq']} wrote it, and it is not here")
    elif "held_back" not in row:
        table = row["table"]
        kind = "EDITED HISTORY" if "historical" in table else "EDITED ROW"
        columns = event["shapes"].get(table, ())
        values = row["values"]
        whole = all(column in values for column in columns)
        if not whole or digest({name: values[name] for name in columns}) != row.get("erased", sealed):
            yield Finding(kind, name, f"it was changed after event {event['seq']} sealed it")


def _named(row: dict[str, Any]) -> str:
    return f"{row['table']} {row['key']}"
