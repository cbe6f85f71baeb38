"""Measures of an improvement project: how one will know that a change is an improvement, and who said that it matters."""

from __future__ import annotations

from uuid import UUID

from django.db import models

from audit.history import History
from cases.models.base import FactModel
from cases.models.case import Case
from cases.models.seat import Seat


class Measure(FactModel):
    """One measure, proposed from a seat. It is a partner's when a lay seat proposed it or said that it matters to patients.

    `endorsed_by` without `endorsed_at`: its words have changed since that partner chose it, and it went back to them.
    """

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
        """A lay seat proposed it, or said of these very words that it matters to patients."""
        return self.proposed_by.is_lay or self.endorsed_at is not None

    @property
    def waits_for_its_partner(self) -> bool:
        """A partner chose it, and has not said yet whether it still matters in its new words (R4)."""
        return self.endorsed_by_id is not None and self.endorsed_at is None

    @property
    def whose(self) -> UUID | None:
        """The key of the lay seat whose it is, or was before its words changed; None for a measure of staff alone."""
        return self.proposed_by_id if self.proposed_by.is_lay else self.endorsed_by_id
