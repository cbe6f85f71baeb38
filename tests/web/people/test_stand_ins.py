"""A partner asks another to stand in, from the page of the people to their own page and back."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from cases.models import Seat
from tests.web.casework import FORBIDDEN, NOT_FOUND, Casework, day, words
from workflows.calendar import london_day


@pytest.fixture
def asked(work: Casework) -> Casework:
    """The draft report is before the group."""
    work.story.walk_to("draft_review").put_draft_to_group()
    return work


def pat(work: Casework) -> dict[str, Any]:
    return {"seat": work.story.seat("pat").pk}


def hand_over(work: Casework, to: str = "gwen", last: int = 20) -> Any:
    today = london_day(work.story.at)
    said: dict[str, Any] = {"person": work.story.who(to).pk, "reason": "I am in hospital."}
    said |= {**day("starts_on", today), **day("until", today + timedelta(days=last))}
    return work.send("pat", "stand_in_ask", said, **pat(work))


def test_the_partner_is_led_there_from_the_people_and_reads_what_it_means(asked: Casework) -> None:
    assert "Ask somebody to stand in for you" in words(asked.get("pat", "people"))
    assert "Ask somebody to stand in" not in words(asked.get("lead", "people"))
    shown = words(asked.get("pat", "stand_in_ask", **pat(asked)))
    assert "It stays one seat, with one voice" in shown
    assert "Gwen Parry" in shown
    assert "ran out on" in shown[shown.index("Tom\u00e1s Silva") :]
    for staff in ("Leila Grant", "Cora Bell", "Dr Nia Rowe", "Amina Yusuf"):
        assert staff not in shown


def test_who_is_asked_reads_for_whom_and_for_how_long_and_joins_like_anybody(asked: Casework) -> None:
    assert hand_over(asked).status_code == 302
    shown = words(asked.get("gwen", "seat_answer", seat=asked.story.seat("gwen").pk))
    assert "Standing in for Pat Mercer, from" in shown
    assert "I am in hospital." in shown
    asked.story.joins("gwen")
    people = words(asked.get("lead", "people"))
    assert "Pat Mercer Patient Safety Partner Away: somebody stands in" in people
    assert "Stands in for Pat Mercer" in people
    assert "Say what you think" in words(asked.get("gwen", "case"))


def test_who_is_away_takes_the_seat_back_from_their_own_page(asked: Casework) -> None:
    hand_over(asked)
    asked.story.joins("gwen")
    assert asked.get("pat", "case").status_code == NOT_FOUND
    mine = asked.client("pat").get(reverse("me"))
    assert "Somebody stands in for you" in words(mine)
    assert asked.address("seat_return", **pat(asked)) in mine.content.decode()
    assert asked.get("gwen", "seat_return", **pat(asked)).status_code == NOT_FOUND
    assert "Gwen Parry stands in for you until" in words(asked.get("pat", "seat_return", **pat(asked)))
    asked.send("pat", "seat_return", {}, **pat(asked))
    assert "Say what you think" in words(asked.get("pat", "case"))
    assert "whose seat it is again" in words(asked.get("gwen", "seat_answered", seat=asked.story.seat("gwen").pk))


def test_days_that_make_no_sense_are_said_beside_the_field(asked: Casework) -> None:
    assert "The last day must be on or after" in words(hand_over(asked, last=-1))
    assert not Seat.objects.filter(stands_in_for__isnull=False).exists()


def test_somebody_of_staff_cannot_be_chosen(asked: Casework) -> None:
    assert "Choose one of the answers listed" in words(hand_over(asked, to="member"))


def test_whoever_stands_in_cannot_pass_the_seat_on(asked: Casework) -> None:
    hand_over(asked)
    other = asked.story.joins("gwen")
    assert asked.get("gwen", "stand_in_ask", seat=other.pk).status_code == FORBIDDEN
