"""The one road of every import: read, find every problem, bring in row by row, all in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Protocol

from django.db import transaction

from cases.models import Person
from cases.tables import Columns, ParsedRow, Problem, ignored_headers, parse, read_table
from permissions.verdict import Refused
from workflows.imports.report import Line, Report, Unfit

Watch = Callable[[Sequence[ParsedRow]], Iterable[ParsedRow]]
"""Something that passes rows on and shows how far it has got."""


class Importer(Protocol):
    """One kind of file: its columns, what can be wrong with it, and how a row of it is brought in."""

    columns: Columns

    def problems(self, rows: Sequence[ParsedRow], at: datetime) -> list[Problem]:
        """What is wrong beyond the cells themselves; rows twice there, and what the record says otherwise."""

    def bring(self, row: ParsedRow, by: Person | None, at: datetime) -> Line:
        """Bring one row in by the doors. Raises Refused."""


def run(importer: Importer, file: Path, *, by: Person | None, at: datetime, preview: bool = False, watch: Watch = iter) -> Report:
    """Bring a file in, or with `preview` say what would happen and change nothing.

    Raises Unfit with every problem at once, and UnfitFile for a file that is not a table.
    """
    table = read_table(file)
    rows, problems = parse(table, importer.columns)
    with transaction.atomic():
        found = [*problems, *importer.problems(rows, at)]
        lines = [] if found else _brought(importer, watch(rows), by, at, found)
        if found:
            raise Unfit(found)
        transaction.set_rollback(preview)
    return Report(tuple(lines), ignored_headers(table, importer.columns))


def _brought(importer: Importer, rows: Iterable[ParsedRow], by: Person | None, at: datetime, problems: list[Problem]) -> list[Line]:
    """Every row by its doors; what a door refuses is a problem of its row, and the rows after it are still tried."""
    lines = []
    for row in rows:
        try:
            with transaction.atomic():
                lines.append(importer.bring(row, by, at))
        except Refused as refused:
            problems += [Problem(row.number, "", "", str(verdict)) for verdict in refused.verdicts]
    return lines
