"""What a diagram draws: the ways between stages, less the loops that every stage has and the acts open everywhere."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from workflows.definition import Process, Stage
from workflows.pictures.words import refusal_words
from workflows.ways import CHANGED, DISSENT, OPPOSED, ways


@dataclass(frozen=True)
class Drawn:
    """One arrow. `back`: it returns to earlier work."""

    origin: str
    outcome: str
    target: str
    words: str
    back: bool


def drawn(whole: Process) -> Iterator[Drawn]:
    """The arrows of an expanded process, in the order of its stages."""
    everywhere = {act.code for act in whole.any_time if act.to}
    for origin, outcome, target in ways(whole):
        if outcome == CHANGED or outcome in everywhere:
            continue
        stage = whole.stage(origin)
        way = stage.outcome(outcome)
        yield Drawn(origin, outcome, target, _words(stage, outcome), outcome == OPPOSED or bool(way and way.back))


def _words(stage: Stage, outcome: str) -> str:
    if outcome == DISSENT:
        return "A lay partner does not support it"
    if outcome == OPPOSED:
        return refusal_words(stage)
    way = stage.outcome(outcome)
    return way.words if way and way.words else outcome


def drawn_ends(whole: Process) -> list[str]:
    """Ends that an arrow leads to; the others are reached by acts open at every stage."""
    targets = {one.target for one in drawn(whole)}
    return [end.code for end in whole.ends if end.code in targets]
