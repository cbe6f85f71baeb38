"""The clock of a stage stands still while a lay partner cannot follow its paper (R19): when, and by how much it is put back."""

from __future__ import annotations

from cases.models import PaperVersion, Visit
from permissions.verdict import Verdict, judge
from workflows.calendar import london_day
from workflows.expansion import NOTICE
from workflows.look import Look


def can_be_followed(look: Look) -> Verdict:
    """R19: no lay partner has said that they cannot follow the paper of the stage in hand. While one has, the clock waits."""
    stopped = look.visit is not None and look.visit.stopped_at is not None
    return judge(not stopped, "R19", "A lay partner cannot follow the paper, so the clock of this stage stands still.",
                 "Its author writes the summary again, or releases a version that can be followed.")  # fmt: skip


def stops_the_clock(look: Look, version: PaperVersion) -> bool:
    """Whether this is the paper that a stage asks lay partners about, now or as soon as it is put to them."""
    stage, visit = look.stage, look.visit
    if stage is None or visit is None or not stage.lay_required or stage.paper is None:
        return False
    latest = look.latest_released(stage.paper.code)
    put = visit.version_id if visit.step != Visit.Step.PREPARE else latest.pk if latest else None
    return version.pk == put


def stop(look: Look) -> None:
    """Stop the clock of the live visit, unless it stands still already."""
    visit = look.visit
    if visit and visit.stopped_at is None:
        visit.stopped_at = look.at
        visit.save(update_fields=["stopped_at"])


def go_on(look: Look) -> None:
    """Let the clock go on: every day that was to come, comes later by the working days for which it stood still."""
    visit = look.visit
    if visit is None or visit.stopped_at is None:
        return
    days = look.calendar.between(london_day(visit.stopped_at), look.today)
    visit.stopped_at, visit.stopped_days = None, visit.stopped_days + days
    visit.due_on = visit.due_on and look.calendar.add(visit.due_on, days)
    visit.save(update_fields=["stopped_at", "stopped_days", "due_on"])


def days_to_answer(visit: Visit | None) -> int:
    """Working days that everybody has at least (R5), and those for which the clock stood still meanwhile."""
    return NOTICE.days + (visit.stopped_days if visit else 0)
