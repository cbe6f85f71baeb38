"""The only writer of grants: an account sees a case exactly while its person holds an active seat on it (IG3)."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import OuterRef, QuerySet, Subquery

from audit.ids import uuid7
from cases.models import Case, Seat
from permissions.eligibility import sight_until
from permissions.models import CaseGrant
from permissions.scope import still_appointed

SEE = "see_case"


@functools.cache
def sight() -> Permission:
    """The one permission that is granted on a case: looked up once in each process, and anew after `migrate`."""
    return Permission.objects.select_related("content_type").get(
        codename=SEE, content_type__app_label="cases", content_type__model="case"
    )


def look_sight_up_again(**_: Any) -> None:
    """Listens to `post_migrate`, which may make the permission anew under another key."""
    sight.cache_clear()


def follow(case: Case, seats: Iterable[Seat], at: datetime) -> None:
    """Make the grants of a case match its active seats, one row at a time so that each change is in the history."""
    wanted: dict[int, Seat] = {}
    for seat in seats:
        if seat.is_active and seat.person.account_id is not None:
            wanted.setdefault(seat.person.account_id, seat)
    held = {grant.user_id: grant for grant in CaseGrant.objects.filter(content_object=case)}
    active = {seat.pk for seat in wanted.values()} | {seat.pk for seat in seats if seat.is_active}
    for user_id, grant in held.items():
        if user_id not in wanted or grant.seat_id not in active:
            grant.delete()
    missing = [(user, seat) for user, seat in wanted.items() if user not in held or held[user].seat_id not in active]
    if missing:
        permission = sight()
        for user_id, seat in missing:
            _grant(case, user_id, seat, permission, at)


def with_end_of_sight(seats: QuerySet[Seat], at: datetime) -> QuerySet[Seat]:
    """The same seats with what their sight hangs on, read as `scope.grants_of` reads it.

    `sight_ends` is the last day of it, None where it has no end (C9); `appointed` says whether the appointment holds at `at`.
    """
    ends = CaseGrant.objects.filter(seat=OuterRef("pk")).values("until")[:1]
    return seats.annotate(sight_ends=Subquery(ends), appointed=still_appointed(at))


def renew(case: Case, seats: Iterable[Seat], at: datetime) -> list[Seat]:
    """Let sight last as long as what it hangs on, where that was renewed. It never gets shorter: that takes two people (R8)."""
    held = {grant.seat_id: grant for grant in CaseGrant.objects.filter(content_object=case, until__isnull=False)}
    renewed = []
    for seat in seats:
        grant, until = held.get(seat.pk), sight_until(seat, at) if seat.pk in held else None
        if grant and grant.until and (until is None or until > grant.until):
            grant.delete()
            _grant(case, grant.user_id, seat, grant.permission, at)
            renewed.append(seat)
    return renewed


def _grant(case: Case, user_id: int, seat: Seat, permission: Permission, at: datetime) -> None:
    base = Case(pk=case.pk)  # guardian compares content types, and a proxy has its own
    grant = CaseGrant(
        id=uuid7(at), user_id=user_id, content_object=base, permission=permission, seat=seat,
        granted_at=at, until=sight_until(seat, at),
    )  # fmt: skip
    grant.save(force_insert=True)
