"""What can be done about one matter, as a table: a row for each act, and one view that serves them all."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cases.models import Matter, Person
from permissions import matters as may
from permissions.verdict import Verdict
from web.design_system.forms import ButtonForm, PageForm
from web.pages.matters.forms import AgainForm, AnswerForm, WithholdForm
from workflows.doors import matters


@dataclass(frozen=True)
class MatterAct:
    """One act. `may` and the door ask the same verdicts; `given` are the names of the answers that the door takes."""

    code: str
    title: str
    form: type[PageForm]
    do: Callable[..., Matter]
    may: Callable[[Matter, Person, datetime], list[Verdict]]
    given: tuple[str, ...] = ()
    submit: str = "Send"
    plain: str = ""

    def particulars(self, answers: Mapping[str, Any]) -> dict[str, Any]:
        return {name: answers[name] for name in self.given}


ACTS: dict[str, MatterAct] = {
    one.code: one
    for one in (
        MatterAct("answer", "Answer", AnswerForm, matters.answer_matter, may.may_answer, ("outcome", "text"), "Send my answer"),
        MatterAct(
            "settle", "Yes, that answers it", ButtonForm, matters.settle_matter, lambda one, by, at: may.may_say(one, by, "settle"),
            submit="That answers it", plain="You say that you have your answer. It stays on record."),
        MatterAct(
            "again", "No, it is not answered", AgainForm, matters.raise_matter_again,
            lambda one, by, at: may.may_say(one, by, "again"), ("text",), "Send it further up"),
        MatterAct(
            "share", "Let the group read it", ButtonForm, matters.share_matter, lambda one, by, at: may.may_share(one, by),
            submit="Let the group read it", plain="Everybody with a seat on the case can then read it, and the answers."),
        MatterAct(
            "withhold", "Withhold a part", WithholdForm, matters.withhold_part, may.may_withhold, ("title", "text", "why"),
            "Withhold it", "The partner\u2019s own words stay on record, and whoever answers reads them whole."),
        MatterAct(
            "take_back", "Take it back", ButtonForm, matters.take_back_matter,
            lambda one, by, at: may.may_say(one, by, "take_back"), submit="Take it back",
            plain="You need not say why. What was said stays on record."),
    )
}  # fmt: skip


def open_acts(matter: Matter, by: Person, at: datetime) -> list[MatterAct]:
    """What this person can do about it now."""
    return [act for act in ACTS.values() if all(act.may(matter, by, at))]
