"""A case from its first page to closed, in the browser, by everybody it needs, with one lay partner who disagrees."""

from django.core.management import call_command

from cases.models import Case
from tests.system.conftest import Cast
from tests.system.people.anybody import Colleague
from tests.system.people.partner import SAY, Partner
from tests.system.people.staff import Coordinator, Directorate, EngagementLead, Executive, ExecutiveTeam, Lead, Quality

TITLE = "Delay in treating sepsis"
WHY_NOT = "The report does not say why the family was not listened to.\nThey called three times."
REASON = "The coroner has the call log. We say on page 4 that it exists."
CHANGED = "Page 4 says that the family called."


class Group:
    """Everybody, each at a browser of their own."""

    def __init__(self, cast: Cast) -> None:
        self.story = cast.story
        self.lead = cast(Lead, "lead")
        self.directorate = cast(Directorate, "directorate")
        self.team = cast(ExecutiveTeam, "exec_team")
        self.coordinator = cast(Coordinator, "coordinator")
        self.chair = cast(Colleague, "chair")
        self.engagement = cast(EngagementLead, "engagement")
        self.pat, self.amina = cast(Partner, "pat"), cast(Partner, "amina")
        self.executive = cast(Executive, "exec")
        self.quality = cast(Quality, "quality")

    def all_say(self, task: str, answer: str) -> None:
        for one in (self.chair, self.pat, self.amina):
            one.says(task, answer)

    # B0 and B1

    def open_and_decide_to_investigate(self) -> None:
        self.lead.opens_a_case(TITLE, directorate=self.directorate.name)
        self.story.case_id = Case.objects.get().pk
        self.directorate.proposes_an_investigation()
        self.team.decides_to_investigate()

    def form_the_group(self) -> None:
        self.lead.asks("psp", self.pat.name, self.amina.name)
        self.lead.asks("chair", self.chair.name)
        self.lead.asks("engagement", self.engagement.name)
        self.pat.takes_the_seat("Patient Safety Partner")
        self.amina.takes_the_seat("Patient Safety Partner")
        self.chair.takes_the_seat("Group chair")
        self.engagement.takes_the_seat("Engagement lead")
        self.lead.submits("Form the group")
        self.coordinator.confirms_the_group()

    # B2 to B6

    def agree_the_terms_and_note_the_plan(self) -> None:
        self.engagement.records_questions("Why did nobody come when we called?")
        self.lead.uploads_and_releases("Terms of reference", "terms")
        self.lead.submits("Agree the terms of reference")
        self.all_say("Say what you think of the terms of reference", "I support it")
        self.lead.uploads_and_releases("Plan", "plan")
        self.lead.submits_the_plan()
        self.all_say("Read the investigation plan and timetable, and say that you have", "I have read it")

    def gather_and_share(self) -> None:
        self.lead.uploads_and_releases("Progress note", "progress")
        self.lead.submits("Gather information")
        self.lead.uploads_and_releases("Findings", "findings")
        self.lead.submits("Make sense of the findings")
        self.all_say("Read the findings, and say that you have", "I have read it")
        self.lead.uploads_and_releases("Investigation report", "report")
        self.engagement.shares_the_draft()

    # B7, B7a

    def review_the_draft(self) -> None:
        self.lead.puts_the_draft_to_the_group()
        self.chair.says(SAY, "I support it")
        self.amina.says(SAY, "I support it")
        self.pat.does_not_support_it(WHY_NOT)
        self.executive.hears_the_disagreement(WHY_NOT, REASON)
        self.pat.says_they_were_heard()

    # B8 to B11

    def agree_the_actions_and_sign(self) -> None:
        self.directorate.writes_an_action("Answer every call bell within five minutes")
        self.directorate.puts_the_actions_to_the_group()
        self.pat.supports_each_action()
        self.amina.supports_each_action()
        self.executive.signs()

    def share_follow_up_and_close(self) -> None:
        self.quality.shares_what_was_learned(CHANGED)
        self.directorate.shows_that_it_was_done()
        self.directorate.hands_it_to_the_group()
        self.quality.has_seen_that_it_was_done()
        self.pat.has_seen_that_it_was_done()
        self.amina.has_seen_that_it_was_done()


def test_a_case_goes_from_its_first_page_to_closed_over_a_disagreement(cast: Cast) -> None:
    group = Group(cast)
    group.open_and_decide_to_investigate()
    group.form_the_group()
    group.agree_the_terms_and_note_the_plan()
    group.gather_and_share()
    group.review_the_draft()
    group.agree_the_actions_and_sign()
    group.share_follow_up_and_close()

    assert group.story.case.state == "closed"
    group.pat.finds_words_unaltered(WHY_NOT)
    group.pat.sees("Closed over a disagreement", CHANGED)
    call_command("verify", group.story.case.reference)
    call_command("verify")
