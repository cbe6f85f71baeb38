"""The forms of reminding and of recording a lapse. Each names the visit that was on the screen."""

from __future__ import annotations

from uuid import UUID

from web.design_system.fields import HiddenField, TextAreaField
from web.design_system.forms import ActForm

NO_VISIT = UUID(int=0)
"""Stands for a visit that the page did not name: the door finds the page out of date."""


class RemindForm(ActForm):
    """Sending a reminder asks for nothing."""

    visit = HiddenField(required=False)

    @property
    def seen(self) -> UUID:
        """The visit that was on the screen."""
        try:
            return UUID(self.cleaned_data["visit"])
        except ValueError:
            return NO_VISIT


class LapseForm(RemindForm):
    """Recording that a seat gave no answer."""

    reason = TextAreaField(label="Why do you record this now?", hint="Say what you did to reach them. It stays in the record.",
                           max_length=4000, rows=4, missing="Give the reason")  # fmt: skip
