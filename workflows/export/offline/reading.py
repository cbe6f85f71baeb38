"""What an exported record looks like in a folder, and the canonical form that its seals are taken over."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

GENESIS = "0" * 64
FORMAT = 1
COLUMNS = {
    1: (
        "id", "scheme", "chain", "seq", "kind", "at", "organisation_id", "case_id", "person_id", "person_name", "capacity",
        "role", "reason", "request", "fingerprint", "facts", "rows", "shapes", "previous",
    )
}  # fmt: skip
"""The columns of an event that its seal is taken over, by scheme."""


class Finding(NamedTuple):
    """Something that does not hold: of what kind, which event, row or file, and what is wrong with it."""

    kind: str
    where: str
    what: str


class Unreadable(Exception):
    """There is no record here, or a file of it cannot be read; the message says which."""


def canonical(value: Any) -> str:
    """The one text that stands for a value read from JSON: sorted keys, no spaces, ASCII."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True, allow_nan=False)


def digest(value: Any) -> str:
    """SHA-256 of the canonical text, as 64 hexadecimal digits."""
    return sha256(canonical(value).encode("ascii")).hexdigest()


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object of JSON in which no key stands twice: people would read the one and programs the other."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key stands twice in it")
    return found


def read_json(path: Path) -> Any:
    """What a JSON file holds. Raises Unreadable."""
    try:
        return json.loads(path.read_text(encoding="utf-8"), object_pairs_hook=_once)
    except (OSError, ValueError) as error:
        raise Unreadable(f"{path.name} cannot be read: {error}") from error


def read_lines(path: Path) -> list[Any]:
    """What a file of JSON lines holds, line by line. Raises Unreadable, naming the line."""
    found = []
    try:
        with path.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                found.append(json.loads(line, object_pairs_hook=_once))
                if not isinstance(found[-1], dict):
                    raise Unreadable(f"{path.name}, line {number}, cannot be read: it is not an object of JSON")
    except (OSError, ValueError) as error:
        raise Unreadable(f"{path.name}, line {len(found) + 1}, cannot be read: {error}") from error
    return found


class Record:
    """An export as it lies in a folder. Raises Unreadable when a part that everything hangs on is not there."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.manifest = read_json(folder / "manifest.json")
        if not isinstance(self.manifest, dict) or self.manifest.get("format") != FORMAT:
            raise Unreadable(f"manifest.json is not of format {FORMAT}, the one that this script knows")
        self.events = read_lines(folder / "events.jsonl")
        self.rows = read_lines(folder / "history.jsonl") + read_lines(folder / "statements.jsonl")
        self.definitions = read_lines(folder / "definitions.jsonl")

    def newest(self, table: str) -> list[dict[str, Any]]:
        """The newest version of each fact of a history table, apart from those that were removed."""
        found: dict[Any, dict[str, Any]] = {}
        for row in self.rows:
            values = row.get("values")
            if (
                row["table"] == table
                and values
                and values["history_id"] > found.get(values["id"], {"history_id": -1})["history_id"]
            ):
                found[values["id"]] = values
        return [values for values in found.values() if values["history_type"] != "-"]
