"""Show how power is shared: `manage.py show_signals --ods ODS [--at DAY] [--csv FILE]`."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from cases.models import Organisation
from cases.tables import as_csv
from workflows.calendar import LONDON
from workflows.signals.quarters import quarter_of, quarters_before
from workflows.signals.report import Reading, Reported, measure_all
from workflows.signals.signal import Light
from workflows.signals.tables import table_of
from workflows.signals.words import counted, thresholds_of, value_of


class Command(BaseCommand):
    """Prints every signal of an organisation: what was counted, its light, and the eight quarters before and the one that runs."""

    help = "Show the signals of shared power of an organisation, by quarter."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--ods", required=True, help="the ODS code of the organisation")
        parser.add_argument("--at", type=date.fromisoformat, default=None, help="as on the morning of this day (default: now)")
        parser.add_argument("--csv", type=Path, default=None, help="write a table to this file instead")

    def handle(self, *args: Any, **options: Any) -> None:
        organisation = Organisation.objects.filter(ods_code=options["ods"]).first()
        if organisation is None:
            raise CommandError(f"There is no organisation {options['ods']}.")
        day = options["at"]
        at = datetime.combine(day, time(), tzinfo=LONDON) if day else timezone.now()
        found = measure_all(organisation, [*quarters_before(at), quarter_of(at)], at)
        if options["csv"]:
            options["csv"].write_text(as_csv(table_of(organisation, found)), encoding="utf-8", newline="")
            self.stdout.write(f"Wrote {options['csv']}.")
            return
        self.stdout.write(f"{organisation.name}. The last quarter named has not ended yet.\n\n")
        for one in found:
            self.stdout.write("\n".join(_lines(one)) + "\n\n")


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
