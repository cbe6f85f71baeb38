"""Measures of an improvement project: how one will know that a change is an improvement, and who said that it matters."""

from __future__ import annotations

from django.db import models

from audit.history import History
from cases.models.base import FactModel
from cases.models.case import Case
from cases.models.seat import Seat


class Measure(FactModel):
    """One measure, proposed from a seat. It is a partner's when a lay seat proposed it or said that it matters to patients."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="measures")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    why = models.TextField(help_text="Why it matters to patients.")
    how = models.TextField(help_text="How it is measured, and how often.")
    baseline = models.TextField(blank=True, help_text="What it was before any change.")
    proposed_by = models.ForeignKey(Seat, models.PROTECT, related_name="measures")
    proposed_at = models.DateTimeField()
    endorsed_by = models.ForeignKey(Seat, models.PROTECT, null=True, blank=True, related_name="+")
    endorsed_at = models.DateTimeField(null=True, blank=True)
    dropped_at = models.DateTimeField(null=True, blank=True)
    dropped_reason = models.TextField(blank=True)

    history = History()

    class Meta:
        constraints = [models.UniqueConstraint(fields=("case", "number"), name="measure_number_once")]

    def __str__(self) -> str:
        return self.title

    @property
    def is_a_partners(self) -> bool:
        """A lay seat proposed it, or said that it matters to patients."""
        return self.proposed_by.is_lay or self.endorsed_by_id is not None
