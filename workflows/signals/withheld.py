"""How much of what staff were given was kept from their lay partners (T5, R6, IG5)."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from cases.models import PaperVersion, Withholding
from workflows.signals.counted import of_shared_work
from workflows.signals.signal import Measured, Signal, Span, Thresholds, Unit, add, share

Reads = PaperVersion.LayReads
LESS_THAN_STAFF = (Reads.OWN, Reads.NOTHING)


def withheld(span: Span) -> Measured:
    """Versions given to staff in the span, and those of which partners got a part or nothing. One statement."""
    given = PaperVersion.objects.filter(
        of_shared_work("paper__case__"), paper__case__organisation=span.organisation, released_at__gte=span.since,
        released_at__lt=span.until,
    )  # fmt: skip
    rows = list(given.annotate(still=Exists(_in_force(span))).values_list("paper__case", "lay_reads", "still"))
    less = [row for row in rows if row[1] in LESS_THAN_STAFF]
    whole = sum(reads == Reads.NOTHING for _, reads, _ in less)
    still = sum(still for *_, still in less)
    others = (("of which the whole paper", whole), ("still held back at the end of the quarter", still))
    return share(less, len(rows), (case for case, *_ in less), others=others)


def _in_force(span: Span) -> QuerySet[Withholding]:
    """What was held back of a version, or of the whole of its paper, and had not ended when the span did."""
    held = Withholding.objects.filter(Q(version=OuterRef("pk")) | Q(version__isnull=True, paper=OuterRef("paper")))
    return held.filter(Q(ended_at__isnull=True) | Q(ended_at__gte=span.until))


add(Signal(
    code="T5", title="Held back from partners",
    counts="Papers of which partners were given only a part, or nothing",
    of="Papers given to staff of the same groups in the quarter, each version counted",
    why="Who sees less can share less. What is held back has to be the exception.",
    beware="Names of patients are left out for good reason. Look at the categories, and at what partners objected to.",
    unit=Unit.SHARE, thresholds=Thresholds(None, 0.20), measure=withheld,
    source="Some topics could not be discussed with lay members present (Hult and others 2021).",
))  # fmt: skip
