"""The newest cases that a person may know of, by hand: the newest of each way in by an index, then the newest of those."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from cases.models import Person
from permissions.eligibility import day_of
from permissions.roles import reading_all_codes
from tests.bench.raw.connected import rows_of

NEWEST = """
WITH keys AS (
    (SELECT g.content_object_id AS id FROM permissions_casegrant g
      JOIN cases_seat s ON s.id = g.seat_id JOIN cases_case c ON c.id = s.case_id
     WHERE g.user_id = %(account)s AND (g.until IS NULL OR g.until >= %(day)s)
       AND EXISTS (SELECT 1 FROM cases_appointment a
                    WHERE a.person_id = s.person_id AND a.organisation_id = c.organisation_id AND a.state = 'active'
                      AND a.capacity = s.capacity
                      AND ((a.capacity = 'lay' AND a.role = s.role)
                        OR (a.capacity = 'staff' AND a.starts_on <= %(day)s AND (a.ends_on IS NULL OR a.ends_on >= %(day)s))))
     ORDER BY g.content_object_id DESC LIMIT %(number)s)
    UNION ALL
    SELECT mine.id FROM cases_appointment a CROSS JOIN LATERAL (
        SELECT c.id FROM cases_case c WHERE c.organisation_id = a.organisation_id
           AND NOT EXISTS (SELECT 1 FROM cases_seat s WHERE s.case_id = c.id AND s.person_id = %(person)s AND s.state = 'recused')
           AND NOT EXISTS (SELECT 1 FROM cases_connection t WHERE t.case_id = c.id AND t.person_id = %(person)s)
         ORDER BY c.id DESC LIMIT %(number)s) mine
     WHERE a.person_id = %(person)s AND a.role = ANY(%(reading)s) AND a.state = 'active'
       AND a.starts_on <= %(day)s AND (a.ends_on IS NULL OR a.ends_on >= %(day)s)
    UNION ALL
    SELECT e.case_id FROM cases_emergencysight e JOIN cases_case c ON c.id = e.case_id
     WHERE e.asked_by_id = %(person)s AND e.state = 'agreed' AND e.opens_at <= %(at)s AND e.until > %(at)s
       AND EXISTS (SELECT 1 FROM cases_appointment a
                    WHERE a.person_id = %(person)s AND a.organisation_id = c.organisation_id AND a.capacity = e.asked_as
                      AND a.state = 'active' AND a.starts_on <= %(day)s AND (a.ends_on IS NULL OR a.ends_on >= %(day)s))
       AND NOT EXISTS (SELECT 1 FROM cases_seat s WHERE s.case_id = c.id AND s.person_id = %(person)s AND s.state = 'recused')
       AND NOT EXISTS (SELECT 1 FROM cases_connection t WHERE t.case_id = c.id AND t.person_id = %(person)s)
)
SELECT c.* FROM cases_case c WHERE c.id IN (SELECT id FROM keys) ORDER BY c.id DESC LIMIT %(number)s"""


def newest(person: Person, at: datetime, number: int) -> list[tuple[Any, ...]]:
    """The newest cases in a person's sight, newest first: one statement."""
    given = {
        "account": person.account_id, "person": person.pk, "day": day_of(at), "at": at, "number": number,
        "reading": sorted(reading_all_codes()),
    }  # fmt: skip
    return rows_of(NEWEST, given)
