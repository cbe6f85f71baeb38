"""T9 to T13: who sits in the groups and as what, which seats stand empty, and the meetings. Each worked out by hand."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

import pytest

from cases.models import GroupSeat, Meeting, SafetyGroup
from tests.builders import BEGINNING, a_trust, end_seat
from tests.specification.signals.partners import light, noon, spring
from workflows.calendar import LONDON
from workflows.demo.trust import Trust
from workflows.doors import groups, meetings
from workflows.processes.oversight.story import Story
from workflows.signals.quarters import quarter_of
from workflows.signals.signal import SIGNALS, Light, Span

pytestmark = pytest.mark.usefixtures("apart")
MARCH = date(2026, 3, 31)


@pytest.fixture(scope="module")
def _trust(kept: None) -> Trust:
    return a_trust()


@pytest.fixture
def trust(_trust: Trust, apart: None) -> Trust:
    return _trust


def group(trust: Trust, name: str, *who: str, on: date = MARCH, kind: str = "committee", target: int = 2) -> SafetyGroup:
    made: SafetyGroup = groups.register_group(
        by=trust["quality"], at=noon(on), organisation=trust.organisation, name=name, kind=kind, terms="Of March.", target=target
    )
    for key in who:
        sits(trust, made, key, on)
    return made


def sits(trust: Trust, found: SafetyGroup, key: str, on: date, membership: str = "member") -> GroupSeat:
    made: GroupSeat = groups.seat_partner(
        by=trust["quality"], at=noon(on), group=found.pk, person=trust[key], starts_on=on, membership=membership,
        membership_reason="The old terms.",
    )  # fmt: skip
    return made


def met(trust: Trust, found: SafetyGroup, day: date, *there: str) -> Meeting:
    planned: Meeting = meetings.plan_meeting(by=trust["chair"], at=noon(day), group=found.pk, day=day)
    seats = found.seats.filter(person__in=[trust[key] for key in there]).values_list("pk", flat=True)
    meetings.record_held(by=trust["chair"], at=noon(day), meeting=planned.pk, present=list(seats))
    return planned


@pytest.mark.parametrize("code", ["T9", "T10", "T11", "T12", "T13"])
def test_where_there_is_nothing_nothing_is_said(trust: Trust, code: str) -> None:
    found = spring(trust, code)
    assert (found.numerator, found.denominator, found.value, light(trust, code)) == (0, 0, None, Light.NONE)


def test_t9_attendees_of_all_seats_that_partners_held(trust: Trust) -> None:
    """Five seats of three partners in two committees, one of them an attendee to the end, one made a member in May: 1 of 5.

    Gwen, who left in March, had no seat in the quarter. 1 / 5 = 20 %: above 10 %, not above 30 %: amber.
    """
    one, two = group(trust, "One", "pat", "amina"), group(trust, "Two", "pat")
    sits(trust, two, "amina", date(2026, 4, 1), "attendee")
    was = sits(trust, two, "gwen", date(2026, 4, 1), "attendee")
    groups.make_member(by=trust["chair"], at=noon(date(2026, 5, 4)), seat=was.pk)
    gone = sits(trust, one, "gwen", date(2026, 3, 31), "attendee")
    groups.leave_group(by=trust["gwen"], at=noon(date(2026, 3, 31)), seat=gone.pk)
    found = spring(trust, "T9")
    assert (found.numerator, found.denominator, found.value, light(trust, "T9")) == (1, 5, 0.2, Light.AMBER)


def test_t9_counts_the_seats_of_cases_and_names_the_case_behind(trust: Trust) -> None:
    """Three partners on a case, of whom one is an attendee: 1 of 3, too few to say."""
    story = AttendeeToo(trust, BEGINNING, partners=("pat", "gwen")).walk_to("terms")
    found = SIGNALS["T9"].measure(quarter_of(story.at).span(trust.organisation, story.at))
    assert (found.numerator, found.denominator, found.cases) == (1, 3, (story.case_id,))
    assert SIGNALS["T9"].light(found) is Light.FEW


class AttendeeToo(Story):
    """Amina may only attend."""

    def seat_group(self) -> None:
        self.take_seat("amina", membership="attendee", membership_reason="She asked to listen first.")
        super().seat_group()


def test_t10_groups_with_one_partner_alone_and_meetings_where_one_was(trust: Trust) -> None:
    """Of five committees two have one partner, one has none, two have two: 2 / 5 = 40 %, above 25 %, not above 50 %: amber.

    The course for staff is to have none and is not counted. Meetings: one partner at one of three.
    """
    both = group(trust, "A", "pat", "amina")
    for name, *who in (("B", "pat", "gwen"), ("C", "pat"), ("D", "amina"), ("E",)):
        group(trust, name, *who)
    group(trust, "Course", "pat", kind="course", target=0)
    for day, there in ((7, ("pat", "amina")), (14, ("pat",)), (21, ())):
        met(trust, both, date(2026, 4, day), *there)
    found = spring(trust, "T10")
    assert (found.numerator, found.denominator, found.value, light(trust, "T10")) == (2, 5, 0.4, Light.AMBER)
    assert found.others == (("meetings at which one partner was alone", 1), ("meetings held", 3))


def test_t10_exactly_on_a_threshold_has_not_passed_it(trust: Trust) -> None:
    """One of four is 25 %, but four groups are too few to say; with two of eight, 25 % is green."""
    for name in "ABCDEF":
        group(trust, name, "pat", "amina")
    group(trust, "G", "pat")
    group(trust, "H", "amina")
    assert (spring(trust, "T10").value, light(trust, "T10")) == (0.25, Light.GREEN)


def test_t11_days_on_which_a_seat_stood_empty(trust: Trust) -> None:
    """One committee of two seats, 91 days: 182 seat-days. Pat sits all the time, Amina until 30 April (gone on 1 May).

    Empty: one seat from 1 May to 30 June = 31 + 30 = 61. 61 / 182 = 33.5 %: above 25 %, red.
    """
    committee = group(trust, "One", "pat", "amina")
    groups.leave_group(by=trust["amina"], at=noon(date(2026, 5, 1)), seat=committee.seats.get(person=trust["amina"]).pk)
    found = spring(trust, "T11")
    assert (found.numerator, found.denominator, light(trust, "T11")) == (61, 182, Light.RED)
    assert found.others == (("groups in which a seat was empty for a time", 1), ("groups", 1))


def test_t11_an_attendee_fills_no_seat_and_a_group_counts_from_its_first_day(trust: Trust) -> None:
    """Registered on 21 June with Pat and an attendee: ten days of two seats, one of them empty: 10 of 20."""
    committee = group(trust, "One", "pat", on=date(2026, 6, 21))
    sits(trust, committee, "amina", date(2026, 6, 21), "attendee")
    assert (spring(trust, "T11").numerator, spring(trust, "T11").denominator) == (10, 20)


def test_t11_the_case_behind_an_empty_seat_is_named(trust: Trust) -> None:
    """The seat of one partner ends today. On the other days of the group both sat."""
    story = Story(trust, BEGINNING).walk_to("terms")
    span = Span(trust.organisation, quarter_of(story.at).begins_at, story.at)
    assert SIGNALS["T11"].measure(span).cases == (story.case_id,)  # while the group was formed, nobody sat yet
    end_seat(story, "pat")
    today = Span(trust.organisation, datetime.combine(story.at.date(), time(), LONDON), story.at)
    found = SIGNALS["T11"].measure(today)
    assert (found.numerator, found.denominator, found.cases) == (1, 2, (story.case_id,))


def test_t12_meetings_with_a_partner_who_is_a_member(trust: Trust) -> None:
    """Six meetings: at three a member was there, at one only an attendee, at two nobody: 3 / 6 = 50 %, below 60 %: red.

    A meeting of a course, and one before the quarter, are not counted.
    """
    committee, course = group(trust, "One", "pat"), group(trust, "Course", kind="course", target=0)
    sits(trust, committee, "amina", date(2026, 3, 31), "attendee")
    for day, there in ((1, ("pat",)), (2, ("pat", "amina")), (7, ("pat",)), (8, ("amina",)), (9, ()), (30, ())):
        met(trust, committee, date(2026, 4, day), *there)
    met(trust, course, date(2026, 4, 10))
    met(trust, committee, date(2026, 3, 31), "pat")
    found = spring(trust, "T12")
    assert (found.numerator, found.denominator, found.value, light(trust, "T12")) == (3, 6, 0.5, Light.RED)
    assert found.others == (("meetings with no partner at all", 2),)


def moved(trust: Trust, found: SafetyGroup, on: date, day: date, to_day: date | None) -> None:
    planned = meetings.plan_meeting(by=trust["chair"], at=noon(date(2026, 4, 1)), group=found.pk, day=day)
    given: dict[str, Any] = {"by": trust["chair"], "at": noon(on), "meeting": planned.pk, "why": "No room."}
    if to_day:
        meetings.move_meeting(to_day=to_day, **given)
    else:
        meetings.cancel_meeting(**given)


def test_t13_meetings_moved_or_called_off_at_short_notice(trust: Trust) -> None:
    """Five held. Planned for Friday 22 May and moved on Wednesday 20 May: 2 working days, short; called off on the day: short.

    Moved on Tuesday 19 May from Friday 22 May: 3 working days, in time. Short: 2, of 5 held and these 2: 2 / 7 = 28.6 %: red.
    """
    committee = group(trust, "One", "pat")
    for day in range(13, 18):
        met(trust, committee, date(2026, 4, day), "pat")
    moved(trust, committee, date(2026, 5, 20), date(2026, 5, 22), date(2026, 7, 3))
    moved(trust, committee, date(2026, 6, 1), date(2026, 6, 1), None)
    other = group(trust, "Two")
    moved(trust, other, date(2026, 5, 19), date(2026, 5, 22), date(2026, 7, 3))
    found = spring(trust, "T13")
    assert (found.numerator, found.denominator, light(trust, "T13")) == (2, 7, Light.RED)


def test_t13_brought_forward_to_a_day_that_is_near_is_short_notice_too(trust: Trust) -> None:
    """On 20 May it is moved from 30 June to 21 May: one working day. It is held then: of one meeting, one."""
    committee = group(trust, "One")
    moved(trust, committee, date(2026, 5, 20), date(2026, 6, 30), date(2026, 5, 21))
    meetings.record_held(by=trust["chair"], at=noon(date(2026, 5, 21)), meeting=committee.meetings.get().pk, present=[])
    found = spring(trust, "T13")
    assert (found.numerator, found.denominator) == (1, 1)
