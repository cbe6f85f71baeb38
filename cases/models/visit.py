"""A visit: one stay of a case in a stage. Positions, lapses and deadlines belong to it and never outlive it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from audit.history import History
from cases.models.base import FactModel
from cases.models.case import Case
from cases.models.paper import PaperVersion
from cases.models.seat import Seat


class Visit(FactModel):
    """One stay in one stage. `step` says whose turn it is; `outcome` says how it ended."""

    class Step(models.TextChoices):
        PREPARE = "prepare", "Being prepared"
        ANSWER = "answer", "Waiting for answers"
        DECIDE = "decide", "Waiting for a decision"
        WAIT = "wait", "Waiting for a day"
        DONE = "done", "Done"

    CUT_SHORT = "changed"
    """The outcome of a stay that a new text ended while people were answering (`workflows.ways.CHANGED`)."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="visits")
    stage = models.CharField(max_length=60)
    number = models.PositiveIntegerField(help_text="Counts every visit of the case, from 1.")
    step = models.CharField(max_length=10, choices=Step)
    opened_at = models.DateTimeField()
    due_on = models.DateField(null=True, blank=True)
    stopped_at = models.DateTimeField(null=True, blank=True, help_text="Since when a lay partner cannot follow the paper (R19).")
    stopped_days = models.PositiveIntegerField(default=0, help_text="Working days for which the clock has stood still before.")
    submitted_at = models.DateTimeField(null=True, blank=True)
    submitted_by = models.ForeignKey(Seat, models.PROTECT, null=True, blank=True, related_name="+")
    blind = models.BooleanField(default=False, help_text="Nobody reads another's answer before their own is in.")
    version = models.ForeignKey(PaperVersion, models.PROTECT, null=True, blank=True, related_name="+")
    facts = models.JSONField(default=dict, blank=True)
    chosen = models.CharField(max_length=60, blank=True, help_text="The outcome chosen, before it takes effect.")
    chosen_by = models.ForeignKey(Seat, models.PROTECT, null=True, blank=True, related_name="+")
    chosen_reason = models.TextField(blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=60, blank=True)

    history = History()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("case", "number"), name="visit_number_once"),
            models.UniqueConstraint(fields=("case",), name="visit_live_once", condition=Q(ended_at__isnull=True)),
        ]
        indexes = [models.Index(fields=("ended_at",), name="visit_ended", condition=Q(ended_at__isnull=False))]

    def __str__(self) -> str:
        return f"{self.stage} ({self.number})"

    @property
    def is_live(self) -> bool:
        return self.ended_at is None
