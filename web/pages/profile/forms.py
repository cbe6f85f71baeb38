"""The totals of one theme: one line for each broad group."""

from __future__ import annotations

from django.core.exceptions import ValidationError

from cases.models import Profile
from web.design_system.fields import EXAMPLE, DateField, SelectField, TextAreaField, TextField
from web.design_system.forms import ActForm
from workflows.doors.profile import Broad

_PARTS, _LONGEST = 3, 2000
THEMES = [("", "Choose one"), *Profile.Theme.choices]


class ProfileForm(ActForm):
    """Totals only. `clean_totals` gives a list of `Broad`."""

    theme = SelectField(
        label="What are the groups of?", choices=[("", "Choose one"), *Profile.Theme.choices], missing="Say what the groups are of"
    )
    counted_on = DateField(label="When were the partners counted?", hint=EXAMPLE, missing="Enter the day")
    totals = TextAreaField(
        label="How many belong to each group?", rows=6, max_length=_LONGEST, missing="Write one line for each group",
        hint="One line for each group: its name, how many partners, how many people of the area. For example: Under 50, 6, 210000",
    )  # fmt: skip
    source = TextField(
        label="Where do the numbers of the area come from?", max_length=300, missing="Say where the numbers come from"
    )

    def clean_totals(self) -> list[Broad]:
        """The lines as groups. Raises ValidationError for a line that is none."""
        return [_broad(line) for line in self.cleaned_data["totals"].splitlines() if line.strip()]


def _broad(line: str) -> Broad:
    parts = [part.strip() for part in line.rsplit(",", _PARTS - 1)]
    if len(parts) != _PARTS or not all(part.isdecimal() for part in parts[1:]):
        raise ValidationError(f"\u201c{line.strip()}\u201d is not a name and two numbers, with commas between them")
    return Broad(parts[0], int(parts[1]), int(parts[2]))
