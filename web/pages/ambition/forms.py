"""Which day is asked about."""

from __future__ import annotations

from datetime import date
from typing import Any

from web.design_system.fields import EXAMPLE, DateField
from web.design_system.forms import PageForm


class DayForm(PageForm):
    """A day of the record. `today`: the last that can be asked about."""

    on = DateField(label="See another day", hint=EXAMPLE, subject="The day", missing="Enter a day")

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].latest = today  # type: ignore[attr-defined]
