"""What the quality team wrote to explain a number of the report on shared power. Rows are added and never changed."""

from __future__ import annotations

from django.db import models

from audit.history import InsertOnly
from cases.models.base import FactModel
from cases.models.organisation import Organisation
from cases.models.person import Person


class SignalNote(InsertOnly, FactModel):
    """Why a signal is as it is in one quarter, told to whoever reads the report. It changes no number.

    `quarter` is the first day of it. Whoever has more to say adds another; none is taken away.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="signal_notes")
    signal = models.CharField(max_length=10, help_text="Its code, as T6.")
    quarter = models.DateField(help_text="The first day of the quarter.")
    text = models.TextField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=("organisation", "quarter", "signal"), name="signal_note_by_quarter")]

    def __str__(self) -> str:
        return f"{self.signal}, {self.quarter}"
