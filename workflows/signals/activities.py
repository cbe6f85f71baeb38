"""How far the role reaches: in how many of the five activities that the Framework names did a partner do anything (T22)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass

from audit.models import Event
from cases.models import Attendance, Case, Matter, SafetyGroup
from permissions.matters import BOARD_ITEM
from permissions.roles import LAY
from workflows.signals.asked import Asked, Found, Key, Stretch, together
from workflows.signals.days import stay_of
from workflows.signals.signal import Measured, Signal, Thresholds, Unit, add
from workflows.signals.tally import Grouped, over_stretches

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


def reach(asked: Asked) -> Found:
    """How many of the five had any activity of a partner in the span. Three statements."""
    processes, meetings, raised = (_seen(asked, shown) for shown in (_processes, _meetings, _raised))

    def measured(key: Key, _: Stretch) -> Measured:
        done = [
            bool(processes[key] & {*one.processes} or meetings[key] & {*one.meetings} or raised[key] & {*one.raised})
            for one in ACTIVITIES
        ]
        beside = tuple((one.title, "yes" if found else "no") for one, found in zip(ACTIVITIES, done, strict=True))
        return Measured(sum(done), len(ACTIVITIES), sum(done) / len(ACTIVITIES), others=beside)

    return asked.each(measured)


def _seen(asked: Asked, shown: Callable[[Asked, Stretch], Grouped]) -> dict[Key, set[str]]:
    """What there was of a kind of thing, by organisation and stretch. One statement."""
    found: dict[Key, set[str]] = defaultdict(set)
    for place, organisation, one in over_stretches(asked, lambda stretch: shown(asked, stretch)):
        found[organisation, place].add(one)
    return found


def _processes(asked: Asked, stretch: Stretch) -> Grouped:
    """The processes on whose cases a partner acted."""
    acts = Event.objects.filter(asked.of("organisation_id"), capacity=LAY, at__gte=stretch.since, at__lt=stretch.until)
    acted = acts.exclude(kind__in=NO_ACTIVITY).filter(case_id__isnull=False).values("case_id")
    return Grouped(Case.objects.filter(asked.of(), pk__in=acted), ["organisation", "process"], [])


def _meetings(asked: Asked, stretch: Stretch) -> Grouped:
    """The kinds of group at whose meetings a partner was."""
    days, here = stay_of(stretch), "meeting__group__organisation"
    there = Attendance.objects.filter(asked.of(here), meeting__day__gte=days.since, meeting__day__lt=days.until)
    return Grouped(there, [here, "meeting__group__kind"], [])


def _raised(asked: Asked, stretch: Stretch) -> Grouped:
    """The kinds of thing that partners raised."""
    found = Matter.objects.filter(asked.of(), raised_at__gte=stretch.since, raised_at__lt=stretch.until)
    return Grouped(found, ["organisation", "kind"], [])


add(Signal(
    code="T22", title="Reach of the role",
    counts="Activities in which a partner did anything in the quarter",
    of="The five activities that the Framework names",
    why="A role that reaches only one room changes only that room.",
    beware="It counts what is on record here. What partners do elsewhere is not seen.",
    unit=Unit.SHARE, thresholds=Thresholds(0.80, 0.60, low_is_bad=True), measure=together(reach),
    source=FRAMEWORK,
))  # fmt: skip
