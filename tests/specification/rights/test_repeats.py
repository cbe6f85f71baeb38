"""R14: that one lead asks the same partner again and again is on record with the offer, counted, and never forbidden."""

from __future__ import annotations

import pytest

from audit.models import Event
from tests.builders import BEGINNING, a_trust
from workflows.processes.oversight.story import Story

pytestmark = pytest.mark.usefixtures("apart")


def offered(cases: int, *partners: str) -> list[str]:
    """What the ledger says of the offers of one lead, the last case's: that the partner was asked again, or nothing."""
    trust, at = a_trust(), BEGINNING
    for number in range(cases):
        case = Story(trust, at)
        case.open(f"Case {number}")
        case.walk_to("form_group")
        for key in partners if number == cases - 1 else partners[:1]:
            case.offer(key)
        at = case.at
    found = Event.objects.filter(kind="seat_offered", case_id=case.case_id, facts__role="Patient Safety Partner").order_by("seq")
    return [event.facts.get("asked_again", "") for event in found]


@pytest.mark.proves("R14")
def test_r14_the_same_partner_again_is_on_record_and_another_is_not() -> None:
    assert offered(4, "pat", "amina") == ["3 of 3", ""]


def test_r14_of_few_cases_nothing_is_said() -> None:
    assert offered(3, "pat") == [""]
