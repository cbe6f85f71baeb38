"""T14 to T18, T21 and T22: what partners are given, asked and told, and how far the role reaches. Each worked out by hand."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from cases.models import Appointment
from tests.builders import BEGINNING, a_story, a_trust, again
from tests.builders_payment import claimed, terms, time
from tests.specification.signals.measuring import measured
from tests.specification.signals.partners import light, noon, partner, spring
from tests.trainees import a_training
from workflows.demo.trust import Trust
from workflows.doors import claims, groups, meetings
from workflows.doors.matters import raise_matter
from workflows.doors.people import appoint, end_appointment, record_training
from workflows.processes.oversight.story import Story
from workflows.signals.signal import SIGNALS, Light, Measured

pytestmark = pytest.mark.usefixtures("apart")
LAST_OF_MARCH = date(2026, 3, 31)


@pytest.fixture(scope="module")
def _story(kept: None) -> Story:
    return Story(a_trust(), BEGINNING)


@pytest.fixture
def story(_story: Story, apart: None) -> Story:
    fresh = again(_story)
    fresh.trust = Trust(_story.trust.organisation, dict(_story.trust.people))
    return fresh


@pytest.fixture
def trust(story: Story) -> Trust:
    return story.trust


def committee(trust: Trust, name: str, *who: str, kind: str = "committee", target: int = 2) -> Any:
    keeper = {"by": trust["quality"], "at": noon(LAST_OF_MARCH)}
    made = groups.register_group(
        **keeper, organisation=trust.organisation, name=name, kind=kind, terms="Of March.", target=target
    )  # fmt: skip
    for key in who:
        groups.seat_partner(**keeper, group=made.pk, person=trust[key], starts_on=LAST_OF_MARCH)
    return made


def leaves(trust: Trust, group: Any, key: str, day: date) -> None:
    groups.leave_group(by=trust[key], at=noon(day), seat=group.seats.get(person=trust[key]).pk)


# T14


def trained(trust: Trust, name: str, day: date, recorded: date | None = None) -> None:
    record_training(person=trust[name], subject="oversight", completed_on=day, valid_until=None, at=noon(recorded or day))


def test_t14_partners_trained_within_sixty_working_days_of_their_appointment(trust: Trust) -> None:
    """Appointed on Monday 2 March. Working days after it: 21 in March, 20 in April, 19 in May: the 60th is Friday 29 May.

    Trained by then: Ann, Ben, and Cas on that day; not Dee (1 June), nor Eve: 3 / 5 = 60 %: below 80 %, not below 60 %: amber.
    Fay left in April and is not counted.
    """
    for name in ("Ann", "Ben", "Cas", "Dee", "Eve", "Fay"):
        partner(trust, name)
    for name, day in (("Ann", date(2026, 3, 9)), ("Ben", date(2026, 4, 9)), ("Cas", date(2026, 5, 29)), ("Dee", date(2026, 6, 1))):
        trained(trust, name, day)
    end_appointment(appointment=trust["Fay"].appointments.get(), by=trust["quality"], at=noon(date(2026, 4, 20)), reason="Moved.")
    found = spring(trust, "T14")
    assert (found.numerator, found.denominator, found.value, light(trust, "T14")) == (3, 5, 0.6, Light.AMBER)


def test_t14_training_that_is_put_on_record_only_later_was_not_there_in_time(trust: Trust) -> None:
    partner(trust, "Ann")
    trained(trust, "Ann", date(2026, 5, 29), recorded=date(2026, 6, 2))
    assert (spring(trust, "T14").numerator, spring(trust, "T14").denominator) == (0, 1)


def test_t14_a_lapse_is_counted_with_whose_it_was(db: None) -> None:
    """Data protection ran out with nothing offered to renew it: one training, and it is the organisation's."""
    training = a_training().walk_to("in_force")
    training.renewal_begins()
    assert dict(measured(training, "T14").others)["trainings that ran out"] == 0
    until = training.look.trained_until
    assert until
    training.until(until + timedelta(days=1))
    training.expire()
    assert measured(training, "T14").others == (("trainings that ran out", 1), ("of these, because nothing was offered in time", 1))


# T15, T16


def test_t15_partners_with_no_seat_for_sixty_working_days(trust: Trust) -> None:
    """Sixty working days before 30 June: 21 back to 1 June, 19 in May, 20 in April: 1 April. Asked about: 2 April to 30 June.

    Amina sat all the time, Pat until 3 April, Gwen only until 2 April (gone on it), Tomas never; Ann was appointed on 2 April.
    Idle: Gwen and Tomas, 2 of 5 = 40 %: above 25 %, red.
    """
    group = committee(trust, "One", "pat", "amina", "gwen")
    leaves(trust, group, "pat", date(2026, 4, 3))
    leaves(trust, group, "gwen", date(2026, 4, 2))
    partner(trust, "Ann", date(2026, 4, 2))
    found = spring(trust, "T15")
    assert (found.numerator, found.denominator, found.value, light(trust, "T15")) == (2, 5, 0.4, Light.RED)
    assert found.cases == found.others == ()


def test_t15_whose_appointment_has_ended_is_no_partner_any_more(trust: Trust) -> None:
    end_appointment(appointment=trust["tomas"].appointments.get(), by=trust["quality"], at=noon(date(2026, 6, 30)), reason="Moved.")
    assert spring(trust, "T15").denominator == 3


def test_t16_seats_held_by_the_busiest_fifth(trust: Trust) -> None:
    """Five partners, so the busiest fifth is one. Seats: Pat 4, Amina 2, Gwen 1: 4 / 7 = 57.1 %: above 50 %, amber."""
    partner(trust, "Ann")
    for name, *who in (("One", "pat", "amina", "gwen"), ("Two", "pat", "amina"), ("Three", "pat"), ("Four", "pat")):
        committee(trust, name, *who)
    found = spring(trust, "T16")
    assert (found.numerator, found.denominator, light(trust, "T16")) == (4, 7, Light.AMBER)


def test_t16_with_fewer_than_five_partners_nothing_is_said_of_the_busiest(trust: Trust) -> None:
    committee(trust, "One", "pat")
    assert spring(trust, "T16") == Measured(0, 0, None, others=(("partners, too few to say", 4),))


def test_t16_who_offers_most_of_the_seats_is_asked_about_and_not_named(story: Story) -> None:
    """The lead offered both seats of one case; another lead both of two more: 4 of 6 by one person, more than half."""
    partner(story.trust, "Ann")
    for lead in ("lead", "lead2", "lead2"):
        Story(story.trust, story.at, lead=lead).walk_to("terms")
    story.at = noon(date(2026, 3, 30))
    found = measured(story, "T16")
    assert found.others == (("seats on cases that one person offered", 4), ("seats on cases", 6))
    assert found.question == "One person offered more than half of the seats on cases. Is there a reason?"
    assert found.cases == ()


# T17


def paid(trust: Trust, on: date | None, made: date = date(2026, 4, 1)) -> None:
    claim = claimed(trust, noon(made), time("meeting", "2")).pk
    if on:
        keeper = {"by": trust["coordinator"], "at": noon(on), "claim": claim}
        claims.approve_claim(**keeper)
        claims.record_payment(**keeper, paid_on=on)


def test_t17_the_middle_of_the_days_to_payment_and_what_is_still_unpaid(trust: Trust) -> None:
    """Claimed on Wednesday 1 April. Paid on 9 April: 2, 7, 8, 9 = 4 working days; 24 April: 15; 5 May (4 May is a holiday): 21.

    Paid after 4, 15, 15, 21, 21: the middle is 15, on the threshold and not past it: green; two took more than 20. Of two that
    are not paid, one was made on 1 April; the other on 2 June, 20 working days before 30 June, is not late.
    """
    terms(trust, BEGINNING)
    for on in (date(2026, 4, 9), date(2026, 4, 24), date(2026, 4, 24), date(2026, 5, 5), date(2026, 5, 5), None):
        paid(trust, on)
    paid(trust, None, date(2026, 6, 2))
    found = spring(trust, "T17")
    assert (found.numerator, found.denominator, found.value, light(trust, "T17")) == (2, 5, 15, Light.GREEN)
    assert found.others == (("claims unpaid for more than 20 working days at the end of the quarter", 1),)
    assert found.cases == ()


def test_t17_a_claim_paid_after_the_quarter_was_unpaid_at_its_end(trust: Trust) -> None:
    terms(trust, BEGINNING)
    paid(trust, date(2026, 7, 1), date(2026, 6, 1))
    found = spring(trust, "T17")
    assert (found.denominator, found.value, found.others[0][1]) == (0, None, 1)  # 1 to 30 June: 21 working days


# T18


def test_t18_cases_after_which_partners_were_told_what_changed(db: None) -> None:
    """One case closed with the words for the partners, one withdrawn with partners on it and none: 1 of 2, too few to say."""
    closed = a_story().walk_to("closed")
    withdrawn = Story(closed.trust, closed.at).walk_to("terms")
    withdrawn.withdraw()
    never = Story(closed.trust, withdrawn.at)
    never.open()
    never.withdraw()  # nobody had sat on it
    first = measured(closed, "T18", closed.at)
    assert (first.numerator, first.cases) == (1, ())
    closed.at = never.at
    found = [measured(closed, "T18", day) for day in {one.closed_at for one in (closed.case, withdrawn.case)}]
    behind = {case for one in found for case in one.cases}
    assert behind == {withdrawn.case_id}
    assert all(SIGNALS["T18"].light(one) is Light.FEW for one in found)


def test_t18_ninety_in_a_hundred_is_as_it_should_be_and_less_is_not() -> None:
    signal = SIGNALS["T18"]
    lights = [signal.light(Measured(number, 100, number / 100)) for number in (90, 89, 70, 69)]
    assert lights == [Light.GREEN, Light.AMBER, Light.AMBER, Light.RED]


# T21


def test_t21_partners_who_left_before_their_term_was_over(trust: Trust) -> None:
    """Pat, Amina, Gwen and Tomas, whose terms run for years, and two whose term ended on 30 April: 6 in the quarter.

    Pat's appointment was ended on 20 April. Ann's was ended on its last day and Ben's the day after: neither is early. 1 / 6.
    """
    for name in ("Ann", "Ben"):
        partner(trust, name, ends_on=date(2026, 4, 30))
    for name, day in (("pat", date(2026, 4, 20)), ("Ann", date(2026, 4, 30)), ("Ben", date(2026, 5, 1))):
        row = trust[name].appointments.get(state=Appointment.State.ACTIVE)
        end_appointment(appointment=row, by=trust["quality"], at=noon(day), reason="As agreed.")
    found = spring(trust, "T21")
    assert (found.numerator, found.denominator, light(trust, "T21")) == (1, 6, Light.AMBER)  # 16.7 %, above 15 %
    assert found.others == (("of these, with the reason on record", 1),)


def test_t21_a_longer_term_is_no_leaving_and_a_term_without_an_end_is_ended_early(trust: Trust) -> None:
    partner(trust, "Ann")
    appoint(person=trust["Ann"], role="psp", starts_on=date(2026, 3, 2), ends_on=None, at=noon(date(2026, 4, 8)))
    assert spring(trust, "T21").numerator == 0
    end_appointment(appointment=trust["Ann"].appointments.get(), by=trust["quality"], at=noon(date(2026, 4, 9)), reason="Ill.")
    assert spring(trust, "T21").numerator == 1


# T22


def met(trust: Trust, name: str, kind: str, *there: str) -> None:
    found = committee(trust, name, *there, kind=kind, target=0 if kind == "course" else 2)
    day = date(2026, 4, 7)
    planned = meetings.plan_meeting(by=trust["chair"], at=noon(day), group=found.pk, day=day)
    meetings.record_held(by=trust["chair"], at=noon(day), meeting=planned.pk, present=[one.pk for one in found.seats.all()])


def test_t22_each_of_the_five_activities_counts_once_a_partner_did_something_in_it(trust: Trust) -> None:
    """Nothing: 0 of 5, red. A committee that met with nobody: still 0. Then one after the other: 3 of 5 amber, 4 of 5 green."""
    met(trust, "Empty", "committee")
    assert (spring(trust, "T22").numerator, light(trust, "T22")) == (0, Light.RED)
    met(trust, "Quality", "committee", "pat")
    met(trust, "Reviews", "review", "pat")
    met(trust, "Induction", "course", "pat")
    assert (spring(trust, "T22").value, light(trust, "T22")) == (0.6, Light.AMBER)
    said = {"kind": "board_item", "title": "At night", "text": "Come."}
    raise_matter(organisation=trust.organisation, by=trust["pat"], at=noon(date(2026, 5, 1)), **said)
    assert (spring(trust, "T22").value, light(trust, "T22")) == (0.8, Light.GREEN)
    assert dict(spring(trust, "T22").others)["improvement projects"] == "no"


def test_t22_what_partners_do_on_cases_counts_for_their_process(story: Story) -> None:
    story.walk_to("terms")
    assert dict(measured(story, "T22").others) == {
        "safety and quality committees": "no", "improvement projects": "no", "working with the board": "no",
        "training staff in safety": "no", "oversight of investigations": "yes",
    }  # fmt: skip


@pytest.mark.parametrize("code", ["T14", "T17", "T18"])
def test_where_there_is_nothing_nothing_is_said(trust: Trust, code: str) -> None:
    found = spring(trust, code)
    assert (found.numerator, found.denominator, found.value, light(trust, code)) == (0, 0, None, Light.NONE)
