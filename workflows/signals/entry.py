"""When lay partners come in: before what a case is about is settled, or after (T1, R10)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Min

from cases.models import Visit
from workflows.definition import Process, Stage
from workflows.signals.counted import lead_on
from workflows.signals.signal import Measured, Signal, Span, Thresholds, Unit, add, share

Row = Mapping[str, Any]


def late_entry(span: Span) -> Measured:
    """Cases whose scope was settled in the span, and in which no lay partner had come in before that. One statement.

    A case that carries the stamp of R10 counts as well: there the first draft was older than the first partner.
    """
    rows = _settled_in(span)
    late = [one for one in rows if one["case__late_lay_entry"] or not _was_in(one)]
    never = sum(one["case__lay_entry_at"] is None for one in late)
    return share(late, len(rows), (one["case"] for one in late), others=(("with no partner to this day", never),))


def _settles_scope(process: Process, stage: Stage) -> bool:
    return bool(process.lay_entry_by) and process.lay_entry_by in (stage.code, stage.hears)


def _settled_in(span: Span) -> list[Row]:
    led_on = Visit.objects.filter(lead_on(_settles_scope), case__organisation=span.organisation)
    rows = led_on.values("case", "case__lay_entry_at", "case__late_lay_entry").annotate(settled_at=Min("ended_at"))
    return list(rows.filter(settled_at__gte=span.since, settled_at__lt=span.until))


def _was_in(row: Row) -> bool:
    entered, settled_at = row["case__lay_entry_at"], row["settled_at"]
    return bool(entered and entered <= settled_at)


add(Signal(
    code="T1", title="Late lay entry",
    counts="Cases in which the first partner came in after it was settled what the case is about",
    of="Cases in which that was settled in the quarter",
    why="Who comes in late finds the questions chosen. Sharing power begins with saying what to look at.",
    beware="A partner can be ill, or a seat empty for a good reason. Look at the cases.",
    unit=Unit.SHARE, thresholds=Thresholds(0.10, 0.25), measure=late_entry, headline=True,
    source="Involvement stays at the lowest levels (Ocloo and Matthews 2016); people not shown plans before the decision (2016).",
))  # fmt: skip
