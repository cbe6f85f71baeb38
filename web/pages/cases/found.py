"""Finds the case that an address names. A case that is unknown and one that may not be seen are not found alike."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Protocol, TypeVar
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404

from audit.compiled import compiled
from cases.models import Case, EmergencySight
from permissions.disposing import not_disposed
from permissions.eligibility import day_of
from permissions.known import keys_of, known_by
from permissions.scope import in_sight
from permissions.verdict import require
from web.design_system.addresses import page_address
from web.design_system.views import SignedInRequest
from workflows.law import typed
from workflows.look import Look
from workflows.registry import process_of


def found_look(request: SignedInRequest, ods: str, reference: str, at: datetime) -> Look:
    """The Look, without a lock, of a case that the visitor may see at `at`. One statement. Raises Http404.

    Raises Refused for a case of which only a stub is left (IG8): its one page is `found_whole_or_stub`.
    """
    look = found_whole_or_stub(request, ods, reference, at)
    require(not_disposed(look.case))
    return look


def found_whole_or_stub(request: SignedInRequest, ods: str, reference: str, at: datetime) -> Look:
    """As `found_look`, also of a case of which only a stub is left. Raises Http404."""
    return _look_at(_visible.first(**keys_of(request.person), ods=ods, reference=reference, at=at), at)


def found_from_outside(request: SignedInRequest, ods: str, reference: str, at: datetime, owed: QuerySet[Case]) -> tuple[Look, bool]:
    """The Look of a case that the visitor may see, or on which one page is owed to them; and whether they see it.

    One or two statements. Raises Http404. The page takes care to show no more than is owed.
    """
    visible = _visible.first(**keys_of(request.person), ods=ods, reference=reference, at=at)
    look = _look_at(visible or _named(owed, ods, reference).first(), at)
    require(not_disposed(look.case))
    return look, visible is not None


@compiled(day_of)
def _visible(person: UUID, account: int, ods: str, reference: str, at: datetime) -> QuerySet[Case]:
    """The case of this name, if the person may see it."""
    return _named(Case.objects.filter(in_sight(known_by(person, account), at)), ods, reference).order_by("pk")[:1]


def _named(cases: QuerySet[Case], ods: str, reference: str) -> QuerySet[Case]:
    asked = Exists(EmergencySight.objects.filter(case=OuterRef("pk")))
    found = cases.select_related("organisation").annotate(asked_in_emergency=asked)
    return found.filter(organisation__ods_code=ods, reference=reference)


def _look_at(case: Case | None, at: datetime) -> Look:
    """Raises Http404 where there is no such case."""
    if case is None:
        raise Http404
    return Look(typed(case), process_of(case.process, case.definition_version), at)


class Keyed(Protocol):
    """Any row."""

    @property
    def pk(self) -> UUID: ...


Row = TypeVar("Row", bound=Keyed)


def found_among(rows: Iterable[Row], key: UUID) -> Row:
    """The row of a case that an address names. Raises Http404."""
    for row in rows:
        if row.pk == key:
            return row
    raise Http404


def address(name: str, case: Case, **more: object) -> str:
    """The address of a page of a case, by the page's name; `case.organisation` should be loaded. Raises NoReverseMatch."""
    return address_of(name, case.organisation.ods_code, case.reference, **more)


def address_of(name: str, ods: str, reference: str, **more: object) -> str:
    """The same, of a case of which no more is known than what names it."""
    return page_address(name, ods=ods, reference=reference, **more)
