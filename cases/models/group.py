"""Groups that are safety-related and no case: a committee, a review group, a board, a course for staff; and their meetings."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from audit.history import History, InsertOnly
from cases.models.base import FactModel
from cases.models.organisation import Organisation
from cases.models.person import Person, TrainingRecord
from cases.models.seat import Seat

TWO = 2
"""How many Patient Safety Partners the Framework of 2021 wants on each safety-related committee."""


class SafetyGroup(FactModel):
    """A standing group of an organisation that is safety-related (D1). `target`: lay members that it is to have; 0: none is asked.

    `terms` says where its terms of reference are and what they say of partners (D2). Never deleted: it is closed, with a reason.
    """

    class Kind(models.TextChoices):
        COMMITTEE = "committee", "A safety or quality committee"
        REVIEW = "review", "A group that reviews incidents"
        BOARD = "board", "The board, or a committee of it"
        COURSE = "course", "Safety training for staff"

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="safety_groups")
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.COMMITTEE)
    terms = models.TextField(help_text="Where the terms of reference are, and what they say of partners.")
    target = models.PositiveSmallIntegerField(default=TWO)
    trained_in = models.CharField(max_length=40, default=TrainingRecord.OVERSIGHT)
    closed_on = models.DateField(null=True, blank=True)
    closed_reason = models.TextField(blank=True)

    history = History()

    class Meta:
        constraints = [models.UniqueConstraint(fields=("organisation", "name"), name="safety_group_once")]

    def __str__(self) -> str:
        return self.name


class GroupSeat(FactModel):
    """A partner's place in a safety group, from `starts_on` on. A member counts and decides; an attendee may only speak."""

    group = models.ForeignKey(SafetyGroup, models.PROTECT, related_name="seats")
    person = models.ForeignKey(Person, models.PROTECT, related_name="group_seats")
    membership = models.CharField(max_length=10, choices=Seat.Membership, default=Seat.Membership.MEMBER)
    membership_reason = models.TextField(blank=True)
    starts_on = models.DateField()
    end_asked_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    ended_on = models.DateField(null=True, blank=True, help_text="The first day without it.")
    ended_reason = models.TextField(blank=True, help_text="Also while a second person is asked.")

    history = History(along=("group",))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("group", "person"), name="group_seat_once", condition=Q(ended_on__isnull=True)),
        ]

    def __str__(self) -> str:
        return f"{self.membership} of {self.group_id}"


class Meeting(FactModel):
    """One meeting of a safety group (D4). `day` is the day for which it is planned now, and on which it was held."""

    class State(models.TextChoices):
        PLANNED = "planned", "Planned"
        HELD = "held", "Held"
        CANCELLED = "cancelled", "Cancelled"

    group = models.ForeignKey(SafetyGroup, models.PROTECT, related_name="meetings")
    day = models.DateField()
    state = models.CharField(max_length=10, choices=State, default=State.PLANNED)
    papers_sent_on = models.DateField(null=True, blank=True)

    history = History(along=("group",))

    class Meta:
        indexes = [models.Index(fields=("group", "-day"), name="meeting_by_group")]

    def __str__(self) -> str:
        return f"meeting of {self.day}"


class MeetingMove(InsertOnly, FactModel):
    """A meeting was put on another day, or called off (`to_day` empty): when that was said, and why."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="moves")
    from_day = models.DateField()
    to_day = models.DateField(null=True, blank=True)
    reason = models.TextField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"from {self.from_day}"


class Attendance(InsertOnly, FactModel):
    """A partner was there, as member or attendee, whichever they were on that day."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="attended")
    seat = models.ForeignKey(GroupSeat, models.PROTECT, related_name="attended")
    membership = models.CharField(max_length=10, choices=Seat.Membership)

    class Meta:
        constraints = [models.UniqueConstraint(fields=("meeting", "seat"), name="attended_once")]

    def __str__(self) -> str:
        return f"{self.seat_id} at {self.meeting_id}"
