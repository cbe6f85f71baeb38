"""The forms of acts that need two people: asking for a withdrawal or a waiver, and the second person's answer."""

from __future__ import annotations

from datetime import date
from typing import Any

from permissions.waiving import last_day
from web.design_system.fields import DateField, RadiosField, TextAreaField
from web.design_system.forms import ActForm

LONG = 4000


class WithdrawForm(ActForm):
    """Asking that a case be withdrawn."""

    reason = TextAreaField(label="Why should the case be withdrawn?", hint="Everyone on the case will read it.", max_length=LONG,
                           rows=4, missing="Give the reason")  # fmt: skip


class WaiverForm(ActForm):
    """Asking that a lay rule be lifted for the stage in hand."""

    until = DateField(
        label="Until which day?", hint="The last day on which the rule is lifted. Keep it short. For example, 27 3 2026"
    )
    reason = TextAreaField(label="Why can the case not wait?", hint="The quality team and the lay partners read it.",
                           max_length=LONG, rows=4, missing="Give the reason")  # fmt: skip

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["until"].earliest, self.fields["until"].latest = today, last_day(today)  # type: ignore[attr-defined]


class SecondForm(ActForm):
    """The second person's answer."""

    answer = RadiosField(label="What do you decide?", size="m", choices=(), missing="Choose whether you agree",
                         reveals={"refuse": "why_not"})  # fmt: skip
    reason = TextAreaField(label="Anything you want the record to say", required=False, max_length=LONG, rows=3)
    why_not = TextAreaField(label="Why do you not agree?", max_length=LONG, rows=3, missing="Say why you do not agree",
                            hint="Whoever asked will read it.")  # fmt: skip

    def __init__(self, *args: Any, agree: str, may_confirm: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        yes = [("confirm", agree)] if may_confirm else []
        answer = self.fields["answer"]
        answer.choices = [*yes, ("refuse", "I do not agree. Everything stays as it is")]  # type: ignore[attr-defined]
        answer.reveals = {"confirm": "reason", "refuse": "why_not"} if may_confirm else {"refuse": "why_not"}  # type: ignore[attr-defined]

    @property
    def words(self) -> str:
        """What goes on record with the answer."""
        said = self.cleaned_data
        return said["why_not"] if said["answer"] == "refuse" else said.get("reason") or ""
