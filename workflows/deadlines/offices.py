"""What an organisation owes on no case: a claim, an answer. Whoever is next up is told, once, when it is late.

There are no rows of its own: what is late is read from the facts, which say until when nobody further up was told.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import models

from cases.models import Claim, Matter
from permissions.claimlife import UNPAID
from permissions.matters import WAITING
from workflows.doors.claims import tell_of_late_claim
from workflows.doors.matters import tell_of_late_matter

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Late:
    """One kind of thing that can be late: which rows are, at a moment, and the door that tells of one of them."""

    code: str
    find: Callable[[datetime], models.QuerySet[models.Model]]
    tell: Callable[[UUID, datetime, str], object]


def _claims(at: datetime) -> models.QuerySet[models.Model]:
    return Claim.objects.filter(tell_up_at__lte=at, state__in=UNPAID)


def _matters(at: datetime) -> models.QuerySet[models.Model]:
    return Matter.objects.filter(tell_up_at__lte=at, state__in=WAITING)


LATE: tuple[Late, ...] = (
    Late("claim_late", _claims, lambda pk, at, request: tell_of_late_claim(claim=pk, at=at, request=request)),
    Late("matter_late", _matters, lambda pk, at, request: tell_of_late_matter(matter=pk, at=at, request=request)),
)


def tell_of_what_is_late(now: Callable[[], datetime], stopped: Callable[[], bool] = lambda: False) -> tuple[int, int]:
    """Tell of everything that is late, each in a transaction of its own. Returns how many were told of, and how many failed.

    One that fails is left for the next sweep, and keeps nobody else's waiting. Safe twice and by many at once.
    """
    done = failed = 0
    for kind in LATE:
        for pk, since in kind.find(now()).order_by("tell_up_at", "pk").values_list("pk", "tell_up_at"):
            if stopped():
                break
            try:
                kind.tell(pk, now(), f"late:{pk}:{since.isoformat()}")
                done += 1
            except Exception:  # whatever it was, the others are still told of
                log.exception("Nobody could be told of %s %s", kind.code, pk)
                failed += 1
    return done, failed
