"""Signals of every organisation for one quarter, by hand: one statement each, as somebody would write it for these tables.

The stages that count are given, as they are written in the definitions; so are the working days, as a list of days and numbers.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from cases.models import Organisation
from permissions.roles import LAY
from tests.bench.raw.connected import rows_of
from workflows.calendar import Calendar, london_day
from workflows.definition import Process, Stage
from workflows.opening import calendar_of
from workflows.signals.asked import Asked, Stretch, answered
from workflows.signals.counted import Which, definitions
from workflows.signals.days import stay_of
from workflows.signals.signal import SIGNALS
from workflows.ways import CHANGED

Numbers = dict[UUID, tuple[int, int]]
"""Numerator and denominator by organisation, without those where there is nothing to count."""

LOOKING_BACK = timedelta(days=400)
"""Days before the quarter whose numbers are given; what came out before that was not out for short."""

_STAGES = "unnest(%(processes)s::text[], %(versions)s::int[], %(stages)s::text[]) AS s(process, version, stage)"
_HERE = "s.process = c.process AND s.version = c.definition_version"
_SHARED = """EXISTS (SELECT 1 FROM unnest(%(shared)s::text[], %(shared_versions)s::int[]) AS d(process, version)
                    WHERE d.process = c.process AND d.version = c.definition_version)"""
_LAY_ANSWER = """EXISTS (SELECT 1 FROM cases_position p JOIN cases_seat t ON t.id = p.seat_id
                        WHERE p.visit_id = v.id AND t.capacity = %(lay)s)"""
_DAYS = """own AS (SELECT * FROM unnest(%(organisations)s::uuid[], %(kept)s::int[]) AS o(organisation_id, calendar)),
     days AS (SELECT * FROM unnest(%(calendars)s::int[], %(days)s::date[], %(numbers)s::int[]) AS n(calendar, day, number))"""

LATE_ENTRY = f"""
SELECT c.organisation_id,
       count(*) FILTER (WHERE c.late_lay_entry OR c.lay_entry_at IS NULL OR c.lay_entry_at > f.settled_at), count(*)
  FROM (SELECT v.case_id, min(v.ended_at) AS settled_at
          FROM cases_visit v JOIN cases_case c ON c.id = v.case_id
          JOIN unnest(%(processes)s::text[], %(versions)s::int[], %(stages)s::text[], %(outcomes)s::text[])
               AS s(process, version, stage, outcome) ON {_HERE} AND s.stage = v.stage AND s.outcome = v.outcome
         WHERE v.case_id IN (SELECT case_id FROM cases_visit WHERE ended_at >= %(since)s AND ended_at < %(until)s)
         GROUP BY v.case_id) f
  JOIN cases_case c ON c.id = f.case_id
 WHERE f.settled_at >= %(since)s AND f.settled_at < %(until)s GROUP BY 1"""

SHORT_NOTICE = f"""
WITH {_DAYS}
SELECT c.organisation_id, count(*) FILTER (WHERE b.number - a.number < 5), count(*)
  FROM cases_visit v JOIN cases_case c ON c.id = v.case_id
  JOIN {_STAGES} ON {_HERE} AND s.stage = v.stage
  JOIN cases_paperversion w ON w.id = v.version_id AND w.released_at IS NOT NULL
  JOIN own USING (organisation_id)
  JOIN days b ON b.calendar = own.calendar AND b.day = (v.ended_at AT TIME ZONE 'Europe/London')::date
  LEFT JOIN days a ON a.calendar = own.calendar AND a.day = (w.released_at AT TIME ZONE 'Europe/London')::date
 WHERE v.ended_at >= %(since)s AND v.ended_at < %(until)s AND v.outcome <> ALL(%(not_settled)s) AND {_LAY_ANSWER}
 GROUP BY 1"""

UNREAD = f"""
SELECT c.organisation_id, count(*) FILTER (WHERE NOT EXISTS (
           SELECT 1 FROM audit_event e WHERE e.case_id = n.case_id AND e.person_id = n.person_id AND e.kind = 'paper_read'
              AND e.at <= n.at AND e.facts->>'version_id' = n.version_id::text)), count(*)
  FROM (SELECT DISTINCT ON (p.visit_id, p.seat_id, p.item_id) p.*
          FROM cases_position p JOIN cases_seat t ON t.id = p.seat_id AND t.capacity = %(lay)s
         WHERE p.at >= %(since)s AND p.at < %(until)s AND p.version_id IS NOT NULL
         ORDER BY p.visit_id, p.seat_id, p.item_id, p.number DESC) n
  JOIN cases_case c ON c.id = n.case_id
 WHERE n.typed_id IS NULL AND {_SHARED} GROUP BY 1"""

WITHHELD = f"""
SELECT c.organisation_id, count(*) FILTER (WHERE w.lay_reads IN ('own', 'nothing')), count(*)
  FROM cases_paperversion w JOIN cases_paper p ON p.id = w.paper_id JOIN cases_case c ON c.id = p.case_id
 WHERE w.released_at >= %(since)s AND w.released_at < %(until)s AND {_SHARED} GROUP BY 1"""

CHANGED_BY_THEM = f"""
SELECT c.organisation_id, count(*) FILTER (WHERE a.outcome = 'changed'), count(*)
  FROM cases_commentanswer a JOIN cases_comment m ON m.id = a.comment_id
  JOIN cases_seat t ON t.id = m.seat_id AND t.capacity = %(lay)s JOIN cases_case c ON c.id = a.case_id
 WHERE a.at >= %(since)s AND a.at < %(until)s AND {_SHARED} GROUP BY 1"""

LAY_QUORATE = """
SELECT g.organisation_id, count(*) FILTER (WHERE EXISTS (
           SELECT 1 FROM cases_attendance a WHERE a.meeting_id = m.id AND a.membership = 'member')), count(*)
  FROM cases_meeting m JOIN cases_safetygroup g ON g.id = m.group_id AND g.kind <> 'course'
 WHERE m.state = 'held' AND m.day >= %(first)s AND m.day < %(after)s GROUP BY 1"""

LIFTED = f"""
SELECT organisation_id, sum(waivers)::int, sum(stays)::int FROM (
    SELECT c.organisation_id, count(*) AS waivers, 0 AS stays FROM cases_waiver w JOIN cases_case c ON c.id = w.case_id
     WHERE w.granted_at >= %(since)s AND w.granted_at < %(until)s AND {_SHARED} GROUP BY 1
    UNION ALL
    SELECT c.organisation_id, 0, count(*) FROM cases_visit v JOIN cases_case c ON c.id = v.case_id
      JOIN {_STAGES} ON {_HERE} AND s.stage = v.stage
     WHERE v.ended_at >= %(since)s AND v.ended_at < %(until)s AND v.outcome <> ALL(%(not_settled)s) GROUP BY 1) both_of_them
 GROUP BY 1"""


def late_entry(stretch: Stretch) -> Numbers:
    """T1."""
    found = [
        (process.code, process.version, stage.code, way.code)
        for process in definitions() for stage in process.stages for way in stage.outcomes
        if process.lay_entry_by and process.lay_entry_by in (stage.code, stage.hears) and not way.back
    ]  # fmt: skip
    return _numbers(LATE_ENTRY, stretch, **_columns(found, "processes", "versions", "stages", "outcomes"))


def short_notice(stretch: Stretch) -> Numbers:
    """T2."""
    asked = _stages(lambda _, stage: stage.asks_to_agree and stage.paper is not None)
    return _numbers(SHORT_NOTICE, stretch, **asked, **_working_days(stretch))


def unread(stretch: Stretch) -> Numbers:
    """T3."""
    return _numbers(UNREAD, stretch)


def withheld(stretch: Stretch) -> Numbers:
    """T5."""
    return _numbers(WITHHELD, stretch)


def changed(stretch: Stretch) -> Numbers:
    """T7."""
    return _numbers(CHANGED_BY_THEM, stretch)


def lay_quorate(stretch: Stretch) -> Numbers:
    """T12."""
    return _numbers(LAY_QUORATE, stretch)


def waiver_load(stretch: Stretch) -> Numbers:
    """T20."""
    return _numbers(LIFTED, stretch, **_stages(lambda _, stage: stage.lay_required))


BY_HAND: dict[str, Callable[[Stretch], Numbers]] = {
    "T1": late_entry, "T2": short_notice, "T3": unread, "T5": withheld, "T7": changed, "T12": lay_quorate, "T20": waiver_load,
}  # fmt: skip
"""The signals that are written by hand too."""


def ours(code: str, stretch: Stretch) -> Numbers:
    """The same numbers of the same organisations, as the report counts them."""
    every = list(Organisation.objects.all())
    found = answered(SIGNALS[code].measure, Asked(every, [stretch], everywhere=True, names_cases=False))
    return {key: (one.numerator, one.denominator) for (key, _), one in found.items() if one.numerator or one.denominator}


def same_numbers(stretch: Stretch) -> None:
    """Raises AssertionError where a signal by hand is not what the report counts."""
    for code, by_hand in BY_HAND.items():
        wrong = sorted(set(by_hand(stretch).items()) ^ set(ours(code, stretch).items()))
        assert not wrong, f"{code} by hand is not what the report counts: {wrong[:3]}"


def _numbers(statement: str, stretch: Stretch, **given: Any) -> Numbers:
    shared = _columns([(one.code, one.version) for one in definitions()], "shared", "shared_versions")
    days = stay_of(stretch)
    moments = {"since": stretch.since, "until": stretch.until, "first": days.since, "after": days.until}
    rows = rows_of(statement, {"lay": LAY, "not_settled": _not_settled(), **moments, **shared, **given})
    return {organisation: (numerator, denominator) for organisation, numerator, denominator in rows}


def _stages(which: Which) -> dict[str, list[Any]]:
    found = [(process.code, process.version, stage.code) for process, stage in _every_stage() if which(process, stage)]
    return _columns(found, "processes", "versions", "stages")


def _every_stage() -> list[tuple[Process, Stage]]:
    return [(process, stage) for process in definitions() for stage in process.stages]


def _not_settled() -> list[str]:
    return [CHANGED, *sorted({act.code for one in definitions() for act in one.any_time if act.effect == "ends"})]


def _columns(rows: list[tuple[Any, ...]], *names: str) -> dict[str, list[Any]]:
    return {name: [row[place] for row in rows] for place, name in enumerate(names)}


def _working_days(stretch: Stretch) -> dict[str, list[Any]]:
    """Which organisation keeps which calendar, and the number of working days up to each day of each calendar."""
    kept = {one.pk: calendar_of(one) for one in Organisation.objects.all()}
    calendars = list(set(kept.values()))
    rows = [(place, *day) for place, one in enumerate(calendars) for day in _numbered(one, stretch)]
    whose = _columns([(key, calendars.index(one)) for key, one in kept.items()], "organisations", "kept")
    return {**whose, **_columns(rows, "calendars", "days", "numbers")}


def _numbered(calendar: Calendar, stretch: Stretch) -> list[tuple[date, int]]:
    day, number, found = london_day(stretch.since) - LOOKING_BACK, 0, []
    while day <= london_day(stretch.until):
        number += calendar.is_working_day(day)
        found.append((day, number))
        day += timedelta(days=1)
    return found
