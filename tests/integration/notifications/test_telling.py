"""Who is told what: the partner and the quality team of anything that touches a lay seat (R8), everybody of a move."""

from __future__ import annotations

from datetime import datetime

import pytest

from audit.kinds import kinds
from cases.models import Comment
from notifications.models import Notice
from notifications.rules import RULES
from workflows.calendar import LONDON
from workflows.demo.trust import build_trust
from workflows.doors import seats
from workflows.processes.improvement.story import ImprovementStory
from workflows.processes.oversight.story import Story
from workflows.testing import Walk

pytestmark = pytest.mark.django_db

BEGINNING = datetime(2026, 3, 2, 9, tzinfo=LONDON)


@pytest.fixture
def story() -> Story:
    return Story(build_trust(BEGINNING), BEGINNING)


def _told(story: Walk, key: str) -> list[str]:
    return list(Notice.objects.filter(person=story.who(key)).order_by("at", "id").values_list("text", flat=True))


def test_every_rule_is_about_a_kind_of_event_that_exists() -> None:
    assert {rule.kind for rule in RULES} <= set(kinds)


def test_the_partner_and_the_quality_team_are_told_when_a_seat_is_to_be_ended(story: Story) -> None:
    story.walk_to("terms").wait()
    seats.ask_to_end_seat(
        case=story.case_id, by=story.who("lead"), at=story.at, seat=story.seat("pat").pk, reason="Too many questions."
    )
    assert "Pat Mercer" in _told(story, "pat")[-1]
    assert "A second person must agree." in _told(story, "quality")[-1]
    assert not any("seat be ended" in text for text in _told(story, "amina"))


def test_everyone_but_the_actor_is_told_that_a_case_has_moved(story: Story) -> None:
    story.walk_to("terms")
    assert _told(story, "lead")[-1] == "The case has moved on: Agree the terms of reference."
    assert not any("terms of reference" in text for text in _told(story, "coordinator"))


def test_a_person_who_is_asked_to_join_is_told(story: Story) -> None:
    story.walk_to("form_group").wait()
    story.offer("gwen")
    assert _told(story, "gwen") == ["Leila Grant asks you to join as Patient Safety Partner. Please answer."]


def test_a_refused_act_tells_nobody(story: Story) -> None:
    story.walk_to("form_group")
    before = Notice.objects.count()
    with pytest.raises(Exception, match="training"):
        story.offer("tomas")
    assert Notice.objects.count() == before


def test_every_partner_who_commented_is_told_what_changed_because_of_them_also_one_who_has_left(story: Story) -> None:
    project = ImprovementStory(story.trust, BEGINNING).walk_to("share")
    assert set(Comment.objects.values_list("person__name", flat=True)) == {"Pat Mercer"}
    project.step_down("pat")
    project.share()
    assert _told(project, "pat")[-1].startswith("You said, we did: what changed because of the partners")
    assert not any(text.startswith("You said") for text in _told(project, "amina"))


def test_a_partner_whose_project_is_declined_is_told_though_they_have_no_seat_yet(story: Story) -> None:
    project = ImprovementStory(story.trust, BEGINNING)
    project.open()
    project.answer_proposal("decline", "It belongs to the estates plan.")
    assert _told(project, "pat") == ["The case has moved on: Declined."]


def _newest(story: Walk, key: str) -> str:
    """The last thing that a person was told; nothing where they were told nothing yet."""
    return (_told(story, key) or [""])[-1]


def _goes_out(story: Walk, key: str) -> bool:
    """Whether the last thing that a person was told also leaves the application."""
    return Notice.objects.filter(person=story.who(key)).latest("at", "id").by_mail


def test_the_partners_are_told_when_a_paper_is_put_to_them(story: Story) -> None:
    story.walk_to("draft_review").put_draft_to_group()
    for key in ("pat", "amina", "chair"):
        assert _newest(story, key) == "Your part is needed: Review the draft report."
        assert _goes_out(story, key)
    assert "Your part" not in _newest(story, "engagement")


def test_the_partners_are_told_when_actions_are_put_to_them(story: Story) -> None:
    story.walk_to("actions").put_actions_to_group()
    assert _newest(story, "pat") == _newest(story, "amina") == "Your part is needed: Agree the safety actions."


def test_whoever_decides_is_told_that_a_stage_waits_for_them(story: Story) -> None:
    story.walk_to("form_group").form_group()
    assert _newest(story, "coordinator") == "Your part is needed: Form the group."
    assert _goes_out(story, "coordinator")


def test_whoever_decides_after_the_answers_is_told_when_they_are_in(story: Story) -> None:
    project = ImprovementStory(story.trust, BEGINNING).walk_to("review")
    project.put_results()
    assert "Your part" not in _newest(project, "sponsor")
    project.all_answer(also=())
    assert _newest(project, "sponsor") == "Your part is needed: Adapt, adopt or abandon."


def test_a_partner_is_told_that_their_disagreement_has_been_answered_and_others_are_not(story: Story) -> None:
    story.walk_to("draft_review").put_draft_to_group()
    story.dissent("pat")
    story.answer("amina")
    story.hear_dissent()
    assert _newest(story, "pat").startswith("Eleanor Hughes has answered your disagreement in writing.")
    assert _goes_out(story, "pat")
    assert not any("your disagreement" in text for text in _told(story, "amina"))


def test_every_partner_who_sat_is_told_what_changed_because_of_them_once_it_is_written(story: Story) -> None:
    story.walk_to("sharing").wait()
    story.step_down("pat")
    story.share_learning()
    said = "You said, we did: Quinn Foster wrote down what changed because of the lay partners. It is there to read."
    assert _newest(story, "pat") == said
    assert _newest(story, "amina").startswith(said)
    assert _goes_out(story, "pat")
    assert not any(text.startswith("You said") for text in _told(story, "lead"))


def test_whoever_offered_a_seat_is_told_the_answer(story: Story) -> None:
    story.walk_to("form_group").offer("pat")
    story.do(seats.accept_seat, "pat", seat=story.seat("pat").pk)
    assert _newest(story, "lead").startswith("Pat Mercer said yes to a seat as Patient Safety Partner.")
    story.offer("amina")
    story.do(seats.decline_seat, "amina", seat=story.seat("amina").pk)
    assert _newest(story, "lead").startswith("Amina Yusuf said no to a seat as Patient Safety Partner.")
    assert _goes_out(story, "lead")


def test_the_lead_is_told_when_a_conflict_keeps_somebody_out_and_not_when_there_is_none(story: Story) -> None:
    story.walk_to("form_group").take_seat("pat")
    assert not any("conflict" in text for text in _told(story, "lead"))
    story.offer("gwen")
    seat = story.seat("gwen").pk
    story.do(seats.accept_seat, "gwen", seat=seat)
    story.do(seats.declare_interests, "gwen", seat=seat, confidential=True, conflict=True, text="I know the family.")
    assert _newest(story, "lead") == (
        "Gwen Parry has a conflict of interest and cannot take the seat as Patient Safety Partner. Ask somebody else."
    )


def test_a_lay_comment_reaches_whoever_answers_it_and_the_answer_reaches_the_partner(story: Story) -> None:
    story.walk_to("planning").paper("plan")
    story.comment("pat", "Who speaks to the night staff?", "plan")
    for key in ("lead", "chair", "engagement", "directorate"):
        assert _newest(story, key).startswith("Pat Mercer, a lay partner, commented on ")
        assert _goes_out(story, key)
    assert "commented" not in _newest(story, "amina")
    story.answer_comments()
    assert _newest(story, "pat") == "Leila Grant answered your comment: Changed. Say whether that answers you."
    assert _goes_out(story, "pat")
    assert _newest(story, "amina") == "A comment by Pat Mercer was answered."
    assert not _goes_out(story, "amina")


def test_words_that_come_with_a_yes_reach_whoever_answers_comments(story: Story) -> None:
    story.walk_to("planning").paper("plan")
    story.submit("lead", facts={"agreed_end": "2026-09-01", "timetable_shared": "yes"})
    before = _newest(story, "lead")
    story.answer("amina", "seen")
    assert _newest(story, "lead") == before
    story.answer("pat", "seen_with_comments", "Who speaks to the night staff?")
    assert _newest(story, "lead") == (
        "Pat Mercer, a lay partner, commented with their answer on “Note the plan”. Each such comment needs an answer."
    )


def test_a_comment_by_staff_asks_nobody_for_an_answer(story: Story) -> None:
    story.walk_to("planning").paper("plan")
    before = Notice.objects.count()
    story.comment("chair", "Typing error on page 2.", "plan")
    assert Notice.objects.count() == before
