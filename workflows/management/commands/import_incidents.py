"""`manage.py import_incidents FILE`: an export of an incident system; a row that names a lead opens a case."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from workflows.imports.incidents import IncidentImport
from workflows.management.commands._importing import ImportCommand, add_ods


class Command(ImportCommand):
    """Adds and changes incidents, recognised by their reference, and opens their cases."""

    help = "Import incidents from a CSV or XLSX file, and open an oversight case for each that names a lead."

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        add_ods(parser)

    def importer(self, options: dict[str, Any]) -> IncidentImport:
        return IncidentImport(options["ods"])
