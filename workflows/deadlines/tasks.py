"""The sweep of deadlines as a task, for as many workers as there are. A task is an edge: it reads the clock."""

from __future__ import annotations

from django.utils import timezone

from workflows.deadlines.queueing import task
from workflows.deadlines.running import run_due


@task
def sweep_deadlines() -> dict[str, int]:
    """Work everything that is due. Safe to run twice and by many at once."""
    tally = run_due(timezone.now)
    return {"done": tally.done, "failed": tally.failed, "busy": len(tally.busy)}
