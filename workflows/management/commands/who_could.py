"""`manage.py who_could REFERENCE --ods ODS [--at MOMENT]`: everybody who could see a case at a moment, as CSV."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from workflows.evidence.access import sheet_of, who_could
from workflows.management.commands._finding import case_called
from workflows.management.commands._moments import add_moment, moment_of, write_table


class Command(BaseCommand):
    """Prints the table; what it says is computed from the history, so that it answers for any past moment."""

    help = "Say who could see a case at a moment: by what, given by whom, why, until when. Whether they looked or not."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("reference", help="One case, for example OVS-2026-0007")
        add_moment(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        at = moment_of(options["at"])
        found = who_could(case_called(options["reference"], options["ods"]), at)
        write_table(self, sheet_of(found, f"Who could see {options['reference']}", at))
