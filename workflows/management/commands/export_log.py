"""`manage.py export_log --ods ODS --format xes|ocel --out PATH`: what was done on cases, for tools that mine processes."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from workflows.export.event_log import cases_of
from workflows.export.ocel import write_ocel
from workflows.export.xes import xes_parts
from workflows.management.commands._finding import organisation_called
from workflows.registry import all_processes


class Command(BaseCommand):
    """Writes one file (XES) or a folder of tables (OCEL). People are pseudonyms unless their names are asked for."""

    help = "Write the event log of an organisation's cases for process mining."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--ods", required=True, help="The ODS code of the organisation")
        parser.add_argument("--process", default="", choices=["", *sorted(all_processes())], help="One process (default: all)")
        parser.add_argument("--format", default="xes", choices=["xes", "ocel"], help="XES (IEEE 1849), or CSV like OCEL 2.0")
        parser.add_argument("--out", required=True, type=Path, help="The file (xes) or the folder (ocel); nothing is written over")
        parser.add_argument("--names", action="store_true", help="People by name: only where whoever gets it may know them")

    def handle(self, *args: Any, **options: Any) -> None:
        organisation, out, names = organisation_called(options["ods"]), options["out"], options["names"]
        cases = cases_of(organisation, options["process"])
        rows = cases.iterator(chunk_size=500)
        try:
            if options["format"] == "ocel":
                write_ocel(out, rows, names)
            else:
                with out.open("x", encoding="utf-8") as file:
                    file.writelines(xes_parts(f"{organisation.ods_code} {options['process']}".strip(), rows, names))
        except OSError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{cases.count()} cases in {out}.")
