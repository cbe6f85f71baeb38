"""Acts that need two people: the proposal that waits for a second person, and the waiver (R8, R9, R17)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from audit.history import History
from cases.models.base import FactModel
from cases.models.case import Case
from cases.models.person import Person
from cases.models.seat import Seat


class Proposal(FactModel):
    """One person asks, with a reason; another confirms or refuses. Nothing happens between the two."""

    class Kind(models.TextChoices):
        END_SEAT = "end_seat", "End a seat"
        TO_ATTENDEE = "to_attendee", "Change a member to an attendee"
        WITHDRAW = "withdraw", "Withdraw the case"
        WAIVE = "waive", "Waive a lay rule"
        WAIVE_TRAINING = "waive_training", "Waive a training"

    class State(models.TextChoices):
        OPEN = "open", "Waiting for a second person"
        CONFIRMED = "confirmed", "Confirmed"
        REFUSED = "refused", "Refused"

    case = models.ForeignKey(Case, models.PROTECT, related_name="proposals")
    kind = models.CharField(max_length=15, choices=Kind)
    seat = models.ForeignKey(Seat, models.PROTECT, null=True, blank=True, related_name="proposals")
    training_item = models.ForeignKey("cases.TrainingItem", models.PROTECT, null=True, blank=True, related_name="proposals")
    stage = models.CharField(max_length=60, blank=True)
    rule = models.CharField(max_length=10, blank=True)
    until = models.DateField(null=True, blank=True)
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    reason = models.TextField()
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    answered_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    answer_reason = models.TextField(blank=True)

    history = History()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=("case", "kind", "seat"), name="proposal_open_once", condition=Q(state="open", seat__isnull=False)
            ),
            models.UniqueConstraint(
                fields=("case", "kind", "stage"),
                name="proposal_open_once_no_seat",
                condition=Q(state="open", seat__isnull=True, training_item__isnull=True),
            ),
            models.UniqueConstraint(
                fields=("case", "kind", "training_item"),
                name="proposal_open_once_training",
                condition=Q(state="open", training_item__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()


class Waiver(FactModel):
    """A lay rule was lifted for one stage of one case until a day (included), by an executive who will not sign it (R9)."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="waivers")
    rule = models.CharField(max_length=10)
    stage = models.CharField(max_length=60)
    reason = models.TextField()
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    granted_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    granted_at = models.DateTimeField()
    until = models.DateField()
    ended_at = models.DateTimeField(null=True, blank=True)

    history = History()

    def __str__(self) -> str:
        return f"{self.rule} at {self.stage}"
