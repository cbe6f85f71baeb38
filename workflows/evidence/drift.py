"""Where grants, seats and the rows of the permission library differ from one another (IG3).

Sight is granted to the accounts of active seats and to nobody else, so any difference is a mistake, or somebody's way round. One
comparison serves the page of an organisation, `manage.py verify` and the check of one case.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from guardian.models import GroupObjectPermission, UserObjectPermission

from audit.findings import Finding, Forgery
from audit.row_readers import read_quickly
from audit.rows import label
from cases.models import Case, Organisation, Seat
from cases.tables import Sheet
from permissions.grants import SEE
from permissions.models import CaseGrant

OURS = ("audit", "cases", "permissions", "workflows", "notifications")
"""The apps whose rows are ours to guard."""

NO_SEAT = "it gives sight to an account with no active seat"
NO_GRANT = "the seat is active and its account has no sight of the case"
OTHER_RIGHT = "it gives another right than to see the case"
OTHER_CASE = "it gives sight of one case by a seat on another"
GENERIC = "a right on one object, outside the grants: no seat explains it"
MODEL_WIDE = "a right to see cases that no seat explains, given to a whole account or group"


@dataclass(frozen=True)
class Drift:
    """One difference: the row, what is wrong with it, whose it is, and on which case (None: on none in particular)."""

    finding: Finding
    whom: str
    case: Case | None = None


def drift_of_case(case: Case, seats: Iterable[Seat], held: HeldRights | None = None) -> Iterator[Drift]:
    """Of one case; `seats` come with their people. `held`: what was read with it, of many cases; else three statements."""
    seats = list(seats)
    held = held or HeldRights({case.pk: case}, {seat.pk: seat for seat in seats})
    yield from compared(seats, held.grants(case))
    yield from _strange(held.generic(case))


class HeldRights:
    """The grants on some cases, and the rows of the library's own tables about them: each read once, when first asked for."""

    def __init__(self, cases: Mapping[UUID, Case], seats: Mapping[UUID, Seat]) -> None:
        """`seats`: those of the cases with their people, so that they need not be read again beside every grant."""
        self._cases, self._seats = cases, seats

    def grants(self, case: Case) -> list[CaseGrant]:
        return self._grants[case.pk]

    def generic(self, case: Case) -> list[_Generic]:
        return self._generic[str(case.pk)]

    @cached_property
    def _grants(self) -> dict[UUID, list[CaseGrant]]:
        rows: list[CaseGrant] = read_quickly(CaseGrant.objects.filter(content_object__in=self._cases))
        permissions = Permission.objects.in_bulk({row.permission_id for row in rows})
        found: dict[UUID, list[CaseGrant]] = defaultdict(list)
        for row in rows:
            row.content_object, row.permission = self._cases[row.content_object_id], permissions[row.permission_id]
            if row.seat_id in self._seats:
                row.seat = self._seats[row.seat_id]
            found[row.content_object_id].append(row)
        return found

    @cached_property
    def _generic(self) -> dict[str, list[_Generic]]:
        found: dict[str, list[_Generic]] = defaultdict(list)
        for row in library_rows(Q(object_pk__in=[str(key) for key in self._cases])):
            found[row.object_pk].append(row)
        return found


def drift_of(organisation: Organisation) -> list[Drift]:
    """Of every case of an organisation, and of the accounts of its people. Five statements, however many cases."""
    here = Seat.objects.filter(case__organisation=organisation, state=Seat.State.ACTIVE)
    grants = CaseGrant.objects.filter(content_object__organisation=organisation).select_related(*_WITH)
    own = Case.objects.filter(organisation=organisation).values_list("pk", flat=True)
    found = [*compared(here.select_related("person", "case__organisation"), grants)]
    among = {str(key) for key in own}
    generic = [row for row in library_rows(Q()) if row.object_pk in among]
    return [*found, *_strange(generic), *strange_rights(organisation)]


_WITH = ("seat__person", "user", "permission", "content_object__organisation")


def compared(seats: Iterable[Seat], grants: Iterable[CaseGrant]) -> Iterator[Drift]:
    """The grants without an active seat of their own person on their own case, and the active seats without a grant."""
    held = list(grants)
    for grant in held:
        wrong = _wrong_with(grant)
        if wrong:
            yield Drift(
                Finding(label(CaseGrant), str(grant.pk), wrong, Forgery.SIGHT_WITHOUT_SEAT), str(grant.user), grant.content_object
            )
    seeing = {(grant.content_object_id, grant.user_id) for grant in held}
    for seat in seats:
        account = seat.person.account_id
        if seat.is_active and account and (seat.case_id, account) not in seeing:
            yield Drift(Finding(label(Seat), str(seat.pk), NO_GRANT, Forgery.SEAT_WITHOUT_SIGHT), seat.person.name, seat.case)


def _wrong_with(grant: CaseGrant) -> str:
    seat = grant.seat
    if not seat.is_active or seat.person.account_id != grant.user_id:
        return NO_SEAT
    if seat.case_id != grant.content_object_id:
        return OTHER_CASE
    return OTHER_RIGHT if grant.permission.codename != SEE else ""


_Generic = UserObjectPermission | GroupObjectPermission


def library_rows(which: Q) -> Iterator[_Generic]:
    """Rows of the library's own tables: this software writes none."""
    for model, whose in ((UserObjectPermission, "user"), (GroupObjectPermission, "group")):
        yield from model.objects.filter(which, content_type__app_label__in=OURS).select_related(whose, "permission")


def _strange(rows: Iterable[_Generic]) -> Iterator[Drift]:
    for row in rows:
        whom = row.user if isinstance(row, UserObjectPermission) else row.group
        what = f"{GENERIC} ({row.permission.codename})"
        yield Drift(Finding(label(type(row)), str(row.pk), what, Forgery.SIGHT_WITHOUT_SEAT), str(whom))


def strange_rights(organisation: Organisation | None = None) -> Iterator[Drift]:
    """The right to see cases, given to a whole account or group; of the people of one organisation, or of everybody."""
    see = Permission.objects.filter(codename=SEE, content_type__in=ContentType.objects.filter(app_label__in=OURS))
    people = Q(person__organisation=organisation) if organisation else Q()
    accounts = Permission.user_set.field.model.objects.filter(people, user_permissions__in=see)  # type: ignore[attr-defined]
    for account in accounts.distinct().order_by("pk"):
        yield Drift(
            Finding(settings.AUTH_USER_MODEL.lower(), str(account.pk), MODEL_WIDE, Forgery.SIGHT_WITHOUT_SEAT), str(account)
        )
    for group in Group.objects.filter(permissions__in=see).distinct().order_by("pk"):
        yield Drift(Finding(label(Group), str(group.pk), MODEL_WIDE, Forgery.SIGHT_WITHOUT_SEAT), group.name)


COLUMNS = ("Whose", "Case", "What is wrong", "Table", "Row")


def sheet_of(found: Iterable[Drift]) -> Sheet:
    """The differences as a table to hand out."""
    rows = [
        (one.whom, one.case.reference if one.case else "", one.finding.what, one.finding.table, one.finding.row) for one in found
    ]
    return Sheet("Grants, seats and rights that differ", COLUMNS, rows, "Sight follows active seats and nothing else.")
