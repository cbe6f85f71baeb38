"""A group over time, counted by hand: who fills a seat, since when one is empty, how many seat-days that makes."""

from __future__ import annotations

from datetime import date
from uuid import UUID, uuid4

import pytest

from workflows.ambition.group import FOR_EVER, Group, Place, Stay

PAT, AMINA = UUID(int=1), UUID(int=2)


def on(number: int) -> date:
    """A day of March."""
    return date(2026, 3, number)


def place(person: UUID, since: int, until: int | None = None, membership: str = "member") -> Place:
    return Place(uuid4(), person, membership, Stay(on(since), on(until) if until else FOR_EVER))


def group(*places: Place, until: date = FOR_EVER, targets: tuple[tuple[date, int], ...] = ((on(1), 2),)) -> Group:
    return Group(uuid4(), "Safety Committee", "committee", "oversight", Stay(on(1), until), targets, places)


def test_seat_days_counted_by_hand() -> None:
    """Two seats. Pat from the 3rd, Amina from the 6th to the 9th (the first day without her). Ten days, 1st to 10th:

    1, 2: two empty each = 4; 3, 4, 5: one = 3; 6, 7, 8: none; 9, 10: one = 2. Empty 9 of 10 x 2 = 20.
    """
    found = group(place(PAT, 3), place(AMINA, 6, 9))
    assert found.seat_days(Stay(on(1), on(11))) == (9, 20)


def test_only_days_on_which_the_group_stood_count() -> None:
    """It stood from the 1st until the 4th: three days of two seats. Pat came on the 3rd: 2 + 2 + 1 = 5 empty of 6."""
    found = group(place(PAT, 3), until=on(4))
    assert found.seat_days(Stay(date(2026, 2, 1), on(31))) == (5, 6)
    assert found.seat_days(Stay(on(4), on(31))) == (0, 0)


def test_a_target_that_rises_makes_more_seats_from_that_day_on() -> None:
    """Two seats on the 1st and 2nd, three on the 3rd and 4th: 4 + 6 = 10, with Pat and Amina there all the time: 0 + 2 empty."""
    found = group(place(PAT, 1), place(AMINA, 1), targets=((on(1), 2), (on(3), 3)))
    assert found.seat_days(Stay(on(1), on(5))) == (2, 10)


def test_an_attendee_sits_and_fills_no_seat() -> None:
    found = group(place(PAT, 1), place(AMINA, 1, membership="attendee"))
    assert (len(found.places_on(on(2))), found.members_on(on(2)), found.vacant_on(on(2))) == (2, {PAT}, 1)


def test_one_person_twice_fills_one_seat() -> None:
    found = group(place(PAT, 1), place(PAT, 2))
    assert (len(found.places_on(on(3))), found.vacant_on(on(3))) == (1, 1)


@pytest.mark.parametrize(("day", "since"), [(2, 1), (6, None), (8, None), (9, 9), (12, 9)])
def test_since_when_a_seat_is_empty(day: int, since: int | None) -> None:
    """Amina leaves on the 9th, and is gone on that day; before the 6th nobody had her seat, and before the 3rd nobody Pat's."""
    found = group(place(PAT, 3), place(AMINA, 6, 9))
    assert found.vacant_since(on(day)) == (on(since) if since else None)


def test_a_seat_that_changes_hands_on_a_day_is_not_empty() -> None:
    found = group(place(PAT, 1), place(AMINA, 1, 5), place(UUID(int=3), 5))
    assert found.seat_days(Stay(on(1), on(11))) == (0, 20)
