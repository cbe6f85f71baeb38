"""How much of what staff were given was kept from their lay partners (T5, R6, IG5)."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from cases.models import PaperVersion, Withholding
from workflows.signals.asked import Asked, Found, Key, Stretch, together
from workflows.signals.counted import of_shared_work
from workflows.signals.signal import Measured, Signal, Thresholds, Unit, add, share
from workflows.signals.tally import Rows, tally_once
from workflows.tenants import Tenants

Reads = PaperVersion.LayReads
LESS_THAN_STAFF = (Reads.OWN, Reads.NOTHING)


def withheld(asked: Asked) -> Found:
    """Versions given to staff in the span, and those of which partners got a part or nothing. One statement."""
    found = tally_once(asked, _given)

    def measured(key: Key, _: Stretch) -> Measured:
        of, less, (whole, still), cases = found(key)
        others = (("of which the whole paper", whole), ("still held back at the end of the quarter", still))
        return share(less, of, cases, others=others)

    return asked.each(measured)


def _given(whose: Tenants, stretch: Stretch) -> Rows:
    rows = PaperVersion.objects.filter(
        of_shared_work("paper__case__"), whose.of("paper__case__organisation"), released_at__gte=stretch.since,
        released_at__lt=stretch.until,
    )  # fmt: skip
    beside = (Q(lay_reads=Reads.NOTHING), Exists(_in_force(stretch.until)))
    return Rows(rows, Q(lay_reads__in=LESS_THAN_STAFF), "paper__case__organisation", "paper__case", beside)


def _in_force(until: datetime) -> QuerySet[Withholding]:
    """What was held back of a version, or of the whole of its paper, and had not ended by then."""
    held = Withholding.objects.filter(Q(version=OuterRef("pk")) | Q(version__isnull=True), paper=OuterRef("paper"))
    return held.filter(Q(ended_at__isnull=True) | Q(ended_at__gte=until))


add(Signal(
    code="T5", title="Held back from partners",
    counts="Papers of which partners were given only a part, or nothing",
    of="Papers given to staff of the same groups in the quarter, each version counted",
    why="Who sees less can share less. What is held back has to be the exception.",
    beware="Names of patients are left out for good reason. Look at the categories, and at what partners objected to.",
    unit=Unit.SHARE, thresholds=Thresholds(None, 0.20), measure=together(withheld),
    source="Some topics could not be discussed with lay members present (Hult and others 2021).",
))  # fmt: skip
