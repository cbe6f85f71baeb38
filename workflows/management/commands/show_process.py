"""Show a process: `manage.py show_process OVS --format text|json|mermaid|bpmn [--version N]`."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from workflows.pictures import FORMATS
from workflows.registry import UnknownProcess, process_of


class Command(BaseCommand):
    """Prints one version of a process as a table, as the definition that the fingerprint is taken over, or as a diagram."""

    help = "Show a process as a table (text), as its whole definition (json), or as a diagram (mermaid, bpmn)."
    requires_system_checks = []

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        """`--version` is the process's, not Django's."""
        return super().create_parser(prog_name, subcommand, conflict_handler="resolve", **kwargs)

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("code", help="the code of the process, for example OVS")
        parser.add_argument("--version", type=int, default=None, dest="process_version", help="the newest unless given")
        parser.add_argument("--format", choices=FORMATS, default="text", help="text unless given")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            whole = process_of(options["code"].upper(), options["process_version"])
        except UnknownProcess as unknown:
            raise CommandError(str(unknown)) from None
        self.stdout.write(FORMATS[options["format"]](whole), ending="")
