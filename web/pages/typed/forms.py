"""The forms about answers given by telephone or letter."""

from __future__ import annotations

from datetime import date
from typing import Any

from cases.models import TypedAnswer
from web.design_system.fields import EXAMPLE, ConfirmField, DateField, HiddenField, RadiosField, TextAreaField, TextField
from web.design_system.forms import ActForm
from web.pages.stages.forms import PositionForm

YES, NO = "confirm", "deny"


class TypeInForm(PositionForm):
    """What the partner said, as they would be asked it themselves; then how it was given, and when."""

    visit = HiddenField(required=False)

    def __init__(self, *args: Any, name: str, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for key, field in self.fields.items():
            if key.startswith("text"):
                field.label = f"What {name} wants the record to say"
                field.hint = f"In {name}\u2019s own words. They see exactly this, and confirm it or not."  # type: ignore[attr-defined]
        if "enough_time" in self.fields:
            self.fields["enough_time"].label = f"{name} said: \u201c{self.fields['enough_time'].label}\u201d"
        self.fields["given"] = RadiosField(
            label="How was it given?", missing="Choose how it was given",
            choices=[(one.value, one.label.capitalize()) for one in TypedAnswer.Given],
        )  # fmt: skip
        self.fields["given_on"] = DateField(label="When?", hint=EXAMPLE, latest=today, missing="Enter the day")


class FileForm(ActForm):
    """The signed form that came back."""

    signed_on = DateField(label="When did the partner sign it?", hint=EXAMPLE, missing="Enter the day on the form")
    reference = TextField(
        label="Where is the paper kept?", max_length=200, missing="Say where the paper is kept",
        hint="The second person must be able to find it. For example: partner folder 7, page 3.",
    )  # fmt: skip


class WitnessForm(ActForm):
    """That the signed paper was seen."""

    seen = ConfirmField(label="I have the signed paper in front of me, and it says the same as this page")


class TakeBackForm(ActForm):
    """Taking back what was typed in."""

    reason = TextAreaField(
        label="Why do you take it back?", rows=3, max_length=2000, missing="Give the reason",
        hint="For example: the partner crossed \u201cthis is not what I said\u201d. The partner is told.",
    )  # fmt: skip


class ConfirmForm(ActForm):
    """The partner's own word on what was typed in. `may_confirm` False: it can only be denied."""

    answer = RadiosField(label="Is this what you said?", size="m", choices=(), missing="Choose one of the answers",
                         reveals={NO: "reason"})  # fmt: skip
    reason = TextAreaField(label="What is wrong with it?", required=False, max_length=2000, rows=3)

    def __init__(self, *args: Any, may_confirm: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        yes = [(YES, "Yes, this is what I said. It is my answer")] if may_confirm else []
        self.fields["answer"].choices = [*yes, (NO, "No, that is not what I said")]  # type: ignore[attr-defined]
