"""What can be done about the keeping of one case, as a table: a row for each act, and one view that serves them all."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cases.models import Case, Person
from permissions import disposing
from permissions import retention as keeping
from permissions.verdict import Verdict
from web.design_system.forms import ActForm, ButtonForm
from web.pages.retention.forms import AnswerForm, HoldForm, ObjectForm, ReasonForm
from workflows.doors import disposal, legal_holds

May = Callable[[Any, Person, datetime], Sequence[Verdict]]


@dataclass(frozen=True)
class KeepingAct:
    """One act. `about`: what the door calls the row that it is about; empty: the case. `may` and the door ask the same."""

    code: str
    title: str
    about: str
    form: type[ActForm]
    do: Callable[..., Any]
    may: May
    submit: str
    plain: str


def _may_place(case: Case, by: Person, at: datetime) -> list[Verdict]:
    return [
        keeping.holds_one(by, case.organisation, keeping.HOLDERS, keeping.HOLD_RULE, at),
        disposing.not_disposed(case),
    ]


def _may_hold(hold: Any, by: Person, at: datetime) -> list[Verdict]:
    return legal_holds.may_hold(hold, by, hold.organisation, at)


def _may_ask_to_lift(hold: Any, by: Person, at: datetime) -> list[Verdict]:
    return legal_holds.may_ask_to_lift(hold, by, hold.organisation, at)


ACTS: dict[str, KeepingAct] = {
    one.code: one
    for one in (
        KeepingAct("hold", "Place a legal hold", "", HoldForm, legal_holds.place_hold, _may_place, "Place the legal hold",
                   "While a legal hold stands, nothing of the case is disposed of. It is looked at again every year."),
        KeepingAct("keep", "Keep the legal hold", "hold", ReasonForm, legal_holds.keep_hold, _may_hold, "It is still needed",
                   "You say that it is still needed. It is looked at again in a year."),
        KeepingAct("lift", "Ask to lift the legal hold", "hold", ReasonForm, legal_holds.ask_to_lift_hold, _may_ask_to_lift,
                   "Ask to lift it", "It stands until a second person agrees."),
        KeepingAct("agree-lift", "Agree to lift the legal hold", "hold", ButtonForm, legal_holds.lift_hold, legal_holds.may_lift,
                   "I agree: lift it", "You are the second person. The case can be disposed of once its time is over."),
        KeepingAct("propose", "Propose that the contents go", "", ButtonForm, disposal.propose_disposal, disposing.may_propose,
                   "Propose it", "Lay partners are told and have 20 working days to object. Then a second person decides."),
        KeepingAct("object", "Object", "disposal", ObjectForm, disposal.object_to_disposal, disposing.may_object, "Object",
                   "You were told that the contents of a case are to go. Say here why they should be kept."),
        KeepingAct("answer", "Answer the objection", "objection", AnswerForm, disposal.answer_objection, disposing.may_answer,
                   "Send the answer", "Nobody can agree that the contents go before the partner has an answer."),
        KeepingAct("agree", "Agree that the contents go", "disposal", ButtonForm, disposal.agree_to_disposal, disposing.may_agree,
                   "I agree: the contents go", "You are the second person, from outside the case. A stub is left: the reference, "
                   "the days, who decided, and how many partners answered what. The rest cannot be brought back."),
        KeepingAct("drop", "Say that the contents stay", "disposal", ReasonForm, disposal.drop_disposal, disposing.may_drop,
                   "The contents stay", "Lay partners are told. It can be proposed again."),
    )
}  # fmt: skip


def open_acts(about: str, row: Any, by: Person, at: datetime) -> list[KeepingAct]:
    """What this person can do about a row now: the case, a hold, a disposal or an objection."""
    return [act for act in ACTS.values() if act.about == about and all(act.may(row, by, at))]
