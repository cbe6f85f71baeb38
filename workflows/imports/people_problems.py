"""What can be wrong with a row of a staff directory besides its cells: against its own cells, other rows and the record."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from cases.models import Person
from cases.tables import Columns, ParsedRow, Problem
from permissions.roles import ROLES
from workflows.imports.homes import Homes

LONGEST_NAME = 200
LONGEST_USERNAME = 150
"""Characters; the account is called by the e-mail address."""


@dataclass(frozen=True)
class Checking:
    """One row with what it is judged against."""

    row: ParsedRow
    columns: Columns
    homes: Homes
    known: Mapping[str, Person]
    accounts: Mapping[str, Any]
    today: date

    def problem(self, column: str, why: str) -> Problem:
        value = self.row.values[column]
        shown = value.isoformat() if isinstance(value, date) else str(value or "")
        return Problem(self.row.number, self.columns[column].label, shown, why)


def problems_of(
    rows: Sequence[ParsedRow], columns: Columns, homes: Homes, known: Mapping[str, Person], accounts: Mapping[str, Any], today: date
) -> list[Problem]:
    """Every problem of every row, and rows that call one address by two names."""
    each = [Checking(row, columns, homes, known, accounts, today) for row in rows]
    return [problem for one in each for check in CHECKS for problem in check(one)] + _two_names(each)


def _capacity(one: Checking) -> Iterator[Problem]:
    role, said = ROLES.get(one.row.text("role")), one.row.text("capacity")
    if role and said and said != role.capacity:
        yield one.problem("capacity", f"does not fit the role: {role.title} is {role.capacity}")


def _term(one: Checking) -> Iterator[Problem]:
    starts, ends = one.row.day("starts_on"), one.row.day("ends_on")
    if starts and ends and ends < starts:
        yield one.problem("ends_on", f"is before the term starts, on {starts.isoformat()}")


def _training(one: Checking) -> Iterator[Problem]:
    done, until = one.row.day("oversight_completed_on"), one.row.day("oversight_valid_until")
    if until and not done:
        yield one.problem("oversight_valid_until", "says when training runs out, but not when it was completed")
    if until and done and until < done:
        yield one.problem("oversight_valid_until", f"is before the training was completed, on {done.isoformat()}")


def _already_happened(one: Checking) -> Iterator[Problem]:
    for column in ("oversight_completed_on", "confidentiality_signed_on"):
        day = one.row.day(column)
        if day and day > one.today:
            yield one.problem(column, "is a day still to come")


def _home(one: Checking) -> Iterator[Problem]:
    person, home = one.known.get(one.row.text("email")), one.homes.of(one.row)
    if person and home and person.organisation_id != home.pk:
        yield one.problem(
            "email", f"is the address of somebody at {person.organisation.name}; a person belongs to one organisation"
        )


def _account(one: Checking) -> Iterator[Problem]:
    email = one.row.text("email")
    account, person = one.accounts.get(email), one.known.get(email)
    owner = getattr(account, "person", None)
    if owner is not None and owner != person:
        yield one.problem("email", f"is the account of {owner.name}, whose address on record is another")
    if len(email) > LONGEST_USERNAME:
        yield one.problem("email", f"is longer than {LONGEST_USERNAME} characters, too long for an account")


def _length(one: Checking) -> Iterator[Problem]:
    if len(one.row.text("forename")) + len(one.row.text("surname")) >= LONGEST_NAME:
        yield one.problem("surname", f"and the forename are longer than {LONGEST_NAME} characters together")


CHECKS: tuple[Callable[[Checking], Iterator[Problem]], ...] = (
    _capacity, _term, _training, _already_happened, _home, _account, _length,
)  # fmt: skip


def _two_names(each: Sequence[Checking]) -> list[Problem]:
    """One address in two rows is one person in two roles, so the names must agree."""
    first: dict[str, ParsedRow] = {}
    found = []
    for one in each:
        earlier = first.setdefault(one.row.text("email"), one.row) if one.row.text("email") else one.row
        if any(earlier.text(part) != one.row.text(part) for part in ("surname", "forename")):
            called = f"{earlier.text('forename')} {earlier.text('surname')}".strip()
            found.append(one.problem("email", f"is {called} in row {earlier.number}; two people cannot share an address"))
    return found
