"""Whether lay partners could open papers when staff could, over all cases that one may see: the longest wait first (R6)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Exists, OuterRef

from cases.models import Case, Organisation, PaperVersion, Person
from cases.tables import Sheet
from permissions.scope import visible_cases
from web.design_system.words import count
from web.pages.cases.found import address
from web.pages.cases.parity import Line, line
from web.pages.sharing.days import Days
from workflows.first_sight import FirstSight, first_sights_in

MOST = 100
"""Papers on the page; the files have them all."""


def papers(person: Person, organisation: Organisation, days: Days, at: datetime) -> list[FirstSight]:
    """What was released between these days to a group with somebody lay on it, the longest wait first. Four statements."""
    released = PaperVersion.objects.filter(paper__case=OuterRef("pk"), released_at__gte=days.since, released_at__lt=days.until)
    cases = visible_cases(person, at).filter(Exists(released), organisation=organisation)
    found = [one for one in first_sights_in(cases, at) if one.lay and days.have(one.version.released_at)]
    return sorted(found, key=lambda one: (-one.late, not one.waits, one.staff_since))


def unequal(found: Sequence[FirstSight]) -> list[FirstSight]:
    """Those for which a lay partner waited longer than staff, or still waits."""
    return [one for one in found if one.late or one.waits]


def in_short(found: Sequence[FirstSight]) -> str:
    """ "Lay partners had to wait longer than staff for 2 papers of 14, on 1 case." """
    late = unequal(found)
    if not found:
        return "No paper was released to a group with a lay partner in these days."
    if not late:
        return f"Lay partners could open every paper as soon as staff could: {count(len(found), 'paper')}."
    cases = len({one.version.paper.case_id for one in late})
    return f"Lay partners had to wait longer than staff for {count(len(late), 'paper')} of {len(found)}, on {count(cases, 'case')}."


def blocks(found: Sequence[FirstSight]) -> list[tuple[str, str, Line]]:
    """Of each paper: the reference of its case, the address of that, and what is said of it."""
    return [(_case(one).reference, address("case", _case(one)), line(one, {one.version.pk})) for one in found[:MOST]]


def _case(one: FirstSight) -> Case:
    return one.lay[0].seat.case


def sheet(found: Sequence[FirstSight]) -> Sheet:
    """One row for each paper and lay partner."""
    columns = ("Case", "Paper", "Version", "Staff could open it from", "Lay partner", "Could open it from", "Working days later")
    rows = [
        (_case(one).reference, one.version.paper.title, one.version.number, one.staff_since, own.seat.person.name,
         own.since or "not yet", own.late)
        for one in found for own in one.lay
    ]  # fmt: skip
    return Sheet("Papers", columns, rows, "Working days in which staff could open the paper, and the partner could not.")
