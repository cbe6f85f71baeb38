"""A seat: one person's place on one case, and what they declared before taking it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from audit.history import History, InsertOnly
from cases.models.base import FactModel
from cases.models.case import Case
from cases.models.person import CAPACITIES, Person


class Seat(FactModel):
    """A person's place on a case, in one role and one capacity.

    Its life is the table `permissions.seatlife`. Only an active seat sees, acts and counts.
    """

    class State(models.TextChoices):
        OFFERED = "offered", "Offered"
        ACCEPTED = "accepted", "Accepted, interests not yet declared"
        ACTIVE = "active", "Active"
        DECLINED = "declined", "Declined"
        WITHDRAWN = "withdrawn", "Offer withdrawn"
        RECUSED = "recused", "Has a conflict of interest"
        STEPPED_DOWN = "stepped_down", "Stepped down"
        ENDED = "ended", "Ended"
        AWAY = "away", "Away: somebody stands in"

    class Membership(models.TextChoices):
        MEMBER = "member", "Member: decides and counts"
        ATTENDEE = "attendee", "Attendee: may speak only"

    LIVE = (State.OFFERED, State.ACCEPTED, State.ACTIVE)
    HELD = (*LIVE, State.AWAY)

    case = models.ForeignKey(Case, models.PROTECT, related_name="seats")
    person = models.ForeignKey(Person, models.PROTECT, related_name="seats")
    role = models.CharField(max_length=40)
    capacity = models.CharField(max_length=5, choices=CAPACITIES)
    office = models.BooleanField(default=False, help_text="Held by appointment, without an offer.")
    membership = models.CharField(max_length=10, choices=Membership, default=Membership.MEMBER)
    membership_reason = models.TextField(blank=True)
    state = models.CharField(max_length=15, choices=State, default=State.OFFERED)
    offered_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    offered_at = models.DateTimeField()
    why = models.TextField(blank=True)
    task_profile = models.TextField(blank=True, help_text="Hours, meetings, until when, what it pays.")
    trained_in = models.CharField(
        max_length=40,
        blank=True,
        help_text="What a lay person must be trained in to hold it, a subject of training; empty: nothing.",
    )
    reply_by = models.DateField(null=True, blank=True)
    replied_at = models.DateTimeField(null=True, blank=True)
    reply = models.TextField(blank=True)
    active_from = models.DateTimeField(null=True, blank=True)
    stands_in_for = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="stand_ins")
    stands_in_from = models.DateField(null=True, blank=True)
    stands_in_until = models.DateField(null=True, blank=True, help_text="The last day of it.")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_reason = models.TextField(blank=True)

    history = History()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=("case", "person", "role"),
                name="seat_once",
                condition=Q(state__in=("offered", "accepted", "active")),
            ),
        ]
        indexes = [models.Index(fields=("person", "state"), name="seat_by_person")]

    def __str__(self) -> str:
        return f"{self.role} on {self.case_id}"

    @property
    def is_lay(self) -> bool:
        return self.capacity == "lay"

    @property
    def is_active(self) -> bool:
        return self.state == self.State.ACTIVE

    @property
    def counts(self) -> bool:
        """An attendee may speak but does not count (the one field where lay power is usually lost)."""
        return self.is_active and self.membership == self.Membership.MEMBER


class Declaration(InsertOnly, FactModel):
    """What a person declared for one seat: confidentiality, and interests in their own words."""

    class Conflict(models.TextChoices):
        NONE = "none", "No conflict"
        DECLARED = "declared", "A conflict of interest"

    seat = models.ForeignKey(Seat, models.PROTECT, related_name="declarations")
    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    confidential = models.BooleanField()
    conflict = models.CharField(max_length=10, choices=Conflict)
    text = models.TextField(blank=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.get_conflict_display()
