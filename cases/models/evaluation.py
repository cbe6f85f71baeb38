"""What it was like to be involved: offered to every lay partner at the end; answering is up to them."""

from __future__ import annotations

from django.db import models

from audit.history import History
from cases.models.base import FactModel
from cases.models.case import Case
from cases.models.seat import Seat


class Evaluation(FactModel):
    """The questions offered to one seat, and the answers if there are any. `answers` is by the code of the question."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="evaluations")
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="evaluations")
    offered_at = models.DateTimeField()
    answers = models.JSONField(default=dict, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    history = History()

    class Meta:
        constraints = [models.UniqueConstraint(fields=("seat",), name="evaluation_offered_once")]

    def __str__(self) -> str:
        return f"evaluation by {self.seat_id}"
