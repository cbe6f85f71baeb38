"""Builds the demo: the fictional trust and its cases, by the real doors, on working days that have passed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, time
from typing import Any, Protocol

from django.db import transaction

from cases.models import Case, Organisation
from workflows.calendar import ENGLAND, LONDON, london_day
from workflows.deadlines.running import run_due
from workflows.demo.cases import TALES
from workflows.demo.experience import tell_experience
from workflows.demo.groups import tell_groups
from workflows.demo.payments import tell_payments
from workflows.demo.projects import PROJECTS
from workflows.demo.raised import tell_raised
from workflows.demo.report import tell_report
from workflows.demo.trainings import TRAININGS
from workflows.demo.trust import NEWCOMERS, ODS_CODE, PERSONAS, Trust, build_trust

PASSWORD = "partners-decide-too"  # noqa: S105 - of the demo's fictional people, who can be signed in as without it
SETTLING_IN = 30
"""Working days that the trust has been there before its first case."""


class Told(Protocol):
    """A case of any process: how many working days ago it began, and how to walk it to where it stands now."""

    @property
    def began(self) -> int: ...
    def tell(self, trust: Trust, now: datetime) -> Any: ...


EVERY_TALE: tuple[Told, ...] = tuple(sorted((*TALES, *PROJECTS, *TRAININGS), key=lambda tale: -tale.began))
"""Oldest first, so that the references of each process run in the order of the days."""

Watch = Callable[[Sequence[Told]], Iterable[Told]]
"""Something that passes the tales on and shows how far it has got."""


def cases_built() -> int | None:
    """How many cases the demo has, or None where it has not been built."""
    found = Organisation.objects.filter(ods_code=ODS_CODE).first()
    return Case.objects.filter(organisation=found).count() if found else None


def build(now: datetime, watch: Watch = iter) -> None:
    """Build all of it or nothing of it, and let the clock do what is late by now; nothing in it happens after `now`.

    Raises ValueError where the working days around `now` are not known.
    """
    first = ENGLAND.add(london_day(now), -EVERY_TALE[0].began - SETTLING_IN)
    ENGLAND.add(london_day(now), EVERY_TALE[0].began)
    with transaction.atomic():
        trust = build_trust(datetime.combine(first, time(9), LONDON), (*PERSONAS, *NEWCOMERS), password=PASSWORD)
        for tale in watch(EVERY_TALE):
            tale.tell(trust, now)
        tell_payments(trust, now)
        tell_groups(trust, now)
        tell_raised(trust, now)
        tell_report(trust, now)
        tell_experience(trust, now)
        run_due(lambda: now)
