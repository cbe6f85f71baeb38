"""The questions, each with five answers or none."""

from __future__ import annotations

from typing import Any

from web.design_system.fields import RadiosField
from web.design_system.forms import ActForm
from workflows.doors.experience import ITEMS, SCALE


class ExperienceForm(ActForm):
    """Each may be left out; which were answered goes to the door as numbers."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(number), words) for number, words in SCALE]
        self.fields.update({code: RadiosField(label=sentence, choices=choices, required=False) for code, sentence in ITEMS})

    def numbers(self) -> dict[str, int]:
        """What was answered, by code."""
        return {code: int(self.cleaned_data[code]) for code, _ in ITEMS if self.cleaned_data[code]}
