"""A staff directory with the partners in it: people, what they are appointed to, training, promise, and an account."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.contrib.auth import get_user_model

from cases.columns import people
from cases.models import Appointment, Confidentiality, Organisation, Person, TrainingRecord
from cases.tables import ParsedRow, Problem, duplicates_within
from permissions.roles import (
    AUDITOR,
    CALDICOTT,
    CHAIR,
    COORDINATOR,
    DIRECTORATE,
    ENGAGEMENT,
    EXEC,
    EXEC_TEAM,
    LEAD,
    MEMBER,
    PSP,
    QUALITY,
    ROLES,
    SPECIALIST,
)  # fmt: skip
from workflows.calendar import london_day
from workflows.doors.people import appoint, record_person, record_training, sign_confidentiality
from workflows.imports.homes import Homes
from workflows.imports.people_problems import problems_of
from workflows.imports.report import Line, Outcome

ALSO_CALLED = {
    PSP: ("PSP", "Lay partner", "Patient Safety Partner (PSP)"),
    LEAD: ("Learning response lead", "Investigator", "Patient safety investigator", "Lead investigator"),
    CHAIR: ("Chair", "Oversight group chair"),
    MEMBER: ("Oversight group member",),
    ENGAGEMENT: ("Family liaison officer", "Engagement and involvement lead"),
    DIRECTORATE: ("Divisional lead", "Division lead", "Care group lead", "Directorate leadership"),
    COORDINATOR: ("PSP coordinator", "Patient Safety Partner coordinator", "Involvement officer"),
    SPECIALIST: ("PSS", "Patient safety specialist (PSS)"),
    EXEC: ("PSIRF executive lead", "Executive lead"),
    EXEC_TEAM: ("Executive", "Executive director"),
    QUALITY: ("Quality governance", "Quality governance team"),
    CALDICOTT: ("IG lead", "Caldicott"),
    AUDITOR: ("Auditor", "Internal auditor"),
}
"""What else directories call the roles, besides their titles."""

OVERSIGHT = TrainingRecord.OVERSIGHT
FROM_FILE = "Imported from the staff directory"
AT_ONCE = 500


def spellings() -> dict[str, tuple[str, ...]]:
    """Every role, those of other apps included, with the ways of writing it; the title comes first."""
    return {code: (role.title, *ALSO_CALLED.get(role, ())) for code, role in ROLES.items()}


class PeopleImport:
    """One row is one person in one role; a person with two roles has two rows. `ods` is for rows that name no code."""

    def __init__(self, ods: str = "") -> None:
        self.columns = people(spellings())
        self.homes = Homes(ods)
        self._known: dict[str, Person] = {}
        self._accounts: dict[str, Any] = {}

    def problems(self, rows: Sequence[ParsedRow], at: datetime) -> list[Problem]:
        addresses = sorted({row.text("email") for row in rows} - {""})
        self._known = {person.email.lower(): person for person in _people(addresses)}
        self._accounts = _accounts(addresses)
        twice = duplicates_within(rows, self.columns["email"], self.columns["role"])
        homeless = self.homes.problems(rows, self.columns["ods_code"])
        return [*twice, *homeless, *problems_of(rows, self.columns, self.homes, self._known, self._accounts, london_day(at))]

    def bring(self, row: ParsedRow, by: Person | None, at: datetime) -> Line:
        """Write what the row says and the record does not; an empty cell changes nothing."""
        home, email = self.homes.of(row), row.text("email")
        assert home
        known = self._known.get(email)
        notes: list[str] = []
        person = self._person(row, home, known, by, at, notes)
        self._known[email] = person
        _appointed(row, person, by, at, notes)
        _trained(row, person, at, notes)
        _promised(row, person, by, at, notes)
        outcome = Outcome.NEW if known is None else Outcome.CHANGED if notes else Outcome.SAME
        return Line(row.number, outcome, f"{person.name}, {email}", tuple(notes))

    def _person(
        self, row: ParsedRow, home: Organisation, known: Person | None, by: Person | None, at: datetime, notes: list[str]
    ) -> Person:
        said = {column: row.text(column) for column in ("employer", "contact_by", "needs") if row.text(column)}
        name = full_name(row)
        if known and not row.text("forename") and known.name.endswith(name):
            name = known.name
        changed = {column: value for column, value in said.items() if known is None or getattr(known, column) != value}
        person = known or Person(contact_by=said.get("contact_by", Person.Contact.EMAIL))
        account = self._new_account(person, said.get("contact_by", person.contact_by), row.text("email"))
        if account:
            changed["account"] = account
            notes.append("an account, with no password yet")
        if known and known.name == name and not changed:
            return known
        if known:
            notes += [f"{column.replace('_', ' ')} changed" for column in sorted(changed) if column != "account"]
            notes += [f"was called {known.name}"] if known.name != name else []
        return record_person(organisation=home, name=name, email=row.text("email"), at=at, by=by, **changed)

    def _new_account(self, person: Person, contact: str, email: str) -> Any:
        """An account that cannot be signed in to until its owner sets a password; none for who works by post or phone."""
        if person.account_id or contact != Person.Contact.EMAIL:
            return None
        return self._accounts.get(email) or get_user_model().objects.create_user(username=email, email=email)


def full_name(row: ParsedRow) -> str:
    """The name as it is said: forename, then surname."""
    return f"{row.text('forename')} {row.text('surname')}".strip()


def _people(addresses: Sequence[str]) -> Iterable[Person]:
    for start in range(0, len(addresses), AT_ONCE):
        yield from Person.objects.select_related("organisation").filter(email__in=addresses[start : start + AT_ONCE])


def _accounts(addresses: Sequence[str]) -> dict[str, Any]:
    accounts = get_user_model().objects.select_related("person")
    found = (accounts.filter(username__in=addresses[start : start + AT_ONCE]) for start in range(0, len(addresses), AT_ONCE))
    return {account.get_username(): account for some in found for account in some}


def _appointed(row: ParsedRow, person: Person, by: Person | None, at: datetime, notes: list[str]) -> None:
    running = Appointment.objects.filter(
        person=person, organisation=person.organisation_id, role=row.text("role"), state=Appointment.State.ACTIVE
    ).first()
    starts = row.day("starts_on") or (running.starts_on if running else london_day(at))
    ends = row.day("ends_on") or (running.ends_on if running else None)
    if running and (running.starts_on, running.ends_on) == (starts, ends):
        return
    appoint(person=person, role=row.text("role"), starts_on=starts, ends_on=ends, at=at, by=by)
    title = ROLES[row.text("role")].title
    notes.append(f"the term as {title} changed" if running else title)


def _trained(row: ParsedRow, person: Person, at: datetime, notes: list[str]) -> None:
    """What a file brings over was so before: the system enters it, in nobody's name (R13)."""
    done, until = row.day("oversight_completed_on"), row.day("oversight_valid_until")
    if done is None:
        return
    held = TrainingRecord.objects.filter(person=person, subject=OVERSIGHT, completed_on=done)
    if (held.filter(valid_until=until) if until else held).exists():
        return
    record_training(person=person, subject=OVERSIGHT, completed_on=done, valid_until=until, source=FROM_FILE, at=at)
    notes.append("oversight training" + _run_out(until, london_day(at)))


def _run_out(until: date | None, today: date) -> str:
    return " (it has run out)" if until and until < today else ""


def _promised(row: ParsedRow, person: Person, by: Person | None, at: datetime, notes: list[str]) -> None:
    signed = row.day("confidentiality_signed_on")
    if signed is None or Confidentiality.objects.filter(person=person, signed_on=signed).exists():
        return
    sign_confidentiality(person=person, signed_on=signed, at=at, by=by)
    notes.append("confidentiality agreement")
