"""Is the power shared? Tokenism is dominance: take the lay stages out, and no end may still be reached without a written reason."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from workflows.definition import AtLeast, Process, Stage, Stance
from workflows.expansion import dissent_code
from workflows.soundness.faults import (
    HEARD_BY_LAY,
    HELD_BY_NOBODY,
    NO_RETURN,
    ONE_KEY,
    ONLY_SHOWN,
    RUNS_OUT,
    STALE_EXCUSE,
    TOKENISM,
    UNHEARD_DISSENT,
    Finding,
    found,
)
from workflows.soundness.page import ENDS, PAUSES
from workflows.ways import graph_of, reached


def power(whole: Process) -> Iterator[Finding]:
    """Every way in which an expanded process goes round its lay people, or ends by one hand."""
    for stage in whole.stages:
        yield from _voice(whole, stage)
    for act in whole.any_time:
        if act.effect == ENDS and not act.second:
            yield found(whole, ONE_KEY, f"{act.code!r} ends a case and needs no second person.")
        lay_places = any(role.lay for role in act.by) and act.answered_by is not None and not act.answered_by.lay
        if act.effect == PAUSES and not lay_places:
            yield found(whole, HELD_BY_NOBODY, f"{act.code!r} is placed or answered by the wrong people.")
    yield from _ends(whole)


def _voice(whole: Process, stage: Stage) -> Iterator[Finding]:
    if stage.lay_required and stage.asks.dissents and not stage.dissent:
        yield found(whole, UNHEARD_DISSENT, "lay people may disagree here, and nobody is named to hear them.", stage.code)
    if stage.dissent and stage.dissent.heard_by.lay:
        yield found(whole, HEARD_BY_LAY, f"a disagreement is heard by {stage.dissent.heard_by.title}.", stage.code)
    if stage.lay_required and stage.expires_to:
        yield found(whole, RUNS_OUT, f"it runs out into {stage.expires_to!r}.", stage.code)
    if can_be_refused(stage) and not stage.returns_to:
        yield found(whole, NO_RETURN, "those asked may refuse, and the card does not say where the case then goes.", stage.code)


def can_be_refused(stage: Stage) -> bool:
    """True when answers can put the agreement out of reach without there being a lay disagreement."""
    if stage.agreed_by is None:
        return False
    stances = {answer.stance for answer in stage.asks.answers}
    out_of_reach = any(isinstance(term, AtLeast) for term in stage.agreed_by.terms) and stances != {Stance.FOR}
    return out_of_reach or (Stance.AGAINST in stances and not stage.asks.dissents)


def _ends(whole: Process) -> Iterator[Finding]:
    silent = _ends_without(whole, lambda stage: True)
    powerless = _ends_without(whole, lambda stage: stage.asks.weighs or _can_say_no(stage))
    for end in whole.ends:
        excused = bool(end.without_lay.strip())
        if end.code in silent and not excused:
            yield found(whole, TOKENISM, f"the end {end.code!r} can be reached with no lay voice.")
        elif end.code in powerless and not excused:
            yield found(whole, ONLY_SHOWN, f"the end {end.code!r} can be reached with lay people only having read.")
        elif excused and end.code not in silent:
            yield found(whole, STALE_EXCUSE, f"no path to {end.code!r} goes round its lay people.")


def _can_say_no(stage: Stage) -> bool:
    return any(answer.stance is Stance.AGAINST for answer in stage.asks.answers)


def _ends_without(whole: Process, counts: Callable[[Stage], bool]) -> frozenset[str]:
    """The ends that are still reached when the lay stages that `counts`, and their dissent stages, are taken out."""
    lay = [stage.code for stage in whole.stages if stage.lay_required and not stage.hears and counts(stage)]
    taken = frozenset([*lay, *map(dissent_code, lay)])
    return reached(graph_of(whole), whole.first.code, without=taken) & {end.code for end in whole.ends}
