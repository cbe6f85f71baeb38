"""How far the role reaches: in how many of the five activities that the Framework names did a partner do anything (T22)."""

from __future__ import annotations

from dataclasses import dataclass

from audit.models import Event
from cases.models import Attendance, Case, Matter, SafetyGroup
from permissions.matters import BOARD_ITEM
from permissions.roles import LAY
from workflows.signals.days import stay_of
from workflows.signals.signal import Measured, Signal, Span, Thresholds, Unit, add

Kind = SafetyGroup.Kind
FRAMEWORK = "Framework for involving patients in patient safety, NHS England, 2021, Part B"
NO_ACTIVITY = ("refused", "paper_read")
"""Kinds of event that a partner's reading or being refused leaves: neither is a part in anything."""


@dataclass(frozen=True)
class Activity:
    """One of the five, and what shows it here: acts of partners on cases of a process, being at a meeting, raising something."""

    title: str
    processes: tuple[str, ...] = ()
    meetings: tuple[str, ...] = ()
    raised: tuple[str, ...] = ()
    source: str = FRAMEWORK


ACTIVITIES = (
    Activity("safety and quality committees", meetings=(Kind.COMMITTEE,)),
    Activity("improvement projects", processes=("IMP",)),
    Activity("working with the board", meetings=(Kind.BOARD,), raised=(BOARD_ITEM.code,)),
    Activity("training staff in safety", meetings=(Kind.COURSE,)),
    Activity("oversight of investigations", processes=("OVS",), meetings=(Kind.REVIEW,)),
)
"""The five activities of the Framework, each with the data that shows it."""


def reach(span: Span) -> Measured:
    """How many of the five had any activity of a partner in the span. Three statements."""
    processes, meetings, raised = _processes(span), _meetings(span), _raised(span)
    done = [
        bool(processes & {*one.processes} or meetings & {*one.meetings} or raised & {*one.raised}) for one in ACTIVITIES
    ]  # fmt: skip
    beside = tuple((one.title, "yes" if found else "no") for one, found in zip(ACTIVITIES, done, strict=True))
    return Measured(sum(done), len(ACTIVITIES), sum(done) / len(ACTIVITIES), others=beside)


def _processes(span: Span) -> set[str]:
    """The processes on whose cases a partner acted."""
    acts = Event.objects.filter(organisation_id=span.organisation.pk, capacity=LAY, at__gte=span.since, at__lt=span.until)
    acted = acts.exclude(kind__in=NO_ACTIVITY).filter(case_id__isnull=False).values("case_id")
    return set(Case.objects.filter(pk__in=acted).order_by().values_list("process", flat=True).distinct())


def _meetings(span: Span) -> set[str]:
    """The kinds of group at whose meetings a partner was."""
    days = stay_of(span)
    there = Attendance.objects.filter(meeting__group__organisation=span.organisation)
    there = there.filter(meeting__day__gte=days.since, meeting__day__lt=days.until)
    return set(there.order_by().values_list("meeting__group__kind", flat=True).distinct())


def _raised(span: Span) -> set[str]:
    """The kinds of thing that partners raised."""
    found = Matter.objects.filter(organisation=span.organisation, raised_at__gte=span.since, raised_at__lt=span.until)
    return set(found.order_by().values_list("kind", flat=True).distinct())


add(Signal(
    code="T22", title="Reach of the role",
    counts="Activities in which a partner did anything in the quarter",
    of="The five activities that the Framework names",
    why="A role that reaches only one room changes only that room.",
    beware="It counts what is on record here. What partners do elsewhere is not seen.",
    unit=Unit.SHARE, thresholds=Thresholds(0.80, 0.60, low_is_bad=True), measure=reach,
    source=FRAMEWORK,
))  # fmt: skip
