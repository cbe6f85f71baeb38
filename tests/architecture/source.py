"""Reads the project's own source for the tests of its architecture."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
APPS = ("audit", "cases", "notifications", "permissions", "web", "workflows")
PACKAGES = (*APPS, "config")


def modules(*packages: str) -> Iterator[Path]:
    """Every Python file of `packages`, as a path from the root, without migrations: those are written by a command."""
    for package in packages:
        for path in sorted((ROOT / package).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path.relative_to(ROOT)


@cache
def tree(module: Path) -> ast.Module:
    """The parsed source of `module`."""
    return ast.parse((ROOT / module).read_text(encoding="utf-8"))


def calls(module: Path) -> Iterator[tuple[ast.Call, str, str]]:
    """Each call in `module`: the node, what it is called on (dotted, may be empty), and the name called."""
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.Call):
            match node.func:
                case ast.Attribute(value=owner, attr=name):
                    yield node, ast.unparse(owner), name
                case ast.Name(id=name):
                    yield node, "", name
