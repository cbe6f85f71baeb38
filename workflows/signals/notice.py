"""How long lay partners have a paper before it is decided on (T2, R5)."""

from __future__ import annotations

from django.db.models import Exists, OuterRef
from django.db.models.lookups import LessThan

from cases.models import Position
from permissions.roles import LAY
from workflows.definition import Process, Stage
from workflows.expansion import NOTICE
from workflows.signals.asked import Asked, Found, Key, Stretch, together
from workflows.signals.counted import settled
from workflows.signals.signal import Measured, Signal, Thresholds, Unit, add, share
from workflows.signals.tally import Rows, tally
from workflows.signals.worked import elapsed, number_of


def short_notice(asked: Asked) -> Found:
    """Decisions of the span on a paper, in which partners took part, and those less than five working days after its release.

    One statement. The release is that of the version decided on: a new text begins anew.
    """
    answered = Exists(Position.objects.filter(visit=OuterRef("pk"), seat__capacity=LAY))
    had_it = elapsed(asked, number_of("version__released_at"), number_of("ended_at"), "case__organisation")

    def decisions(stretch: Stretch) -> Rows:
        decided = settled(asked, stretch, _decides_on_a_paper).filter(answered, version__released_at__isnull=False)
        return Rows(decided, LessThan(had_it, NOTICE.days))

    found = tally(asked, decisions)

    def measured(key: Key, _: Stretch) -> Measured:
        of, short, _beside, cases = found(key)
        return share(short, of, cases)

    return asked.each(measured)


def _decides_on_a_paper(process: Process, stage: Stage) -> bool:
    return stage.asks_to_agree and stage.paper is not None


add(Signal(
    code="T2", title="Short notice",
    counts="Decisions taken less than 5 working days after the paper came out",
    of="Decisions on a paper in the quarter in which partners took part",
    why="Who gets a paper late can only nod. Partners often read after work, and ask others what they think.",
    beware="Each partner agreed to decide sooner, or it could not have been. Ask whether they felt free to say no.",
    unit=Unit.SHARE, thresholds=Thresholds(0.10, 0.20), measure=together(short_notice), headline=True,
    source="Papers that came only after the meeting (participants of an NHS Citizen workshop, 2016).",
))  # fmt: skip
