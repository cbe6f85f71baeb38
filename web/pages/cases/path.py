"""The stages of a case as a path: done, now, next. A disagreement is on it only where there was one."""

from __future__ import annotations

from dataclasses import dataclass

from cases.models import Visit
from web.design_system.words import day
from web.pages.cases.wording import lay_say
from workflows.definition import Stage
from workflows.look import Look


@dataclass(frozen=True)
class Step:
    """One stage on the path."""

    title: str
    state: str
    note: str = ""
    href: str = ""


def path(look: Look) -> list[Step]:
    """Every stage of the process in its order; of a case that has ended, those it went through and its end."""
    ended = look.stage is None
    now = _place(look)
    steps = [_step(look, stage, index, now) for index, stage in enumerate(look.process.stages) if _is_on_it(look, stage, ended)]
    if ended:
        steps.append(Step(look.process.title_of(look.case.state), "done", day(look.case.closed_at)))
    return steps


def _place(look: Look) -> int:
    codes = [stage.code for stage in look.process.stages]
    return codes.index(look.case.state) if look.case.state in codes else len(codes)


def _is_on_it(look: Look, stage: Stage, ended: bool) -> bool:
    return look.last_visit(stage.code) is not None if ended or stage.hears else True


def _step(look: Look, stage: Stage, index: int, now: int) -> Step:
    if index == now:
        return Step(stage.title, "now", ". ".join(note for note in (lay_say(stage), _times(look, stage)) if note))
    last = look.last_visit(stage.code)
    if index < now and last is not None and last.ended_at:
        return Step(stage.title, "done", day(last.ended_at))
    return Step(stage.title, "next", lay_say(stage))


def _times(look: Look, stage: Stage) -> str:
    """Said only when the case is here again."""
    visits: list[Visit] = [visit for visit in look.visits if visit.stage == stage.code]
    return f"Here for the {_ORDER.get(len(visits), str(len(visits)) + 'th')} time" if len(visits) > 1 else ""


_ORDER = {2: "second", 3: "third"}
