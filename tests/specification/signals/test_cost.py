"""Signals of groups, partners, claims and meetings cost the same for five rows and for fifty."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.builders import BEGINNING, a_trust
from tests.builders_payment import claimed, terms
from tests.specification.signals.partners import SPRING, noon, partner, spring
from workflows.demo.trust import Trust
from workflows.doors import groups, meetings
from workflows.signals.signal import SIGNALS

pytestmark = pytest.mark.django_db
CODES = ("T9", "T10", "T11", "T12", "T13", "T14", "T15", "T16", "T17", "T18", "T21", "T22")


def _one_more(trust: Trust, number: int) -> None:
    """Another partner, in a committee of their own that meets, and a claim."""
    person, keeper = partner(trust, f"Partner {number}"), {"by": trust["quality"], "at": noon(date(2026, 4, 1))}
    made = groups.register_group(
        **keeper, organisation=trust.organisation, name=f"Group {number}", kind="committee", terms="Of March."
    )  # fmt: skip
    seat = groups.seat_partner(**keeper, group=made.pk, person=person, starts_on=date(2026, 4, 1))
    met = meetings.plan_meeting(**keeper, group=made.pk, day=date(2026, 4, 1))
    meetings.record_held(**keeper, meeting=met.pk, present=[seat.pk])
    late = meetings.plan_meeting(**keeper, group=made.pk, day=date(2026, 4, 2))
    meetings.cancel_meeting(**keeper, meeting=late.pk, why="Nobody can come.")
    claimed(trust, noon(date(2026, 4, 1)), who=f"Partner {number}")


def _statements(trust: Trust) -> dict[str, int]:
    found = {}
    for code in CODES:
        with CaptureQueriesContext(connection) as done:
            SIGNALS[code].measure(SPRING.span(trust.organisation, noon(date(2026, 12, 1))))
        found[code] = len(done)
    return found


def test_they_cost_the_same_for_five_and_for_fifty() -> None:
    trust = a_trust()
    terms(trust, BEGINNING)
    for number in range(5):
        _one_more(trust, number)
    few = _statements(trust)
    for number in range(5, 50):
        _one_more(trust, number)
    assert _statements(trust) == few
    assert spring(trust, "T12").denominator == 50
    assert max(few.values()) <= 6


def test_the_report_has_them_in_the_order_of_their_numbers() -> None:
    ours = [code for code in SIGNALS if code.startswith("T") and code[1:].isdigit()]
    assert ours == sorted(ours, key=lambda code: int(code[1:]))
