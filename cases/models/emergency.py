"""Sight of a case in an emergency, for somebody who has no seat on it: two people, a reason, two hours (IG3)."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import F, Q

from audit.history import History
from cases.models.base import FactModel
from cases.models.case import Case
from cases.models.person import CAPACITIES, Person


class EmergencySight(FactModel):
    """One asks, with a reason; another agrees, and one of the two is lay and outside the case. Then it opens until a time.

    It is no seat and no grant: it runs out by the clock alone. Who may ask and agree is `permissions.emergency`; who sees
    what by it is `permissions.scope`.
    """

    class State(models.TextChoices):
        ASKED = "asked", "Asked for"
        AGREED = "agreed", "Agreed"
        REFUSED = "refused", "Refused"
        ENDED = "ended", "Ended early"

    case = models.ForeignKey(Case, models.PROTECT, related_name="emergencies")
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    asked_as = models.CharField(max_length=5, choices=CAPACITIES, help_text="They see what a seat of this capacity sees.")
    asked_at = models.DateTimeField()
    asked_until = models.DateTimeField(help_text="A request that nobody answered is over at this time.")
    reason = models.TextField()
    state = models.CharField(max_length=10, choices=State, default=State.ASKED)
    answered_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    answered_as = models.CharField(max_length=5, choices=CAPACITIES, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answer_reason = models.TextField(blank=True)
    opens_at = models.DateTimeField(null=True, blank=True)
    until = models.DateTimeField(null=True, blank=True, help_text="It is closed from this time on.")
    ended_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)

    history = History(along=("case", "asked_by"))

    class Meta:
        constraints = [
            models.CheckConstraint(name="emergency_two_people", condition=~Q(answered_by=F("asked_by"))),
            models.CheckConstraint(
                name="emergency_one_is_lay",
                condition=Q(opens_at__isnull=True, until__isnull=True)
                | Q(Q(asked_as="lay") | Q(answered_as="lay"), opens_at__isnull=False, until__isnull=False, until__gt=F("opens_at")),
            ),
        ]
        indexes = [
            models.Index(fields=("asked_by", "-until"), name="emergency_by_person"),
            models.Index(fields=("case", "-asked_at"), name="emergency_by_case"),
        ]

    def __str__(self) -> str:
        return f"{self.get_state_display()}: {self.case_id}"

    def waits_at(self, at: datetime) -> bool:
        """Whether it waits for a second person."""
        return self.state == self.State.ASKED and at < self.asked_until

    def runs_at(self, at: datetime) -> bool:
        """Whether its two hours run. Whether they still open the case is for `permissions.scope` to say."""
        started = self.state == self.State.AGREED and self.opens_at is not None and self.until is not None
        return started and self.opens_at <= at < self.until  # type: ignore[operator]

    @property
    def over_at(self) -> datetime | None:
        """When sight was, or will be, over; None where it never opened."""
        return self.ended_at if self.ended_at and self.opens_at else self.until
