"""A case as it stood on a day and at a time, and what was done since then: for the quality team and auditors."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from urllib.parse import urlencode

from cases.models import Case, Person
from cases.tables import Sheet
from permissions.scope import KEPT_FROM_OTHERS
from web.pages.cases.found import address
from web.pages.record.of_case import OfCase
from web.pages.record.telling import Entry, entry
from workflows.calendar import LONDON
from workflows.evidence.as_of import CaseThen, case_as_it_stood, moment_of
from workflows.evidence.as_of_tables import tables
from workflows.evidence.plain_text import cell_in_words
from workflows.look import Look

ACTS = 50
"""Acts since then on the page; the record has the rest."""


@dataclass(frozen=True)
class Table:
    """One table of the page, its cells in words. `pairs`: two columns, a question and its answer."""

    title: str
    note: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    @property
    def pairs(self) -> bool:
        return len(self.columns) == len(("what", "as it stood"))


class Stood(OfCase):
    """One case at the moment that an address names; now where it names none, or none that there was."""

    def __init__(self, look: Look, person: Person, asked: str) -> None:
        super().__init__(look, person)
        self.problem, self.at = _moment(asked, look.case, look.at)

    @property
    def when(self) -> str:
        return cell_in_words(self.at)

    @property
    def typed(self) -> str:
        """The moment as the control takes it, in London's time."""
        return f"{self.at.astimezone(LONDON):%Y-%m-%dT%H:%M}"

    @property
    def permanent(self) -> str:
        """The address that always shows this moment."""
        return at_address(self._look.case, self.at)

    @cached_property
    def _past(self) -> CaseThen:
        return case_as_it_stood(self._look.case, self.at)

    @cached_property
    def tables(self) -> list[Table]:
        return [_in_words(sheet) for sheet in tables(self._past)]

    @cached_property
    def _since(self) -> list[Entry]:
        """One more than is shown, to know whether there are more."""
        acts = self._past.since(self._look.at).exclude(kind__in=KEPT_FROM_OTHERS)[: ACTS + 1]
        return [entry(act, self._look.process, words=True, href=event_address(self._look.case, act.seq)) for act in acts]

    @property
    def since(self) -> list[Entry]:
        return self._since[:ACTS]

    @property
    def more_href(self) -> str:
        """The record from this day on; empty where every act since then is on the page."""
        day = f"{self.at.astimezone(LONDON):%Y-%m-%d}"
        return f"{self.record_href}?{urlencode({'from': day})}" if len(self._since) > ACTS else ""


def at_address(case: Case, at: datetime) -> str:
    """The address of a case as it stood at a moment."""
    return f"{address('stood', case)}?{urlencode({'at': at.isoformat()})}"


def event_address(case: Case, seq: int) -> str:
    """The address of one event of a case's record."""
    return address("record_event", case, seq=seq)


def _moment(asked: str, case: Case, now: datetime) -> tuple[str, datetime]:
    """What is wrong with the moment that was asked for, and the moment that is shown."""
    if not asked:
        return "", now
    try:
        at = moment_of(asked)
    except (ValueError, OverflowError):
        return "Write the day and the time like this: 2026-11-23T14:05", now
    if at < case.opened_at:
        return f"The case was opened later, on {cell_in_words(case.opened_at)}", now
    return "", min(at, now)


def _in_words(sheet: Sheet) -> Table:
    rows = tuple(tuple(cell_in_words(cell) for cell in row) for row in sheet.rows)
    return Table(sheet.title, sheet.note, sheet.columns, rows)
