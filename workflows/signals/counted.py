"""Which cases and stays in a stage the signals count, as SQL made from the definitions that the cases run on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

from django.db.models import OuterRef, Q, QuerySet
from django.db.models.lookups import IsNull

from cases.models import Position, Visit
from workflows.definition import Process, Stage
from workflows.registry import all_processes
from workflows.signals.asked import Stretch
from workflows.tenants import Tenants
from workflows.ways import CHANGED

Which = Callable[[Process, Stage], bool]
NOTHING = Q(pk__in=())


def definitions() -> Iterator[Process]:
    """Every version of every process that is about shared work, and not about one partner alone.

    A process that names its lay person at the opening, such as the training of a partner, says nothing of how power is
    shared over anything, and the cases behind a signal would point to that partner.
    """
    for found in all_processes().values():
        yield from (one for one in found.expanded.values() if not any(s.role.lay and s.asked_at_opening for s in one.seats))


def of_shared_work(case: str = "case__") -> Q:
    """The rows of cases that the signals count. `case`: the path to the case; empty for cases themselves."""
    found = NOTHING
    for process in definitions():
        found |= _of(process, case)
    return found


def stays(which: Which) -> Q:
    """The visits in those stages of which `which` is true, whatever version of its process each case runs on."""
    found = NOTHING
    for process in definitions():
        found |= _of(process) & Q(stage__in=[stage.code for stage in process.stages if which(process, stage)])
    return found


def lead_on(which: Which) -> Q:
    """Of those visits, the ones that led on: by an outcome of the stage that does not go back."""
    found = NOTHING
    for process in definitions():
        for stage in process.stages:
            if which(process, stage):
                ahead = [way.code for way in stage.outcomes if not way.back]
                found |= _of(process) & Q(stage=stage.code, outcome__in=ahead)
    return found


def settled_before(whose: Tenants, until: datetime, which: Which) -> QuerySet[Visit]:
    """The visits in those stages that had come to a result by a moment: not cut short by a new text, nor by the end of the case."""
    here = Visit.objects.filter(stays(which), whose.of("case__organisation"), ended_at__lt=until)
    return here.exclude(outcome__in=[CHANGED, *_ending_acts()])


def settled(whose: Tenants, stretch: Stretch, which: Which) -> QuerySet[Visit]:
    """Of those visits, the ones that came to a result in a stretch of time."""
    return settled_before(whose, stretch.until, which).filter(ended_at__gte=stretch.since)


def thought_again() -> QuerySet[Position]:
    """What the seat of a position answered after it, in the same stay and on the same item: of these only the newest counts."""
    later = Position.objects.filter(visit=OuterRef("visit"), seat=OuterRef("seat"), number__gt=OuterRef("number"))
    return later.filter(Q(item=OuterRef("item")) | Q(IsNull(OuterRef("item"), True), item__isnull=True))


def _of(process: Process, case: str = "case__") -> Q:
    return Q(**{f"{case}process": process.code, f"{case}definition_version": process.version})


def _ending_acts() -> list[str]:
    return sorted({act.code for process in definitions() for act in process.any_time if act.effect == "ends"})
