"""The ways out of every stage: the written outcomes, those that the rules add to each page, and where they lead.

Imports no Django.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from workflows.definition import Process
from workflows.expansion import dissent_code

DISSENT = "dissent"
OPPOSED = "returned"
CHANGED = "changed"
EXPIRED = "expired"
"""Outcomes that no page declares: a lay disagreement, a staff refusal, a paper that changed under the answers (R4), and a
stage that the clock ended."""


def ways(process: Process) -> Iterator[tuple[str, str, str]]:
    """Every move that the expanded definition allows, as (stage, outcome, target)."""
    for stage in process.stages:
        yield from ((stage.code, way.code, way.to) for way in stage.outcomes)
        if stage.dissent:
            yield stage.code, DISSENT, dissent_code(stage.code)
        if stage.agreed_by:
            yield stage.code, OPPOSED, stage.returns_to or stage.code
        if stage.paper and stage.agreed_by:
            yield stage.code, CHANGED, stage.code
        if stage.expires_to:
            yield stage.code, EXPIRED, stage.expires_to
        for act in process.any_time:
            if act.effect == "ends" and not stage.hears:
                yield stage.code, act.code, act.to


Graph = Mapping[str, frozenset[str]]


def graph_of(process: Process) -> Graph:
    """Where each stage of an expanded process leads; ends lead nowhere."""
    edges: dict[str, set[str]] = {stage.code: set() for stage in process.stages}
    edges.update({end.code: set() for end in process.ends})
    for origin, _outcome, target in ways(process):
        edges[origin].add(target)
    return {code: frozenset(targets) for code, targets in edges.items()}


def reached(graph: Graph, start: str, without: frozenset[str] = frozenset()) -> frozenset[str]:
    """Everything that can be reached from `start`, itself included, by paths that avoid `without`."""
    seen: set[str] = set()
    ahead = [start]
    while ahead:
        here = ahead.pop()
        if here not in seen and here not in without:
            seen.add(here)
            ahead.extend(graph.get(here, ()))
    return frozenset(seen)
