"""R6, IG4 to IG6: lay partners read what staff read; what is held back shows as held back, is challenged, and gets an answer."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.files.base import File

from audit.models import Event
from cases.models import CaldicottDecision, PaperVersion, Position, Withholding
from permissions.scope import visible_events, visible_papers
from tests.builders import a_story, again, refused
from workflows.calendar import london_day
from workflows.doors import papers, renditions, withholding
from workflows.doors.comments import comment
from workflows.processes.oversight.story import Story
from workflows.verify import verify_case

pytestmark = pytest.mark.usefixtures("apart")

STAFF = ("lead", "chair", "exec", "caldicott", "auditor")


@pytest.fixture(scope="module")
def walked(kept: None) -> Story:
    return a_story().walk_to("gathering")


@pytest.fixture
def case(walked: Story, apart: None) -> Story:
    return again(walked)


def text_for(case: Story, key: str, version: PaperVersion) -> str:
    """The words that are handed to somebody who opens a version."""
    opened = visible_papers(case.who(key), case.case, case.at).get(pk=version.pk)
    with case.look.handed_to(case.who(key).pk, opened).file.open("rb") as file:
        return str(file.read().decode())


def held(case: Story) -> Withholding:
    return case.look.withholdings[-1]


# Two files of one version


def test_ig4_what_lay_partners_read_is_said_at_the_release(case: Story) -> None:
    draft = case.paper("progress", release=False)
    for said in ("", "both"):
        with refused("IG4"):
            case.do(papers.release_paper, "lead", version=draft.pk, plain_summary="What we did.", lay_reads=said)
    with refused("IG4", "IG5"):  # a file of their own that is not there
        case.release(draft, lay_reads=papers.OWN)
    case.release(draft)
    assert all(text_for(case, key, draft) == text_for(case, "pat", draft) for key in STAFF)


def test_ig4_lay_partners_get_their_file_and_staff_get_theirs_at_the_same_moment(case: Story) -> None:
    version = case.paper_in_part("progress")
    for key in STAFF:
        assert "Mrs Jones" in text_for(case, key, version)
    for key in ("pat", "amina"):
        assert text_for(case, key, version) == "A patient came in at nine."
    handed = case.look.handed_to(case.who("pat").pk, PaperVersion.objects.get(pk=version.pk))
    assert (handed.name, handed.size) == ("for-everyone.txt", len(b"A patient came in at nine."))
    assert handed.sha256 != version.sha256
    case.read("pat", "progress")
    assert Event.objects.filter(kind="paper_read").latest("seq").facts["sha256"] == handed.sha256
    assert list(verify_case(case.case, case.at)) == []


def test_ig5_nothing_is_left_out_unsaid_and_nothing_said_to_be_left_out_is_there(case: Story) -> None:
    draft = case.paper("progress", release=False)
    case.lay_file(draft)
    with refused("IG5"):
        case.release(draft, lay_reads=papers.OWN)
    case.hold_back(draft)
    with refused("IG5"):
        case.release(draft, lay_reads=papers.SAME)
    case.release(draft, lay_reads=papers.OWN)


@pytest.mark.parametrize(
    "fault", [{"what": " "}, {"category": "none"}, {"reason": ""}, {"until": timedelta()}, {"until": timedelta(400)}]
)
def test_ig5_a_decision_to_hold_back_says_what_kind_why_and_until_when(case: Story, fault: dict[str, object]) -> None:
    draft = case.paper("progress", release=False)
    given = case.reason_to_hold_back("Two names")
    days = fault.get("until")
    wrong = {"until": london_day(case.at) + days} if isinstance(days, timedelta) else fault
    with refused("IG5"):
        case.do(renditions.hold_back_part, "lead", version=draft.pk, given=replace(given, **wrong))


def test_ig4_only_the_author_prepares_and_nobody_after_the_release(case: Story) -> None:
    draft = case.paper("progress", release=False)
    for key in ("pat", "chair", "exec", "caldicott"):
        with refused("IG4"):
            case.do(renditions.hold_back_part, key, version=draft.pk, given=case.reason_to_hold_back("Two names"))
    case.release(draft)
    with refused("R6"):
        case.hold_back(draft)


def test_r4_a_position_names_the_file_that_its_author_read(case: Story) -> None:
    case.paper("progress")
    case.submit("lead")
    version = case.paper_in_part("findings")
    case.submit("lead", version=version.pk)
    case.wait(11)
    case.answer("pat", "seen")
    case.answer("chair", "seen")
    said = Event.objects.filter(kind="position_taken", case_id=case.case_id).order_by("seq")
    read = {event.person_id: event.facts["sha256"] for event in said}
    assert read[case.who("chair").pk] == version.sha256
    assert read[case.who("pat").pk] == PaperVersion.objects.get(pk=version.pk).lay_rendition.sha256
    assert Position.objects.filter(version=version).count() == 2


# A whole paper


def test_r6_a_paper_that_the_group_decides_on_is_never_held_back_whole(case: Story) -> None:
    with refused("R6"):
        case.do(papers.upload_paper, "lead", kind="report", hold_back=case.reason_to_hold_back("All"), **_a_file())


def test_ig4_of_a_paper_that_is_held_back_lay_partners_learn_that_it_is_and_nothing_else(case: Story) -> None:
    version = case.paper_held_back("Letter about Mrs Jones")
    for key in STAFF:
        assert visible_papers(case.who(key), case.case, case.at).filter(pk=version.pk).exists()
    pat = case.who("pat")
    assert not visible_papers(pat, case.case, case.at).filter(pk=version.pk).exists()
    with pytest.raises(PaperVersion.DoesNotExist):
        case.do(papers.open_paper, "pat", version=version.pk)
    told = " ".join(str(event.facts) for event in visible_events(pat, case.at).filter(case_id=case.case_id))
    assert "Mrs Jones" not in told
    assert "A letter that we were sent" in told
    case.do(papers.open_paper, "chair", version=version.pk)
    assert "Mrs Jones" not in str(Event.objects.filter(kind="paper_read").latest("seq").facts)


def test_r6_what_lay_partners_cannot_read_is_not_talked_about_on_it(case: Story) -> None:
    version = case.paper_held_back()
    for key in ("chair", "pat"):
        with refused("R6"):
            case.do(comment, key, version=version.pk, text="This changes everything.")


def test_r6_what_was_given_to_everybody_is_not_taken_away_under_its_title(case: Story) -> None:
    case.do(papers.upload_paper, "lead", kind=papers.OTHER, title="Timeline", **_a_file())
    with refused("R6"):
        case.do(papers.upload_paper, "lead", kind=papers.OTHER, title="Timeline", change_note="Now held back.",
                hold_back=case.reason_to_hold_back("A timeline"), **_a_file())  # fmt: skip


def _a_file() -> dict[str, object]:
    return {"file": File(io.BytesIO(b"At nine.")), "name": "at-nine.txt", "size": 8}


# Challenge and answer


def test_r6_a_partner_challenges_and_somebody_who_did_not_decide_it_answers_within_five_days(case: Story) -> None:
    case.paper_in_part("progress")
    challenge = case.challenge("pat", held(case))
    assert case.look.calendar.between(london_day(case.at), challenge.due_on) == 5
    with refused("R6"):  # one at a time
        case.challenge("pat", held(case))
    for key in ("lead", "chair", "amina", "quality"):
        with refused("R6"):
            case.do(withholding.answer_challenge, key, challenge=challenge.pk, outcome="ended", answer="Fine.")
    with refused("R6"):
        case.do(withholding.answer_challenge, "exec", challenge=challenge.pk, outcome="upheld", answer=" ")
    case.do(withholding.answer_challenge, "caldicott", challenge=challenge.pk, outcome="upheld", answer="The family asked for it.")
    assert held(case).in_force
    with refused("STALE"):
        case.do(withholding.answer_challenge, "exec", challenge=challenge.pk, outcome="ended", answer="Fine.")
    case.challenge("pat", held(case), "I have met the family, and they did not.")


def test_r6_a_challenge_that_is_agreed_with_opens_it_at_once(case: Story) -> None:
    version, whole = case.paper_in_part("progress"), case.paper_held_back()
    for one in list(case.look.withholdings):
        challenge = case.challenge("pat", one)
        case.do(withholding.answer_challenge, "exec", challenge=challenge.pk, outcome="ended", answer="You are right.")
    assert "Mrs Jones" in text_for(case, "pat", version)
    assert text_for(case, "amina", whole) == "Not for everybody."
    assert list(verify_case(case.case, case.at)) == []


def test_r6_only_lay_partners_challenge_and_not_what_is_still_being_prepared(case: Story) -> None:
    draft = case.paper("progress", release=False)
    decision = case.hold_back(draft)
    with refused("R6"):
        case.challenge("pat", decision)
    case.lay_file(draft)
    case.release(draft, lay_reads=papers.OWN)
    with refused("R6"):
        case.challenge("chair", decision)
    with refused("R6"):
        case.challenge("pat", decision, " ")


def test_r18_whoever_decides_it_again_does_not_answer_for_it(case: Story) -> None:
    case.paper_in_part("progress")
    until = case.look.calendar.add(london_day(case.at), 40)
    with refused("R6"):
        case.do(withholding.prolong_withholding, "lead", withholding=held(case).pk, until=until, reason="Still.")
    case.do(withholding.prolong_withholding, "exec", withholding=held(case).pk, until=until, reason="The inquest is open.")
    challenge = case.challenge("pat", held(case))
    with refused("R18"):
        case.do(withholding.answer_challenge, "exec", challenge=challenge.pk, outcome="upheld", answer="I said so.")
    with refused("R18"):
        case.do(withholding.prolong_withholding, "exec", withholding=held(case).pk, until=until, reason="Still.")


def test_ig5_its_last_day_opens_nothing_by_itself(case: Story) -> None:
    version = case.paper_in_part("progress")
    case.wait(21)
    assert text_for(case, "pat", version) == "A patient came in at nine."
    case.do(withholding.end_withholding, "lead", withholding=held(case).pk, reason="The family agreed.")
    assert "Mrs Jones" in text_for(case, "pat", version)


@pytest.mark.proves("IG6")
def test_ig6_what_the_law_protects_is_opened_to_lay_partners_by_nobody(case: Story) -> None:
    version = case.paper_held_back(category="protected")
    challenge = case.challenge("pat", held(case))
    for key in ("exec", "caldicott"):
        with refused("IG6"):
            case.do(withholding.answer_challenge, key, challenge=challenge.pk, outcome="ended", answer="Fine.")
    for key in ("lead", "exec"):
        with refused("IG6"):
            case.do(withholding.end_withholding, key, withholding=held(case).pk, reason="Fine.")
    case.do(withholding.answer_challenge, "exec", challenge=challenge.pk, outcome="upheld", answer="The law forbids it.")
    assert not visible_papers(case.who("pat"), case.case, case.at).filter(pk=version.pk).exists()


# What points to somebody


@pytest.mark.proves("IG1")
def test_ig2_what_points_to_somebody_waits_for_the_caldicott_guardian(case: Story) -> None:
    draft = case.paper("progress", release=False)
    with refused("IG2"):
        case.release(draft, identifies=True)
    with pytest.raises(PaperVersion.DoesNotExist):
        case.do(papers.open_paper, "caldicott", version=draft.pk)
    case.do(renditions.ask_guardian, "lead", version=draft.pk, why="It is about her own words, and she agreed.")
    case.do(papers.open_paper, "caldicott", version=draft.pk)
    with refused("IG2"):
        case.release(draft, identifies=True)
    for key in ("lead", "exec", "pat"):
        with refused("IG2"):
            case.do(renditions.decide_as_guardian, key, version=draft.pk, outcome="allowed", reason="Fine.")
    with refused("IG2"):
        case.do(renditions.decide_as_guardian, "caldicott", version=draft.pk, outcome="allowed", reason="")
    case.do(renditions.decide_as_guardian, "caldicott", version=draft.pk, outcome="allowed", reason="She signed for it.")
    case.release(draft, identifies=True)
    assert CaldicottDecision.objects.get(version=draft).allows


def test_ig2_a_refusal_of_the_guardian_stands_and_is_about_that_version_alone(case: Story) -> None:
    draft = case.paper("progress", release=False)
    case.do(renditions.ask_guardian, "lead", version=draft.pk, why="It is about her own words.")
    case.do(renditions.decide_as_guardian, "caldicott", version=draft.pk, outcome="refused", reason="She did not agree.")
    with refused("IG2"):
        case.release(draft, identifies=True)
    with refused("IG2"):
        case.do(renditions.ask_guardian, "lead", version=draft.pk, why="Once more.")
    second = case.paper("progress", text="Another text.", release=False)
    case.do(renditions.ask_guardian, "lead", version=second.pk, why="She has agreed now.")
