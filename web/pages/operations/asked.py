"""The buttons of the operations page. Each names one row; one that is not there any more is out of date."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from cases.models import Person
from notifications.coordinators import tick_off
from notifications.retrying import retry_dispatch, retry_every_dispatch
from permissions.verdict import STALE, Refused, refuse
from workflows.deadlines.retrying import retry_deadline, retry_telling

ACTS: dict[str, Callable[[UUID, Person, datetime], None]] = {
    "told": tick_off,
    "send_again": retry_dispatch,
    "send_all_again": retry_every_dispatch,
    "do_again": retry_deadline,
    "tell_again": retry_telling,
}


def carry_out(act: str, about: str, by: Person, at: datetime) -> None:
    """Do what the button says. Raises Refused."""
    try:
        ACTS[act](UUID(about), by, at)
    except (KeyError, ValueError):
        raise Refused([refuse(STALE, "This button is out of date.", "Look at the page again.")]) from None
