"""What training is required, as a table: the rows of one task and day are one set, and a set that differs is a new version."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from cases.columns import REQUIREMENTS
from cases.models import Organisation, Person
from cases.models.training import WITHIN
from cases.tables import Column, ParsedRow, Problem, duplicates_within
from permissions.eligibility import subject_title
from permissions.roles import PSP
from workflows.calendar import london_day
from workflows.doors.requirements import newest_set, record_requirement_set
from workflows.imports.homes import Homes
from workflows.imports.report import Line, Outcome

Key = tuple[str, str, date]
"""An ODS code, a task and the day from which it is asked."""

FROM_FILE = "Imported"
LONGEST = 600
"""The most months that a training lasts, or working days that it may take."""


class RequirementsImport:
    """One row is one training; rows of one organisation, task and day are recorded together, at the last of them."""

    columns = REQUIREMENTS

    def __init__(self, ods: str = "") -> None:
        self.homes = Homes(ods)
        self._sets: dict[Key, list[ParsedRow]] = {}

    def problems(self, rows: Sequence[ParsedRow], at: datetime) -> list[Problem]:
        homeless = self.homes.problems(rows, self.columns["ods_code"])
        key = [self.columns[name] for name in ("ods_code", "task", "starts_on", "code")]
        numbers = [problem for row in rows for name in ("valid_for", "within") if (problem := _number(row, self.columns[name]))]
        if not homeless:
            for row in rows:
                self._sets.setdefault(self._key(row, at), []).append(row)
        return [*homeless, *duplicates_within(rows, *key), *numbers]

    def _key(self, row: ParsedRow, at: datetime) -> Key:
        home = self.homes.of(row)
        assert home
        return home.ods_code, row.text("task"), row.day("starts_on") or london_day(at)

    def bring(self, row: ParsedRow, by: Person | None, at: datetime) -> Line:
        """Nothing is written before the last row of a set; a set that is as the newest one stays."""
        key, home = self._key(row, at), self.homes.of(row)
        assert home
        rows, title = self._sets[key], f"{subject_title(key[1])}: {row.text('title')}"
        if row is not rows[-1]:
            return Line(row.number, Outcome.SAME if self._is_known(home, key) else Outcome.NEW, title)
        if self._is_known(home, key):
            return Line(row.number, Outcome.SAME, title)
        made = record_requirement_set(
            organisation=home, role=PSP.code, task=key[1], starts_on=key[2], source=rows[0].text("source") or FROM_FILE,
            requirements=[_asked(one) for one in rows], at=at, by=by,
        )  # fmt: skip
        return Line(row.number, Outcome.NEW, title, (f"version {made.version} waits for a second person to agree",))

    def _is_known(self, home: Organisation, key: Key) -> bool:
        newest = newest_set(home.pk, PSP.code, key[1])
        if newest is None or newest.starts_on != key[2]:
            return False
        known = list(newest.requirements.order_by("number").values("code", "title", "why", "valid_for", "within", "source"))
        return known == [_asked(one) for one in self._sets[key]]


def _asked(row: ParsedRow) -> dict[str, Any]:
    months, days = row.text("valid_for"), row.text("within")
    return {
        **{name: row.text(name) for name in ("code", "title", "why", "source")},
        "valid_for": int(months) if months else None, "within": int(days) if days else WITHIN,
    }  # fmt: skip


def _number(row: ParsedRow, column: Column) -> Problem | None:
    said = row.text(column.name)
    wrong = bool(said) and not (said.isascii() and said.isdigit() and 0 < int(said) <= LONGEST)
    return Problem(row.number, column.label, said, f"must be a whole number from 1 to {LONGEST}") if wrong else None
