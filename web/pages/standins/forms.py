"""Whom a partner asks to stand in, and for which days."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from web.design_system.fields import EXAMPLE, DateField, RadiosField, TextAreaField
from web.design_system.forms import ActForm


class StandInForm(ActForm):
    """One lay person, from a day until a day."""

    person = RadiosField(label="Who stands in for you?", size="m", choices=(), missing="Choose a person")
    starts_on = DateField(label="The first day", hint=EXAMPLE, missing="Enter the first day")
    until = DateField(label="The last day", hint="You can come back sooner.", missing="Enter the last day")
    reason = TextAreaField(label="A few words to them", rows=3, required=False, max_length=1000)

    def __init__(self, *args: Any, people: Sequence[tuple[str, str]], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = list(people)  # type: ignore[attr-defined]
        for name in ("starts_on", "until"):
            self.fields[name].earliest = today  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The last day does not come before the first."""
        said = super().clean()
        first, last = said.get("starts_on"), said.get("until")
        if first and last and last < first:
            self.add_error("until", "The last day must be on or after the first")
        return said
