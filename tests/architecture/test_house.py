"""The house stays easy to read: short functions, short modules, and names that say what is inside."""

import ast
from pathlib import Path

import pytest

from tests.architecture.source import PACKAGES, ROOT, modules, tree

LONGEST_FUNCTION = 40
LONGEST_MODULE = 300
LONGEST_PROCESS_PAGE = 150
SAY_NOTHING = {"common", "core", "helper", "helpers", "manager", "managers", "misc", "util", "utils"}

every_module = pytest.mark.parametrize("module", list(modules(*PACKAGES)), ids=str)


@every_module
def test_no_module_is_too_long(module: Path) -> None:
    limit = LONGEST_PROCESS_PAGE if module.name == "process.py" else LONGEST_MODULE
    length = len((ROOT / module).read_text(encoding="utf-8").splitlines())
    assert length <= limit


@every_module
def test_no_function_is_too_long(module: Path) -> None:
    functions = (n for n in ast.walk(tree(module)) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef))
    assert [n.name for n in functions if (n.end_lineno or n.lineno) - n.lineno >= LONGEST_FUNCTION] == []


@every_module
def test_a_module_says_what_its_one_job_is(module: Path) -> None:
    assert ast.get_docstring(tree(module)) or not tree(module).body


@every_module
def test_no_name_says_nothing(module: Path) -> None:
    assert SAY_NOTHING.isdisjoint((*module.parent.parts, module.stem))
