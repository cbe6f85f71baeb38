"""The chair: says what they think, reminds, and records late, when all conditions are met, that somebody gave no answer."""

from cases.models import Lapse
from tests.system.conftest import Cast
from tests.system.people.partner import SAY, Partner
from tests.system.people.staff import Chair, ExecutiveTeam
from workflows.processes.oversight.story import Story


def test_a_chair_answers_reminds_and_records_that_no_answer_came(cast: Cast, story: Story) -> None:
    story.walk_to("draft_review")
    story.put_draft_to_group()
    chair = cast(Chair, "chair")

    chair.says(SAY, "I support it, with comments", "The summary could be shorter.")
    chair.reminds("Pat Mercer")
    chair.cannot_record_yet_that_nobody_answered(
        "Pat Mercer", "Two reminders on two different days come first.", "The time to answer is not over yet."
    )
    story.wait(working_days=11)
    chair.reminds("Pat Mercer")
    chair.cannot_record_yet_that_nobody_answered("Pat Mercer", "The last reminder was sent today.")
    story.wait(working_days=1)
    chair.records_that_nobody_answered("Pat Mercer", "No answer to two reminders and a phone call.")

    assert Lapse.objects.get().seat == story.seat("pat")
    assert story.case.state == "draft_review"  # silence is never agreement: Amina is still asked


def test_a_seat_ends_only_with_a_second_person(cast: Cast, story: Story) -> None:
    story.walk_to("draft_review")
    chair, team, pat = cast(Chair, "chair"), cast(ExecutiveTeam, "exec_team"), cast(Partner, "pat")
    chair.asks_to_end_the_seat_of("Pat Mercer", "Pat has moved away.")
    assert story.seat("pat").is_active

    team.agrees_as_the_second_person("Pat has moved away.", "The seat ends at once")
    pat.finds_no_case()
