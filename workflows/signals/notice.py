"""How long lay partners have a paper before it is decided on (T2, R5)."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef

from cases.models import Position
from permissions.roles import LAY
from workflows.definition import Process, Stage
from workflows.expansion import NOTICE
from workflows.opening import calendar_of
from workflows.signals.counted import settled
from workflows.signals.signal import Measured, Signal, Span, Thresholds, Unit, add, share


def short_notice(span: Span) -> Measured:
    """Decisions of the span on a paper, in which partners took part, and those less than five working days after its release.

    One statement. The release is that of the version decided on: a new text begins anew.
    """
    calendar = calendar_of(span.organisation)
    rows = _decisions(span)
    short = [case for case, out_since, decided_at in rows if calendar.elapsed(out_since, decided_at) < NOTICE.days]
    return share(short, len(rows), short)


def _decisions(span: Span) -> list[tuple[UUID, datetime, datetime]]:
    answered = Position.objects.filter(visit=OuterRef("pk"), seat__capacity=LAY)
    decided = settled(span, _decides_on_a_paper).filter(Exists(answered), version__released_at__isnull=False)
    rows = decided.values_list("case", "version__released_at", "ended_at")
    return [(case, out_since, decided_at) for case, out_since, decided_at in rows if out_since and decided_at]


def _decides_on_a_paper(process: Process, stage: Stage) -> bool:
    return stage.asks_to_agree and stage.paper is not None


add(Signal(
    code="T2", title="Short notice",
    counts="Decisions taken less than 5 working days after the paper came out",
    of="Decisions on a paper in the quarter in which partners took part",
    why="Who gets a paper late can only nod. Partners often read after work, and ask others what they think.",
    beware="Each partner agreed to decide sooner, or it could not have been. Ask whether they felt free to say no.",
    unit=Unit.SHARE, thresholds=Thresholds(0.10, 0.20), measure=short_notice, headline=True,
    source="Papers that came only after the meeting (participants of an NHS Citizen workshop, 2016).",
))  # fmt: skip
