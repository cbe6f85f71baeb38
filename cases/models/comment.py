"""Comments and the answers they are owed (R7). Both are added and never changed."""

from __future__ import annotations

from django.db import models

from audit.history import InsertOnly
from cases.models.base import FactModel
from cases.models.case import Case
from cases.models.paper import PaperVersion
from cases.models.person import Person
from cases.models.seat import Seat


class Comment(InsertOnly, FactModel):
    """What a seat said about one version of a paper, by section."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="comments")
    version = models.ForeignKey(PaperVersion, models.PROTECT, related_name="comments")
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="comments")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    section = models.CharField(max_length=200, blank=True)
    text = models.TextField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.text[:80]


class CommentAnswer(InsertOnly, FactModel):
    """The answer: what was changed and where, or why nothing was."""

    class Outcome(models.TextChoices):
        CHANGED = "changed", "Changed"
        NOT_CHANGED = "not_changed", "Not changed"

    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    comment = models.OneToOneField(Comment, models.PROTECT, related_name="response")
    outcome = models.CharField(max_length=15, choices=Outcome)
    text = models.TextField()
    answered_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.get_outcome_display()
