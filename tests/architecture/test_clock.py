"""Time is passed in: only the edge (pages, commands, tasks) reads a clock, so that what happened can be replayed and tested."""

import ast
from pathlib import Path

import pytest

from tests.architecture.source import calls, modules

CORE = ("audit", "cases", "permissions", "workflows")
CLOCKS = {"now", "utcnow", "today", "localdate", "localtime", "time", "time_ns"}
CLOCK_OWNERS = {"timezone", "datetime", "date", "time", "dt"}


def _reads_a_clock(call: ast.Call, owner: str, name: str) -> bool:
    # localdate(moment) only converts; localdate() reads the clock.
    converts = name.startswith("local") and bool(call.args)
    return name in CLOCKS and owner.rpartition(".")[2] in CLOCK_OWNERS and not converts


@pytest.mark.parametrize("module", [m for m in modules(*CORE) if "commands" not in m.parts and m.name != "tasks.py"], ids=str)
def test_the_core_reads_no_clock(module: Path) -> None:
    read = [f"{module}:{call.lineno}" for call, owner, name in calls(module) if _reads_a_clock(call, owner, name)]
    stamped = [f"{module}:{call.lineno}" for call, _, _ in calls(module) if _stamps_itself(call)]
    assert read + stamped == []


def _stamps_itself(field: ast.Call) -> bool:
    return any(keyword.arg in {"auto_now", "auto_now_add"} for keyword in field.keywords)
