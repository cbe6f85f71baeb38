"""A day, typed as day, month and year, each in a box of its own."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from web.design_system import words
from web.design_system.fields.base import Shown

PARTS = ("day", "month", "year")
EXAMPLE = "For example, 27 3 2026"
"""A hint that shows how a day is typed."""
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_CENTURY = 1000


class DateParts(forms.Widget):
    """Reads `<name>_day`, `<name>_month` and `<name>_year`; the value is the three as they were typed."""

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> tuple[str, ...]:
        """The three parts, trimmed; empty text for a part that is missing."""
        return tuple(str(data.get(f"{name}_{part}") or "").strip() for part in PARTS)

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        """True when none of the three boxes was on the page."""
        return not any(f"{name}_{part}" in data for part in PARTS)


class DateField(Shown, forms.DateField):
    """A day. `earliest` and `latest` are days, both included; the month may be typed as a number or by name.

    `subject` begins the sentences that say what is wrong, where the label is a question; the label itself otherwise.
    """

    widget = DateParts
    template = "design_system/fields/date.jinja"
    first_part = "-day"

    def __init__(self, *, earliest: date | None = None, latest: date | None = None, subject: str = "", **options: Any) -> None:
        self.earliest, self.latest, self._subject = earliest, latest, subject
        super().__init__(**options)

    @property
    def subject(self) -> str:
        return self._subject or str(self.label)

    def to_python(self, value: Any) -> date | None:
        """The day; raises ValidationError naming the part that is missing or that no such day exists."""
        if isinstance(value, date) or value in self.empty_values or not any(value):
            return value if isinstance(value, date) else None
        absent = [part for part, typed in zip(PARTS, value, strict=True) if not typed]
        if absent:
            raise ValidationError(f"{self.subject} must include a {' and a '.join(absent)}", code="incomplete")
        try:
            return _real_day(*value)
        except ValueError:
            raise ValidationError(f"{self.subject} must be a real date, like 27 3 2026", code="invalid") from None

    def validate(self, value: date | None) -> None:
        """Raises ValidationError when nothing was given, or for a day outside the bounds."""
        super().validate(value)
        if value and self.earliest and value < self.earliest:
            raise ValidationError(f"{self.subject} must be on or after {words.day(self.earliest)}", code="early")
        if value and self.latest and value > self.latest:
            raise ValidationError(f"{self.subject} must be on or before {words.day(self.latest)}", code="late")

    def prepare_value(self, value: Any) -> tuple[str, ...]:
        """What goes back into the three boxes: what was typed, or the parts of an initial day."""
        if isinstance(value, date):
            return str(value.day), str(value.month), str(value.year)
        return tuple(value) if value else ("", "", "")

    def has_changed(self, initial: Any, data: Any) -> bool:
        """True when the boxes do not say the initial day."""
        return self.prepare_value(initial) != self.prepare_value(data)

    def shown(self, value: Any) -> str:
        """The day in full."""
        return words.day(value) or super().shown(value)


def _real_day(day: str, month: str, year: str) -> date:
    named = _MONTHS.index(month[:3].lower()) + 1 if month.isalpha() and month[:3].lower() in _MONTHS else int(month)
    if int(year) < _CENTURY:
        raise ValueError(year)
    return date(int(year), named, int(day))
