"""The ways out of every stage: the written outcomes, and those that the rules add to each page. Imports no Django."""

from __future__ import annotations

from collections.abc import Iterator

from workflows.definition import Process
from workflows.expansion import dissent_code

DISSENT = "dissent"
OPPOSED = "returned"
CHANGED = "changed"
"""Outcomes that no page declares: a lay disagreement, a staff refusal, and a paper that changed under the answers (R4)."""


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
        for act in process.any_time:
            if act.effect == "ends" and not stage.hears:
                yield stage.code, act.code, act.to
