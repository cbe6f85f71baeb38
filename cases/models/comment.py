"""Comments, the answers they are owed, and whether each answers whoever asked (R7). All are added and never changed."""

from __future__ import annotations

from django.db import models

from audit.history import InsertOnly
from cases.models.base import FactModel
from cases.models.case import Case
from cases.models.paper import PaperVersion
from cases.models.person import Person
from cases.models.position import Position
from cases.models.seat import Seat


class Comment(InsertOnly, FactModel):
    """What a seat said about one version of a paper, by section; of something that is no paper, `version` is empty and the
    section names it. `position`: the answer that it came with, where it was said with one (R7)."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="comments")
    version = models.ForeignKey(PaperVersion, models.PROTECT, null=True, blank=True, related_name="comments")
    position = models.OneToOneField(Position, models.PROTECT, null=True, blank=True, related_name="comment")
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="comments")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    section = models.CharField(max_length=200, blank=True)
    text = models.TextField()
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=("at",), name="comment_made")]

    def __str__(self) -> str:
        return self.text[:80]

    @property
    def about(self) -> str:
        """What it was said of: "Investigation report, version 2", or the thing that is no paper."""
        return f"{self.version.paper.title}, version {self.version.number}" if self.version else self.section

    @property
    def part(self) -> str:
        """The part of the paper; empty where it was said of no paper."""
        return self.section if self.version else ""


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

    class Meta:
        indexes = [models.Index(fields=("at",), name="comment_answered")]

    def __str__(self) -> str:
        return self.get_outcome_display()


class AnswerVerdict(InsertOnly, FactModel):
    """Whether an answer answers the lay partner who commented, in their own word (R2, R7).

    Where it does not, `further` is the comment in which they say what is missing; it is owed an answer like any other. It is empty
    where the answer does, and where it was the second: that they are not satisfied then stands.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    answer = models.OneToOneField(CommentAnswer, models.PROTECT, related_name="verdict")
    satisfied = models.BooleanField()
    text = models.TextField(blank=True)
    further = models.OneToOneField(Comment, models.PROTECT, null=True, blank=True, related_name="follows")
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return "It answers them" if self.satisfied else "It does not answer them"
