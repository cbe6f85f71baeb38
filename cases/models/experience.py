"""What it is like to be a partner: a few questions offered to all of them once a quarter. Answering is up to each."""

from __future__ import annotations

from django.db import models

from audit.history import History
from cases.models.base import FactModel
from cases.models.organisation import Organisation
from cases.models.person import Person


class ExperienceRound(FactModel):
    """The questions were put to the partners of an organisation in a quarter, named by its first day. `closes_on`: the last day."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="experience_rounds")
    quarter = models.DateField()
    closes_on = models.DateField()

    history = History()

    class Meta:
        constraints = [models.UniqueConstraint(fields=("organisation", "quarter"), name="experience_round_once")]

    def __str__(self) -> str:
        return f"experience of {self.quarter}"


class Experience(FactModel):
    """One partner was asked. `answers`: from 1 to 5 by the code of the question; empty where they have not answered."""

    round = models.ForeignKey(ExperienceRound, models.PROTECT, related_name="asked")
    person = models.ForeignKey(Person, models.PROTECT, related_name="experiences")
    answers = models.JSONField(default=dict, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    history = History()

    class Meta:
        constraints = [models.UniqueConstraint(fields=("round", "person"), name="experience_asked_once")]

    def __str__(self) -> str:
        return f"experience in {self.round_id}"
