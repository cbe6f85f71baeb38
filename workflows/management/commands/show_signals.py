"""Show how power is shared: `manage.py show_signals --ods ODS|--all [--at DAY] [--csv FILE]`."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from itertools import chain
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from cases.models import Organisation
from cases.tables import Sheet, as_csv
from workflows.calendar import LONDON
from workflows.signals.quarters import quarter_of, quarters_before
from workflows.signals.report import Reading, Reported, measure_all, measure_everywhere
from workflows.signals.signal import Light
from workflows.signals.tables import table_of, table_of_all
from workflows.signals.words import counted, thresholds_of, value_of


class Command(BaseCommand):
    """Prints every signal of an organisation: what was counted, its light, and the eight quarters before and the one that runs.

    Of every organisation of the host it prints the newest quarter that is over, in numbers only: for whoever runs the host.
    """

    help = "Show the signals of shared power of an organisation, by quarter."

    def add_arguments(self, parser: ArgumentParser) -> None:
        whose = parser.add_mutually_exclusive_group(required=True)
        whose.add_argument("--ods", help="the ODS code of the organisation")
        whose.add_argument("--all", action="store_true", help="every organisation of the host, in the newest quarter that is over")
        parser.add_argument("--at", type=date.fromisoformat, default=None, help="as on the morning of this day (default: now)")
        parser.add_argument("--csv", type=Path, default=None, help="write a table to this file instead")

    def handle(self, *args: Any, **options: Any) -> None:
        day, file = options["at"], options["csv"]
        at = datetime.combine(day, time(), tzinfo=LONDON) if day else timezone.now()
        sheet, said = _of_all(at) if options["all"] else _of_one(options["ods"], at)
        if file:
            file.write_text(as_csv(sheet), encoding="utf-8", newline="")
            self.stdout.write(f"Wrote {file}.")
            return
        self.stdout.writelines(said)


def _of_one(ods: str, at: datetime) -> tuple[Sheet, Iterator[str]]:
    organisation = Organisation.objects.filter(ods_code=ods).first()
    if organisation is None:
        raise CommandError(f"There is no organisation {ods}.")
    found = measure_all(organisation, [*quarters_before(at), quarter_of(at)], at)
    first = f"{organisation.name}. The last quarter named has not ended yet.\n\n"
    return table_of(organisation, found), chain([first], ("\n".join(_lines(one)) + "\n\n" for one in found))


def _of_all(at: datetime) -> tuple[Sheet, Iterator[str]]:
    quarters = quarters_before(at, 1)
    found = measure_everywhere(quarters, at)
    first = f"{len(found)} organisations, {quarters[0].title}.\n"
    return table_of_all(found), chain([first], (line for one, every in found.items() for line in _in_short(one, every)))


def _in_short(organisation: Organisation, found: Iterable[Reported]) -> Iterator[str]:
    yield f"\n{organisation.name}, {organisation.ods_code}\n"
    yield from (f"  {one.signal.code} {one.signal.title}: {_said(one, one.newest)}\n" for one in found)


def _lines(one: Reported) -> Iterator[str]:
    yield f"{one.signal.code} {one.signal.title} ({thresholds_of(one.signal)})"
    for reading in one.trend[-2:]:
        found = reading.found
        yield f"  {reading.quarter.title}: {_said(one, reading)}"
        yield from (f"    {what}: {how_many}" for what, how_many in found.others)
        yield from (f"    Question: {found.question}",) if found.question else ()
        yield from (f"    Explained: {note.text}" for note in reading.notes)
    yield "  Trend: " + "; ".join(f"{reading.quarter.short} {value_of(one.signal, reading.found)}" for reading in one.trend)
    yield f"  Counted: {one.signal.counts} / {one.signal.of}"


def _said(one: Reported, reading: Reading) -> str:
    """The value, what it is made of where it is more than a count, and how it stands."""
    said = value_of(one.signal, reading.found)
    if reading.light is Light.NONE:
        return said
    made_of = "" if reading.light is Light.FEW else f" ({counted(reading.found)})"
    return f"{said}{made_of}, {reading.light.value}"
