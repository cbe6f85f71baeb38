"""What can be done about one claim, as a table: a row for each act, and one view that serves them all."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cases.models import Claim, Person
from permissions.verdict import Verdict
from web.design_system.forms import ButtonForm, PageForm
from web.pages.claims.forms import AnswerForm, ApproveForm, DeclineForm, PaidForm, QuestionForm
from workflows.doors import claims


@dataclass(frozen=True)
class ClaimAct:
    """One act. `may` and the door ask the same verdicts; `given` are the names of the answers that the door takes."""

    code: str
    title: str
    form: type[PageForm]
    do: Callable[..., Claim]
    may: Callable[[Claim, Person | None, datetime, str], list[Verdict]]
    given: tuple[str, ...] = ()
    submit: str = "Send"

    def verdicts(self, claim: Claim, by: Person, at: datetime) -> list[Verdict]:
        """Whether this person may do it now, and if not why not."""
        return self.may(claim, by, at, self.code)

    def particulars(self, answers: Mapping[str, Any]) -> dict[str, Any]:
        return {name: answers[name] for name in self.given}


OFFICE, OWN = claims.may_decide_claim, claims.may_answer_claim

ACTS: dict[str, ClaimAct] = {
    one.code: one
    for one in (
        ClaimAct("approve", "Approve it", ApproveForm, claims.approve_claim, OFFICE, submit="Approve it"),
        ClaimAct("pay", "Say that it is paid", PaidForm, claims.record_payment, OFFICE, ("paid_on",), "It is paid"),
        ClaimAct("question", "Ask the partner about it", QuestionForm, claims.question_claim, OFFICE, ("text",)),
        ClaimAct("decline", "Decline it", DeclineForm, claims.decline_claim, OFFICE, ("text",), "Decline it"),
        ClaimAct("answer", "Answer", AnswerForm, claims.answer_about_claim, OWN, ("text",)),
        ClaimAct("take_back", "Take it back", ButtonForm, claims.take_back_claim, OWN, submit="Take it back"),
    )
}  # fmt: skip


def open_acts(claim: Claim, by: Person, at: datetime) -> list[ClaimAct]:
    """What this person can do about it now."""
    return [act for act in ACTS.values() if all(act.verdicts(claim, by, at))]
