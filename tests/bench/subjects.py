"""With whom and on what it is measured: chosen once from what the database was filled with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from cases.models import Case, Organisation, Person
from tests.bench.filling.filled import Chosen, Filled


@dataclass(frozen=True)
class Subjects:
    """`few`: a partner with about three grants; `many`: whoever has the most; `auditor`: reads all of the largest organisation.

    `busy`: the case on which the most happened. `waiting`, `completing`: cases that ask for an answer, after which they still
    wait or go on.
    """

    organisation: Organisation
    few: Person
    many: Person
    auditor: Person
    busy: Case
    waiting: Sequence[UUID]
    completing: Sequence[UUID]


def subjects_of(filled: Filled) -> Subjects:
    """Those of a filled database."""
    assert filled.busy_case, "There is no busy case in this set."
    return Subjects(
        Organisation.objects.get(pk=filled.organisation), _person(filled.sparse_partner), _person(filled.heavy_staff),
        _person(filled.auditor), Case.objects.select_related("organisation").get(pk=filled.busy_case),
        [one.case for one in filled.waiting("waits")], [one.case for one in filled.waiting("completes")],
    )  # fmt: skip


def _person(chosen: Chosen) -> Person:
    return Person.objects.select_related("organisation").get(pk=chosen.person)
