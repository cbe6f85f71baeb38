"""The page of a case: where it stands, what one can do and why not, who sits, what there is to read, what was said."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from permissions.roles import PSP
from tests.web.casework import OK, Casework, words
from web.pages.cases.doing import doings
from workflows.demo.trust import PERSONAS, Persona, build_trust
from workflows.doors import second_key
from workflows.processes.oversight.story import STAGES, Story

BUDGET = 4  # one of them the words that the organisation explains


def shown(work: Casework, key: str) -> str:
    return words(work.get(key, "case"))


def part(page: str, beginning: str, end: str) -> str:
    return page.partition(beginning)[2].partition(end)[0]


# Who sees it


@pytest.mark.parametrize("key", ["gwen", "lead2", "chair2", "member", "specialist"])
def test_a_case_that_is_not_yours_is_not_found_like_one_that_is_not_there(work: Casework, key: str) -> None:
    work.story.walk_to("terms")
    assert work.get(key, "case").status_code == 404
    assert work.client(key).get("/cases/RZ9/OVS-2026-0999/").status_code == 404
    assert work.client(key).get("/cases/XXX/OVS-2026-0001/").status_code == 404


def test_who_was_only_asked_sees_nothing_yet(work: Casework) -> None:
    work.story.walk_to("form_group")
    work.story.offer("pat")
    assert work.get("pat", "case").status_code == 404


def test_who_recused_sees_nothing_any_more(work: Casework) -> None:
    work.story.walk_to("terms").recuse("pat")
    assert work.get("pat", "case").status_code == 404


@pytest.mark.parametrize("stage", STAGES)
def test_the_page_can_be_read_in_every_state_and_says_where_it_stands(work: Casework, stage: str) -> None:
    work.story.walk_to(stage)
    title = work.story.look.process.title_of(stage)
    for key in ("lead", "auditor"):
        page = shown(work, key)
        assert f"Where it stands: {title}" in page or f"{title} on" in page


# Where it stands


def test_it_says_whose_turn_it_is(work: Casework) -> None:
    work.story.walk_to("planning")
    assert "Now Leila Grant (investigation lead) must do their part. Then the group is asked." in shown(work, "pat")
    assert "It is your turn, as investigation lead." in shown(work, "lead")


def test_it_says_whose_part_is_needed_before_that(work: Casework) -> None:
    work.story.walk_to("terms")
    first = "First the part of Erin Walsh (engagement lead) is needed. The engagement lead records what those affected asked"
    assert first in shown(work, "pat")
    assert "Your part is needed first: agree the terms of reference" in words(work.client("engagement").get("/"))
    work.story.record_questions()
    assert "First the part of" not in shown(work, "pat")


def test_at_the_beginning_it_says_who_proposes_and_who_then_decides(work: Casework) -> None:
    work.story.open()
    assert "Now Dev Patel (directorate lead) must do their part. Then the executive team, the executive lead" in shown(work, "lead")
    submit = words(work.get("directorate", "stage_submit", visit=work.story.visit))
    assert "Then it is decided how it goes on. “Investigate” is for Xavier Stone or Priya Nair to decide." in submit
    work.story.propose_response(response="swarm")
    deciders = "Now Xavier Stone or Priya Nair (executive team), or Dev Patel (directorate lead), must decide how it goes on."
    assert deciders in shown(work, "lead")
    assert "It is your turn to decide how it goes on, as executive team." in shown(work, "exec_team")


def test_who_proposed_an_investigation_is_not_told_that_it_is_their_turn_to_decide(work: Casework) -> None:
    work.story.open()
    work.story.propose_response()
    shown_to = shown(work, "directorate")
    assert "Now Xavier Stone or Priya Nair (executive team) must decide how it goes on." in shown_to
    assert "It is your turn" not in shown_to


def test_a_stage_with_one_way_on_says_where_it_leads(work: Casework) -> None:
    work.story.walk_to("gathering")
    assert "Then it goes on to “Make sense of the findings”." in shown(work, "pat")


def test_a_hearing_says_who_meets_the_partner_and_then_who_did(work: Casework) -> None:
    work.story.walk_to("draft_review").put_draft_to_group()
    for key in ("chair", "amina"):
        work.story.answer(key)
    work.story.dissent("pat")
    meets = "Now Eleanor Hughes (executive lead for patient safety) must meet the partner who disagrees and answer in writing."
    page = shown(work, "lead")
    assert f"{meets} Then the partner is asked whether they were heard." in page
    assert "review the draft report Now Lay partners who disagree must be heard" in page
    work.story.hear_dissent()
    assert "Eleanor Hughes has met the partner and decided: “Go on in spite of it”." in shown(work, "lead")


def test_to_the_partner_who_disagrees_it_speaks_of_her_as_you(work: Casework) -> None:
    work.story.walk_to("draft_review").put_draft_to_group()
    for key in ("chair", "amina"):
        work.story.answer(key)
    work.story.dissent("pat")
    page = shown(work, "pat")
    assert "must meet you and answer in writing. Then you are asked whether you were heard." in page
    assert "the partner who disagrees" not in page
    work.story.hear_dissent()
    assert "Eleanor Hughes has met you and decided" in shown(work, "pat")


def test_a_hearing_that_failed_is_said_plainly_and_is_no_hearing(work: Casework) -> None:
    work.story.walk_to("draft_review").put_draft_to_group()
    for key in ("chair", "amina"):
        work.story.answer(key)
    work.story.dissent("pat")
    work.story.hear_dissent(reason="It is on page 4.")
    work.story.answer("pat", "not_heard", "It took four minutes.")
    page = shown(work, "lead")
    assert "Pat Mercer said that they were not heard, so it must be heard again. Now Eleanor Hughes" in page
    assert "You said that you were not heard, so it must be heard again." in shown(work, "pat")
    for part in ("It is on page 4.", "Not heard Pat Mercer: “No, I was not heard”.", "It took four minutes.",
                 "It must be heard again. Until then nothing can go on.",
                 "A lay partner said that they were not heard, so they must be heard again."):  # fmt: skip
        assert part in page
    assert "It was not agreed, so it went back." not in page
    work.story.hear_dissent(reason="We sat for an hour.")
    assert "It is on page 4." in shown(work, "lead")
    assert "We sat for an hour." in shown(work, "lead")


def test_it_says_who_has_answered_who_is_waited_for_and_by_when(work: Casework) -> None:
    work.story.walk_to("draft_review").put_draft_to_group()
    work.story.answer("chair")
    work.story.answer("pat")
    page = shown(work, "chair")
    assert "The group is reading the investigation report, version 1. Two of three have answered." in page
    assert "Waiting for Amina Yusuf to say what they think of the investigation report." in page
    assert "(in 9 working days)" in page
    assert "Waiting for you to say what you think of the investigation report." in shown(work, "amina")


def test_a_settled_stage_says_that_the_notice_still_runs(work: Casework) -> None:
    work.story.walk_to("draft_review").put_draft_to_group()
    work.story.all_answer(enough_time=False)
    page = shown(work, "lead")
    assert "Everybody who was asked has answered." in page
    assert "It waits until" in page
    assert "Rule R5" in page


def test_a_vacant_lay_seat_is_said_and_shown_as_empty(work: Casework) -> None:
    work.story.walk_to("draft_review").put_draft_to_group()
    work.story.recuse("pat")
    work.story.recuse("amina")
    page = shown(work, "lead")
    assert "A seat that must be filled is empty: Patient Safety Partner." in page
    assert "Patient Safety Partner Empty seat This group needs 2 seats of this kind and has none." in page


@pytest.mark.proves("R11")
def test_a_lone_partner_is_flagged(work: Casework) -> None:
    work.story.walk_to("terms").recuse("pat")
    assert "There is one Patient Safety Partner alone. 2 is the target. Rule R11" in shown(work, "lead")


def test_the_path_shows_done_now_and_next(work: Casework) -> None:
    work.story.walk_to("planning")
    path = part(shown(work, "lead"), "The stages", "See it as a picture")
    assert "Agree the terms of reference Done" in path
    assert "Note the plan Now" in path
    assert "Gather information Next" in path
    assert "Hear the disagreement" not in path


def test_the_path_marks_every_stage_that_does_not_go_on_without_lay_partners(work: Casework) -> None:
    work.story.walk_to("terms")
    path = part(shown(work, "lead"), "The stages", "See it as a picture")
    for marked in (
        "Agree the terms of reference Now Lay partners must agree", "Note the plan Next Lay partners must answer",
        "Make sense of the findings Next Lay partners must answer", "Review the draft report Next Lay partners must agree",
        "Check that the actions were done Next Lay partners must agree",
    ):  # fmt: skip
        assert marked in path
    assert "Gather information Next Make sense" in path
    assert "Sign the report Next Share what was learned" in path


# What one can do


def test_many_acts_stand_under_short_headings_and_few_in_one_list(work: Casework) -> None:
    work.story.walk_to("draft_review").put_draft_to_group()
    doing = part(shown(work, "lead"), "What you can do now", "The stages")
    order = [
        "Answers of the group", "Remind Amina Yusuf", "Papers and facts", "Upload: findings", "Who sits in the group",
        "Ask one more Patient Safety Partner to join", "Leaving or ending", "Step down",
    ]  # fmt: skip
    assert [text for text in order if text in doing] == order == sorted(order, key=doing.index)
    assert "Leaving or ending" not in shown(work, "pat")


def test_main_acts_are_buttons_and_refused_ones_say_why_and_who_mends_it(work: Casework) -> None:
    work.story.walk_to("terms")
    doing = part(shown(work, "lead"), "What you can do now", "The stages")
    assert "Agree the terms of reference cannot be done now" in doing
    assert "The questions of those affected are attached" in doing
    assert "The engagement lead records what those affected asked" in doing
    assert "Rule B2" in doing


def test_a_partner_who_owes_an_answer_has_one_button_for_it(work: Casework) -> None:
    work.story.walk_to("draft_review").put_draft_to_group()
    page = work.get("pat", "case")
    visit = work.story.visit
    assert f'href="{work.address("position", visit=visit)}"' in page.content.decode()


@pytest.mark.parametrize("key", ["auditor"])
def test_who_may_only_read_is_offered_nothing(work: Casework, key: str) -> None:
    work.story.walk_to("draft_review").put_draft_to_group()
    assert "What you can do now" not in shown(work, key)


@pytest.mark.parametrize("stage", STAGES)
def test_everything_on_offer_has_a_page(work: Casework, stage: str) -> None:
    work.story.walk_to(stage)
    if stage == "draft_review":
        work.story.put_draft_to_group()
    offered = 0
    for key in ("pat", "lead", "chair", "engagement", "directorate", "exec", "exec_team", "coordinator", "quality"):
        found = doings(work.story.look, work.story.who(key))
        listed = [*found.main, *(one for _heading, acts in found.others for one in acts)]
        for one in listed:
            assert work.client(key).get(one.href).status_code == OK, (key, one.title)
        offered += len(listed)
    assert (offered > 0) is (stage != "closed")


# People, papers, comments


def test_lay_partners_come_first(work: Casework) -> None:
    work.story.walk_to("terms")
    people = part(shown(work, "lead"), "People", "Papers")
    assert people.index("Pat Mercer") < people.index("Amina Yusuf") < people.index("Leila Grant") < people.index("Eleanor Hughes")


def test_a_partner_who_works_elsewhere_in_the_nhs_is_shown_so(work: Casework) -> None:
    work.story.partners = ("pat", "gwen")
    work.story.walk_to("terms")
    assert "Patient Safety Partner, works for Moorland Community NHS Trust" in shown(work, "lead")


def test_an_unreleased_paper_is_seen_by_its_author_alone(work: Casework) -> None:
    work.story.walk_to("terms")
    work.story.paper("terms", release=False)
    assert "Terms of reference, version 1 Not released: only you see it" in shown(work, "lead")
    for key in ("pat", "chair", "auditor"):
        assert "Terms of reference, version 1 Not released" not in shown(work, key)
        assert "There is nothing to read yet." in shown(work, key)


def test_the_newest_version_comes_first_with_what_changed(work: Casework) -> None:
    work.story.walk_to("draft_review")
    work.story.paper("report", note="The night shift was written again.")
    papers = part(shown(work, "pat"), "Papers", "Stage by stage")
    assert papers.index("Investigation report, version 2") < papers.index("Investigation report, version 1")
    assert "What changed: The night shift was written again." in papers


def test_open_comments_are_shown_until_they_are_answered(work: Casework) -> None:
    work.story.walk_to("synthesis").paper("findings")
    work.story.comment("pat", "Nobody asked the night staff.")
    assert "Nobody asked the night staff." in part(shown(work, "lead"), "Comments that wait", "Stage by stage")
    work.story.answer_comments()
    assert "Comments that wait for an answer" not in shown(work, "lead")


# What was said


def test_what_each_person_said_stands_with_the_version_they_read(work: Casework) -> None:
    work.story.walk_to("draft_review").put_draft_to_group()
    work.story.answer("pat", "support_with_comments", "Page 4 is better now.")
    assert "Page 4 is better now." not in shown(work, "amina")  # blind first: hers is not in yet
    work.story.answer("amina")
    said = part(shown(work, "amina"), "Stage by stage", "The story so far")
    assert "Pat Mercer , Patient Safety Partner, on Investigation report, version 1 I support it, with comments" in said
    assert "Page 4 is better now." in said


def test_an_answer_that_was_replaced_stays(work: Casework) -> None:
    work.story.walk_to("draft_review").put_draft_to_group()
    work.story.answer("pat", "abstain", "I have not finished reading.")
    work.story.answer("pat")
    work.story.answer("amina")
    said = part(shown(work, "amina"), "Stage by stage", "The story so far")
    assert "I have not finished reading." in said
    assert "Answered again later. This stays in the record." in said


def test_a_disagreement_stands_at_the_top_in_its_own_words(work: Casework) -> None:
    text = "I wrote <b>this</b> myself.\nTwo lines."
    work.story.walk_to("draft_review").put_draft_to_group()
    work.story.answer("chair")
    work.story.answer("amina")
    work.story.dissent("pat", text)
    page = work.get("lead", "case")
    assert "I wrote &lt;b&gt;this&lt;/b&gt; myself.\nTwo lines." in page.content.decode()
    told = words(page)
    assert told.index("A disagreement of a lay partner") < told.index("The stages")
    assert "Pat Mercer, lay partner, on Investigation report, version 1" in told
    assert "It has not been heard yet. Until then nothing can go on." in told


def test_a_disagreement_that_was_decided_against_is_on_the_face_of_the_closed_case(work: Casework) -> None:
    work.story.walk_to("draft_review").put_draft_to_group()
    work.story.answer("chair")
    work.story.answer("amina", enough_time=True)
    work.story.dissent("pat")
    work.story.hear_dissent()
    work.story.answer("pat", "heard")
    work.story.walk_to("closed")
    page = shown(work, "auditor")
    assert "Closed over a disagreement on" in page
    assert "The report does not say why families were not listened to." in page
    assert "Eleanor Hughes answered and decided: “Go on in spite of it”." in page
    assert "Pat Mercer: “Yes, I was heard. My disagreement stands”." in page
    assert "Decided against, and stands" in page


def test_a_disagreement_that_was_taken_back_is_told_and_does_not_stand(work: Casework) -> None:
    work.story.walk_to("draft_review").put_draft_to_group()
    work.story.answer("chair")
    work.story.answer("amina", enough_time=True)
    work.story.dissent("pat")
    work.story.hear_dissent()
    work.story.answer("pat", "heard_withdrawn", "Page 4 says it now.")
    work.story.walk_to("closed")
    page = shown(work, "auditor")
    assert "Closed on" in page
    assert "over a disagreement" not in page
    assert "The report does not say why families were not listened to." in page


# Ends, exceptions, the story


def test_a_withdrawn_case_says_so_on_its_face(work: Casework) -> None:
    work.story.walk_to("terms").withdraw()
    page = shown(work, "auditor")
    assert "Withdrawn on" in page
    assert "Two people and a reason are needed" in page
    assert "Nothing more can be done on this case." in page
    assert "Gather information" not in part(page, "The stages", "See it as a picture")


def test_waivers_and_requests_are_shown_with_who_and_why(work: Casework) -> None:
    work.story.walk_to("form_group")
    work.story.waive()
    work.story.do(second_key.ask_to_withdraw, "lead", reason="It was opened twice.")
    shown_now = part(shown(work, "auditor"), "Rules lifted, and requests", "Stage by stage")
    assert "Withdraw the case Waiting for a second person It was opened twice." in shown_now
    assert "In force One partner is ill and the family cannot wait." in shown_now


def test_the_story_is_told_newest_first_and_leads_to_the_record(work: Casework) -> None:
    work.story.walk_to("terms")
    told = part(shown(work, "lead"), "The story so far", "The whole record")
    assert told.index("Confirm the group") < told.index("Leila Grant submitted their part of “Form the group”")
    assert "something" not in told


# Speed


@pytest.mark.parametrize("key", ["p0", "lead", "chair", "exec", "auditor"])
def test_the_page_costs_the_same_for_few_rows_and_for_many(work: Casework, key: str, statements: Callable[..., int]) -> None:
    few = _busy(work, 2, 1)
    fewest = statements(work, key, few)
    many = _busy(work, 12, 8)
    assert fewest == statements(work, key, many) <= BUDGET


def _busy(work: Casework, partners: int, versions: int) -> str:
    """A case with so many partners, all with comments, and so many versions of its paper; its address."""
    keys = tuple(f"p{number}" for number in range(partners))
    if "p0" not in work.story.trust.people:
        crowd = tuple(Persona(f"p{number}", f"Partner {number}", PSP) for number in range(12))
        work.story.trust = build_trust(work.story.at, (*PERSONAS, *crowd), "RY1", "Busy NHS Trust", "busy.example")
    story = work.story = Story(work.story.trust, work.story.at, partners=keys)
    story.walk_to("terms")
    story.record_questions()
    for _ in range(versions):
        story.paper("terms")
    for key in keys:
        story.comment(key, "What does this mean?", kind="terms")
    story.submit("lead")
    story.answer("p0", "support_with_comments", "It is better.")
    return work.address("case")
