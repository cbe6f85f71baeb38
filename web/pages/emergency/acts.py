"""What can be done about one request, as a table: a row for each act, and one view that serves them all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cases.models import EmergencySight, Person
from permissions import emergency as may
from permissions.verdict import Verdict
from web.design_system.forms import ButtonForm, PageForm
from web.pages.emergency.forms import RefuseForm
from workflows.doors import emergency as doors


@dataclass(frozen=True)
class EmergencyAct:
    """One act. `may` and the door ask the same verdicts."""

    code: str
    title: str
    form: type[PageForm]
    do: Callable[..., Any]
    may: Callable[[EmergencySight, Person, datetime], list[Verdict]]
    submit: str
    plain: str = ""


ACTS: dict[str, EmergencyAct] = {
    one.code: one
    for one in (
        EmergencyAct("agree", "Agree", ButtonForm, doors.agree_to_sight, may.may_agree, "I agree: open it for two hours",
                     "The case opens to the person who asked, for two hours. They can read it and do nothing else. "
                     "Everybody on the case is told at once, with your name. You do not see the case yourself."),
        EmergencyAct("refuse", "Say no", RefuseForm, doors.refuse_sight, may.may_answer, "Say no", "Nothing opens."),
        EmergencyAct("end", "End it now", ButtonForm, doors.end_sight, may.may_end, "End it now",
                     "Nobody waits any more, and nobody sees the case by it. What was read stays on record."),
    )
}  # fmt: skip


def open_acts(one: EmergencySight, by: Person, at: datetime) -> list[EmergencyAct]:
    """What this person can do about it now."""
    return [act for act in ACTS.values() if all(act.may(one, by, at))]
