"""What a seat said, or that it did not: positions, reminders and lapses. Rows are added and never changed."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from audit.history import InsertOnly
from cases.models.action import SafetyAction
from cases.models.base import FactModel
from cases.models.case import Case
from cases.models.paper import PaperVersion
from cases.models.person import Person
from cases.models.seat import Seat
from cases.models.visit import Visit

STANCES = (("for", "For"), ("against", "Against"), ("neither", "Neither"))


class Position(InsertOnly, FactModel):
    """One seat's answer in one visit, on one exact version (R4) and, where the stage asks for each item, one item.

    A person who thinks again adds a row with the next `number`; the last one counts, every one stays.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="positions")
    visit = models.ForeignKey(Visit, models.PROTECT, related_name="positions")
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="positions")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    version = models.ForeignKey(PaperVersion, models.PROTECT, null=True, blank=True, related_name="positions")
    item = models.ForeignKey(SafetyAction, models.PROTECT, null=True, blank=True, related_name="positions")
    item_revision = models.PositiveIntegerField(default=0)
    number = models.PositiveIntegerField(default=1)
    answer = models.CharField(max_length=40)
    stance = models.CharField(max_length=10, choices=STANCES)
    text = models.TextField(blank=True)
    enough_time = models.BooleanField(default=False, help_text="Agrees that the decision need not wait for the notice (R5).")
    version_held_days = models.PositiveIntegerField(
        null=True, blank=True, help_text="Working days the version had been available to this seat."
    )
    typed = models.ForeignKey(
        "cases.TypedAnswer", models.PROTECT, null=True, blank=True, related_name="positions",
        help_text="What somebody typed in for the person, who then confirmed it (R2).",
    )  # fmt: skip
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("visit", "seat", "number"), name="position_once", condition=Q(item__isnull=True)),
            models.UniqueConstraint(
                fields=("visit", "seat", "item", "number"), name="position_on_item_once", condition=Q(item__isnull=False)
            ),
        ]
        indexes = [models.Index(fields=("at",), name="position_given")]

    def __str__(self) -> str:
        return self.answer


class Reminder(InsertOnly, FactModel):
    """A seat was reminded that its answer is awaited."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    visit = models.ForeignKey(Visit, models.PROTECT, related_name="reminders")
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="reminders")
    sent_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"reminder to {self.seat_id}"


class Lapse(InsertOnly, FactModel):
    """The chair recorded, after two reminders and with a reason, that a seat gave no answer (R1). It is no position."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    visit = models.ForeignKey(Visit, models.PROTECT, related_name="lapses")
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="lapses")
    recorded_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    reason = models.TextField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=("visit", "seat"), name="lapse_once")]

    def __str__(self) -> str:
        return f"lapse of {self.seat_id}"
