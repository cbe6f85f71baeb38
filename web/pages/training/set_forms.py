"""A new version of what a task asks for: from when, where it comes from, and a row for each training."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from django.forms.boundfield import BoundField

from web.design_system.fields import DateField, HiddenField, NumberField, TextAreaField, TextField
from web.design_system.forms import ActForm

EMPTY_ROWS = 3
"""Rows to add a training in, on each page."""
_MOST_MONTHS, _MOST_DAYS = 600, 400


class RequirementSetForm(ActForm):
    """`before`: the rows of the version that this one follows; a row without a title is left out."""

    starts_on = DateField(
        label="From which day?", hint="Training that has begun goes on by the version that it began with. For example, 27 3 2026",
        missing="Enter the day from which it holds",
    )  # fmt: skip
    source = TextField(
        label="Where does this come from?", max_length=300, missing="Say where this comes from",
        hint="For example: Patient Safety Incident Response Standards, NHS England 2022.",
    )  # fmt: skip

    without = TextAreaField(
        label="If none of them is in data protection or information governance: why not?", rows=2, max_length=1000, required=False,
        hint="Everybody reads this. Leave it empty where one of them is.",
    )  # fmt: skip

    def __init__(self, *args: Any, before: Sequence[Mapping[str, Any]] = (), earliest: date | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.numbers = range(1, len(before) + EMPTY_ROWS + 1)
        self.known = len(before)
        self.fields["starts_on"].earliest = earliest  # type: ignore[attr-defined]
        for number in self.numbers:
            self.fields.update(_row(number))
            self._ask_for_the_rest(number)
        for number, row in enumerate(before, start=1):
            self.initial.update({f"{name}_{number}": value for name, value in row.items()})

    def _ask_for_the_rest(self, number: int) -> None:
        """Whatever is written in a row, its title and why it is asked must be."""
        self.leave_open(f"title_{number}")
        self.leave_open(f"why_{number}")

    def clean(self) -> dict[str, Any]:
        """Asks for what is missing in a row that was begun, and for one row at least."""
        given = super().clean()
        for number in self.numbers:
            row = self._row_of(given, number)
            begun = any(row[name] for name in ("title", "why", "valid_for", "source"))
            if begun and not row["title"]:
                self.add_error(f"title_{number}", f"Training {number}: enter what it is called")
            if begun and not row["why"]:
                self.add_error(f"why_{number}", f"Training {number}: say why it is asked")
        if not self.errors and not any(True for _ in self.rows()):
            self.add_error(f"title_{self.numbers[0]}", "Name at least one training")
        return given

    def rows(self) -> Iterator[dict[str, Any]]:
        """The trainings that were named, in order; of a valid form."""
        rows = (self._row_of(self.cleaned_data, number) for number in self.numbers)
        return (row for row in rows if row["title"])

    def _row_of(self, given: Mapping[str, Any], number: int) -> dict[str, Any]:
        return {name: given.get(f"{name}_{number}") or _EMPTY[name] for name in _EMPTY}

    # As the page draws it

    def parts(self) -> Iterator[tuple[int, bool, bool, list[BoundField]]]:
        """For each row: its number, whether it stood in the version before, whether it must be open, its fields."""
        for number in self.numbers:
            fields = [self[f"{name}_{number}"] for name in _EMPTY if name != "code"]
            written = self.is_bound and any(field.value() for field in fields if not field.name.startswith("within"))
            yield number, number <= self.known, written or any(field.errors for field in fields), fields


_EMPTY: dict[str, Any] = {"code": "", "title": "", "why": "", "valid_for": None, "within": None, "source": ""}


def _row(number: int) -> dict[str, Any]:
    return {
        f"code_{number}": HiddenField(required=False, max_length=40),
        f"title_{number}": TextField(label="What is it called?", max_length=200),
        f"why_{number}": TextAreaField(label="Why is it asked?", rows=2, max_length=1000, hint="The partner reads this."),
        f"valid_for_{number}": NumberField(
            label="For how many months does it hold?", hint="Empty: it does not run out.", required=False, suffix="months",
            min_value=1, max_value=_MOST_MONTHS,
        ),
        f"within_{number}": NumberField(
            label="How long does the partner have, once it is offered?", initial=40, required=False, suffix="working days",
            min_value=1, max_value=_MOST_DAYS,
        ),
        f"source_{number}": TextField(label="Where does it come from?", max_length=300, required=False),
    }  # fmt: skip
