"""An improvement project in the browser, from a partner's proposal to "you said, we did", with the testing stopped on the way."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django.utils import timezone

from cases.models import Case
from tests.system.conftest import TELEPHONE, Cast
from tests.system.hands import Keyboard
from tests.system.people.project import PartnerCoordinator, ProjectLead, Proposer, SafetySpecialist, Sponsor
from tests.web.casework import BEGINNING
from workflows.demo.trust import build_trust
from workflows.processes.improvement.story import ImprovementStory

TITLE = "Being called by the right name"
IDEA = "Patients are called by a name that is not theirs. Older people most of all."
MEASURE = "Share of patients called by their own name"
WHY = "The cards can be read by every visitor.\nAsk patients first."
ANSWER = "The name stays; nothing else is on the card from now on."
CHANGED = "You said that the night has no one to ask. The night sister asks now."
DIFFERENT = "Visitors no longer read the cards."


@pytest.fixture
def story(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> ImprovementStory:
    """A project yet to be proposed. Its acts can be done by door or by browser, in turn."""
    begun = ImprovementStory(build_trust(BEGINNING), BEGINNING)
    monkeypatch.setattr(timezone, "now", lambda: begun.at)
    return begun


def test_a_project_goes_from_a_partners_proposal_to_you_said_we_did(cast: Cast, story: ImprovementStory) -> None:
    pat, lead = cast(Proposer, "pat"), cast(ProjectLead, "lead")

    # Given a partner who proposed a project, declared their interests, and was told who answers by when
    pat.proposes(TITLE, IDEA)
    story.case_id = Case.objects.get().pk
    pat.is_told_to_declare_and_who_answers("Sam Ward, Patient Safety Specialist", "in 10 working days")
    cast(SafetySpecialist, "specialist").accepts_the_proposal(IDEA)
    story.walk_to("measures")

    # When everybody agrees how one will know that it is better, by the partner's own measure
    pat.proposes_a_measure(MEASURE)
    lead.writes_down_the_baseline("Six of ten")
    lead.puts_the_measures_to_everybody(MEASURE)
    story.answer("lead")
    story.answer("amina", enough_time=True)
    pat.says("Say what you think of the measures", "I support it")
    assert story.case.state == "testing"

    # And the partner stops the testing, and the sponsor answers
    pat.stops_the_testing(WHY)
    lead.cannot_go_on("Pat Mercer has placed a hold")
    cast(Sponsor, "chair").answers_whoever_stopped_the_work("Pat Mercer", WHY.partition("\n")[0], ANSWER)
    pat.reads_the_answer_on_the_case("Ask patients first.", ANSWER)
    story.walk_to("share")
    lead.answers_the_comment("Page 2 says who fills it in.")
    lead.says_what_changed(CHANGED)

    # Then each partner's words stand beside what was done, and the coordinator asks what it was like
    pat.reads_from_a_message_what_changed(CHANGED, "Say who fills in the card at night.", "Page 2 says who fills it in.", ANSWER)
    cast(PartnerCoordinator, "coordinator").asks_everybody_what_it_was_like()
    pat.says_what_it_was_like(DIFFERENT)
    assert story.case.state == "evaluate"
    call_command("verify", story.case.reference)


def test_the_testing_is_stopped_on_a_telephone_with_the_keyboard_alone(cast: Cast, story: ImprovementStory) -> None:
    story.walk_to("testing")
    amina = cast(Proposer, "amina", hand=Keyboard, **TELEPHONE)

    amina.stops_the_testing(WHY)

    assert [hold.reason for hold in story.look.holds] == [WHY]
