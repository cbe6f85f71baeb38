"""Which processes there are: each version of each, with the proxy that is its law and the flow that is its route."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from cases.models import Case
from workflows.definition import Process
from workflows.expansion import expand


@dataclass
class Registered:
    """One process code: the proxy model, and for each version the page as written, as expanded, and its flow."""

    model: type[Case]
    written: dict[int, Process] = field(default_factory=dict)
    expanded: dict[int, Process] = field(default_factory=dict)
    flows: dict[int, Any] = field(default_factory=dict)

    @property
    def newest(self) -> int:
        return max(self.expanded)


_processes: dict[str, Registered] = {}


class UnknownProcess(LookupError):
    """No process has this code, or not in this version."""


def register(model: Any, *flows: Any) -> None:
    """Add a process: its proxy (with its `definitions`) and one flow for each version, in the same order.

    Raises ValueError for a code that another model has taken.
    """
    for process, flow in zip(model.definitions, flows, strict=True):
        entry = _processes.setdefault(process.code, Registered(model))
        if entry.model is not model:
            raise ValueError(f"The process code {process.code} is taken by {entry.model.__name__}.")
        entry.written[process.version] = process
        entry.expanded[process.version] = expand(process)
        entry.flows[process.version] = flow


def registered(code: str) -> Registered:
    """The process with this code. Raises UnknownProcess."""
    try:
        return _processes[code]
    except KeyError:
        known = ", ".join(sorted(_processes)) or "none"
        raise UnknownProcess(f"There is no process {code!r}. Known: {known}.") from None


def all_processes() -> dict[str, Registered]:
    """Every process by its code, in the order of codes."""
    return dict(sorted(_processes.items()))


def process_of(code: str, version: int | None = None) -> Process:
    """The expanded definition, of the newest version unless one is named. Raises UnknownProcess."""
    entry = registered(code)
    try:
        return entry.expanded[version or entry.newest]
    except KeyError:
        raise UnknownProcess(f"The process {code} has no version {version}.") from None
