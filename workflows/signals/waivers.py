"""How often a lay rule is lifted (T20, R9, R17)."""

from __future__ import annotations

from django.db.models import Q

from cases.models import Waiver
from workflows.definition import Process, Stage
from workflows.signals.asked import Asked, Found, Key, Stretch, together
from workflows.signals.counted import of_shared_work, settled
from workflows.signals.signal import Measured, Signal, Thresholds, Unit, add, per_hundred
from workflows.signals.tally import Rows, tally


def waiver_load(asked: Asked) -> Found:
    """Waivers of a lay rule granted in the span, for every hundred stays in a lay-required stage that ended in it.

    That a training is left out for a time is on the case of that training, which is not counted here. Two statements.
    """

    def lifted(stretch: Stretch) -> Rows:
        rows = Waiver.objects.filter(
            of_shared_work(), asked.of("case__organisation"), granted_at__gte=stretch.since, granted_at__lt=stretch.until
        )
        return Rows(rows, Q(pk__isnull=False))

    def ended(stretch: Stretch) -> Rows:
        return Rows(settled(asked, stretch, _needs_partners), Q(pk__isnull=False), case="")

    waivers, stays = tally(asked, lifted), tally(asked, ended)

    def measured(key: Key, _: Stretch) -> Measured:
        granted = waivers(key)
        return per_hundred(granted.of, stays(key).of, granted.cases)

    return asked.each(measured)


def _needs_partners(process: Process, stage: Stage) -> bool:
    return stage.lay_required


add(Signal(
    code="T20", title="Lay rules lifted",
    counts="Times that an executive lifted a lay rule for a stage",
    of="Stages that need lay partners and ended in the quarter",
    why="A rule that is often lifted is no rule.",
    beware="Each has a reason and a last day, and is on the list of waivers. Read them.",
    unit=Unit.PER_HUNDRED, thresholds=Thresholds(5, 10), measure=together(waiver_load),
    source="Ours: no published number was found.",
))  # fmt: skip
