"""An export of an incident system: every row becomes known here; one that names a lead opens a case at stage B0."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any

from cases.columns import INCIDENTS
from cases.models import Incident, Organisation, Person
from cases.tables import ParsedRow, Problem, duplicates_within
from permissions.roles import DIRECTORATE, LEAD, Role
from permissions.scope import running_appointments
from workflows import engine
from workflows.calendar import london_day
from workflows.doors.people import record_incident
from workflows.imports.homes import Homes
from workflows.imports.report import Line, Outcome
from workflows.imports.triggers import trigger_of
from workflows.opening import newest_case_of

PROCESS = "OVS"
LONGEST_TITLE = 90
"""Characters of a title made of the summary; one that the file gives is kept as it is."""

NAMED = {"lead_email": LEAD, "directorate_lead_email": DIRECTORATE}
"""Who is named in which column, and the role that they must hold."""


class IncidentImport:
    """`ods` is the organisation of rows that name none."""

    columns = INCIDENTS

    def __init__(self, ods: str = "") -> None:
        self.homes = Homes(ods)
        self._holders: dict[tuple[str, str], list[Person]] = {}
        self._addresses: set[str] = set()

    def problems(self, rows: Sequence[ParsedRow], at: datetime) -> list[Problem]:
        self._look_up(rows, at)
        found = self.homes.problems(rows, self.columns["ods_code"])
        for home in {self.homes.of(row) for row in rows}:
            found += duplicates_within([row for row in rows if self.homes.of(row) == home], self.columns["reference"])
        for row in rows:
            found += [*self._days(row, london_day(at)), *self._people(row)]
        return found

    def _look_up(self, rows: Sequence[ParsedRow], at: datetime) -> None:
        """Whoever holds a role that rows can name, by address; there are few of them, whatever the length of the file."""
        held = running_appointments(at).filter(role__in=[role.code for role in NAMED.values()]).select_related("person")
        for appointment in held:
            self._holders.setdefault((appointment.person.email, appointment.role), []).append(appointment.person)
        asked = {row.text(column) for row in rows for column in NAMED}
        everybody = Person.objects.exclude(email="").values_list("email", flat=True)
        self._addresses = {email for email in everybody.iterator() if email in asked}

    def _days(self, row: ParsedRow, today: date) -> Iterator[Problem]:
        happened, reported = row.day("incident_on"), row.day("reported_on")
        if happened and happened > today:
            yield self._problem(row, "incident_on", happened.isoformat(), "is a day still to come")
        if happened and reported and reported < happened:
            yield self._problem(row, "reported_on", reported.isoformat(), f"is before the incident, on {happened.isoformat()}")

    def _people(self, row: ParsedRow) -> Iterator[Problem]:
        for column, role in NAMED.items():
            if row.text(column):
                yield from self._named(row, column, role)
        if row.text("lead_email") and not row.text("directorate_lead_email"):
            yield self._problem(row, "directorate_lead_email", "", "must be filled in where a lead is named: a case needs both")

    def _named(self, row: ParsedRow, column: str, role: Role) -> Iterator[Problem]:
        email, home = row.text(column), self.homes.of(row)
        if email not in self._addresses:
            yield self._problem(row, column, email, "is the address of nobody here; import the people first")
        elif home and self._holder(row, column) is None:
            yield self._problem(row, column, email, f"has no appointment in force as {role.title} at {home.name}")

    def _holder(self, row: ParsedRow, column: str) -> Person | None:
        home = self.homes.of(row)
        held = self._holders.get((row.text(column), NAMED[column].code), [])
        return next((person for person in held if home and person.organisation_id == home.pk), None)

    def _problem(self, row: ParsedRow, column: str, value: str, why: str) -> Problem:
        return Problem(row.number, self.columns[column].label, value, why)

    def bring(self, row: ParsedRow, by: Person | None, at: datetime) -> Line:
        """Record what changed of the incident, then open its case if it names a lead and has none."""
        home = self.homes.of(row)
        assert home
        reference = row.text("reference")
        known = Incident.objects.filter(organisation=home, reference=reference).first()
        changed = _changed(row, known)
        if changed:
            known_now = record_incident(organisation=home, reference=reference, at=at, by=by, **changed)
        else:
            assert known
            known_now = known
        notes, opened = self._case(row, home, known_now, by, at)
        outcome = Outcome.CHANGED if changed or opened else Outcome.SAME
        return Line(row.number, outcome if known else Outcome.NEW, reference, notes)

    def _case(
        self, row: ParsedRow, home: Organisation, incident: Incident, by: Person | None, at: datetime
    ) -> tuple[tuple[str, ...], bool]:
        """What to say of the row's case, and whether it was opened now."""
        there = newest_case_of(PROCESS, home, incident)
        if there:
            return ((f"already open as {there.reference}" if there.is_open else f"was {there.reference}, which has ended",), False)
        lead, directorate = self._holder(row, "lead_email"), self._holder(row, "directorate_lead_email")
        if not lead or not directorate:
            return (("no lead is named, so no case is opened",), False)
        trigger = trigger_of(row.text("trigger"))
        case = engine.open_case(
            process=PROCESS, organisation=home, by=by, at=at, title=title_of(row), summary=incident.summary, incident=incident,
            people={LEAD.code: lead, DIRECTORATE.code: directorate}, facts={"trigger": trigger} if trigger else None,
        )  # fmt: skip
        left = () if trigger else (f"the directorate chooses the trigger; the file says “{row.text('trigger') or 'nothing'}”",)
        return ((f"opened {case.reference}, led by {lead.name}", *left), True)


def _changed(row: ParsedRow, known: Incident | None) -> dict[str, Any]:
    """What the file says otherwise than the record; what must be given to the door is always there."""
    said: dict[str, Any] = {
        "incident_on": row.day("incident_on"), "summary": row.text("summary"), "reported_on": row.day("reported_on"),
        "severity": row.text("severity"), "trigger": row.text("trigger"),
    }  # fmt: skip
    said = {column: value for column, value in said.items() if value}
    same = known and all(getattr(known, column) == value for column, value in said.items())
    return {} if same else said


def title_of(row: ParsedRow) -> str:
    """The title in the file, or the first sentence of the summary, cut between words."""
    if row.text("title"):
        return row.text("title")
    first = row.text("summary").splitlines()[0].split(". ")[0].rstrip(".").strip()
    if len(first) <= LONGEST_TITLE:
        return first
    return first[: LONGEST_TITLE - 1].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"
