"""Where can a case get to? Every stage is reached, every stage leads to an end, and every way back is to somewhere it has been."""

from __future__ import annotations

from collections.abc import Iterator

from workflows.definition import Process, Stage
from workflows.soundness.faults import BACK_TO_UNKNOWN, ENDLESS, GUARDED_BACK, UNREACHED, Finding, found
from workflows.ways import Graph, graph_of, reached


def always_passed(graph: Graph, start: str, stage: str, on_the_way_to: str) -> bool:
    """True when no path from `start` gets to `on_the_way_to` without passing `stage` (it dominates it)."""
    return on_the_way_to not in reached(graph, start, without=frozenset({stage}))


def paths(whole: Process) -> Iterator[Finding]:
    """Every fault of the paths through an expanded process."""
    graph, start = graph_of(whole), whole.first.code
    seen = reached(graph, start)
    for code in graph:
        if code not in seen:
            yield found(whole, UNREACHED, f"no path from {start!r} gets to {code!r}.", code if whole.has_stage(code) else "")
    ends = {end.code for end in whole.ends}
    for stage in whole.stages:
        if not ends & _by_its_own_ways(whole, graph, stage):
            yield found(whole, ENDLESS, "no end can be reached from it, other than by giving up the case.", stage.code)
        if not stage.hears and stage.code in seen:
            yield from _ways_back(whole, graph, stage)


def _by_its_own_ways(whole: Process, graph: Graph, stage: Stage) -> frozenset[str]:
    """What can be reached without the acts that end a case from anywhere: giving up is no way through."""
    given_up = frozenset(act.to for act in whole.any_time if act.to)
    elsewhere = {way.to for one in whole.stages for way in one.outcomes}
    return reached(graph, stage.code, without=given_up - elsewhere)


def _ways_back(whole: Process, graph: Graph, stage: Stage) -> Iterator[Finding]:
    start = whole.first.code
    back = [way.to for way in stage.outcomes if way.back] + ([stage.returns_to] if stage.returns_to else [])
    for target in dict.fromkeys(back):
        if not always_passed(graph, start, target, stage.code):
            yield found(whole, BACK_TO_UNKNOWN, f"it goes back to {target!r}, and a case can get here without it.", stage.code)
    for way in stage.outcomes:
        if way.only_if and whole.has_stage(way.to) and always_passed(graph, start, way.to, stage.code):
            yield found(whole, GUARDED_BACK, f"{way.code!r} goes back to {way.to!r} and is guarded.", stage.code)
