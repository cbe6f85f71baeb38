"""Trying a deadline once more that failed five times."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from cases.models import Case, Person
from permissions.verdict import STALE, judge, require
from workflows.deadlines.models import Deadline


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
