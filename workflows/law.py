"""The law: django-fsm transitions made from the stage cards. Nobody but the engine can call one.

Each process has one proxy of the one concrete `Case`. Its transitions, one per version, stage and outcome, are made
when the class is (before django-fsm collects them). Their one condition compares the ruling that the engine has
just made under the lock, and fails closed without one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import UUID

from django_fsm import transition

from cases.models import Case
from workflows.definition import Process
from workflows.expansion import expand
from workflows.registry import registered
from workflows.soundness import require_buildable
from workflows.ways import ways


@dataclass(frozen=True)
class Ruling:
    """What the engine ruled under the lock: this case, in this visit, takes this way."""

    case: UUID
    visit: UUID
    transition: str


def transition_name(version: int, stage: str, outcome: str) -> str:
    """The stored name of a way out, for example "v1__draft_review__pass"."""
    return f"v{version}__{stage}__{outcome}"


class Lawful:
    """Base of the proxy of a process: give it `definitions` (every version, newest last) and it has their transitions.

    A page that cannot be compiled is refused here, with every reason (`soundness.Unsound`).
    """

    definitions: ClassVar[tuple[Process, ...]] = ()

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        for process in cls.definitions:
            require_buildable(process)
            for stage, outcome, target in ways(expand(process)):
                name = transition_name(process.version, stage, outcome)
                setattr(cls, name, _transition(name, stage, target))


def _transition(name: str, source: str, target: str) -> Any:
    def the_engine_ruled_so(case: Any) -> bool:
        ruling: Ruling | None = getattr(case, "_ruling", None)
        return ruling is not None and ruling.case == case.pk and ruling.transition == name

    def move(case: Any) -> None:
        case._ruling = None

    move.__name__ = name
    move.__doc__ = f"From {source} to {target}, if the engine has ruled so."
    return transition(field="state", source=source, target=target, conditions=[the_engine_ruled_so])(move)


def move(case: Case, ruling: Ruling) -> None:
    """Take the way that was ruled. Raises TransitionNotAllowed when the definition has no such way from here."""
    case._ruling = ruling  # type: ignore[attr-defined]
    try:
        getattr(case, ruling.transition)()
    finally:
        case._ruling = None  # type: ignore[attr-defined]


def typed(case: Case) -> Case:
    """The case as its process's proxy, which carries the transitions. Same row, same object, no statement."""
    case.__class__ = registered(case.process).model
    return case
