"""The national list of organisations: added by ODS code, renamed where the list says so; closed ones are left out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

from audit.days import in_words
from cases.columns import ORGANISATIONS
from cases.models import Organisation, Person
from cases.tables import ParsedRow, Problem, duplicates_within
from workflows.calendar import london_day
from workflows.doors.people import record_organisation
from workflows.imports.report import Line, Outcome

SMALL_WORDS = {"and", "at", "for", "in", "of", "on", "the", "upon", "with"}
LETTERS = {"icb", "nhs", "uk"}
"""Words that stay in capitals."""


class OrganisationImport:
    """`kind` is that of a file that does not say: each file of the national list holds one kind."""

    columns = ORGANISATIONS

    def __init__(self, kind: str = Organisation.Kind.TRUST) -> None:
        self.kind = kind
        self._known = {one.ods_code: one for one in Organisation.objects.all()}

    def problems(self, rows: Sequence[ParsedRow], at: datetime) -> list[Problem]:
        twice = duplicates_within(rows, self.columns["ods_code"])
        return [*twice] + [
            Problem(row.number, self.columns["closed_on"].label, closed.isoformat(), "is before it opened")
            for row in rows
            if (closed := row.day("closed_on")) and (opened := row.day("opened_on")) and closed < opened
        ]

    def bring(self, row: ParsedRow, by: Person | None, at: datetime) -> Line:
        """Add or rename; a row that is closed by now is left out, whether or not the organisation is known here."""
        code, name = row.text("ods_code"), as_written(row.text("name"))
        closed, known = row.day("closed_on"), self._known.get(code)
        subject = f"{name} ({code})"
        if closed and closed <= london_day(at):
            return Line(row.number, Outcome.LEFT_OUT, subject, (f"closed on {in_words(closed)}",))
        kind = row.text("kind") or (known.kind if known else self.kind)
        if known and known.name.casefold() == name.casefold() and known.kind == kind:
            return Line(row.number, Outcome.SAME, subject)
        notes = _changes(known, name, kind) if known else ()
        self._known[code] = record_organisation(ods_code=code, name=name, kind=kind, at=at, by=by)
        return Line(row.number, Outcome.CHANGED if known else Outcome.NEW, subject, notes)


def _changes(known: Organisation, name: str, kind: str) -> tuple[str, ...]:
    named = (f"was called {known.name}",) if known.name != name else ()
    return (*named, f"was: {known.get_kind_display()}") if known.kind != kind else named


def as_written(name: str) -> str:
    """The national list shouts; pages do not: "HARBOUR AND VALE NHS TRUST" is "Harbour and Vale NHS Trust"."""
    if not name.isupper():
        return name
    return re.sub(r"[^\W\d_](?:[^\W\d_]|')*", lambda found: _word(found[0], found.start() == 0), name)


def _word(word: str, first: bool) -> str:
    small = word.lower()
    if small in LETTERS:
        return word
    return small if small in SMALL_WORDS and not first else word.capitalize()
