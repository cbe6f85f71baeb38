"""R4: a position binds to one version. R5: there is time to read it, which only lay partners can shorten."""

from __future__ import annotations

import pytest

from cases.models import Position, SafetyAction, Visit
from tests.builders import a_story, again, refused, undone
from workflows import engine
from workflows.doors import actions, papers
from workflows.processes.oversight.story import Story
from workflows.standing import owing, waits
from workflows.verify import verify_case

pytestmark = pytest.mark.usefixtures("apart")


@pytest.fixture(scope="module")
def walked(kept: None) -> Story:
    """Terms of reference just given to the group."""
    case = a_story().walk_to("terms")
    case.record_questions()
    case.paper("terms")
    case.submit("lead")
    return case


@pytest.fixture
def case(walked: Story, apart: None) -> Story:
    return again(walked)


# R4


def test_r4_a_position_names_the_exact_version_that_was_put_to_the_group(case: Story) -> None:
    case.answer("pat")
    live, said = case.look.visit, Position.objects.filter(case=case.case_id).latest("at")
    assert live
    assert said.version_id == live.version_id == case.look.versions_of("terms")[-1].pk


def test_r4_a_new_version_during_the_answers_asks_everybody_again(case: Story) -> None:
    case.wait(6)
    case.answer("chair")
    case.answer("pat")
    old = case.look.visit
    assert old
    new = case.paper("terms", text="Broader terms.")
    live = case.look.visit
    assert live
    assert (live.stage, live.step, live.number) == ("terms", "prepare", old.number + 1)
    assert Visit.objects.get(pk=old.pk).outcome == "changed"
    with refused("STALE"):  # the page that was open before
        case.do(engine.take_position, "amina", visit=old.pk, answer="support", version=old.version_id)
    case.submit("lead")
    with refused("STALE"):
        case.do(engine.take_position, "amina", visit=case.visit, answer="support", version=old.version_id)
    case.wait(6)
    case.answer("amina")
    assert case.case.state == "terms"
    assert {seat.person.name for seat in owing(case.look)} == {"Pat Mercer", "Charles Adeyemi"}
    case.answer("pat")
    case.answer("chair")
    assert case.case.state == "planning"
    assert case.look.agreed_version("terms") == new.pk
    assert list(verify_case(case.case, case.at)) == []


def test_r4_agreed_terms_are_not_replaced_where_nobody_is_asked_about_the_new_ones(case: Story) -> None:
    draft = case.paper("terms", text="Narrower terms.", release=False)
    case.all_answer()
    assert case.case.state == "planning"
    with refused("R4"):
        case.do(papers.release_paper, "lead", version=draft.pk, plain_summary="We look at less.", lay_reads="same")
    case.paper("plan")  # another paper is not held up by it


def test_r4_terms_that_a_partner_disagrees_with_can_be_written_again_while_they_are_heard(case: Story) -> None:
    case.wait(6)
    case.dissent("pat")
    case.answer("chair")
    case.answer("amina")
    assert case.case.state == "terms__dissent"
    case.paper("terms", text="Broader terms.")
    assert case.look.versions_of("terms")[-1].is_released


def test_r4_an_agreed_report_can_be_replaced_because_the_signer_sends_it_back(case: Story) -> None:
    case.all_answer()
    case.walk_to("sign_off")
    new = case.paper("report", text="A line put right.")
    with refused("R4"):
        case.sign()
    case.submit("exec", outcome="send_back", reason="The group has not read it.")
    assert case.case.state == "draft_review"
    assert case.look.latest_released("report") == new


def test_r4_a_draft_that_nobody_was_given_changes_nothing(case: Story) -> None:
    case.wait(6)
    case.answer("pat")
    visit = case.visit
    case.paper("terms", text="Not ready yet.", release=False)
    assert case.visit == visit
    case.answer("amina")
    case.answer("chair")
    assert case.case.state == "planning"


def test_r4_what_is_submitted_is_the_newest_text_released() -> None:
    case = a_story().walk_to("terms")
    case.record_questions()
    old = case.paper("terms")
    case.paper("terms", text="Newer terms.")
    with refused("STALE"):
        case.submit("lead", version=old.pk)
    with refused("STALE"):
        case.submit("lead", version=None)


def test_r4_a_stage_without_a_paper_takes_none() -> None:
    """Not even one of this case: nobody may hang a text on a step where nobody reads it."""
    case = a_story().walk_to("gathering")
    case.paper("progress")
    with refused("STALE"):
        case.submit("lead", version=case.look.versions[0].pk)


def test_r4_the_executive_signs_the_text_that_the_group_agreed_or_sends_it_back() -> None:
    case = a_story().walk_to("sign_off")
    agreed = case.look.agreed_version("draft_review")
    with undone():
        case.paper("report", text="One sentence was taken out.")
        with refused("STALE"):
            case.submit("exec", outcome="sign", version=agreed)
        with refused("R4"):
            case.sign()
        case.submit("exec", outcome="send_back", reason="The group has not seen this.")
        assert case.case.state == "draft_review"
    case.sign()
    assert Visit.objects.get(case=case.case_id, stage="sign_off").version_id == agreed


def test_r4_an_action_that_changes_is_asked_again_while_the_others_stand() -> None:
    case = a_story().walk_to("actions")
    case.put_actions_to_group()
    case.answer("pat")
    first, second = case.look.live_actions
    _change(case, first, "Answer every call bell within three minutes")
    assert _count(case, "pat") == 2
    assert {seat.person.name for seat in owing(case.look)} == {"Pat Mercer", "Amina Yusuf"}
    with refused("STALE"):  # the old text of the action
        _answer_item(case, "pat", first, revision=1)
    case.answer("amina")
    assert case.case.state == "actions"
    _answer_item(case, "pat", first, revision=2)
    assert case.case.state == "sign_off"
    said = Position.objects.filter(item=second, seat=case.seat("pat"))
    assert [(one.number, one.item_revision) for one in said] == [(1, 1)]


def test_r4_an_action_added_during_the_answers_is_asked_of_those_who_had_answered() -> None:
    case = a_story().walk_to("actions")
    case.put_actions_to_group()
    case.answer("pat")
    case.draft_action("A third thing")
    case.answer("amina")
    assert case.case.state == "actions"
    _answer_item(case, "pat", case.look.live_actions[-1], revision=1)
    assert case.case.state == "sign_off"


def _change(case: Story, action: SafetyAction, title: str) -> None:
    case.do(
        actions.change_action, "directorate", action=action.pk, revision=action.revision, title=title,
        measure=action.measure, owner=action.owner, due_on=action.due_on,
    )  # fmt: skip


def _answer_item(case: Story, who: str, action: SafetyAction, revision: int) -> None:
    case.do(engine.take_position, who, visit=case.visit, answer="support", item=action.pk, item_revision=revision)


def _count(case: Story, who: str) -> int:
    return Position.objects.filter(visit=case.visit, seat=case.seat(who)).count()


# R5


def test_r5_the_decision_waits_for_five_working_days_and_then_moves_by_itself(case: Story) -> None:
    for key in ("chair", "pat", "amina"):
        case.answer(key)
    (until,) = [wait.until for wait in waits(case.look)]
    assert until == case.look.calendar.add(case.look.today, 5)
    for _ in range(4):
        case.wait(1)
        case.do(engine.look_again, "lead")
        assert case.case.state == "terms"
    case.wait(1)
    assert case.look.today == until
    engine.look_again(case=case.case_id, by=None, at=case.at)
    assert case.case.state == "planning"


def test_r5_every_partner_agrees_to_be_quick_or_it_is_not_quick(case: Story) -> None:
    case.answer("chair", enough_time=True)
    case.answer("pat", enough_time=True)
    case.answer("amina")
    assert case.case.state == "terms"
    case.answer("amina", enough_time=True)
    assert case.case.state == "planning"


def test_r5_no_member_of_staff_shortens_it(case: Story) -> None:
    for key in ("pat", "amina"):
        case.answer(key)
    case.answer("chair", enough_time=True)
    assert case.case.state == "terms"


def test_r5_consent_can_be_taken_back_while_it_still_matters(case: Story) -> None:
    case.answer("pat", enough_time=True)
    case.answer("pat", enough_time=False)
    case.answer("amina", enough_time=True)
    case.answer("chair")
    assert case.case.state == "terms"


def test_r5_a_lapse_is_not_consent() -> None:
    case = a_story().walk_to("draft_review")
    case.put_draft_to_group()
    for _ in range(2):
        case.remind("amina")
        case.wait(1)
    case.wait(10)
    case.take_seat("gwen")  # her five working days begin today
    case.lapse("amina")
    case.answer("chair")
    case.answer("pat", enough_time=True)
    case.answer("gwen", enough_time=True)
    assert case.case.state == "draft_review"
    case.wait(6)
    case.do(engine.look_again, "chair")
    assert case.case.state == "actions"


def test_r5_the_comment_window_on_the_findings_is_ten_working_days_unless_both_partners_agree() -> None:
    case = a_story().walk_to("synthesis")
    case.paper("findings")
    case.submit("lead")
    case.answer("chair", "seen")
    case.answer("pat", "seen", enough_time=True)
    case.answer("amina", "seen")
    for days, state in ((9, "synthesis"), (1, "affected")):
        case.wait(days)
        case.do(engine.look_again, "lead")
        assert case.case.state == state


def test_r5_looking_again_is_for_those_who_sit_on_the_case(case: Story) -> None:
    for stranger in ("gwen", "lead2", "auditor"):
        with refused("IG3"):
            case.do(engine.look_again, stranger)
