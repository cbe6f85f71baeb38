"""Proofs: what is wrong with a process, each fault with process, stage, rule and remedy. Imports no Django.

A page that cannot be compiled is refused when its law is made; everything else is a system check at start-up.
"""

from __future__ import annotations

from workflows.definition import Process
from workflows.expansion import expand
from workflows.soundness.faults import FAULTS, Fault, Finding, Unsound
from workflows.soundness.page import BLOCKING, page
from workflows.soundness.paths import paths
from workflows.soundness.people import people
from workflows.soundness.power import power

__all__ = ["FAULTS", "Fault", "Finding", "Unsound", "findings", "require_buildable"]


def findings(process: Process, reserved: frozenset[str] = frozenset()) -> tuple[Finding, ...]:
    """Everything wrong with a process as written, and with what is made of it.

    `reserved` are names that a case or a flow uses for something else. A page that cannot be expanded is
    judged as written only.
    """
    written = tuple(page(process, reserved))
    if any(one.code in BLOCKING for one in written):
        return written
    whole = expand(process)
    return (*written, *people(process), *paths(whole), *power(whole))


def require_buildable(process: Process) -> None:
    """Refuse a page of which no law and no route can be made. Raises Unsound with every reason at once."""
    blocking = tuple(one for one in page(process, frozenset()) if one.code in BLOCKING)
    if blocking:
        raise Unsound(blocking)
