"""The record, by hand: the newest events of a case, a page of an organisation's, and a case as it stood."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from audit.models import Event
from cases.models import Case, Person
from permissions.eligibility import day_of
from permissions.roles import reading_all_codes
from tests.bench.raw.connected import rows_of

AUDITS = """
  AND EXISTS (SELECT 1 FROM cases_appointment a WHERE a.person_id = %(person)s AND a.organisation_id = e.organisation_id
                 AND a.role = ANY(%(reading)s) AND a.state = 'active' AND a.starts_on <= %(day)s
                 AND (a.ends_on IS NULL OR a.ends_on >= %(day)s))
  AND NOT EXISTS (SELECT 1 FROM cases_seat s WHERE s.case_id = e.case_id AND s.person_id = %(person)s AND s.state = 'recused')
  AND NOT EXISTS (SELECT 1 FROM cases_connection t WHERE t.case_id = e.case_id AND t.person_id = %(person)s)"""
NEWEST = f"SELECT e.* FROM audit_event e WHERE e.chain = %(chain)s {AUDITS} ORDER BY e.seq DESC LIMIT %(number)s"
OF_ALL = f"SELECT e.* FROM audit_event e WHERE e.organisation_id = %(organisation)s AND e.case_id IS NOT NULL {AUDITS}"
PAGE = f"{OF_ALL} ORDER BY e.at DESC, e.id DESC LIMIT %(number)s"
LATER_PAGE = f"{OF_ALL} AND (e.at, e.id) < (%(at)s, %(key)s) ORDER BY e.at DESC, e.id DESC LIMIT %(number)s"


def _stood(table: str, where: str = "h.case_id = %(case)s") -> str:
    return f"""
SELECT * FROM (SELECT DISTINCT ON (h.id) h.* FROM {table} h WHERE {where} AND h.history_date <= %(at)s
                ORDER BY h.id, h.history_date DESC, h.history_id DESC) newest WHERE newest.history_type <> '-'"""


def _said(table: str, more: str = "") -> str:
    return f"SELECT f.* FROM {table} f WHERE f.case_id = %(case)s AND f.at <= %(at)s {more} ORDER BY f.at, f.id"


OF_PAPERS = "h.paper_id IN (SELECT p.id FROM cases_historicalpaper p WHERE p.case_id = %(case)s)"
OF_VERSIONS = f"h.version_id IN (SELECT h.id FROM cases_historicalpaperversion h WHERE {OF_PAPERS})"
UNANSWERED = "AND NOT EXISTS (SELECT 1 FROM cases_commentanswer a WHERE a.comment_id = f.id AND a.at <= %(at)s)"

KINDS = {
    "visits": _stood("cases_historicalvisit"),
    "seats": _stood("cases_historicalseat"),
    "grants": _stood("permissions_historicalcasegrant", "h.content_object_id = %(case)s"),
    "emergencies": _stood("cases_historicalemergencysight"),
    "papers": _stood("cases_historicalpaper"),
    "versions": _stood("cases_historicalpaperversion", OF_PAPERS),
    "lay_renditions": _stood("cases_historicallayrendition", OF_VERSIONS),
    "withholdings": _stood("cases_historicalwithholding"),
    "positions": _said("cases_position"),
    "open_comments": _said("cases_comment", UNANSWERED),
    "verdicts": _said("cases_answerverdict"),
    "lapses": _said("cases_lapse"),
    "holds": _stood("cases_historicalhold"),
    "waivers": _stood("cases_historicalwaiver"),
    "proposals": _stood("cases_historicalproposal"),
    "actions": _stood("cases_historicalsafetyaction"),
}
"""Every kind of fact of a case, with the statement that reads it as it stood."""

CASE = _stood("cases_historicalcase", "h.id = %(case)s")

Rows = list[tuple[Any, ...]]


def timeline(reader: Person, case: Case, at: datetime, number: int) -> Rows:
    """The newest events of a case for whoever audits its organisation."""
    return rows_of(NEWEST, {**_reading(reader, at), "chain": f"case:{case.pk}", "number": number})


def searched(reader: Person, organisation: UUID, at: datetime, after: tuple[datetime, UUID] | None, number: int) -> Rows:
    """One page of an organisation's events on cases, for whoever audits it."""
    given = {**_reading(reader, at), "organisation": organisation, "number": number}
    if after is None:
        return rows_of(PAGE, given)
    return rows_of(LATER_PAGE, {**given, "at": after[0], "key": after[1]})


def as_of(case: Case, at: datetime) -> dict[str, Rows]:
    """Every kind of fact of a case as it stood."""
    given = {"case": case.pk, "at": at}
    rows_of(CASE, given)
    return {kind: rows_of(statement, given) for kind, statement in KINDS.items()}


def keys(rows: Rows) -> list[UUID]:
    """The keys of events."""
    place = [field.column for field in Event._meta.concrete_fields].index("id")
    return [row[place] for row in rows]


def _reading(reader: Person, at: datetime) -> dict[str, Any]:
    return {"person": reader.pk, "day": day_of(at), "reading": sorted(reading_all_codes())}
