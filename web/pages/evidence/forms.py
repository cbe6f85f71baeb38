"""At which moment something is to be shown: a day and a time in London; nothing filled in is now."""

from __future__ import annotations

import re
from datetime import datetime, time

from django.core.exceptions import ValidationError

from web.design_system.fields import DateField, TextField
from web.design_system.forms import PageForm
from workflows.calendar import LONDON, last_moment_of

_CLOCK = re.compile(r"([01]?\d|2[0-3])[:.]([0-5]\d)")


class MomentForm(PageForm):
    """As it stood on a day, at its end or at a time of it."""

    on = DateField(label="On which day?", required=False, subject="The day", hint="Leave it empty for now.")
    clock = TextField(
        label="At what time?", required=False, width=5, max_length=5, hint="For example 14:30. Empty: the end of the day."
    )

    def clean_clock(self) -> time | None:
        """The time; raises ValidationError for what is none."""
        typed = self.cleaned_data["clock"].strip()
        found = _CLOCK.fullmatch(typed)
        if typed and not found:
            raise ValidationError("The time must be like 14:30")
        return time(int(found[1]), int(found[2])) if found else None

    def moment(self, now: datetime) -> datetime:
        """The moment that was asked for; now where none was, or where it is yet to come."""
        given = self.cleaned_data if self.is_bound and self.is_valid() else {}
        if not given.get("on"):
            return now
        clock = given.get("clock")
        return min(now, datetime.combine(given["on"], clock, LONDON) if clock else last_moment_of(given["on"]))
