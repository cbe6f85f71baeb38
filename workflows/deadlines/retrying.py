"""Trying once more what failed five times: a deadline, or telling of something late on no case."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from cases.models import Case, Person
from permissions.verdict import STALE, judge, require
from workflows.deadlines.models import Deadline, Untold


def retry_deadline(pk: UUID, by: Person, at: datetime) -> None:
    """Let a deadline of the person's organisation be tried five times more. Raises Refused."""
    with transaction.atomic():
        failed = Deadline.objects.filter(pk=pk, organisation=by.organisation_id, state=Deadline.State.FAILED)
        list(Case.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=failed.values("case")).values_list("pk"))
        found = failed.first()
        require(judge(found is not None, STALE, "This has not failed.", "Look at the page again."))
        assert found
        found.state, found.attempts, found.next_try_at, found.ended_at = Deadline.State.OPEN, 0, at, None
        found.save(update_fields=["state", "attempts", "next_try_at", "ended_at"])


def retry_telling(pk: UUID, by: Person, at: datetime) -> None:
    """Let it be tried five times more to tell of something late in the person's organisation. Raises Refused."""
    with transaction.atomic():
        failed = Untold.objects.select_for_update(of=("self",)).filter(pk=pk, organisation=by.organisation_id)
        found = failed.first()
        require(judge(found is not None, STALE, "This has not failed.", "Look at the page again."))
        assert found
        found.attempts, found.next_try_at = 0, at
        found.save(update_fields=["attempts", "next_try_at"])
