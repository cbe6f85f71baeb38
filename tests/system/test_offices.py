"""Those with an office or a part: coordinator, engagement lead, directorate, executive team, executive lead, quality team."""

from tests.system.conftest import Cast
from tests.system.people.staff import (
    Coordinator,
    Directorate,
    EngagementLead,
    Executive,
    ExecutiveTeam,
    Lead,
    Quality,
)
from workflows.processes.oversight.story import Story


def test_the_directorate_proposes_and_the_executive_team_decides(cast: Cast, story: Story) -> None:
    story.open()
    cast(Directorate, "directorate").proposes_an_investigation()
    cast(ExecutiveTeam, "exec_team").decides_to_investigate()
    assert story.case.state == "form_group"


def test_the_coordinator_confirms_a_group_that_a_waiver_lets_be_small(cast: Cast, story: Story) -> None:
    story.walk_to("form_group")
    story.take_seat("chair", "chair")
    story.take_seat("pat")
    story.submit("lead")
    cast(Coordinator, "coordinator").cannot_confirm_the_group_yet()
    cast(Lead, "lead").asks_for_a_waiver("One partner is ill and the family cannot wait.")
    cast(ExecutiveTeam, "exec_team").agrees_as_the_second_person("the family cannot wait", "The rule is lifted until")
    cast(Coordinator, "coordinator").confirms_the_group()
    assert story.case.state == "terms"
    cast(Quality, "quality").finds_the_waiver_listed("One partner is ill and the family cannot wait.")


def test_the_engagement_lead_speaks_for_those_affected(cast: Cast, story: Story) -> None:
    story.walk_to("affected")
    story.paper("report")
    engagement = cast(EngagementLead, "engagement")
    engagement.records_questions("Why did nobody come when we called?")
    engagement.shares_the_draft()
    assert story.case.state == "draft_review"
    assert story.case.facts["questions"] == "Why did nobody come when we called?"


def test_the_directorate_writes_actions_and_shows_that_they_were_done(cast: Cast, story: Story) -> None:
    story.walk_to("actions")
    directorate = cast(Directorate, "directorate")
    directorate.writes_an_action("Answer every call bell within five minutes")
    directorate.puts_the_actions_to_the_group()
    story.all_answer(also=())
    story.sign()
    story.share_learning()
    directorate.shows_that_it_was_done()
    directorate.hands_it_to_the_group()
    story.all_answer("shown", also=("quality",))
    assert story.case.state == "closed"


def test_the_executive_lead_signs_once_the_list_is_complete(cast: Cast, story: Story) -> None:
    story.walk_to("draft_review")
    story.put_draft_to_group()
    story.comment("pat", "It does not say who called first.", kind="report")
    story.all_answer()
    story.agree_actions()
    executive, lead = cast(Executive, "exec"), cast(Lead, "lead")

    executive.cannot_sign_yet("comment")
    lead.answers_the_comment("Page 2 now says so.")
    executive.signs()

    assert story.case.state == "sharing"
    executive.opens_the_case()
    executive.sees("Share what was learned")


def test_the_quality_team_shares_what_was_learned_and_looks_at_the_evidence(cast: Cast, story: Story) -> None:
    story.walk_to("sharing")
    quality = cast(Quality, "quality")
    quality.shares_what_was_learned("Page 4 and the second action are there because of you.")
    story.give_evidence()
    story.submit("directorate")
    quality.has_seen_that_it_was_done()
    quality.reads_the_record("Pat Mercer")
    assert story.case.state == "follow_up"  # the lay partners are still asked
