"""Where each rule is enforced and which tests prove it: read from the source itself, so that neither can be forgotten.

A rule is enforced where a function judges by its code. A test proves a rule if it expects a refusal by it
(`refused("R9")`), is marked `@pytest.mark.proves("R9")`, or has it in its name (`test_r9_...`).
"""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
ENFORCING = ("audit", "cases", "permissions", "workflows")
DECLARED_IN = Path("workflows/rules.py")

JUDGES = {"judge", "refuse", "seated", "outside_the_group", "Verdict", "replace", "guard", "_until", "_fault"}
"""What is called with the code of the rule by which something is refused, or flagged."""

CODE = re.compile(r"(R|IG)\d+")
IN_A_NAME = re.compile(r"(?<=_)(?:r|ig)\d+(?=_)")

Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.Assign
Rules = Mapping[str, tuple["Place", ...]]


@dataclass(frozen=True, order=True)
class Place:
    """A function, or a name given in a module, by the module's path from the root: "Story.form_group" is a method."""

    module: str
    name: str


@cache
def enforced() -> Rules:
    """Each code that something is refused by, with every place that does so."""
    return _gathered(_judged(path) for path in _sources(*ENFORCING))


@cache
def proved() -> Rules:
    """Each code that a test says it proves, with those tests."""
    return _gathered(_proofs(path) for path in _sources("tests"))


def named() -> Rules:
    """Each text that looks like a rule's code, wherever it stands in the apps' source, with its place."""
    return _gathered(_literals(path) for path in _sources(*ENFORCING, "notifications", "web") if path != DECLARED_IN)


def place_of(dotted: str) -> Place | None:
    """The place that a dotted path names; None where there is no such module, or nothing of that name in it."""
    parts = dotted.split(".")
    for cut in range(len(parts), 0, -1):
        path = Path(*parts[:cut]).with_suffix(".py")
        if (ROOT / path).is_file():
            name = ".".join(parts[cut:])
            return Place(path.as_posix(), name) if name in {one for one, _ in _definitions(path)} else None
    return None


def _gathered(found: Iterator[Iterator[tuple[str, Place]]]) -> Rules:
    places: defaultdict[str, set[Place]] = defaultdict(set)
    for one in found:
        for code, place in one:
            places[code].add(place)
    return {code: tuple(sorted(where)) for code, where in places.items()}


def _sources(*packages: str) -> Iterator[Path]:
    for package in packages:
        for path in sorted((ROOT / package).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path.relative_to(ROOT)


@cache
def _tree(path: Path) -> ast.Module:
    return ast.parse((ROOT / path).read_text(encoding="utf-8"))


def _definitions(path: Path) -> Iterator[tuple[str, Definition | ast.ClassDef]]:
    """Every name that a module gives at its top level, and every method of its classes, with what it stands for."""
    for node in _tree(path).body:
        match node:
            case ast.Assign(targets=[ast.Name(id=name)]):
                yield name, node
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                yield name, node
            case ast.ClassDef(name=name, body=body):
                yield name, node
                yield from ((f"{name}.{one.name}", one) for one in body if isinstance(one, ast.FunctionDef))


def _judged(path: Path) -> Iterator[tuple[str, Place]]:
    for name, node in _definitions(path):
        if not isinstance(node, ast.ClassDef):
            for call in _calls(node, JUDGES):
                yield from ((code, Place(path.as_posix(), name)) for code in _codes(call))


def _calls(node: ast.AST, names: set[str]) -> Iterator[ast.Call]:
    for call in ast.walk(node):
        if isinstance(call, ast.Call) and ast.unparse(call.func).rpartition(".")[2] in names:
            yield call


def _codes(call: ast.Call) -> list[str]:
    """The rules' codes among the arguments of a call."""
    given = [*call.args, *(keyword.value for keyword in call.keywords)]
    return [code for one in given if (code := _code(one))]


def _code(node: ast.AST) -> str:
    """The rule's code that stands there; empty where nothing of the kind does."""
    said = node.value if isinstance(node, ast.Constant) else None
    return said if isinstance(said, str) and CODE.fullmatch(said) else ""


def _literals(path: Path) -> Iterator[tuple[str, Place]]:
    for node in ast.walk(_tree(path)):
        if code := _code(node):
            yield code, Place(path.as_posix(), f"line {getattr(node, 'lineno', 0)}")


def _proofs(path: Path) -> Iterator[tuple[str, Place]]:
    if not path.name.startswith("test_"):
        return
    for name, node in _definitions(path):
        test = name.rpartition(".")[2]
        if isinstance(node, ast.FunctionDef) and test.startswith("test_"):
            said = [code.upper() for code in IN_A_NAME.findall(test)]
            told = [code for call in _calls(node, {"refused", "proves"}) for code in _codes(call)]
            yield from ((code, Place(path.as_posix(), name)) for code in (*said, *told))
