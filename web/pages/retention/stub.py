"""What is left of a case that was disposed of: its reference, its days, who decided by which rule, and numbers (IG8)."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from audit.models import Erasure
from cases.models import Case, Disposal
from web.design_system.words import day
from web.pages.retention.presenter import counted_in_words
from workflows.look import Look


@dataclass(frozen=True)
class Stub:
    """The page of a case of which only this is left."""

    reference: str
    rows: tuple[tuple[str, str], ...]
    counted: tuple[tuple[str, str], ...]


def stub_of(look: Look) -> Stub:
    """The stub of a disposed case. Three statements."""
    case: Case = look.case
    one = Disposal.objects.select_related("proposed_by", "answered_by").get(case=case.pk, state=Disposal.State.DONE)
    taken = Erasure.objects.filter(event_id__in=_events(one)).count()
    rows = (
        ("Process", look.process.title),
        ("Opened", day(case.opened_at)),
        ("Ended", f"{day(case.closed_at)}, in “{look.process.title_of(case.state)}”" if case.closed_at else ""),
        ("Contents gone since", day(one.done_at) if one.done_at else ""),
        ("By which rule", f"{one.rule}. Due since {day(one.due_since)}"),
        ("Proposed by", f"{one.proposed_by}, {day(one.proposed_at)}"),
        ("Agreed by", f"{one.answered_by}, {day(one.answered_at)}" if one.answered_at else ""),
        ("Entries that are a stub", str(taken)),
    )
    return Stub(case.reference, tuple(row for row in rows if row[1]), tuple(counted_in_words(one)))


def _events(one: Disposal) -> list[UUID]:
    return list(Disposal.history.filter(id=one.pk, state=Disposal.State.DONE).values_list("event_id", flat=True))
