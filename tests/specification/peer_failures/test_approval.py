"""The shape of an approval: what people ask of other systems in public, asked of ours."""

from __future__ import annotations

from itertools import permutations

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from audit.append_only import AppendOnly
from audit.models import Event
from cases.models import Comment, Position
from notifications.models import Notice
from permissions.scope import may_see, visible_papers
from tests.builders import FullGroup, refused, undone
from tests.web.casework import NOT_FOUND, OK, Casework, words
from workflows.agreement import Standing
from workflows.doors import seats
from workflows.processes.oversight.process import OVERSIGHT
from workflows.standing import asked_seats, standing


def asked(case: FullGroup) -> set[str]:
    return {seat.person.name for seat in asked_seats(case.look)}


@pytest.mark.proves("R1")
def test_how_many_must_agree_is_settled_by_who_sits_and_each_may_say_why(case: FullGroup) -> None:
    """viewflow/viewflow#232: the number of approvals differs from case to case, and each should carry a comment.

    Here: a partner who is seated while the group answers is asked too, and nothing passes before she has said what she thinks.
    """
    case.take_seat("gwen")
    for key in ("pat", "amina", "chair"):
        case.answer(key, enough_time=True)
    assert case.case.state == "draft_review"
    case.answer("gwen", "support_with_comments", "Say it in Welsh too.", enough_time=True)
    assert case.case.state == "actions"
    assert Comment.objects.get(position__person=case.who("gwen")).text == "Say it in Welsh too."


@pytest.mark.proves("R3")
def test_one_of_each_group_is_needed_and_one_no_stops_it(case: FullGroup) -> None:
    """objectstack-ai/objectstack#3268, ringlesoft/laravel-process-approval#75: m of n, one from each group, one no is a veto.

    Here: two partners are not enough without the chair, nor is anybody's yes enough beside one partner's no.
    """
    case.answer("pat")
    with undone():
        case.answer("amina")
        assert (case.case.state, asked(case)) == ("draft_review", {"Pat Mercer", "Amina Yusuf", "Charles Adeyemi"})
        case.answer("chair")
        assert case.case.state == "actions"
    case.answer("chair")
    case.answer("amina", "do_not_support", "Nobody asked the night staff.")
    assert case.case.state == "draft_review__dissent"


@pytest.mark.proves("R1")
def test_it_never_moves_on_before_the_last_of_them_has_answered(case: FullGroup) -> None:
    """dotCMS/core#14144: a step for four eyes went on before enough people had approved.

    Here: in whatever order they answer, it moves with the last and not before.
    """
    for order in permutations(("pat", "amina", "chair")):
        with undone():
            for key in order:
                assert case.case.state == "draft_review", order
                case.answer(key)
            assert case.case.state == "actions", order


def test_the_threshold_is_data_and_the_page_says_what_came_of_it(work: Casework) -> None:
    """OpenSlides/OpenSlides#6667: two thirds and a quorum of those present were lost in a rewrite and asked back.

    Here: the terms stand on the page of the process, the count is computed from them, and the case says who is still awaited.
    """
    terms = OVERSIGHT.stage("draft_review").agreed_by
    named = [(type(one).__name__, one.who.code) for one in terms.terms] if terms else []
    assert named == [("Every", "psp"), ("AtLeast", "chair"), ("AtLeast", "psp")]
    page = words(work.client("pat").get(reverse("process", args=("OVS",))))
    assert "every Patient Safety Partner" in page
    work.story.answer("chair")
    work.story.answer("pat")
    assert standing(work.story.look).standing is Standing.OPEN
    assert "Amina Yusuf" in words(work.get("pat", "case")).split("Who sits")[0]
    assert list(standing(work.story.look).owing) == [str(work.story.seat("amina").pk)]


@pytest.mark.proves("R9")
def test_a_recusal_leaves_the_count_and_an_abstention_does_not(case: FullGroup) -> None:
    """NixOS/org#184: to abstain counted as a no, so that declaring an interest meant voting against.

    Here: one who recuses is no longer asked and the other's yes is enough; two who abstain are counted, and it goes back.
    """
    case.answer("chair")
    with undone():
        case.recuse("amina")
        assert asked(case) == {"Pat Mercer", "Charles Adeyemi"}
        case.answer("pat")
        assert case.case.state == "actions"
    case.answer("amina", "abstain", "I was away.")
    case.answer("pat", "abstain", "So was I.")
    assert case.case.state == "synthesis"


@pytest.mark.proves("R9", "IG3")
def test_a_conflict_takes_somebody_out_of_one_case_and_leaves_the_minimum_standing(case: FullGroup) -> None:
    """4minitz/4minitz#390, 4minitz/4minitz#389: a member with a conflict still counted; it should be so for that item only.

    Here: both partners recuse: it is short of a lay voice and cannot pass; on another case they sit as before.
    """
    other = FullGroup(case.trust, case.at).walk_to("terms")
    case.answer("chair")
    for key in ("pat", "amina"):
        case.recuse(key)
    assert standing(case.look).standing is Standing.SHORT
    assert (case.case.state, asked(case)) == ("draft_review", {"Charles Adeyemi"})
    assert not may_see(case.who("amina"), case.case, case.at)
    assert may_see(case.who("amina"), other.case, other.at)
    assert other.seat("amina").counts


@pytest.mark.proves("IG3")
def test_nothing_is_read_before_interests_are_declared(work: Casework) -> None:
    """CCSDForge/episciences#81: what is confidential should stay closed until somebody says that they have no conflict.

    Here: an offer and a yes open nothing; the declaration does, for this case.
    """
    story = work.story
    seat = story.offer("gwen")
    for ready in (False, True):
        assert work.get("gwen", "case").status_code == NOT_FOUND, ready
        assert not visible_papers(story.who("gwen"), story.case, story.at).exists()
        if not ready:
            story.do(seats.accept_seat, "gwen", seat=seat.pk)
    story.do(seats.declare_interests, "gwen", seat=seat.pk, confidential=True, conflict=False)
    assert work.get("gwen", "case").status_code == OK
    assert visible_papers(story.who("gwen"), story.case, story.at).exists()


@pytest.mark.proves("R4")
def test_the_page_on_which_one_decides_shows_the_exact_text_and_the_answer_names_it(work: Casework) -> None:
    """nautobot/nautobot#8705: "I actually have no idea what I am approving".

    Here: question, version and plain summary are on one page, the answer names that version, and another is refused.
    """
    story = work.story
    page = work.get("pat", "position", visit=story.visit)
    assert "version 1" in words(page)
    assert "Nobody is blamed." in words(page)
    version = story.look.latest_released("report")
    assert version
    assert f'value="{version.pk}"' in page.content.decode()
    story.answer("pat")
    assert Position.objects.get(person=story.who("pat"), visit=story.visit).version == version
    story.paper("report", text="Quite another report.")
    with refused("STALE"):
        story.answer("amina")


@pytest.mark.proves("R4", "R16")
def test_a_comment_on_what_was_approved_leaves_the_approval_alone(case: FullGroup) -> None:
    """nautobot/nautobot#8193: to edit a comment on a stage took its approval back.

    Here: comments and answers are rows of their own; a comment changes no answer, and neither can be edited.
    """
    for key in ("pat", "amina", "chair"):
        case.answer(key)
    before = list(Position.objects.values_list("pk", "answer"))
    said = case.comment("pat", "Page 3 has a wrong date.", kind="report")
    assert (case.case.state, list(Position.objects.values_list("pk", "answer"))) == ("actions", before)
    with pytest.raises(AppendOnly):
        Comment.objects.filter(pk=said.pk).update(text="Page 3 is fine.")
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE cases_comment SET text = 'Page 3 is fine.'")


@pytest.mark.proves("R7")
def test_one_can_comment_without_deciding(case: FullGroup) -> None:
    """nautobot/nautobot#8167, wagtail/roadmap#49: people want to say something, or only to comment, without a yes or no.

    Here: a comment is no answer: it is owed a reply, and the partner is still asked.
    """
    case.comment("pat", "Who called first?", kind="report")
    assert [one.text for one in case.look.unanswered_comments] == ["Who called first?"]
    assert not Position.objects.filter(visit=case.visit).exists()
    assert "Pat Mercer" in asked(case)
    for key in ("amina", "chair"):
        case.answer(key)
    assert case.case.state == "draft_review"


def test_sending_back_is_a_way_of_its_own_and_needs_a_reason(case: FullGroup) -> None:
    """flowable/flowable-engine#1222, viewflow/viewflow#357, viewflow/viewflow#270, HyphaApp/hypha#348: back, and with a reason.

    Here: whoever signs can send it back to the group, no guard stops that, and the reason is in the ledger.
    """
    case.all_answer()
    case.agree_actions()
    with refused("R3"):
        case.submit("exec", outcome="send_back", version=case.look.agreed_version("draft_review"))
    case.submit("exec", outcome="send_back", reason="Page 4 says two different things.")
    assert case.case.state == "draft_review"
    assert Event.objects.filter(case_id=case.case_id, kind="submitted").latest("seq").reason == "Page 4 says two different things."


def test_everybody_who_took_part_hears_that_it_was_sent_back(case: FullGroup) -> None:
    """wagtail/wagtail#10196: a no in the second step told nobody of the first.

    Here: partners, chair and lead are all told that the case is back with the group.
    """
    case.all_answer()
    case.agree_actions()
    case.submit("exec", outcome="send_back", reason="Page 4 says two different things.")
    told = Notice.objects.filter(text="The case has moved on: Review the draft report.", at__gte=case.at)
    took_part = {case.who(key).pk for key in ("pat", "amina", "chair", "lead", "engagement")}
    assert took_part <= set(told.values_list("person", flat=True))
