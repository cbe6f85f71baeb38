"""What an organisation owes on no case: a claim, an answer, a look at a legal hold. Whoever is next up is told when it is late.

What is late is read from the facts, which say until when nobody further up was told; a row is kept only of what failed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import models, transaction

from cases.models import Claim, LegalHold, Matter
from permissions.claimlife import UNPAID
from permissions.matters import WAITING
from workflows.deadlines.models import Untold
from workflows.doors.claims import tell_of_late_claim
from workflows.doors.legal_holds import tell_of_hold_review
from workflows.doors.matters import tell_of_late_matter


@dataclass(frozen=True)
class Late:
    """One kind of thing that can be late: which rows are, at a moment, and the door that tells of one of them."""

    code: str
    sentence: str
    find: Callable[[datetime], models.QuerySet[models.Model]]
    tell: Callable[[UUID, datetime, str], object]


def _claims(at: datetime) -> models.QuerySet[models.Model]:
    return Claim.objects.filter(tell_up_at__lte=at, state__in=UNPAID)


def _matters(at: datetime) -> models.QuerySet[models.Model]:
    return Matter.objects.filter(tell_up_at__lte=at, state__in=WAITING)


def _holds(at: datetime) -> models.QuerySet[models.Model]:
    return LegalHold.objects.filter(tell_up_at__lte=at, lifted_at__isnull=True)


LATE: tuple[Late, ...] = (
    Late(
        "claim_late", "Tell of a claim that is not paid in time", _claims,
        lambda pk, at, request: tell_of_late_claim(claim=pk, at=at, request=request),
    ),
    Late(
        "matter_late", "Tell of an answer to a partner that is late", _matters,
        lambda pk, at, request: tell_of_late_matter(matter=pk, at=at, request=request),
    ),
    Late(
        "hold_review", "Ask whether a legal hold is still needed", _holds,
        lambda pk, at, request: tell_of_hold_review(hold=pk, at=at, request=request),
    ),
)  # fmt: skip
BY_CODE = {kind.code: kind for kind in LATE}


def tell_of_what_is_late(now: Callable[[], datetime], stopped: Callable[[], bool] = lambda: False) -> tuple[int, int]:
    """Tell of everything that is late, each in a transaction of its own. Returns how many were told of, and how many failed.

    One that fails is kept for a later sweep, and keeps nobody else's waiting. Safe twice and by many at once.
    """
    tried = [_tried(kind, late, now()) for kind in LATE for late in _to_tell(kind, now()) if not stopped()]
    return tried.count(True), tried.count(False)


def _to_tell(kind: Late, at: datetime) -> list[tuple[UUID, datetime, UUID]]:
    """The key of each row that is late and not to be left alone, since when it is, and whose."""
    left = {one.about for one in Untold.objects.filter(code=kind.code) if one.waits(at)}
    late = kind.find(at).order_by("tell_up_at", "pk").values_list("pk", "tell_up_at", "organisation_id")
    return [one for one in late if one[0] not in left]


def _tried(kind: Late, late: tuple[UUID, datetime, UUID], at: datetime) -> bool:
    pk, since, organisation = late
    try:
        kind.tell(pk, at, f"late:{pk}:{since.isoformat()}")
    except Exception as error:  # noqa: BLE001 - whatever it was, a row says so, and the others are still told of
        _keep(kind.code, pk, organisation, error, at)
        return False
    Untold.objects.filter(code=kind.code, about=pk).delete()
    return True


def _keep(code: str, about: UUID, organisation: UUID, error: Exception, at: datetime) -> None:
    with transaction.atomic():
        begun = {"organisation_id": organisation, "since": at, "next_try_at": at, "error": ""}
        row, _ = Untold.objects.select_for_update(of=("self",)).get_or_create(code=code, about=about, defaults=begun)
        row.failed(error, at)
        row.save(update_fields=["attempts", "error", "next_try_at"])
