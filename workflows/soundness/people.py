"""Does everyone who has a part sit, and can the fewest seats do what is asked of them?"""

from __future__ import annotations

from collections.abc import Iterator

from permissions.roles import Role
from workflows.definition import AtLeast, Process, Stage
from workflows.soundness.faults import (
    MAYBE_EMPTY,
    NO_CHOOSER,
    UNFILLED,
    UNREACHABLE_TERM,
    UNSEATED,
    UPSIDE_DOWN,
    Finding,
    found,
)


def people(process: Process) -> Iterator[Finding]:
    """Every fault of seats, parts and terms."""
    yield from _seats(process)
    yield from _parts(process)
    for stage in process.stages:
        yield from _terms(process, stage)
        yield from _choosers(process, stage)


def _seats(process: Process) -> Iterator[Finding]:
    for seats in process.seats:
        if seats.minimum > seats.target:
            yield found(process, UPSIDE_DOWN, f"{seats.role.title}: at least {seats.minimum}, but {seats.target} are wanted.")
        if not seats.offered_by and not seats.asked_at_opening and not seats.role.office:
            yield found(process, UNFILLED, f"{seats.role.title} is no office, nobody offers the seat and nobody is named.")


def _parts(process: Process) -> Iterator[Finding]:
    """Whoever has a part has a seat; whoever must take it for the case to go on has somebody in it."""
    for role, part, stage, must in _every_part(process):
        seats = process.seats_of(role)
        if seats is None:
            yield found(process, UNSEATED, f"{role.title} {part}, and has no seat.", stage)
        elif must and seats.minimum < 1:
            yield found(process, MAYBE_EMPTY, f"{role.title} {part}, and a case may have nobody in that seat.", stage)


def _every_part(process: Process) -> Iterator[tuple[Role, str, str, bool]]:
    """Each role with a part, as (role, what it does, stage, whether the case waits for it)."""
    for stage in process.stages:
        if stage.acts:
            yield stage.acts, "acts", stage.code, True
        if stage.agreed_by:
            yield from ((role, "must agree", stage.code, True) for role in stage.agreed_by.roles)
        deciders = [stage.decided_by, *(way.decided_by for way in stage.outcomes)]
        yield from ((role, "decides", stage.code, True) for role in dict.fromkeys(deciders) if role)
        if stage.dissent:
            yield stage.dissent.heard_by, "hears a disagreement", stage.code, True
        for one in stage.ready_when:
            if one.mended_by:
                yield one.mended_by, f"mends {one.code!r}", stage.code, True
    for paper in process.papers:
        yield paper.author, f"writes {paper.title!r}", "", False
    for seats in process.seats:
        if seats.offered_by:
            yield seats.offered_by, f"offers the seat of {seats.role.title}", "", True
    for act in process.any_time:
        yield from ((role, f"may do {act.code!r}", "", False) for role in act.by)
        yield from ((role, f"is the second person of {act.code!r}", "", False) for role in act.second)
        if act.answered_by:
            yield act.answered_by, f"answers {act.code!r}", "", True
    if process.signed_by:
        yield process.signed_by, "signs", "", True


def _terms(process: Process, stage: Stage) -> Iterator[Finding]:
    for term in stage.agreed_by.terms if stage.agreed_by else ():
        seats = process.seats_of(term.who)
        if isinstance(term, AtLeast) and seats and not 1 <= term.count <= max(1, seats.minimum):
            what = f"at least {term.count} of {term.who.title} must be for it, and a case may have {seats.minimum}."
            yield found(process, UNREACHABLE_TERM, what, stage.code)


def _choosers(process: Process, stage: Stage) -> Iterator[Finding]:
    if stage.steps != ("wait",) and not stage.acts and not stage.has_decision and len(stage.outcomes) != 1:
        yield found(process, NO_CHOOSER, f"it has {len(stage.outcomes)} ways out, and nobody chooses.", stage.code)
    for way in stage.outcomes if stage.has_decision else ():
        if stage.decider_of(way) is None:
            yield found(process, NO_CHOOSER, f"nobody can choose {way.code!r}.", stage.code)
