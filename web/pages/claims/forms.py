"""What is asked about a claim: what it is for, and the few words with which it is answered or decided; what is paid at all."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from cases.models import ClaimLine, PaymentTerms
from web.design_system.fields import (
    EXAMPLE,
    DateField,
    DecimalField,
    NumberField,
    RadiosField,
    SelectField,
    TextAreaField,
    TextField,
)
from web.design_system.forms import ActForm, ButtonForm

Kind = ClaimLine.Kind
TIME = (Kind.MEETING, Kind.PREPARATION, Kind.READING, Kind.TRAINING)
_LONGEST, _DAY, _MOST_WITHIN = 4000, 24, 400
_QUESTIONS = {
    Kind.MEETING: "How long did you spend in meetings?", Kind.PREPARATION: "How long did you spend preparing?",
    Kind.READING: "How long did you spend reading?", Kind.TRAINING: "How long did you spend in training?",
}  # fmt: skip


class ClaimForm(ActForm):
    """One day's time and expenses. `cases`: the references of those that the partner has a seat on."""

    day = DateField(label="Which day is this for?", hint=EXAMPLE, missing="Enter the day that this is for")
    expense = DecimalField(
        label="What did you spend?", prefix="\u00a3", required=False, min_value=0, hint="Travel, care, printing. For example, 6.40"
    )
    what_for = TextField(
        label="What was that for?", max_length=300, required=False, hint="For example: bus to the hospital and back."
    )
    case = SelectField(label="Was it for one of your cases?", required=False)

    def __init__(self, *args: Any, cases: Sequence[tuple[str, str]] = (), today: date | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["day"].latest = today  # type: ignore[attr-defined]
        self.fields["case"].choices = [("", "No, or I would rather not say"), *cases]  # type: ignore[attr-defined]
        rest = {name: self.fields.pop(name) for name in ("expense", "what_for", "case")}
        self.fields.update({kind.value: _hours(_QUESTIONS[kind]) for kind in TIME} | rest)
        if not cases:
            del self.fields["case"]

    def clean(self) -> dict[str, Any]:
        """Asks for something to pay, and for what an expense was for."""
        given = super().clean()
        if given.get("expense") and not given.get("what_for"):
            self.add_error("what_for", "Say what you spent it on")
        if given.get("what_for") and not given.get("expense"):
            self.add_error("expense", "Enter how much you spent")
        if not self.errors and not lines_of(given):
            self.add_error(Kind.MEETING.value, "Enter some hours, or what you spent")
        return given


def _hours(question: str) -> DecimalField:
    return DecimalField(label=question, suffix="hours", required=False, min_value=0, max_value=_DAY, hint="Half an hour is 0.5")


def lines_of(given: dict[str, Any]) -> list[dict[str, Any]]:
    """The lines of the claim, from the answers: each kind of time that took any, and the expense."""
    time = [{"kind": kind.value, "hours": given[kind]} for kind in TIME if given.get(kind)]
    spent = (
        [{"kind": Kind.EXPENSE.value, "amount": given["expense"], "what_for": given["what_for"]}] if given.get("expense") else []
    )
    return time + spent


class QuestionForm(ActForm):
    """What the office wants to know."""

    text = TextAreaField(label="What do you need to know?", rows=3, max_length=_LONGEST, missing="Write what you need to know",
                         hint="The partner reads this. The day on which they are to be paid stays the same.")  # fmt: skip


class DeclineForm(ActForm):
    """Why it is not paid."""

    text = TextAreaField(label="Why is this not paid?", rows=3, max_length=_LONGEST, missing="Say why this is not paid",
                         hint="The partner reads this, and may answer. It is then decided again.")  # fmt: skip


class AnswerForm(ActForm):
    """What the partner says to that."""

    text = TextAreaField(label="What do you want to say?", rows=3, max_length=_LONGEST, missing="Write what you want to say",
                         hint="The coordinator reads this.")  # fmt: skip


class PaidForm(ActForm):
    """The day of the payment."""

    paid_on = DateField(label="On which day was it paid?", hint=EXAMPLE, missing="Enter the day on which it was paid")

    def __init__(self, *args: Any, today: date | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["paid_on"].latest = today  # type: ignore[attr-defined]


class ApproveForm(ButtonForm):
    """The button alone: what it comes to follows from the terms."""


class TermsForm(ActForm):
    """A new version of what is paid."""

    starts_on = DateField(label="From which day?", hint=EXAMPLE, missing="Enter the day from which it holds")
    source = TextField(label="Where does this come from?", max_length=300, missing="Say where this comes from",
                       hint="For example: our involvement policy, March 2026.")  # fmt: skip
    whole_day = DecimalField(label="What is paid for a whole day?", prefix="\u00a3", required=False, min_value=0,
                             hint="Empty: time is not paid.")  # fmt: skip
    half_day = DecimalField(label="What is paid for half a day?", prefix="\u00a3", required=False, min_value=0)
    half_day_hours = DecimalField(label="What is half a day?", suffix="hours", initial=4, min_value=1, max_value=_DAY)
    half_day_is = RadiosField(label="And what if it was exactly that long?", choices=[
        (PaymentTerms.Half.UP_TO, "It is half a day"), (PaymentTerms.Half.UNDER, "It is a whole day")],
        missing="Say what exactly so many hours are")  # fmt: skip
    paid_within = NumberField(label="Within how many working days is a claim paid?", initial=20, suffix="working days", min_value=1,
                              max_value=_MOST_WITHIN)  # fmt: skip
    expenses = TextAreaField(label="Which expenses are paid?", rows=3, max_length=_LONGEST, required=False,
                             hint="Partners read this. For example: travel, care for somebody at home, printing.")  # fmt: skip
