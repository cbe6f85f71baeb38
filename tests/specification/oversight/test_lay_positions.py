"""R1: no lay-required stage passes without its lay partners. R2: nobody speaks for them."""

from __future__ import annotations

import inspect
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from audit.append_only import AppendOnly
from audit.models import Event
from cases.models import Lapse, Position
from tests.builders import a_full_group, a_story, again, refused, undone
from workflows import engine
from workflows.doors import reminders
from workflows.processes.oversight.story import Story
from workflows.standing import is_short

pytestmark = pytest.mark.usefixtures("apart")


def in_review(**cast: Any) -> Story:
    """The draft report is before the group, long enough for every notice to have run."""
    case = a_story(**cast).walk_to("draft_review")
    case.put_draft_to_group()
    case.wait(6)
    return case


@pytest.fixture(scope="module")
def walked(kept: None) -> Story:
    return in_review()


@pytest.fixture
def case(walked: Story, apart: None) -> Story:
    return again(walked)


# R1


def test_r1_the_stage_waits_for_each_partner_however_many_support_it() -> None:
    case = in_review(partners=("pat", "amina", "gwen"))
    for key in ("chair", "pat", "gwen"):
        case.answer(key)
        assert case.case.state == "draft_review"
    case.answer("amina", "abstain", "I was away on the day.")
    assert case.case.state == "actions"


def test_r1_the_chair_alone_passes_nothing_and_the_partners_alone_pass_nothing(case: Story) -> None:
    with undone():
        case.answer("chair")
        assert case.case.state == "draft_review"
    for key in ("pat", "amina"):
        case.answer(key)
    assert case.case.state == "draft_review"
    case.answer("chair")
    assert case.case.state == "actions"


def test_r1_abstentions_alone_are_no_support_and_it_goes_back(case: Story) -> None:
    case.answer("chair")
    for key in ("pat", "amina"):
        case.answer(key, "abstain", "I would rather not say.")
    assert case.case.state == "synthesis"


def test_r1_an_answer_is_lapsed_only_late_after_two_reminders_by_the_chair_with_a_reason(case: Story) -> None:
    case.answer("chair")
    case.answer("pat")
    with refused("R1"):  # nobody was reminded
        case.lapse("amina")
    case.remind("amina")
    case.remind("amina")
    with refused("R1"):  # two on one day are one
        case.lapse("amina")
    case.wait(1)
    case.remind("amina")
    case.wait(1)
    with refused("R1"):  # the time to answer is not over
        case.lapse("amina")
    with undone():
        case.wait(10)
        case.remind("amina")
        with refused("R1"):  # the last reminder was only sent today
            case.lapse("amina")
    case.wait(10)
    with refused("R1"):
        case.lapse("amina", reason=" ")
    for part in ("lead", "exec", "coordinator", "pat"):
        with refused("R1"):
            case.do(reminders.lapse, part, visit=case.visit, seat=case.seat("amina").pk, reason="She is slow.")
    assert case.case.state == "draft_review"
    case.lapse("amina")
    assert case.case.state == "actions"


def lapse_all(case: Story, *keys: str) -> None:
    for _ in range(2):
        for key in keys:
            case.remind(key)
        case.wait(1)
    case.wait(10)
    for key in keys:
        case.lapse(key)


def test_r1_when_every_lay_answer_has_lapsed_the_stage_stays_short_until_one_is_given(case: Story) -> None:
    case.answer("chair")
    lapse_all(case, "pat", "amina")
    assert case.case.state == "draft_review"
    assert is_short(case.look)
    assert Position.objects.filter(visit=case.visit, seat__capacity="lay").count() == 0
    case.answer("amina")
    assert case.case.state == "actions"


def test_r1_a_lapse_is_a_row_of_its_own_and_a_late_answer_still_counts(case: Story) -> None:
    lapse_all(case, "amina")
    lapse = Lapse.objects.get(seat=case.seat("amina"))
    assert lapse.reason
    assert not Position.objects.filter(visit=case.visit, seat=lapse.seat).exists()
    case.answer("amina", "do_not_support", "I was in hospital. It blames the night nurse.")
    case.answer("pat")
    assert case.case.state == "draft_review__dissent"


def test_r1_a_lapse_and_reminders_of_an_earlier_visit_never_count_again(case: Story) -> None:
    lapse_all(case, "amina")
    case.paper("report", text="The second text.")
    case.put_draft_to_group()
    case.wait(6)
    case.answer("chair")
    case.answer("pat")
    assert case.case.state == "draft_review"
    with refused("R1"):
        case.lapse("amina")


def test_r1_a_partner_who_joins_late_is_asked_too(case: Story) -> None:
    case.answer("chair")
    case.answer("pat")
    case.take_seat("gwen")
    case.answer("amina", enough_time=True)
    assert case.case.state == "draft_review"
    case.answer("gwen", enough_time=True)
    case.answer("pat", enough_time=True)
    assert case.case.state == "actions"


@pytest.mark.parametrize("stage", ["terms", "planning", "synthesis", "follow_up"])
def test_r1_holds_at_every_stage_that_asks_lay_people(stage: str) -> None:
    """Though the table asks for one partner there, each assigned partner answers or lapses."""
    case = a_story().walk_to(stage)
    case.partners = ("pat",)
    getattr(case, dict(Story.ROAD)[stage][0])()
    assert case.case.state == stage
    case.answer("amina", {"terms": "support", "follow_up": "shown"}.get(stage, "seen"), enough_time=True)
    assert case.case.state == STAGE_AFTER[stage]


STAGE_AFTER = {"terms": "planning", "planning": "gathering", "synthesis": "affected", "follow_up": "closed"}


def test_r1_an_answer_that_is_not_plain_support_comes_with_words(case: Story) -> None:
    for word in ("support_with_comments", "do_not_support", "abstain"):
        with refused("R1"):
            case.answer("pat", word, "  ")
    with refused("B7"):
        case.answer("pat", "heard")


# R2


def test_r2_no_door_lets_anybody_name_the_seat_that_speaks() -> None:
    named = set(inspect.signature(engine.take_position.__wrapped__).parameters)  # type: ignore[attr-defined]
    assert named == {"doing", "visit", "answer", "text", "version", "item", "item_revision", "enough_time"}


def test_r2_a_position_is_said_by_the_person_in_the_seat_and_by_nobody_else() -> None:
    case = a_full_group()
    case.walk_to("draft_review")
    case.put_draft_to_group()
    for who in ("ivy", "rhona", "gwen", "coordinator", "exec", "root", "auditor", "far_psp"):
        with refused("R2"):
            case.answer(who)
    case.answer("pat")
    said = Position.objects.filter(case=case.case_id).latest("at")
    told = Event.objects.filter(kind="position_taken", case_id=case.case_id).latest("at", "seq")
    assert said.person == case.who("pat") == said.seat.person
    assert (told.person_id, told.capacity, told.role) == (said.person_id, "lay", "psp")


def test_r2_a_position_cannot_be_changed_or_taken_back_and_thinking_again_adds_one(case: Story) -> None:
    case.answer("pat", "do_not_support", "It is unfair.")
    first = Position.objects.get(visit=case.visit)
    first.answer = "support"
    with pytest.raises((AppendOnly, RuntimeError)):
        first.save()
    with pytest.raises((AppendOnly, RuntimeError)):
        first.delete()
    with pytest.raises((AppendOnly, RuntimeError)):
        Position.objects.filter(pk=first.pk).update(answer="support")
    for change in ("UPDATE cases_position SET answer = 'support'", "DELETE FROM cases_position"):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(change)
    case.answer("pat", "support_with_comments", "It is fair now.")
    both = Position.objects.filter(visit=case.visit).order_by("number")
    assert [(one.number, one.answer, one.text) for one in both] == [
        (1, "do_not_support", "It is unfair."), (2, "support_with_comments", "It is fair now.")]  # fmt: skip
    case.answer("chair")
    case.answer("amina")
    assert case.case.state == "actions"
