"""Signals of every organisation for one quarter, by hand: one statement each, as somebody would write it for these tables."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from cases.models import Organisation
from permissions.roles import LAY
from tests.bench.raw.connected import rows_of
from workflows.signals.asked import Asked, Stretch, answered
from workflows.signals.counted import definitions
from workflows.signals.days import stay_of
from workflows.signals.signal import SIGNALS

Numbers = dict[UUID, tuple[int, int]]
"""Numerator and denominator by organisation, without those where there is nothing to count."""

_SHARED = """EXISTS (SELECT 1 FROM unnest(%(shared)s::text[], %(shared_versions)s::int[]) AS d(process, version)
                    WHERE d.process = c.process AND d.version = c.definition_version)"""

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

BY_HAND = {"T3": UNREAD, "T5": WITHHELD, "T7": CHANGED_BY_THEM, "T12": LAY_QUORATE}
"""The signals that are written by hand too."""


def by_hand(code: str, stretch: Stretch) -> Numbers:
    """One of these signals, of every organisation that has something to count."""
    shared = [(one.code, one.version) for one in definitions()]
    days = stay_of(stretch)
    given: dict[str, Any] = {
        "lay": LAY, "since": stretch.since, "until": stretch.until, "first": days.since, "after": days.until,
        "shared": [process for process, _ in shared], "shared_versions": [version for _, version in shared],
    }  # fmt: skip
    return {organisation: (counted, of) for organisation, counted, of in rows_of(BY_HAND[code], given)}


def ours(stretch: Stretch) -> dict[str, Numbers]:
    """The same numbers of the same organisations, as the report counts them: all signals are asked one question."""
    asked = Asked(list(Organisation.objects.all()), [stretch], everywhere=True, names_cases=False)
    found = {code: answered(SIGNALS[code].measure, asked) for code in BY_HAND}
    return {
        code: {key: (one.numerator, one.denominator) for (key, _), one in of.items() if one.numerator or one.denominator}
        for code, of in found.items()
    }


def same_numbers(stretch: Stretch) -> None:
    """Raises AssertionError where a signal by hand is not what the report counts."""
    for code, numbers in ours(stretch).items():
        wrong = sorted(set(by_hand(code, stretch).items()) ^ set(numbers.items()))
        assert not wrong, f"{code} by hand is not what the report counts: {wrong[:3]}"
