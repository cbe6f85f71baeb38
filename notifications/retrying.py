"""Sending once more what the mail server refused five times."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from cases.models import Person
from notifications.models import Dispatch
from permissions.verdict import STALE, Refused, refuse


def retry_dispatch(pk: UUID, by: Person, at: datetime) -> None:
    """Let an e-mail of the person's organisation be tried five times more. Raises Refused."""
    with transaction.atomic():
        failed = Dispatch.objects.filter(pk=pk, organisation=by.organisation_id, state=Dispatch.State.FAILED)
        found = failed.select_for_update(of=("self",)).first()
        if found is None:
            raise Refused([refuse(STALE, "This e-mail has not failed.", "Look at the page again.")])
        found.state, found.attempts, found.next_try_at, found.ended_at = Dispatch.State.WAITING, 0, at, None
        found.save(update_fields=["state", "attempts", "next_try_at", "ended_at"])
