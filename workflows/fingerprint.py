"""The fingerprint of a definition: a hash over a canonical form that is the same on every Python.

A guard enters by code, rule, sentence and revision, never by its function. A live definition is never edited:
a changed process is a new version, and running cases keep theirs.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
from enum import Enum
from functools import cache
from typing import Any

from workflows.definition import Effect, Guard, Process
from workflows.registry import process_of

_FUNCTION: dict[type, str] = {Guard: "test", Effect: "do"}
"""Where each of these keeps its function."""


def plain(thing: Any) -> Any:
    """A definition as strings, integers, booleans, lists and mappings, ready for JSON. The functions stay out."""
    if isinstance(thing, Enum):
        return thing.value
    if dataclasses.is_dataclass(thing) and not isinstance(thing, type):
        named = ((f, getattr(thing, f.name)) for f in dataclasses.fields(thing) if f.name != _FUNCTION.get(type(thing)))
        body = {f.name: plain(value) for f, value in named if not (f.metadata.get("later") and value == f.default)}
        return {"is": type(thing).__name__, **body}
    if isinstance(thing, tuple | list):
        return [plain(one) for one in thing]
    if thing is None or isinstance(thing, str | int | bool):
        return thing
    raise TypeError(f"A definition may not hold a {type(thing).__name__}: {thing!r}.")


def definition_json(process: Process) -> dict[str, Any]:
    """The whole expanded definition, stages in order: what the fingerprint is taken over."""
    return plain(process)


def fingerprint(process: Process) -> str:
    """SHA-256 (hex) over the canonical JSON of the definition."""
    text = json.dumps(definition_json(process), sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(text.encode("ascii")).hexdigest()


@cache
def of(code: str, version: int) -> str:
    """The fingerprint of a registered process, computed once."""
    return fingerprint(process_of(code, version))
