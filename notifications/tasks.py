"""Sending messages as a task, queued in the transaction of the act that they tell of. A task is an edge: it reads the clock."""

from __future__ import annotations

from django.utils import timezone

from notifications import posting
from workflows.deadlines.queueing import task


@task
def send_messages() -> dict[str, int]:
    """Gather and send everything that is due. Safe to run twice and by many at once."""
    told = posting.send_due(timezone.now)
    return {"gathered": told.gathered, "sent": told.sent, "failed": told.failed}
