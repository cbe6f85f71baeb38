"""Whether partners are told what changed because of them (T18)."""

from __future__ import annotations

from functools import reduce
from operator import or_

from django.db.models import Exists, OuterRef, Q, QuerySet, TextField
from django.db.models.fields.json import KT
from django.db.models.functions import Cast

from cases.models import Case, Seat, Visit
from permissions.roles import LAY
from workflows.definition import Process, Stage
from workflows.signals.asked import Asked, Found, Key, Stretch, together
from workflows.signals.counted import of_shared_work, stays
from workflows.signals.signal import Measured, Signal, Thresholds, Unit, add, share
from workflows.signals.tally import Rows, tally
from workflows.signals.worked import is_past

TOLD = ("feedback", "you_said_we_did")
"""The facts in which partners are told what changed because of them."""

WITHIN = 20
"""Working days from the end of the case (B10)."""


def told_what_changed(asked: Asked) -> Found:
    """Of the cases that ended in the span and on which a partner had sat, those with the words for the partners. One statement.

    They are in time up to twenty working days after the end. Behind the number are the cases without them.
    """
    sat = Exists(Seat.objects.filter(case=OuterRef("pk"), capacity=LAY, active_from__isnull=False))
    told = Exists(_told_in_time(asked))

    def ended(stretch: Stretch) -> Rows:
        cases = Case.objects.filter(of_shared_work(""), asked.of(), closed_at__gte=stretch.since, closed_at__lt=stretch.until)
        return Rows(cases.filter(sat), told, "organisation", "pk", behind=~told)

    found = tally(asked, ended)

    def measured(key: Key, _: Stretch) -> Measured:
        of, were_told, _beside, without = found(key)
        return share(were_told, of, without)

    return asked.each(measured)


def _told_in_time(asked: Asked) -> QuerySet[Visit]:
    """The stays in which the partners of a case were told, early enough."""
    said = reduce(or_, (Q(**{f"{fact}__gt": ""}) for fact in TOLD))
    visits = Visit.objects.alias(**{fact: Cast(KT(f"facts__{fact}"), TextField()) for fact in TOLD}).filter(
        stays(_tells), said, case=OuterRef("pk")
    )
    late = is_past(asked, "case__closed_at", WITHIN, "submitted_at", "case__organisation")
    return visits.filter(~Q(late), submitted_at__isnull=False)


def _tells(process: Process, stage: Stage) -> bool:
    return any(fact.code in TOLD for fact in stage.records)


add(Signal(
    code="T18", title="Told what changed",
    counts="Cases after which the partners were told what changed because of them, within 20 working days",
    of="Cases that ended in the quarter and in which a partner had sat",
    why="Who never hears what became of their words stops speaking.",
    beware="It counts that they were told, not that anything changed.",
    unit=Unit.SHARE, thresholds=Thresholds(0.90, 0.70, low_is_bad=True), measure=together(told_what_changed), headline=True,
    source="The feedback loop of public involvement (4Pi; PPEET).",
))  # fmt: skip
