"""How long the record is kept, what must not be disposed of, what was, and who is to be forgotten (IG8, IG9, IG10, IG15)."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from audit.history import History
from cases.models.base import FactModel
from cases.models.case import Case
from cases.models.organisation import Organisation
from cases.models.person import Person


class RetentionRule(FactModel):
    """For how many years an organisation keeps records of one subject, from a day on, and where that comes from.

    Where an organisation has none, the table of `permissions.retention` holds.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="retention_rules")
    subject = models.CharField(max_length=20)
    years = models.PositiveSmallIntegerField()
    starts_on = models.DateField()
    source = models.CharField(max_length=300)
    recorded_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")

    history = History()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("organisation", "subject", "starts_on"), name="retention_rule_once"),
        ]

    def __str__(self) -> str:
        return f"{self.subject}: {self.years} years"


class LegalHold(FactModel):
    """An inquest, an inquiry or a claim needs a case: while it stands, nothing of the case is disposed of (IG9).

    One person places it. To lift it takes two: `lift_asked_by` and `lifted_by`.
    """

    class Kind(models.TextChoices):
        INQUEST = "inquest", "An inquest"
        INQUIRY = "inquiry", "An inquiry"
        CLAIM = "claim", "A legal claim"
        OTHER = "other", "Something else"

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="legal_holds")
    case = models.ForeignKey(Case, models.PROTECT, related_name="legal_holds")
    kind = models.CharField(max_length=10, choices=Kind)
    reference = models.CharField(max_length=100, blank=True, help_text="Of whoever asked for it, such as a coroner's number.")
    asked_by = models.CharField(max_length=200, help_text="Who asked the organisation to keep it.")
    reason = models.TextField()
    placed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    placed_at = models.DateTimeField()
    review_on = models.DateField(help_text="The day by which somebody says whether it is still needed.")
    tell_up_at = models.DateTimeField(null=True, blank=True, help_text="When its review is to be asked for.")
    lift_asked_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    lift_asked_at = models.DateTimeField(null=True, blank=True)
    lift_reason = models.TextField(blank=True)
    lifted_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    lifted_at = models.DateTimeField(null=True, blank=True)

    history = History()

    class Meta:
        constraints = [models.CheckConstraint(name="legal_hold_lifted_by_two", condition=~Q(lifted_by=F("lift_asked_by")))]
        indexes = [models.Index(fields=("case", "placed_at"), name="legal_hold_by_case")]

    def __str__(self) -> str:
        return self.get_kind_display()

    @property
    def stands(self) -> bool:
        return self.lifted_at is None


class Disposal(FactModel):
    """The contents of a case, which are past their term, are to go.

    One proposes, lay partners are told and may object until `objections_until`, a second person agrees; then it is carried
    out. `counted`: what there was, in numbers, so that the stub can say so.
    """

    class State(models.TextChoices):
        PROPOSED = "proposed", "Proposed"
        AGREED = "agreed", "Agreed, to be carried out"
        DONE = "done", "Carried out"
        DROPPED = "dropped", "Not done"

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="disposals")
    case = models.ForeignKey(Case, models.PROTECT, related_name="disposals")
    rule = models.CharField(max_length=300, help_text="The rule by which it is past its term, in words, with its source.")
    due_since = models.DateField()
    proposed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    objections_until = models.DateField(help_text="The last day on which a lay partner can object.")
    state = models.CharField(max_length=10, choices=State, default=State.PROPOSED)
    answered_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    drop_reason = models.TextField(blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    counted = models.JSONField(default=dict, blank=True)

    history = History()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="disposal_agreed_by_two",
                condition=~Q(state__in=("agreed", "done")) | (Q(answered_by__isnull=False) & ~Q(answered_by=F("proposed_by"))),
            ),
            models.UniqueConstraint(fields=("case",), name="disposal_open_once", condition=~Q(state="dropped")),
        ]
        indexes = [models.Index(fields=("organisation", "state"), name="disposal_by_state")]

    def __str__(self) -> str:
        return f"{self.get_state_display()}: {self.case_id}"

    @property
    def is_open(self) -> bool:
        return self.state in (self.State.PROPOSED, self.State.AGREED)


class Objection(FactModel):
    """A lay partner says why contents should not go. It is answered before anybody can agree to the disposal."""

    disposal = models.ForeignKey(Disposal, models.PROTECT, related_name="objections")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    text = models.TextField()
    at = models.DateTimeField()
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)

    history = History()

    class Meta:
        constraints = [models.UniqueConstraint(fields=("disposal", "person"), name="objection_once")]

    def __str__(self) -> str:
        return self.text[:80]


class Departure(FactModel):
    """Somebody who has left is to be called by a pseudonym, everywhere, for good (IG15). Two people; then it is carried out."""

    class State(models.TextChoices):
        ASKED = "asked", "Asked for"
        AGREED = "agreed", "Agreed, to be carried out"
        DONE = "done", "Carried out"
        REFUSED = "refused", "Not agreed"

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="departures")
    person = models.ForeignKey(Person, models.PROTECT, related_name="departures")
    pseudonym = models.CharField(max_length=60)
    reason = models.TextField()
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State, default=State.ASKED)
    answered_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    answer_reason = models.TextField(blank=True)
    done_at = models.DateTimeField(null=True, blank=True)

    history = History()

    class Meta:
        constraints = [
            models.CheckConstraint(name="departure_two_people", condition=~Q(answered_by=F("asked_by"))),
            models.UniqueConstraint(fields=("person",), name="departure_once", condition=~Q(state="refused")),
        ]

    def __str__(self) -> str:
        return self.pseudonym
