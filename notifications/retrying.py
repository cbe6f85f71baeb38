"""Sending once more what the mail server refused five times: one e-mail, or all of an organisation's."""

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
        _once_more(found, at)


def retry_every_dispatch(organisation: UUID, by: Person, at: datetime) -> None:
    """The same for every e-mail of the organisation that has failed; the person's own, whichever is named."""
    with transaction.atomic():
        failed = Dispatch.objects.filter(organisation=by.organisation_id, state=Dispatch.State.FAILED)
        for found in failed.order_by("pk").select_for_update(of=("self",)):
            _once_more(found, at)


def _once_more(dispatch: Dispatch, at: datetime) -> None:
    dispatch.state, dispatch.attempts, dispatch.next_try_at, dispatch.ended_at = Dispatch.State.WAITING, 0, at, None
    dispatch.save(update_fields=["state", "attempts", "next_try_at", "ended_at"])
