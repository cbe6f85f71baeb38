"""What is asked where a paper points to people: to look at each, and to say that it may stay (IG1)."""

from __future__ import annotations

from typing import Any

from django.http import QueryDict

from web.design_system.fields import LONGEST, ConfirmField, HiddenField, TextAreaField
from web.design_system.forms import ActForm
from workflows.doors.identifiers import Pointing

NOTHING = Pointing()


class LookingForm(ActForm):
    """A form that gives a text to others. Its box counts for the list that the page showed; a longer list is shown first."""

    checked = ConfirmField(
        label="I have checked each of these, and it may stay",
        hint="Your name stays with this in the record.",
        missing="Check each thing that may point to a person, then tick the box, or take it out",
    )
    checked_of = HiddenField(required=False)

    def __init__(self, data: QueryDict | None = None, *args: Any, pointing: Pointing = NOTHING, **kwargs: Any) -> None:
        self.pointing = pointing
        super().__init__(_as_shown(data, pointing.mark), *args, initial={"checked_of": pointing.mark}, **kwargs)
        self.order_fields([*(name for name in self.fields if name != "checked"), "checked"])
        if not pointing.to_check:
            del self.fields["checked"], self.fields["checked_of"]

    @property
    def looked_at(self) -> str:
        """The mark of what was looked at; empty where there was nothing to look at."""
        return str(self.cleaned_data.get("checked_of", ""))


class SummaryForm(LookingForm):
    """The summary that everyone reads first (R19)."""

    plain_summary = TextAreaField(
        label="Summary in plain language",
        hint="Two to five short sentences: what it says, what it does not say yet, what you would like to hear. No abbreviations.",
        missing="Write a summary in plain language",
        max_length=LONGEST,
    )


def _as_shown(data: QueryDict | None, mark: str) -> QueryDict | None:
    """What was sent, without a tick that was made under another list."""
    if not data or data.get("checked_of", "") == mark:
        return data
    sent = data.copy()
    sent.pop("checked", None)
    sent["checked_of"] = mark
    return sent
