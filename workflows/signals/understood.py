"""Whether lay partners could follow what they were sent, and how soon that was mended (T19, R19)."""

from __future__ import annotations

from statistics import median

from django.db.models import Exists, OuterRef

from cases.models import PaperVersion, Unclear
from workflows.opening import calendar_of
from workflows.signals.counted import of_shared_work
from workflows.signals.signal import Measured, Signal, Span, Thresholds, Unit, add, share

MENDED = (Unclear.End.NEW_SUMMARY, Unclear.End.NEW_VERSION)


def not_understandable(span: Span) -> Measured:
    """Versions sent to partners in the span, and those that one of them marked by its end. Two statements.

    A mark that was taken back was made all the same, and counts.
    """
    marked = Unclear.objects.filter(version=OuterRef("pk"), said_at__lt=span.until)
    sent = PaperVersion.objects.filter(
        of_shared_work("paper__case__"), paper__case__organisation=span.organisation, released_at__gte=span.since,
        released_at__lt=span.until,
    ).exclude(lay_reads=PaperVersion.LayReads.NOTHING)  # fmt: skip
    rows = list(sent.annotate(marked=Exists(marked)).values_list("paper__case", "marked"))
    unclear = [case for case, is_marked in rows if is_marked]
    return share(unclear, len(rows), unclear, others=_time_to_mend(span))


def _time_to_mend(span: Span) -> tuple[tuple[str, object], ...]:
    """How many marks were mended in the span, and the median of the working days that it took."""
    calendar = calendar_of(span.organisation)
    ended = Unclear.objects.filter(
        of_shared_work(),
        case__organisation=span.organisation,
        ended_by__in=MENDED,
        ended_at__gte=span.since,
        ended_at__lt=span.until,
    )
    days = [calendar.elapsed(said_at, ended_at) for said_at, ended_at in ended.values_list("said_at", "ended_at") if ended_at]
    middle = (("working days to mend it, the middle value", median(days)),) if days else ()
    return (("marks mended in the quarter", len(days)), *middle)


add(Signal(
    code="T19", title="Could not be followed",
    counts="Papers of which a partner said that they cannot follow them",
    of="Papers sent to partners in the quarter, each version counted",
    why="Plain language without jargon is what makes a paper shared.",
    beware="A mark is a good sign of trust. None at all may mean that nobody reads, or that nobody dares to say so.",
    unit=Unit.SHARE, thresholds=Thresholds(0.10, 0.20), measure=not_understandable,
    source="Plain language without jargon (NHS England, 2021).",
))  # fmt: skip
