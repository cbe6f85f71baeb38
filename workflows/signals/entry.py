"""When lay partners come in: before what a case is about is settled, or after (T1, R10)."""

from __future__ import annotations

from django.db.models import Exists, F, OuterRef, Q

from cases.models import Visit
from workflows.definition import Process, Stage
from workflows.signals.asked import Asked, Found, Key, Stretch, together
from workflows.signals.counted import lead_on
from workflows.signals.signal import Measured, Signal, Thresholds, Unit, add, share
from workflows.signals.tally import Rows, tally


def late_entry(asked: Asked) -> Found:
    """Cases whose scope was settled in the span, and in which no lay partner had come in before that. One statement.

    A case that carries the stamp of R10 counts as well: there the first draft was older than the first partner.
    """
    earlier = Visit.objects.filter(lead_on(_settles_scope), case=OuterRef("case")).filter(
        Q(ended_at__lt=OuterRef("ended_at")) | Q(ended_at=OuterRef("ended_at"), number__lt=OuterRef("number"))
    )
    led_on = Visit.objects.filter(lead_on(_settles_scope), asked.of("case__organisation"))
    nobody = Q(case__lay_entry_at__isnull=True)
    late = Q(case__late_lay_entry=True) | nobody | Q(case__lay_entry_at__gt=F("ended_at"))

    def settled_first(stretch: Stretch) -> Rows:
        rows = led_on.filter(~Exists(earlier), ended_at__gte=stretch.since, ended_at__lt=stretch.until)
        return Rows(rows, late, beside=[nobody])

    found = tally(asked, settled_first)

    def measured(key: Key, _: Stretch) -> Measured:
        of, came_late, (never,), cases = found(key)
        return share(came_late, of, cases, others=(("with no partner to this day", never),))

    return asked.each(measured)


def _settles_scope(process: Process, stage: Stage) -> bool:
    return bool(process.lay_entry_by) and process.lay_entry_by in (stage.code, stage.hears)


add(Signal(
    code="T1", title="Late lay entry",
    counts="Cases in which the first partner came in after it was settled what the case is about",
    of="Cases in which that was settled in the quarter",
    why="Who comes in late finds the questions chosen. Sharing power begins with saying what to look at.",
    beware="A partner can be ill, or a seat empty for a good reason. Look at the cases.",
    unit=Unit.SHARE, thresholds=Thresholds(0.10, 0.25), measure=together(late_entry), headline=True,
    source="Involvement stays at the lowest levels (Ocloo and Matthews 2016); people not shown plans before the decision (2016).",
))  # fmt: skip
