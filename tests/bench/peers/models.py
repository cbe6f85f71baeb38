"""What viewflow, guardian, django-fsm and simple-history are given to work on, as their quick starts show it."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.conf import settings
from django.db import models
from django_fsm import RETURN_VALUE, FSMField, transition
from simple_history.models import HistoricalRecords
from viewflow.workflow.models import Process


class Review(models.Model):
    """Something to be approved: a state machine with its history, which whoever has a permission on it may approve."""

    title = models.CharField(max_length=200)
    organisation = models.UUIDField()
    lead = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    state = FSMField(default="in_review", protected=True)
    approvals = models.PositiveIntegerField(default=0)
    note = models.TextField(blank=True)
    opened_at = models.DateTimeField(auto_now_add=True)

    objects: models.Manager[Review] = models.Manager()
    history = HistoricalRecords()

    class Meta:
        permissions = [("approve_review", "Can approve the review")]

    def __str__(self) -> str:
        return self.title

    @transition(field=state, source=("in_review", "agreed"), target=RETURN_VALUE("in_review", "agreed"))
    def approve(self, note: str) -> str:
        """One more says yes; every other time that is enough."""
        self.note, self.approvals = note, self.approvals + 1
        return "in_review" if self.approvals % 2 else "agreed"


class ReviewProcess(Process):
    """The process of a review, in a table of its own as viewflow's documentation has it for what must be found by SQL."""

    review = models.ForeignKey(Review, models.PROTECT)

    class Meta:
        verbose_name_plural: Any = "review processes"


class Dossier(models.Model):
    """A case, as far as a timeline tells of it."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    reference = models.CharField(max_length=20)
    title = models.CharField(max_length=200)
    state = models.CharField(max_length=60)
    facts = models.JSONField(default=dict)

    history: Any = HistoricalRecords()

    def __str__(self) -> str:
        return self.reference


class Part(models.Model):
    """Whatever a case has several of."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    dossier = models.ForeignKey(Dossier, models.PROTECT)
    kind = models.CharField(max_length=10)
    state = models.CharField(max_length=60)
    told = models.TextField(blank=True)

    history: Any = HistoricalRecords()

    def __str__(self) -> str:
        return self.kind
