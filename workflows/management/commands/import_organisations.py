"""`manage.py import_organisations FILE`: the national list, or one prepared by hand."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from cases.models import Organisation
from workflows.imports.organisations import OrganisationImport
from workflows.management.commands._importing import ImportCommand


class Command(ImportCommand):
    """Adds and renames organisations."""

    help = "Import organisations (ODS code, name, kind) from a CSV or XLSX file; the national list may come as it is."

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument(
            "--kind", choices=Organisation.Kind.values, default=Organisation.Kind.TRUST,
            help="What the organisations are where the file does not say (default: trust)",
        )  # fmt: skip

    def importer(self, options: dict[str, Any]) -> OrganisationImport:
        return OrganisationImport(options["kind"])
