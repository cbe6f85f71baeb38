"""The report on shared power, of one organisation or all: every signal, its light, its trend by quarter, what explains it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q

from cases.models import Case, Organisation, Person, SignalNote
from permissions.scope import in_sight, reads_whole_record
from workflows.signals.asked import Asked, Stretch, answered
from workflows.signals.quarters import Quarter
from workflows.signals.signal import SIGNALS, Light, Measured, Signal
from workflows.tenants import Tenants


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

    A statement or a few for each signal, however many quarters and cases. Raises ValueError where no quarter is asked for.
    """
    ordered = _in_order(quarters)
    return _reports(Asked([organisation], _stretches(ordered, at)), ordered, at, signals)[organisation.pk]


def measure_everywhere(quarters: Sequence[Quarter], at: datetime) -> dict[Organisation, list[Reported]]:
    """The same of every organisation of the host, by name, in as many statements as of one.

    Numbers only: neither the cases behind one nor what explains it. Raises ValueError where no quarter is asked for.
    """
    ordered = _in_order(quarters)
    every = list(Organisation.objects.order_by("name", "ods_code"))
    found = _reports(Asked(every, _stretches(ordered, at), everywhere=True, names_cases=False), ordered, at)
    return {one: found[one.pk] for one in every}


def _in_order(quarters: Sequence[Quarter]) -> list[Quarter]:
    if not quarters:
        raise ValueError("Name at least one quarter.")
    return sorted(quarters)


def _stretches(quarters: Sequence[Quarter], at: datetime) -> list[Stretch]:
    return [quarter.until(at) for quarter in quarters]


def _reports(
    asked: Asked, quarters: Sequence[Quarter], at: datetime, signals: Iterable[Signal] | None = None
) -> dict[UUID, list[Reported]]:
    notes = _notes(asked, quarters, at) if asked.names_cases else {}
    reports: dict[UUID, list[Reported]] = {one.pk: [] for one in asked.organisations}
    for signal in signals or SIGNALS.values():
        found = answered(signal.measure, asked)
        for key, told in reports.items():
            told.append(_reported(signal, [found[key, place] for place in range(len(quarters))], quarters, key, notes))
    return reports


Notes = dict[tuple[UUID, str, date], list[SignalNote]]


def _reported(signal: Signal, found: Sequence[Measured], quarters: Sequence[Quarter], organisation: UUID, notes: Notes) -> Reported:
    def reading(quarter: Quarter, one: Measured) -> Reading:
        return Reading(quarter, one, signal.light(one), tuple(notes.get((organisation, signal.code, quarter.first), ())))

    return Reported(signal, tuple(reading(*pair) for pair in zip(quarters, found, strict=True)))


def _notes(whose: Tenants, quarters: Sequence[Quarter], at: datetime) -> Notes:
    """What was written by `at` to explain the numbers of these quarters. One statement."""
    days = [quarter.first for quarter in quarters]
    written = SignalNote.objects.filter(whose.of(), quarter__in=days, at__lte=at).select_related("by")
    found: Notes = defaultdict(list)
    for note in written.order_by("at", "id"):
        found[note.organisation_id, note.signal, note.quarter].append(note)
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
