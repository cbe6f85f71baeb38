"""The report on shared power of one organisation: every signal, its light and its trend by quarter, and what explains it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from cases.models import Case, Organisation, Person, SignalNote
from permissions.scope import in_sight, reads_whole_record
from workflows.signals.quarters import Quarter
from workflows.signals.signal import SIGNALS, Light, Measured, Signal


@dataclass(frozen=True)
class Reading:
    """What one signal showed in one quarter, and what was written to explain it, the oldest first."""

    quarter: Quarter
    found: Measured
    light: Light
    notes: tuple[SignalNote, ...] = ()


@dataclass(frozen=True)
class Reported:
    """One signal over the quarters that were asked for, the oldest first."""

    signal: Signal
    trend: tuple[Reading, ...]

    @property
    def newest(self) -> Reading:
        return self.trend[-1]


def measure_all(
    organisation: Organisation, quarters: Sequence[Quarter], at: datetime, signals: Iterable[Signal] | None = None
) -> list[Reported]:
    """Every signal in each of these quarters, as far as they had come at `at` (aware), in the order of the report.

    A few statements for each signal and quarter, however many cases. Raises ValueError where no quarter is asked for.
    """
    if not quarters:
        raise ValueError("Name at least one quarter.")
    notes = _notes(organisation, quarters, at)
    return [_reported(signal, organisation, quarters, at, notes) for signal in signals or SIGNALS.values()]


Notes = dict[tuple[str, date], list[SignalNote]]


def _reported(signal: Signal, organisation: Organisation, quarters: Sequence[Quarter], at: datetime, notes: Notes) -> Reported:
    def reading(quarter: Quarter) -> Reading:
        found = signal.measure(quarter.span(organisation, at))
        return Reading(quarter, found, signal.light(found), tuple(notes[signal.code, quarter.first]))

    return Reported(signal, tuple(reading(quarter) for quarter in sorted(quarters)))


def _notes(organisation: Organisation, quarters: Sequence[Quarter], at: datetime) -> Notes:
    """What was written by `at` to explain the numbers of these quarters. One statement."""
    days = [quarter.first for quarter in quarters]
    written = SignalNote.objects.filter(organisation=organisation, quarter__in=days, at__lte=at).select_related("by")
    found: Notes = defaultdict(list)
    for note in written.order_by("at", "id"):
        found[note.signal, note.quarter].append(note)
    return found


@dataclass(frozen=True)
class Behind:
    """The cases behind a number: those that the reader may know of, and how many more there are."""

    cases: tuple[Case, ...]
    hidden: int


def behind(signal: Signal, found: Measured, person: Person, at: datetime) -> Behind:
    """The cases behind a number as this reader may see them: of the others only how many there are (IG3). One statement.

    Where the number tells of reads, a case with one partner names them: it is for whoever reads the reads of that case (IG7).
    """
    seen = in_sight(person, at) & (reads_whole_record(person, at, "pk") if signal.of_reads else Q())
    cases = tuple(Case.objects.filter(seen, pk__in=found.cases).select_related("organisation").order_by("reference"))
    return Behind(cases, len(found.cases) - len(cases))
