"""A hold: a lay partner stops the work until somebody named has answered (R12)."""

from __future__ import annotations

from django.db import models

from audit.history import History
from cases.models.base import FactModel
from cases.models.case import Case
from cases.models.seat import Seat
from cases.models.visit import Visit


class Hold(FactModel):
    """One hold. It stops the case from going on until it is answered, or taken back by the seat that placed it.

    `act` is the code of the process's act that pauses. What was answered stays, and a new hold may follow.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="holds")
    visit = models.ForeignKey(Visit, models.PROTECT, related_name="holds")
    act = models.CharField(max_length=60)
    placed_by = models.ForeignKey(Seat, models.PROTECT, related_name="holds")
    reason = models.TextField()
    placed_at = models.DateTimeField()
    due_on = models.DateField(help_text="The day by which it is answered (working days of the organisation).")
    answered_by = models.ForeignKey(Seat, models.PROTECT, null=True, blank=True, related_name="+")
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    taken_back_at = models.DateTimeField(null=True, blank=True)

    history = History()

    class Meta:
        indexes = [models.Index(fields=("case", "placed_at"), name="hold_by_case")]

    def __str__(self) -> str:
        return self.reason[:80]

    @property
    def stops(self) -> bool:
        """True while it is neither answered nor taken back."""
        return self.answered_at is None and self.taken_back_at is None
