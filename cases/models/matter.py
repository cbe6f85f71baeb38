"""What a partner raises outside the stages of a case: a concern, an item for the board (R12). It is answered, never blocked."""

from __future__ import annotations

from django.db import models

from audit.history import History, InsertOnly
from cases.models.base import FactModel
from cases.models.case import Case
from cases.models.organisation import Organisation
from cases.models.person import Person


class Matter(FactModel):
    """One thing that a partner raised. Its kinds, and who answers, are the table `permissions.matters`.

    `rank`: how far up it has got among those who answer. `tell_up_at`: when somebody further up is to be told that no answer
    came. `shown_title` and `shown_text` stand in for the partner's words where a part was withheld, with its reason.
    """

    class State(models.TextChoices):
        RAISED = "raised", "Waits for an answer"
        ANSWERED = "answered", "Answered"
        SETTLED = "settled", "Settled, says the partner"
        TAKEN_BACK = "taken_back", "Taken back"

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="matters")
    person = models.ForeignKey(Person, models.PROTECT, related_name="matters")
    kind = models.CharField(max_length=20)
    number = models.PositiveIntegerField()
    case = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="matters")
    body = models.CharField(max_length=200, blank=True, help_text="The board or committee that an item is for.")
    title = models.CharField(max_length=200)
    text = models.TextField()
    shown_title = models.CharField(max_length=200, blank=True)
    shown_text = models.TextField(blank=True)
    shared = models.BooleanField(default=False, help_text="The partner lets the group of the case read it.")
    raised_at = models.DateTimeField()
    due_on = models.DateField()
    state = models.CharField(max_length=15, choices=State, default=State.RAISED)
    rank = models.PositiveSmallIntegerField(default=0)
    tell_up_at = models.DateTimeField(null=True, blank=True)

    history = History()

    class Meta:
        constraints = [models.UniqueConstraint(fields=("organisation", "kind", "number"), name="matter_once")]
        indexes = [
            models.Index(fields=("organisation", "kind", "-raised_at"), name="matter_by_organisation"),
            models.Index(fields=("person", "-raised_at"), name="matter_by_person"),
            models.Index(fields=("tell_up_at",), name="matter_to_tell_of", condition=models.Q(tell_up_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"


class MatterWord(InsertOnly, FactModel):
    """What was said about a matter: the answer, whether that answers it, why a part is withheld."""

    class Outcome(models.TextChoices):
        DONE = "done", "It will be done"
        PARTLY = "partly", "Part of it will be done"
        NOT_DONE = "not_done", "It will not be done"

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="said")
    act = models.CharField(max_length=15)
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    text = models.TextField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.text[:80]
