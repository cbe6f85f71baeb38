"""C5 to C7: ready together, signed together (R13), waived by two; what is signed opens seats of its own kind and no others."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pytest

from cases.models import TrainingItem, TrainingRecord, Waiver
from permissions.eligibility import may_sit
from permissions.models import CaseGrant
from permissions.roles import PSP, SPECIALIST
from permissions.waiving import last_day
from tests.builders import again, refused
from tests.trainees import a_training
from web.pages.record.waived import Waived
from workflows.calendar import london_day
from workflows.demo.trust import NEWCOMERS
from workflows.doors import offices, second_key, waivers
from workflows.doors.people import appoint, record_training
from workflows.processes.oversight.story import Story
from workflows.processes.training.story import TALKED, TrainingStory

pytestmark = pytest.mark.usefixtures("apart")

State = TrainingItem.State


@pytest.fixture(scope="module")
def checked(kept: None) -> TrainingStory:
    """All evidence is checked; the partner and the specialist have not yet talked."""
    return a_training().walk_to("readiness")


@pytest.fixture
def case(checked: TrainingStory, apart: None) -> TrainingStory:
    return again(checked)


@pytest.fixture
def young(case: TrainingStory) -> TrainingStory:
    """Another partner's training, of which nothing has been offered."""
    other = TrainingStory(case.trust, case.at, (NEWCOMERS[1].key,))
    other.open()
    other.confirm()
    return other


def _records(case: TrainingStory) -> list[TrainingRecord]:
    return list(TrainingRecord.objects.filter(person=case.who(case.partner)))


# C5: ready, and more training without penalty


def test_c5_the_conversation_covers_all_four_things(case: TrainingStory) -> None:
    for left_out in ("talked_confidentiality", "talked_jargon", "talked_wellbeing", "talked_challenge"):
        with refused("C5"):
            case.submit("specialist", facts={**TALKED, left_out: "no"})
    case.talk()


def test_c5_both_say_that_the_partner_is_ready(case: TrainingStory) -> None:
    case.talk()
    case.answer("specialist", "ready")
    assert case.case.state == "readiness"
    case.answer("iris", "ready")
    assert case.case.state == "sign"


@pytest.mark.parametrize(("one", "other"), [("iris", "specialist"), ("specialist", "iris")])
def test_c5_either_may_want_more_training_first(case: TrainingStory, one: str, other: str) -> None:
    """The partner is heard in any case."""
    case.talk()
    case.answer(one, "more_training", "I would like to see a meeting first.")
    if one == "specialist":
        case.answer(other, "ready")
    assert case.case.state == "offer"
    assert [item.state for item in case.look.training_items] == [State.VERIFIED] * 5


def test_c5_more_training_is_owed_an_offer_and_holds_up_nothing_that_is_required(case: TrainingStory) -> None:
    more = case.ask_for_more()
    assert (more.asked_by_partner, more.title, more.state) == (True, "How to read a chart", State.REQUIRED)
    assert more.offer_by > london_day(case.at)
    case.walk_to("in_force")
    record = _records(case)[-1]
    assert (record.subject, record.valid_until) == ("oversight", case.look.trained_until)
    again_asked = case.ask_for_more("Chairing a meeting")
    case.offer_item(again_asked)
    case.complete(again_asked)
    assert (case.check(again_asked).state, case.case.state) == (State.VERIFIED, "in_force")


def test_c5_what_the_partner_asked_for_is_offered_before_the_case_goes_on(young: TrainingStory) -> None:
    more = young.ask_for_more()
    for item in young.items_that_are(State.REQUIRED)[:-1]:
        young.offer_item(item)
    with refused("C2"):
        young.submit("coordinator")
    young.offer_item(more)
    young.submit("coordinator")
    with refused("C5"):
        young.ask_to_waive(more, london_day(young.at))


def test_c5_more_training_says_what_and_why(case: TrainingStory) -> None:
    for wrong in ({"title": ""}, {"why": " "}):
        with refused("C5"):
            case.ask_for_more(**wrong)


# C6, R13: both sign


@pytest.mark.parametrize(("one", "other"), [("iris", "specialist"), ("specialist", "iris")])
def test_r13_one_signature_changes_nothing_and_the_second_opens_the_seats(case: TrainingStory, one: str, other: str) -> None:
    case.find_ready()
    case.answer(one, "sign")
    assert (case.case.state, _records(case)) == ("sign", [])
    case.wait(60)
    assert (case.case.state, _records(case)) == ("sign", [])
    case.answer(other, "sign")
    (record,) = _records(case)
    assert (case.case.state, record.completed_on, record.valid_until) == ("in_force", london_day(case.at), case.look.trained_until)
    assert {item.state for item in case.look.training_items} == {State.SIGNED}


@pytest.mark.parametrize(("one", "other"), [("iris", "specialist"), ("specialist", "iris")])
def test_r13_whoever_would_rather_not_say_has_not_signed(case: TrainingStory, one: str, other: str) -> None:
    case.find_ready()
    case.answer(other, "sign")
    case.answer(one, "abstain", "I am not sure yet.")
    assert (case.case.state, _records(case)) == ("readiness", [])


def test_r13_nobody_signs_for_another(case: TrainingStory) -> None:
    case.find_ready()
    for who in ("coordinator", "exec_team", "quality", "root"):
        with refused("R2"):
            case.answer(who, "sign")


def test_c6_what_ran_out_before_the_second_signature_is_not_signed_off(young: TrainingStory) -> None:
    young.offer_all()
    almost = london_day(young.at) - timedelta(days=360)
    young.complete(young.item("data_protection"), completed_on=almost)
    young.walk_to("sign")
    young.answer("specialist", "sign")
    young.wait(10)
    young.answer(young.partner, "sign")
    assert (young.case.state, _records(young)) == ("sign", [])
    with refused("R4"):
        young.offer_item(young.item("data_protection"))
    young.answer("specialist", "abstain", "One of them has run out.")
    assert young.case.state == "readiness"
    young.offer_item(young.item("data_protection"))
    young.complete(young.item("data_protection"))
    young.check(young.item("data_protection"))
    assert young.walk_to("in_force").case.state == "in_force"


def test_r4_nothing_is_waived_between_the_two_signatures(young: TrainingStory) -> None:
    young.offer_all()
    young.walk_to("sign")
    young.answer("specialist", "sign")
    with refused("R4"):
        young.ask_to_waive(young.item("oversight"), london_day(young.at) + timedelta(days=100))


def test_r13_nobody_enters_alone_what_two_people_sign(young: TrainingStory) -> None:
    given = {"person": young.who("iris"), "subject": "oversight", "completed_on": london_day(young.at), "at": young.at}
    with refused("R13"):
        record_training(by=young.who("coordinator"), **given)


def test_c9_evidence_that_is_turned_down_late_gives_the_partner_their_time_again(young: TrainingStory) -> None:
    young.offer_all()
    item = young.item("oversight")
    young.complete(item)
    young.wait(60)
    young.check(young.item("oversight"), accepted=False, reason="The day is missing.")
    again = young.item("oversight")
    assert again.due_on == young.look.calendar.add(young.look.today, again.within)


# Waivers: two people, a reason, a day


def test_c6_a_training_is_waived_by_two_people_until_a_day(young: TrainingStory) -> None:
    until = london_day(young.at) + timedelta(days=85)
    item = young.item("oversight")
    asked = young.ask_to_waive(item, until)
    assert young.item("oversight").state == State.REQUIRED
    for who in ("coordinator", "specialist", "quality", "iris", "exec"):
        with refused("R8"):
            young.do(waivers.grant_training_waiver, who, proposal=asked.pk)
    young.do(waivers.grant_training_waiver, "exec_team", proposal=asked.pk)
    (waiver,) = Waiver.objects.filter(case=young.case_id)
    assert (waiver.rule, waiver.until, waiver.reason) == ("C6", until, asked.reason)
    assert (waiver.asked_by, waiver.granted_by) == (young.who("coordinator"), young.who("exec_team"))
    waived = young.item("oversight")
    assert (waived.state, waived.valid_until, waived.waiver) == (State.WAIVED, until, waiver)
    with refused("STALE"):
        young.do(waivers.grant_training_waiver, "exec_team", proposal=asked.pk)
    young.walk_to("in_force")
    assert _records(young)[0].valid_until == until
    (listed,) = Waived(young.who("auditor"), young.at).waivers
    assert (listed.tag, listed.reason) == ("In force", asked.reason)
    young.until(until + timedelta(days=1))
    assert Waived(young.who("auditor"), young.at).waivers[0].tag == "Over"


def test_c6_a_waiver_is_refused_with_a_reason_and_nothing_changes(young: TrainingStory) -> None:
    asked = young.ask_to_waive(young.item("oversight"), london_day(young.at), by="specialist")
    with refused("STALE"):
        young.ask_to_waive(young.item("oversight"), london_day(young.at))
    with refused("R12"):
        young.do(second_key.refuse_proposal, "exec_team", proposal=asked.pk, reason=" ")
    young.do(second_key.refuse_proposal, "exec_team", proposal=asked.pk, reason="Wait for the autumn course.")
    assert (young.item("oversight").state, Waiver.objects.filter(case=young.case_id).exists()) == (State.REQUIRED, False)


def test_r17_a_waiver_has_a_day_and_a_reason_and_is_over_after_its_day(young: TrainingStory) -> None:
    item, today = young.item("oversight"), london_day(young.at)
    with refused("R17"):
        young.ask_to_waive(item, today - timedelta(days=1))
    late = young.ask_to_waive(item, today)
    young.wait(1)
    with refused("R17"):
        young.do(waivers.grant_training_waiver, "exec_team", proposal=late.pk)
    young.do(second_key.refuse_proposal, "exec_team", proposal=late.pk, reason="The day is over.")
    young.waive_item(item, london_day(young.at))
    for other in young.items_that_are(State.REQUIRED):
        young.offer_item(other)
    young.wait(1)
    with refused("C2"):
        young.submit("coordinator")
    young.offer_item(item)
    young.submit("coordinator")


def test_c6_nothing_is_waived_on_a_case_that_has_ended(young: TrainingStory) -> None:
    asked = young.ask_to_waive(young.item("oversight"), london_day(young.at) + timedelta(days=9))
    young.withdraw()
    assert young.case.state == "withdrawn"
    with refused("STALE"):
        young.do(waivers.grant_training_waiver, "exec_team", proposal=asked.pk)


def test_r17_a_waiver_of_a_training_is_not_ended_by_the_door_of_lay_rules(young: TrainingStory) -> None:
    young.waive_item(young.item("oversight"), london_day(young.at) + timedelta(days=9))
    waiver = Waiver.objects.get(case=young.case_id)
    with refused("C6"):
        young.do(waivers.end_waiver, "exec_team", waiver=waiver.pk)


def test_r17_a_waiver_of_a_training_lasts_a_quarter_at_most_and_no_longer_than_the_training_would(young: TrainingStory) -> None:
    item, today = young.item("oversight"), london_day(young.at)
    for days in (91, 365, 4000):
        with refused("R17"):
            young.ask_to_waive(item, today + timedelta(days=days))
    young.waive_item(item, today + timedelta(days=90))
    assert last_day(today, months=1) < today + timedelta(days=90) == last_day(today, months=36)


def test_r9_whoever_is_the_specialist_too_waives_no_training(young: TrainingStory) -> None:
    asked = young.ask_to_waive(young.item("oversight"), london_day(young.at) + timedelta(days=9))
    appoint(person=young.who("exec_team"), role=SPECIALIST.code, starts_on=london_day(young.at), at=young.at)
    young.do(offices.fill_offices, "coordinator")
    with refused("R9"):
        young.do(waivers.grant_training_waiver, "exec_team", proposal=asked.pk)
    young.do(waivers.grant_training_waiver, "exec_team2", proposal=asked.pk)


def test_r9_whoever_waived_a_training_does_not_sign_it_off_as_the_specialist(young: TrainingStory) -> None:
    young.waive_item(young.item("oversight"), london_day(young.at) + timedelta(days=80))
    appoint(person=young.who("exec_team"), role=SPECIALIST.code, starts_on=london_day(young.at), at=young.at)
    young.do(offices.fill_offices, "coordinator")
    young.walk_to("sign")
    young.answer(young.partner, "sign")
    with refused("R9"):
        young.answer("exec_team", "sign")
    assert young.case.state == "sign"
    young.answer("specialist", "sign")
    assert young.case.state == "in_force"


# C7: what it opens


def test_c7_a_partner_goes_from_appointment_to_a_seat_in_an_oversight_group(case: TrainingStory) -> None:
    group = Story(case.trust, case.at, ("iris", "pat")).walk_to("form_group")
    with refused("B1"):
        group.offer("iris")
    group.at = case.at
    case.walk_to("in_force")
    group.at = max(group.at, case.at)
    group.take_seat("iris")
    assert group.seat("iris").is_active


def test_c7_signed_for_projects_opens_no_seat_in_an_oversight_group(case: TrainingStory) -> None:
    projects = TrainingStory(case.trust, case.at, (NEWCOMERS[1].key,))
    projects.open("projects")
    projects.walk_to("in_force")
    person = projects.who(projects.partner)
    assert all(may_sit(person, projects.case, PSP, projects.at, "projects"))
    assert not all(may_sit(person, projects.case, PSP, projects.at, "oversight"))
    group = Story(case.trust, projects.at, ("pat",)).walk_to("form_group")
    with refused("B1"):
        group.offer(projects.partner)


def test_c7_sight_that_was_about_to_end_is_renewed_by_the_second_signature(case: TrainingStory) -> None:
    """Kept by a record of the keepers until today; the sign-off carries it on."""
    today = london_day(case.at)
    record_training(
        person=case.who("iris"), subject="oversight", completed_on=today - timedelta(days=700),
        valid_until=today + timedelta(days=40), at=case.at,
    )  # fmt: skip
    group = Story(case.trust, case.at, ("iris", "pat")).walk_to("form_group")
    seat = group.take_seat("iris")
    before = _sight_ends(group, seat.pk)
    case.at = group.at
    case.walk_to("in_force")
    after = _sight_ends(group, seat.pk)
    assert before is not None
    assert after is not None
    assert after > before


def _sight_ends(group: Story, seat: UUID) -> date | None:
    return CaseGrant.objects.get(seat=seat).until
