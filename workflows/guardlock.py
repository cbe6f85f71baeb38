"""The committed lock: no guard and no effect changes without a new revision, and no definition without a new version.

They enter the fingerprint by their words and their revision, not by their function; this file holds the function to them.
"""

from __future__ import annotations

import ast
import hashlib
import inspect
import json
from collections.abc import Iterator
from pathlib import Path
from textwrap import dedent
from typing import Any

from workflows import fingerprint
from workflows.definition import Effect, Guard
from workflows.registry import Registered, all_processes

PATH = Path(__file__).with_name("guards.lock")
OURS = "workflows."
"""The lock is of the processes that come with us; an app that plugs in keeps its own."""

Lock = dict[str, dict[str, Any]]


class Unreadable(Exception):
    """The source of a guard cannot be found, so a change of it could not be seen."""


def current() -> Lock:
    """The lock as the code stands: for each process its fingerprints by version, and its guards' digests by revision."""
    return {code: _entry(entry) for code, entry in all_processes().items() if entry.model.__module__.startswith(OURS)}


def _entry(entry: Registered) -> dict[str, Any]:
    guards: dict[str, dict[str, str]] = {}
    for page in entry.written.values():
        functions: list[Guard | Effect] = [*page.guards(), *page.effects()]
        for one in functions:
            guards.setdefault(one.code, {})[str(one.revision)] = digest(one)
    versions = {str(version): fingerprint.fingerprint(whole) for version, whole in entry.expanded.items()}
    return {"versions": versions, "guards": dict(sorted(guards.items()))}


def load() -> Lock:
    """The lock as it is committed; empty before the first."""
    return json.loads(PATH.read_text(encoding="utf-8")) if PATH.exists() else {}


def text(lock: Lock) -> str:
    return json.dumps(lock, indent=2, sort_keys=True) + "\n"


def contradictions(locked: Lock, now: Lock) -> Iterator[str]:
    """What the code says otherwise than the lock: each a change that running cases would not have agreed to."""
    for code, entry in now.items():
        known = locked.get(code, {"versions": {}, "guards": {}})
        for version, mark in entry["versions"].items():
            if known["versions"].get(version, mark) != mark:
                yield (
                    f"{code} version {version} changed. A live definition is never edited: put it back, and write the "
                    "change as a new version."
                )
        for name, revisions in entry["guards"].items():
            for revision, mark in revisions.items():
                if known["guards"].get(name, {}).get(revision, mark) != mark:
                    yield f"The guard {name} of {code} changed, and its revision is still {revision}. Raise its revision."


def merged(locked: Lock, now: Lock) -> Lock:
    """The lock with what is new added. Old versions and revisions stay: cases may still run on them."""
    return {
        code: {
            "versions": {**locked.get(code, {}).get("versions", {}), **entry["versions"]},
            "guards": _merged_guards(locked.get(code, {}).get("guards", {}), entry["guards"]),
        }
        for code, entry in {**locked, **now}.items()
    }


def _merged_guards(locked: dict[str, dict[str, str]], now: dict[str, dict[str, str]]) -> dict[str, dict[str, str]]:
    return {name: {**locked.get(name, {}), **now.get(name, {})} for name in {**locked, **now}}


# The digest of a guard


def digest(one: Guard | Effect) -> str:
    """SHA-256 over the syntax of the guard's function and of everything in its module that it names.

    Comments, layout, docstrings and decorators do not count, and every Python gives the same.
    Raises Unreadable when the function was not written in a file.
    """
    try:
        written = one.test if isinstance(one, Guard) else one.do
        module = ast.parse(inspect.getsource(inspect.getmodule(written) or _nowhere(one)))
        function = ast.parse(dedent(inspect.getsource(written))).body[0]
    except (OSError, TypeError, SyntaxError) as trouble:
        raise Unreadable(f"The source of the guard {one.code} cannot be read: write it as a function of its own.") from trouble
    parts = [_canonical(part) for part in (function, *_named_with(function, module))]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def _nowhere(one: Guard | Effect) -> Any:
    raise TypeError(f"{one.code} belongs to no module")


def _named_with(function: ast.AST, module: ast.Module) -> list[ast.stmt]:
    """The constants and functions of the module that the guard names, and those that they name, in the module's order."""
    known = {name: part for part in module.body for name in _names_made(part)}
    seen: set[str] = set()
    ahead: list[ast.AST] = [function]
    while ahead:
        names = {node.id for node in ast.walk(ahead.pop()) if isinstance(node, ast.Name)} & known.keys() - seen
        seen |= names
        ahead.extend(known[name] for name in names)
    own = getattr(function, "name", "")
    return [part for part in module.body if (set(_names_made(part)) - {own}) & seen]


def _names_made(part: ast.stmt) -> Iterator[str]:
    if isinstance(part, ast.FunctionDef):
        yield part.name
    elif isinstance(part, ast.Assign | ast.AnnAssign):
        targets = part.targets if isinstance(part, ast.Assign) else [part.target]
        yield from (node.id for target in targets for node in ast.walk(target) if isinstance(node, ast.Name))


def _canonical(thing: Any) -> Any:
    """A syntax tree as lists and strings. What is empty is left out, because Pythons differ in which empty fields there are."""
    if isinstance(thing, list):
        return [_canonical(one) for one in thing]
    if not isinstance(thing, ast.AST):
        return repr(thing)
    left_out = {"decorator_list", "ctx"}
    fields = [(name, value) for name, value in ast.iter_fields(thing) if name not in left_out and value not in (None, [])]
    if isinstance(thing, ast.FunctionDef) and ast.get_docstring(thing) is not None:
        fields = [(name, value[1:] if name == "body" else value) for name, value in fields]
    return [type(thing).__name__, [[name, _canonical(value)] for name, value in fields]]
