"""What a partner claims for time and expenses (R20), and what the organisation says that it pays.

Kept apart from the cases (IG10): no key leads from here to a case, or from a case to here.
"""

from __future__ import annotations

from decimal import Decimal

from django.db import models

from audit.history import History, InsertOnly
from cases.models.base import FactModel
from cases.models.organisation import Organisation
from cases.models.person import Person

PAID_WITHIN = 20
"""Working days from the claim to the money, where an organisation has not said (R20)."""


class PaymentTerms(FactModel):
    """What an organisation pays its partners from a day on, and by when. A change is a new version; claims keep theirs.

    Amounts are in pounds; None: that time is not paid. `source` says where it comes from.
    """

    class Half(models.TextChoices):
        UP_TO = "up_to", "so many hours or fewer"
        UNDER = "under", "fewer than so many hours"

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="payment_terms")
    version = models.PositiveIntegerField()
    starts_on = models.DateField()
    source = models.CharField(max_length=300)
    whole_day = models.DecimalField(max_digits=8, decimal_places=2, null=True, blank=True)
    half_day = models.DecimalField(max_digits=8, decimal_places=2, null=True, blank=True)
    half_day_hours = models.DecimalField(max_digits=4, decimal_places=2, default=Decimal(4))
    half_day_is = models.CharField(
        max_length=10, choices=Half, default=Half.UP_TO, help_text="Whether exactly so many hours are half a day or a whole one."
    )
    expenses = models.TextField(blank=True, help_text="Which expenses are paid. The partner reads it.")
    paid_within = models.PositiveIntegerField(default=PAID_WITHIN, help_text="Working days from the claim to the money.")

    history = History()

    class Meta:
        verbose_name_plural = "payment terms"
        constraints = [models.UniqueConstraint(fields=("organisation", "version"), name="payment_terms_once")]

    def __str__(self) -> str:
        return f"payment terms, version {self.version}"


class Claim(FactModel):
    """What one partner claims for one day. Its life is the table `permissions.claimlife`; what it is for are its lines.

    `due_on` stands from the day of the claim: a question or a refusal does not stop the clock. `amount` (pounds) is set when
    the claim is approved. `tell_up_at`: when somebody further up is to be told that it is late; None once that is done.
    """

    class State(models.TextChoices):
        CLAIMED = "claimed", "Waits for a decision"
        QUESTIONED = "questioned", "Waits for an answer"
        APPROVED = "approved", "Approved, not yet paid"
        PAID = "paid", "Paid"
        DECLINED = "declined", "Declined"
        TAKEN_BACK = "taken_back", "Taken back"

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="claims")
    person = models.ForeignKey(Person, models.PROTECT, related_name="claims")
    number = models.PositiveIntegerField()
    day = models.DateField(help_text="The day that the time and the expenses belong to.")
    case_reference = models.CharField(max_length=40, blank=True, help_text="The case it was for, as text and not as a key (IG10).")
    terms = models.ForeignKey(PaymentTerms, models.PROTECT, null=True, blank=True, related_name="+")
    claimed_at = models.DateTimeField()
    due_on = models.DateField()
    state = models.CharField(max_length=15, choices=State, default=State.CLAIMED)
    amount = models.DecimalField(max_digits=8, decimal_places=2, null=True, blank=True)
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    paid_on = models.DateField(null=True, blank=True)
    tell_up_at = models.DateTimeField(null=True, blank=True)

    history = History()

    class Meta:
        constraints = [models.UniqueConstraint(fields=("organisation", "number"), name="claim_once")]
        indexes = [
            models.Index(fields=("organisation", "state", "due_on"), name="claim_in_the_queue"),
            models.Index(fields=("person", "-claimed_at"), name="claim_by_person"),
            models.Index(fields=("tell_up_at",), name="claim_to_tell_of", condition=models.Q(tell_up_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"claim {self.number}"


class ClaimLine(InsertOnly, FactModel):
    """One thing that a claim is for: hours of one kind, or an expense in pounds."""

    class Kind(models.TextChoices):
        MEETING = "meeting", "Meetings"
        PREPARATION = "preparation", "Preparing"
        READING = "reading", "Reading"
        TRAINING = "training", "Training"
        EXPENSE = "expense", "Expenses"

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="lines")
    kind = models.CharField(max_length=15, choices=Kind)
    hours = models.DecimalField(max_digits=4, decimal_places=2, null=True, blank=True)
    amount = models.DecimalField(max_digits=8, decimal_places=2, null=True, blank=True)
    what_for = models.CharField(max_length=300, blank=True)

    def __str__(self) -> str:
        return self.get_kind_display()


class ClaimWord(InsertOnly, FactModel):
    """What was said about a claim: the office's question or reason, or what the partner answered."""

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="said")
    act = models.CharField(max_length=15)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    text = models.TextField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.text[:80]
