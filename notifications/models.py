"""Notices, which a person reads in the application, and dispatches, which go out to people who are not looking."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.db import models
from django.db.models import Q

from cases.models import Case, Organisation, Person
from workflows.deadlines.models import TRIES, pause_after


class Dispatch(models.Model):
    """One message to one person, outside the application, about everything that was new to them at `made_at`.

    An e-mail is sent by a task. A person who works by post or phone is told by a coordinator, who ticks it off.
    """

    class Channel(models.TextChoices):
        EMAIL = "email", "e-mail"
        POST = "post", "post"
        PHONE = "phone", "phone"
        PRINT = "print", "a letter in large print"

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting"
        SENT = "sent", "Sent"
        FAILED = "failed", "Failed"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="dispatches")
    channel = models.CharField(max_length=10, choices=Channel)
    count = models.PositiveIntegerField(help_text="How many notices it is about.")
    made_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField()
    error = models.CharField(max_length=100, blank=True, help_text="The name of the exception's class, and nothing else.")
    ended_at = models.DateTimeField(null=True, blank=True)
    told_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        default_permissions = ()
        indexes = [
            models.Index(fields=("next_try_at", "id"), name="dispatch_waiting", condition=Q(state="waiting", channel="email")),
            models.Index(fields=("organisation", "made_at"), name="dispatch_open", condition=~Q(state="sent")),
        ]

    def __str__(self) -> str:
        return f"{self.get_channel_display()} to {self.person_id}, {self.made_at:%Y-%m-%d}"

    def told(self, at: datetime, by: Person | None = None) -> None:
        """The person knows now: the mail server took it, or a coordinator told them. Saves."""
        self.state, self.ended_at, self.error, self.told_by = self.State.SENT, at, "", by
        self.save(update_fields=["state", "ended_at", "error", "told_by"])

    def failed(self, error: BaseException, at: datetime) -> None:
        """Try again later, or give up after five tries; the caller saves. Keeps nothing of the error but its class."""
        self.error = type(error).__name__[:100]
        self.next_try_at = at + pause_after(self.attempts)
        if self.attempts >= TRIES:
            self.state, self.ended_at = self.State.FAILED, at


class Notice(models.Model):
    """One sentence to one person, caused by one ledger event. Written in the transaction of the act that caused it.

    `by_mail`: it is also to go out; a notice that goes out in no dispatch yet is the queue.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="notices")
    case = models.ForeignKey(
        Case, models.PROTECT, null=True, blank=True, related_name="notices", help_text="Where it is about one."
    )
    event_id = models.UUIDField(editable=False)
    text = models.TextField()
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)
    by_mail = models.BooleanField(default=False)
    dispatch = models.ForeignKey(Dispatch, models.PROTECT, null=True, blank=True, related_name="notices")

    class Meta:
        constraints = [models.UniqueConstraint(fields=("event_id", "person"), name="told_once")]
        indexes = [
            models.Index(fields=("person", "-at"), name="notice_unread", condition=Q(read_at__isnull=True)),
            models.Index(
                fields=("person", "at"), name="notice_to_go_out",
                condition=Q(by_mail=True, dispatch__isnull=True, read_at__isnull=True),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.text
