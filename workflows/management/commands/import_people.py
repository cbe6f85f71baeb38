"""`manage.py import_people FILE`: a trust's staff directory, with its Patient Safety Partners."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from workflows.imports.people import PeopleImport
from workflows.management.commands._importing import ImportCommand, add_ods


class Command(ImportCommand):
    """Adds and changes people, recognised by e-mail address."""

    help = "Import people, their roles, training and confidentiality from a CSV or XLSX file."

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        add_ods(parser)

    def importer(self, options: dict[str, Any]) -> PeopleImport:
        return PeopleImport(options["ods"])
