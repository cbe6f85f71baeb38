"""The words that an organisation uses and explains: short forms and others, over those that every organisation begins with."""

from __future__ import annotations

from django.db import models

from audit.history import History
from cases.acronyms import Word
from cases.models.base import FactModel
from cases.models.organisation import Organisation
from cases.models.person import Person


class Term(FactModel):
    """One word as this organisation has it. A word of the house list without a row here is in use as it stands there.

    `asked_by` asked for it to be explained; `met` says where they met it. Never deleted: a word that is not used is retired.
    """

    class State(models.TextChoices):
        ASKED = "asked", "Asked for"
        IN_USE = "in_use", "In use"
        RETIRED = "retired", "Not used any more"
        DECLINED = "declined", "Not added"

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="terms")
    short = models.CharField(max_length=40)
    stands_for = models.CharField(max_length=200, blank=True)
    plain = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=State)
    asked_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    met = models.TextField(blank=True)
    why_not = models.TextField(blank=True, help_text="Why it is not used any more, or was not added.")

    history = History()

    class Meta:
        constraints = [models.UniqueConstraint(fields=("organisation", "short"), name="term_once")]

    def __str__(self) -> str:
        return self.short

    @property
    def word(self) -> Word:
        return Word(self.short, self.stands_for, self.plain)
