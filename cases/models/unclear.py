"""A lay partner cannot follow a paper: the clock of its stage stands still until that is mended (R19)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from audit.history import History
from cases.models.base import FactModel
from cases.models.case import Case
from cases.models.paper import PaperVersion
from cases.models.seat import Seat
from cases.models.visit import Visit


class Unclear(FactModel):
    """One seat cannot follow one version, and says which words lose it. It stands until it is mended or taken back.

    `visit` is the stay in a stage whose clock it stops; empty where the paper is not what that stage asks about.
    """

    class End(models.TextChoices):
        TAKEN_BACK = "taken_back", "Taken back"
        NEW_SUMMARY = "new_summary", "The summary was written again"
        NEW_VERSION = "new_version", "A new version was released"

    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    version = models.ForeignKey(PaperVersion, models.PROTECT, related_name="unclear")
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    visit = models.ForeignKey(Visit, models.PROTECT, null=True, blank=True, related_name="+")
    text = models.TextField(help_text="Which words or which part.")
    said_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.CharField(max_length=20, choices=End, blank=True)

    history = History()

    class Meta:
        indexes = [models.Index(fields=("case", "said_at"), name="unclear_by_case")]
        constraints = [
            models.UniqueConstraint(fields=("version", "seat"), name="unclear_live_once", condition=Q(ended_at__isnull=True)),
        ]

    def __str__(self) -> str:
        return self.text[:80]

    @property
    def stands(self) -> bool:
        return self.ended_at is None
