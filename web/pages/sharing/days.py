"""From which day to which a page counts: the last twelve months, unless somebody asks for other days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.http import HttpRequest

from permissions.repeats import LOOKS_BACK
from web.pages.emergency.forms import BetweenForm
from workflows.calendar import LONDON, london_day


@dataclass(frozen=True)
class Days:
    """The first and the last day; both are counted."""

    first: date
    last: date

    @property
    def since(self) -> datetime:
        return datetime.combine(self.first, time(), LONDON)

    @property
    def until(self) -> datetime:
        """The moment at which the last day is over; it is not counted itself."""
        return datetime.combine(self.last + timedelta(days=1), time(), LONDON)

    def have(self, moment: datetime | None) -> bool:
        """Whether something that came about at this moment, or never, is counted."""
        return moment is not None and self.since <= moment < self.until


def days_asked_for(request: HttpRequest, at: datetime) -> tuple[BetweenForm, Days]:
    """The form, and the days of it; what is not filled in, or wrong, is as usual."""
    form, today = BetweenForm(request.GET or None), london_day(at)
    between = form.cleaned_data if form.is_valid() else {}
    last = between.get("last") or today
    return form, Days(between.get("first") or london_day(at - LOOKS_BACK), last)
