"""Which organisation a row belongs to: the one it names, the one that the command names, or the only one there is."""

from __future__ import annotations

from collections.abc import Iterable

from cases.models import Organisation
from cases.tables import Column, ParsedRow, Problem


class Homes:
    """The organisations by ODS code. `code` is that of rows that name none; "" where the only one there is will do."""

    def __init__(self, code: str = "") -> None:
        self._known = {one.ods_code: one for one in Organisation.objects.all()}
        self._usual = code.upper() or (next(iter(self._known)) if len(self._known) == 1 else "")

    def of(self, row: ParsedRow) -> Organisation | None:
        """The organisation of a row, or None where it cannot be told."""
        return self._known.get(row.text("ods_code") or self._usual)

    def problems(self, rows: Iterable[ParsedRow], column: Column) -> list[Problem]:
        """One for each row whose organisation is not known."""
        return [
            Problem(row.number, column.label, row.text("ods_code") or self._usual, self._why(row))
            for row in rows
            if self.of(row) is None
        ]

    def _why(self, row: ParsedRow) -> str:
        if row.text("ods_code") or self._usual:
            return "is not the code of an organisation here; import the list of organisations first"
        return "must be filled in, or name the organisation with --ods"
