"""What a role and task ask a person to be trained in, as versioned data, and how far one person has got with it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from audit.history import History
from cases.models.base import FactModel
from cases.models.case import Case
from cases.models.organisation import Organisation
from cases.models.person import Person
from cases.models.twokeys import Waiver

WITHIN = 40
"""Working days from the offer to complete a training, where nothing else is said (C3)."""


class RequirementSet(FactModel):
    """What an organisation asks of a role for a task, from a day on. A change is a new version; cases keep theirs.

    `task` is a subject of `TrainingRecord`: what the sign-off unlocks. `source` says where the requirement comes from.
    It is in force only once a second person has agreed. `written_by` None: the system, or nobody knows any more.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "Waits for a second person"
        AGREED = "agreed", "Agreed"
        REFUSED = "refused", "Not agreed"

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="requirement_sets")
    role = models.CharField(max_length=40)
    task = models.CharField(max_length=40)
    version = models.PositiveIntegerField()
    starts_on = models.DateField()
    source = models.CharField(max_length=300)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    written_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    answered_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    answer_reason = models.TextField(blank=True, help_text="Why it was not agreed.")

    history = History()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("organisation", "role", "task", "version"), name="requirement_set_once"),
            models.UniqueConstraint(
                fields=("organisation", "role", "task"), name="requirement_set_waits_once", condition=Q(state="waiting")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.task}, version {self.version}"


class Requirement(FactModel):
    """One thing to be trained in. `valid_for`: months that it lasts; None: it does not run out."""

    requirement_set = models.ForeignKey(RequirementSet, models.PROTECT, related_name="requirements")
    number = models.PositiveIntegerField()
    code = models.CharField(max_length=40)
    title = models.CharField(max_length=200)
    why = models.TextField(help_text="Why it is asked. The partner reads it.")
    valid_for = models.PositiveIntegerField(null=True, blank=True, help_text="Months.")
    within = models.PositiveIntegerField(default=WITHIN, help_text="Working days from the offer to complete it.")
    source = models.CharField(max_length=300, blank=True)

    history = History()

    class Meta:
        constraints = [models.UniqueConstraint(fields=("requirement_set", "code"), name="requirement_once")]

    def __str__(self) -> str:
        return self.title


class TrainingItem(FactModel):
    """One requirement of one case of training. Its life is the table `permissions.traininglife`."""

    class State(models.TextChoices):
        REQUIRED = "required", "Required"
        OFFERED = "offered", "Offered"
        BOOKED = "booked", "Booked"
        COMPLETED = "completed", "Completed, evidence not yet checked"
        REJECTED = "rejected", "Evidence not accepted"
        VERIFIED = "verified", "Evidence checked"
        WAIVED = "waived", "Waived for a time"
        SIGNED = "signed", "Signed off"
        LAPSED = "lapsed", "Run out"

    class Cause(models.TextChoices):
        PARTNER = "partner", "The partner"
        ORGANISATION = "organisation", "The organisation"
        PROVIDER = "provider", "The training provider"

    case = models.ForeignKey(Case, models.PROTECT, related_name="training_items")
    requirement = models.ForeignKey(Requirement, models.PROTECT, null=True, blank=True, related_name="items")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=State, default=State.REQUIRED)
    asked_by_partner = models.BooleanField(default=False, help_text="The partner asked for it, beyond what is required.")
    asked_title = models.CharField(max_length=200, blank=True, help_text="What the partner asked for.")
    asked_why = models.TextField(blank=True, help_text="Why, in the partner\u2019s own words.")
    due_on = models.DateField(null=True, blank=True, help_text="By when the partner completes it; counted from the offer.")
    offer_by = models.DateField(help_text="By when the organisation offers it.")
    offered_at = models.DateTimeField(null=True, blank=True)
    offer = models.TextField(blank=True, help_text="What was offered: format, provider, dates.")
    adjustments = models.TextField(blank=True, help_text="What the partner needs to take part.")
    adjustments_met = models.TextField(blank=True, help_text="How that was met.")
    booked_on = models.DateField(null=True, blank=True)
    completed_on = models.DateField(null=True, blank=True)
    provider = models.CharField(max_length=200, blank=True)
    hours = models.DecimalField(max_digits=5, decimal_places=1, null=True, blank=True)
    evidence = models.TextField(blank=True, help_text="The certificate or attendance list, and where it is kept.")
    submitted_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    by_proxy = models.BooleanField(default=False, help_text="Entered by the coordinator for the partner.")
    checked_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    checked_at = models.DateTimeField(null=True, blank=True)
    rejected_reason = models.TextField(blank=True)
    valid_until = models.DateField(null=True, blank=True)
    waiver = models.ForeignKey(Waiver, models.PROTECT, null=True, blank=True, related_name="training_items")
    lapse_cause = models.CharField(max_length=12, choices=Cause, blank=True)

    history = History()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("case", "number"), name="training_item_number_once"),
            models.CheckConstraint(
                condition=Q(requirement__isnull=False, asked_by_partner=False) | Q(requirement__isnull=True, asked_by_partner=True),
                name="training_item_required_or_asked",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}: {self.get_state_display().lower()}"

    @property
    def title(self) -> str:
        """What is to be learned."""
        return self.requirement.title if self.requirement else self.asked_title

    @property
    def why(self) -> str:
        """Why it is asked: by the organisation, or by the partner."""
        return self.requirement.why if self.requirement else self.asked_why

    @property
    def within(self) -> int:
        """Working days from the offer to complete it."""
        return self.requirement.within if self.requirement else WITHIN

    @property
    def valid_for(self) -> int | None:
        """Months that it lasts; None: it does not run out."""
        return self.requirement.valid_for if self.requirement else None
