"""`manage.py import_requirements FILE`: what training partners need for a task; what differs becomes a new version."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from workflows.imports.requirements import RequirementsImport
from workflows.management.commands._importing import ImportCommand, add_ods


class Command(ImportCommand):
    """Adds versions of what is required. Trainings that have begun keep the version that they began with."""

    help = "Import what training Patient Safety Partners need, by task, from a CSV or XLSX file."

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        add_ods(parser)

    def importer(self, options: dict[str, Any]) -> RequirementsImport:
        return RequirementsImport(options["ods"])
