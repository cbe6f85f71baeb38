"""Safety actions: what the organisation will do, by when, and how it will know (stages B8 and B11)."""

from __future__ import annotations

from django.db import models

from audit.history import History
from cases.models.base import FactModel
from cases.models.case import Case
from cases.models.person import Person


class SafetyAction(FactModel):
    """One action. `revision` counts its texts: an answer to an older revision is asked again."""

    class State(models.TextChoices):
        DRAFTED = "drafted", "Drafted"
        DONE = "done", "Done, evidence given"
        DROPPED = "dropped", "Dropped"

    case = models.ForeignKey(Case, models.PROTECT, related_name="actions")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    owner = models.ForeignKey(Person, models.PROTECT, related_name="+")
    measure = models.TextField(help_text="How we will know that it worked.")
    due_on = models.DateField()
    revision = models.PositiveIntegerField(default=1)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFTED)
    evidence = models.TextField(blank=True)
    evidence_at = models.DateTimeField(null=True, blank=True)
    delay_reason = models.TextField(blank=True)

    history = History()

    class Meta:
        constraints = [models.UniqueConstraint(fields=("case", "number"), name="action_number_once")]

    def __str__(self) -> str:
        return self.title
