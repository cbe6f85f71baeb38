"""Deadlines: what a case waits for and from when something is to be done about it. A projection of facts, not a fact."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta

from django.db import models
from django.db.models import Q

from cases.models import Case, Organisation, Seat, Visit
from workflows.law import typed
from workflows.look import Look
from workflows.registry import process_of

TRIES = 5
"""After so many failures a row waits for somebody to look at it."""


def pause_after(attempts: int) -> timedelta:
    """How long to leave something alone that has failed so often: 2, 4, 8, 16 minutes."""
    return timedelta(minutes=2**attempts)


class Deadline(models.Model):
    """One thing to do at `due_at` unless the case stops waiting for it. Written and voided by the act that causes it.

    `subject` names what it is about within the case, so that nothing is done twice; `about` is the key of a waiver, a
    hold or a person. Whoever writes a row holds the lock of its case: case first, deadline second, everywhere.
    """

    class State(models.TextChoices):
        OPEN = "open", "Open"
        DONE = "done", "Done"
        VOIDED = "voided", "No longer needed"
        FAILED = "failed", "Failed"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, models.PROTECT, related_name="deadlines")
    kind = models.CharField(max_length=40)
    subject = models.CharField(max_length=100)
    visit = models.ForeignKey(Visit, models.PROTECT, null=True, blank=True, related_name="deadlines")
    seat = models.ForeignKey(Seat, models.PROTECT, null=True, blank=True, related_name="deadlines")
    about = models.UUIDField(null=True, blank=True)
    due_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    overtaken = models.BooleanField(default=False, help_text="Done without an act: a newer one of its group was done.")
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField()
    error = models.CharField(max_length=100, blank=True, help_text="The name of the exception's class, and nothing else.")
    ended_at = models.DateTimeField(null=True, blank=True)
    event_id = models.UUIDField(null=True, blank=True, editable=False, help_text="The ledger event of what was done.")

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=("case", "kind", "subject"), name="deadline_once")]
        indexes = [
            models.Index(fields=("next_try_at", "id"), name="deadline_open", condition=Q(state="open")),
            models.Index(fields=("organisation", "due_at"), name="deadline_failed", condition=Q(state="failed")),
        ]

    def __str__(self) -> str:
        return f"{self.kind} due {self.due_at:%Y-%m-%d}"

    def look_at(self, at: datetime) -> Look:
        """The case as it stands now, whole; read under the lock of the case."""
        case = typed(Case.objects.select_related("organisation").get(pk=self.case_id))
        return Look(case, process_of(case.process, case.definition_version), at)

    def is_due(self, at: datetime) -> bool:
        """Whether it is to be done now."""
        return self.state == self.State.OPEN and self.next_try_at <= at

    def end(self, state: str, at: datetime) -> None:
        """Set how it ended; the caller saves."""
        self.state, self.ended_at = state, at

    def failed(self, error: BaseException, at: datetime) -> None:
        """Try again later, or give up after five tries; the caller saves. Keeps nothing of the error but its class."""
        self.attempts += 1
        self.error = type(error).__name__[:100]
        self.next_try_at = at + pause_after(self.attempts)
        if self.attempts >= TRIES:
            self.end(self.State.FAILED, at)


class Untold(models.Model):
    """Something late on no case (a claim, an answer) of which nobody could be told. It goes when that succeeds.

    `code` names the kind of lateness and `about` the row that is late. Tried again later and later, and after five times put
    aside until somebody asks for it on the operations page.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    code = models.CharField(max_length=40)
    about = models.UUIDField()
    since = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField()
    error = models.CharField(max_length=100, help_text="The name of the exception\u2019s class, and nothing else.")

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=("code", "about"), name="untold_once")]

    def __str__(self) -> str:
        return f"{self.code} since {self.since:%Y-%m-%d}"

    def waits(self, at: datetime) -> bool:
        """Whether it is to be left alone now: it failed a moment ago, or too often."""
        return self.attempts >= TRIES or self.next_try_at > at

    def failed(self, error: BaseException, at: datetime) -> None:
        """Try again later; the caller saves. Keeps nothing of the error but its class."""
        self.attempts += 1
        self.error = type(error).__name__[:100]
        self.next_try_at = at + pause_after(self.attempts)


class Sweep(models.Model):
    """When each sweep last went through, and what it did: so that somebody notices when none runs."""

    code = models.CharField(max_length=20, primary_key=True)
    ran_at = models.DateTimeField()
    did = models.PositiveIntegerField(default=0)
    failed = models.PositiveIntegerField(default=0)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.code} at {self.ran_at:%Y-%m-%d %H:%M}"
