"""How often a lay rule is lifted (T20, R9, R17)."""

from __future__ import annotations

from cases.models import Waiver
from workflows.definition import Process, Stage
from workflows.signals.counted import of_shared_work, settled
from workflows.signals.signal import Measured, Signal, Span, Thresholds, Unit, add, per_hundred


def waiver_load(span: Span) -> Measured:
    """Waivers of a lay rule granted in the span, for every hundred stays in a lay-required stage that ended in it.

    That a training is left out for a time is on the case of that training, which is not counted here. Two statements.
    """
    granted = Waiver.objects.filter(
        of_shared_work(), case__organisation=span.organisation, granted_at__gte=span.since,
        granted_at__lt=span.until,
    )  # fmt: skip
    cases = list(granted.values_list("case", flat=True))
    return per_hundred(cases, settled(span, _needs_partners).count(), cases)


def _needs_partners(process: Process, stage: Stage) -> bool:
    return stage.lay_required


add(Signal(
    code="T20", title="Lay rules lifted",
    counts="Times that an executive lifted a lay rule for a stage",
    of="Stages that need lay partners and ended in the quarter",
    why="A rule that is often lifted is no rule.",
    beware="Each has a reason and a last day, and is on the list of waivers. Read them.",
    unit=Unit.PER_HUNDRED, thresholds=Thresholds(5, 10), measure=waiver_load,
    source="Ours: no published number was found.",
))  # fmt: skip
