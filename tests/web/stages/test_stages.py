"""Preparing, deciding, hearing and signing in the browser; and that a process of anybody's needs no template of its own."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils.html import escape

from audit.models import Event
from cases.models import Visit
from tests.web.casework import FORBIDDEN, FOUND, NOT_FOUND, OK, STALE, Casework, day, hidden, words
from web.pages.stages.fact_form import FactForm, as_stored, told
from workflows.calendar import london_day
from workflows.definition import Fact
from workflows.doors.people import end_appointment
from workflows.processes.oversight.story import Story

WHY = "The report does not say why families were not listened to."
PROPOSAL = {
    "fact_trigger": "local_priority", "fact_response": "psii", "fact_why_this": "Many things went wrong.",
    "fact_why_not_others": "Too narrow.",
}  # fmt: skip


def checked(value: str) -> str:
    return f'value="{value}" checked'


def source(response: object) -> str:
    return " ".join(response.content.decode().split())  # type: ignore[attr-defined]


class TestSubmitting:
    @pytest.fixture
    def opened(self, work: Casework) -> Casework:
        work.story.open()
        return work

    def test_every_fact_of_the_stage_is_asked_and_what_was_typed_is_checked_and_stored(self, opened: Casework) -> None:
        visit = opened.story.visit
        checking = opened.send("directorate", "stage_submit", PROPOSAL, visit=visit)
        assert "A priority of our own plan" in words(checking)
        done = opened.post("directorate", opened.address("stage_submit", visit=visit), {**hidden(checking), "asking_to": "confirm"})
        assert done["Location"] == opened.address("case")
        assert opened.story.case.facts["why_this"] == "Many things went wrong."
        assert opened.story.look.visit.step == Visit.Step.DECIDE  # type: ignore[union-attr]

    def test_what_is_missing_is_named_and_the_rest_is_kept(self, opened: Casework) -> None:
        response = opened.send("directorate", "stage_submit", {**PROPOSAL, "fact_why_this": ""}, visit=opened.story.visit)
        assert "Answer the question “Why this response?”" in words(response)
        assert "Too narrow." in words(response)
        assert checked("local_priority") in source(response)

    def test_pressing_twice_submits_once(self, opened: Casework) -> None:
        first, second = opened.press_twice("directorate", "stage_submit", PROPOSAL, visit=opened.story.visit)
        assert first.status_code == second.status_code == FOUND
        assert Event.objects.filter(kind="submitted").count() == 1

    @pytest.mark.parametrize("key", ["lead", "exec", "quality"])
    def test_somebody_elses_part(self, opened: Casework, key: str) -> None:
        visit = opened.story.visit
        response = opened.get(key, "stage_submit", visit=visit)
        assert response.status_code == FORBIDDEN
        assert "Directorate lead does this part" in words(response)
        by_hand = {"asking_at": "stage", "asking_to": "confirm", "version": "", **PROPOSAL}
        assert opened.post(key, opened.address("stage_submit", visit=visit), by_hand).status_code == FORBIDDEN
        assert opened.story.case.facts == {}

    def test_a_page_that_is_out_of_date(self, opened: Casework) -> None:
        visit = opened.story.visit
        checking = opened.send("directorate", "stage_submit", PROPOSAL, visit=visit)
        opened.story.propose_response()
        sent = opened.post("directorate", opened.address("stage_submit", visit=visit), {**hidden(checking), "asking_to": "confirm"})
        assert sent.status_code == STALE
        assert "Many things went wrong." in words(sent)
        assert opened.get("directorate", "stage_submit", visit=visit).status_code == STALE

    def test_what_is_missing_and_who_can_mend_it_instead_of_a_button(self, work: Casework) -> None:
        work.story.walk_to("terms")
        text = words(work.get("lead", "stage_submit", visit=work.story.visit))
        assert "The engagement lead records what those affected asked" in text
        assert "Terms of reference: no version has been released yet." in text
        assert "Send" not in text
        by_hand = {"asking_at": "stage", "asking_to": "confirm", "version": ""}
        sent = work.post("lead", work.address("stage_submit", visit=work.story.visit), by_hand)
        assert sent.status_code == FORBIDDEN
        assert "Rule B2" in words(sent)

    def test_the_exact_version_is_named_and_a_newer_one_makes_the_page_stale(self, work: Casework) -> None:
        story = work.story.walk_to("terms")
        story.record_questions()
        story.paper("terms")
        page = work.get("lead", "stage_submit", visit=story.visit)
        assert "Terms of reference, version 1" in words(page)
        assert "Pat Mercer, Amina Yusuf and Charles Adeyemi" in words(page) or "Charles Adeyemi" in words(page)
        story.paper("terms", note="Two more questions.")
        sent = work.post("lead", work.address("stage_submit", visit=story.visit), hidden(page))
        assert sent.status_code == STALE

    def test_a_stage_with_nothing_to_fill_in_is_sent_by_one_button(self, work: Casework) -> None:
        story = work.story.walk_to("terms")
        story.record_questions()
        story.paper("terms")
        sent = hidden(work.get("lead", "stage_submit", visit=story.visit))
        assert work.post("lead", work.address("stage_submit", visit=story.visit), sent).status_code == FOUND
        assert story.look.visit.step == Visit.Step.ANSWER  # type: ignore[union-attr]


class TestDeciding:
    @pytest.fixture
    def proposed(self, work: Casework) -> Casework:
        work.story.open()
        work.story.propose_response(response="swarm")
        return work

    def test_ones_own_ways_with_what_was_proposed_and_the_ways_of_others(self, proposed: Casework) -> None:
        text = words(proposed.get("exec_team", "stage_decide", visit=proposed.story.visit))
        assert "What Dev Patel proposes" in text
        assert "A priority of our own plan" in text
        assert "Investigate an emergent risk: Eleanor Hughes" in text
        assert "Which learning response do you propose? A swarm huddle" in text
        assert "What do you decide? Investigate Send it back to the directorate Your reasons" in text

    def test_a_way_that_is_closed_says_why_and_has_no_button(self, proposed: Casework) -> None:
        text = words(proposed.get("exec", "stage_decide", visit=proposed.story.visit))
        assert "The executive lead decides on an emergent risk" in text
        assert "Continue" not in text

    def test_a_reason_is_asked_for_where_the_way_needs_one(self, proposed: Casework) -> None:
        visit = proposed.story.visit
        response = proposed.send("directorate", "stage_decide", {"outcome": "other_response"}, visit=visit)
        assert "Say why, in plain words" in words(response)
        assert checked("other_response") in source(response)

    def test_deciding_twice_decides_once(self, proposed: Casework) -> None:
        first, second = proposed.press_twice("exec_team", "stage_decide", {"outcome": "investigate"}, visit=proposed.story.visit)
        assert first.status_code == second.status_code == FOUND
        assert Event.objects.filter(kind="decided").count() == 1
        assert proposed.story.case.state == "form_group"

    def test_somebody_with_no_say(self, proposed: Casework) -> None:
        visit = proposed.story.visit
        assert proposed.get("lead", "stage_decide", visit=visit).status_code == FORBIDDEN
        by_hand = {"asking_at": "decision", "asking_to": "confirm", "outcome": "investigate"}
        assert proposed.post("lead", proposed.address("stage_decide", visit=visit), by_hand).status_code == FORBIDDEN
        assert proposed.story.case.state == "response"

    def test_whoever_confirms_the_group_sees_each_person_with_every_condition(self, work: Casework) -> None:
        first = Story(work.story.trust, work.story.at)
        first.walk_to("form_group")
        first.take_seat("pat")
        work.story.at = first.at
        story = work.story.walk_to("form_group")
        story.form_group()
        text = words(work.get("coordinator", "stage_decide", visit=story.visit))
        partner = text[text.index("Pat Mercer") : text.index("Amina Yusuf")]
        for said in (
            "Groups now 2", f"Last asked elsewhere {first.at:%A} {first.at.day} {first.at:%B %Y}",
            "Why they were asked You know how",
            "Is appointed as Patient Safety Partner", "Oversight training is in date until",
            "Has signed the confidentiality agreement",
            "Has no known tie to this case", "Has declared no conflict of interest on this case",
        ):  # fmt: skip
            assert said in partner
        assert "Last asked elsewhere never" in text[text.index("Amina Yusuf") :]

    def test_what_ran_out_since_somebody_took_the_seat_is_shown_to_whoever_confirms(self, work: Casework) -> None:
        story = work.story.walk_to("form_group")
        story.form_group()
        (term,) = story.who("pat").appointments.all()
        end_appointment(appointment=term, at=story.at, reason="Moved away.")
        text = words(work.get("coordinator", "stage_decide", visit=story.visit))
        assert "Not met: Has no appointment in force as Patient Safety Partner." in text

    def test_who_confirms_needs_no_more_statements_for_a_larger_group(self, work: Casework) -> None:
        story = work.story.walk_to("form_group")
        story.form_group()
        few = work.statements("coordinator", "stage_decide", visit=story.visit)
        story.take_seat("gwen")
        story.take_seat("member", "member")
        assert work.statements("coordinator", "stage_decide", visit=story.visit) == few

    def test_an_empty_lay_seat_closes_the_way(self, work: Casework) -> None:
        story = work.story.walk_to("form_group")
        story.partners = ("pat",)
        story.form_group()
        text = words(work.get("coordinator", "stage_decide", visit=story.visit))
        assert "Every lay seat is filled: not yet." in text
        assert "What do you decide? Send back to the lead" in text


class TestFormingTheGroup:
    def test_an_empty_group_cannot_be_sent_and_the_page_says_what_is_missing_and_where_to_ask(self, work: Casework) -> None:
        story = work.story.walk_to("form_group")
        visit = story.visit
        opened = work.get("lead", "stage_submit", visit=visit)
        text = words(opened)
        assert "At least one Patient Safety Partner sits in the group: not yet." in text
        assert "The group has a chair: not yet." in text
        assert "Patient Safety Partner Missing Two are wanted, and at least one is needed. Nobody sits here yet." in text
        assert "Investigation lead Complete One is wanted. One sits." in text
        assert "Group member" not in text
        for role in ("psp", "chair", "engagement"):
            assert f'href="{work.address("seat_assign", role=role)}"' in source(opened)
        by_hand = {"asking_at": "stage", "asking_to": "confirm", "version": ""}
        assert "Rule R9" in words(work.post("lead", work.address("stage_submit", visit=visit), by_hand))
        assert story.look.visit.step == Visit.Step.PREPARE  # type: ignore[union-attr]

    def test_who_sits_and_who_was_asked_is_shown_before_it_is_sent(self, work: Casework) -> None:
        story = work.story.walk_to("form_group")
        story.take_seat("chair", "chair")
        story.take_seat("pat")
        story.offer("gwen")
        opened = work.get("lead", "stage_submit", visit=story.visit)
        text = words(opened)
        assert "Two are wanted, and at least one is needed. One sits, and one has not taken the seat yet." in text
        assert text.index("Pat Mercer") < text.index("Gwen Parry") < text.index("Asked, no answer yet") < text.index("Leila Grant")
        assert "Group chair Complete One is wanted. One sits." in text
        assert "Engagement lead Missing One is wanted. Nobody sits here yet." in text
        assert f'href="{work.address("seat_assign", role="chair")}"' not in source(opened)
        assert work.send("lead", "stage_submit", {}, visit=story.visit).status_code == FOUND

    def test_a_stage_that_is_about_a_text_shows_no_group(self, work: Casework) -> None:
        story = work.story.walk_to("terms")
        assert "The group as it stands" not in words(work.get("lead", "stage_submit", visit=story.visit))


class TestHearing:
    @pytest.fixture
    def disagreed(self, work: Casework) -> Casework:
        story = work.story.walk_to("draft_review")
        story.put_draft_to_group()
        story.answer("chair")
        story.answer("amina", "support_with_comments", "Say sorry on page one.")
        story.dissent("pat", WHY)
        return work

    def heard(self, disagreed: Casework, **other: str) -> dict[str, str]:
        return {
            **day("fact_met_on", london_day(disagreed.story.at)),
            "fact_what_was_said": "We met.",
            "reason": "It now says so.",
            **other,
        }

    def test_the_partners_own_words_come_first(self, disagreed: Casework) -> None:
        text = words(disagreed.get("exec", "stage_submit", visit=disagreed.story.visit))
        assert text.index("What they wrote") < text.index(WHY) < text.index("Meet Pat Mercer by")
        assert text.index(WHY) < text.index("Say sorry on page one.") < text.index("On which day did you meet the partner?")

    def test_words_that_look_like_markup_are_shown_as_they_were_written(self, work: Casework) -> None:
        story = work.story.walk_to("draft_review")
        story.put_draft_to_group()
        story.answer("amina")
        story.dissent("pat", "<b>Nobody</b> asked us.\nNobody.")
        page = work.get("exec", "stage_submit", visit=story.visit)
        assert escape("<b>Nobody</b> asked us.") in page.content.decode()

    @pytest.mark.parametrize("days", [1, -30])
    def test_a_day_that_cannot_be_is_named_on_the_form_with_all_that_was_typed(self, disagreed: Casework, days: int) -> None:
        on = day("fact_met_on", london_day(disagreed.story.at) + timedelta(days=days))
        page = disagreed.send("exec", "stage_submit", {**self.heard(disagreed, outcome="pass"), **on}, visit=disagreed.story.visit)
        assert f"The day must be on or {'before' if days > 0 else 'after'} " in words(page)
        assert "We met." in source(page)
        assert checked("pass") in source(page)

    def test_reasons_are_needed_whichever_way_it_goes(self, disagreed: Casework) -> None:
        for outcome in ("pass", "send_back"):
            response = disagreed.send(
                "exec", "stage_submit", self.heard(disagreed, outcome=outcome, reason=""), visit=disagreed.story.visit
            )
            assert "Say why, in plain words" in words(response)
            assert checked(outcome) in source(response)

    def test_then_the_partner_is_asked(self, disagreed: Casework) -> None:
        visit = disagreed.story.visit
        assert disagreed.confirm("exec", "stage_submit", self.heard(disagreed, outcome="pass"), visit=visit).status_code == FOUND
        assert disagreed.story.case.state == "draft_review__dissent"
        assert "It now says so." in words(disagreed.get("pat", "position", visit=visit))

    def test_nobody_else_hears_it(self, disagreed: Casework) -> None:
        for key in ("lead", "chair", "pat"):
            assert disagreed.get(key, "stage_submit", visit=disagreed.story.visit).status_code == FORBIDDEN

    def test_what_was_set_down_at_an_earlier_hearing_is_shown_and_not_filled_in(self, disagreed: Casework) -> None:
        story = disagreed.story
        story.hear_dissent("pass", "No.")
        story.answer("pat", "not_heard", "It took four minutes.")
        page = disagreed.get("exec", "stage_submit", visit=story.visit)
        assert "When it was heard before" in words(page)
        assert words(page).count("We met and went through it line by line.") == 1
        text = words(page)
        assert "Pat Mercer said that they were not heard. So it must be heard again." in text
        assert text.index("It took four minutes.") < text.index("What they wrote")
        assert "What was decided Go on in spite of it Why No." in text


class TestSigning:
    @pytest.fixture
    def to_sign(self, work: Casework) -> Casework:
        story = work.story.walk_to("draft_review")
        story.put_draft_to_group()
        story.answer("chair")
        story.answer("amina")
        story.dissent("pat", WHY)
        story.hear_dissent("pass", "The report now says so.")
        story.answer("pat", "heard")
        story.walk_to("sign_off")
        return work

    def test_the_list_shows_the_evidence_the_words_of_dissent_and_the_exact_text(self, to_sign: Casework) -> None:
        page = to_sign.get("exec", "stage_submit", visit=to_sign.story.visit)
        text = words(page)
        version = to_sign.story.look.latest_released("report")
        assert version
        for part in (
            "Review the draft report: Amina Yusuf and Pat Mercer said what they think",
            "The disagreement was heard by Eleanor Hughes", WHY, "Yes, I was heard",
            "Every comment of a lay partner is answered.", "The signer did not write the report.",
            f"You sign version {version.number} and no other.", version.sha256,
        ):  # fmt: skip
            assert part in text
        assert to_sign.address("comments") in page.content.decode()
        assert to_sign.address("paper", version=version.pk) in page.content.decode()

    def test_a_hearing_that_failed_has_no_tick(self, work: Casework) -> None:
        story = work.story.walk_to("draft_review")
        story.put_draft_to_group()
        story.answer("chair")
        story.answer("amina")
        story.dissent("pat", WHY)
        story.hear_dissent("pass", "No.")
        story.answer("pat", "not_heard", "It took four minutes.")
        story.hear_dissent("pass", "The report now says so.")
        story.answer("pat", "heard")
        story.walk_to("sign_off")
        text = words(work.get("exec", "stage_submit", visit=story.visit))
        failed = "You should know: Pat Mercer said that they were not heard by Eleanor Hughes, so it was heard again."
        assert text.index(failed) < text.index("It took four minutes.") < text.index("Met: The disagreement was heard by")
        assert text.count("The disagreement was heard by Eleanor Hughes") == 1
        assert "You cannot sign yet." not in text

    def test_an_open_comment_takes_the_signature_away_and_says_who_mends_it(self, to_sign: Casework) -> None:
        to_sign.story.comment("pat", "One more thing.", "report")
        visit = to_sign.story.visit
        text = words(to_sign.get("exec", "stage_submit", visit=visit))
        assert "Not met: Every comment of a lay partner is answered: not yet. Answer each open comment" in text
        assert "You cannot sign yet." in text
        assert "How does it go on? Send it back to the group" in text
        response = to_sign.send("exec", "stage_submit", {"outcome": "sign"}, visit=visit)
        assert "Choose one of the answers listed" in words(response)

    def test_signing_by_hand_meets_the_same_rules(self, to_sign: Casework) -> None:
        visit = to_sign.story.visit
        sent = hidden(to_sign.send("exec", "stage_submit", {"outcome": "sign"}, visit=visit)) | {"asking_to": "confirm"}
        to_sign.story.comment("pat", "One more thing.", "report")
        response = to_sign.post("exec", to_sign.address("stage_submit", visit=visit), sent)
        assert response.status_code != FOUND
        assert to_sign.story.case.state == "sign_off"

    def test_a_signature_is_given_once_on_the_version_that_was_shown(self, to_sign: Casework) -> None:
        version = to_sign.story.look.latest_released("report")
        first, second = to_sign.press_twice("exec", "stage_submit", {"outcome": "sign"}, visit=to_sign.story.visit)
        assert first.status_code == second.status_code == FOUND
        signed = Event.objects.filter(kind="submitted").latest("seq")
        assert version
        assert signed.facts["sha256"] == version.sha256
        assert to_sign.story.case.state == "sharing"

    def test_only_the_executive_lead_signs(self, to_sign: Casework) -> None:
        for key in ("lead", "chair", "exec_team", "quality"):
            assert to_sign.get(key, "stage_submit", visit=to_sign.story.visit).status_code == FORBIDDEN

    def test_the_page_costs_the_same_however_much_was_said(self, to_sign: Casework) -> None:
        visit = to_sign.story.visit
        to_sign.story.comment("pat", "One more thing.", "report")
        few = to_sign.statements("exec", "stage_submit", visit=visit)
        for number in range(6):
            to_sign.story.comment("pat", f"And {number}", "report")
        assert to_sign.statements("exec", "stage_submit", visit=visit) == few
        assert few <= 14


class TestFactsAtAnyTime:
    def test_they_are_recorded_and_shown_next_time(self, work: Casework) -> None:
        work.story.walk_to("terms")
        answers = {"fact_questions_status": "attached", "fact_questions": "Why did nobody come?"}
        assert work.send("engagement", "facts", answers, act="record_questions").status_code == FOUND
        page = work.get("engagement", "facts", act="record_questions")
        assert "What is recorded now" in words(page)
        assert checked("attached") in source(page)

    def test_they_are_for_those_whose_part_it_is(self, work: Casework) -> None:
        work.story.walk_to("terms")
        assert work.get("pat", "facts", act="record_questions").status_code == FORBIDDEN
        assert work.get("engagement", "facts", act="withdraw").status_code == NOT_FOUND
        assert work.get("engagement", "facts", act="nonsense").status_code == NOT_FOUND


class TestLookingAgain:
    def test_it_says_what_it_waits_for_and_goes_on_once_that_is_over(self, work: Casework) -> None:
        story = work.story.walk_to("draft_review")
        story.put_draft_to_group()
        story.all_answer(enough_time=False)
        assert "the paper must be available for 5 working days" in words(work.get("pat", "look_again"))
        assert work.send("pat", "look_again", {}).status_code == FOUND
        assert story.case.state == "draft_review"
        story.wait(6)
        assert work.send("pat", "look_again", {}).status_code == FOUND
        assert story.case.state == "actions"

    def test_it_is_for_those_who_sit(self, work: Casework) -> None:
        work.story.walk_to("draft_review").put_draft_to_group()
        assert work.get("auditor", "look_again").status_code == FORBIDDEN
        assert work.get("gwen", "look_again").status_code == NOT_FOUND

    def test_looking_at_the_page_moves_nothing(self, work: Casework) -> None:
        story = work.story.walk_to("draft_review")
        story.put_draft_to_group()
        story.all_answer(enough_time=False)
        story.wait(6)
        assert work.get("pat", "look_again").status_code == OK
        assert story.case.state == "draft_review"


class TestAFormOfFacts:
    FACTS = (
        Fact("said", "What was said?"),
        Fact("met", "When did you meet?", "day"),
        Fact("shared", "Was it shared?", "yes_no"),
        Fact("kind", "Which?", "choice", (("a", "The first"), ("b", "The second"))),
        Fact("more", "Anything else?", required=False),
    )

    def filled(self, **other: str) -> FactForm:
        given = {"fact_said": "Much", **day("fact_met", date(2026, 5, 4)), "fact_shared": "yes", "fact_kind": "b", **other}
        return FactForm(given, records=self.FACTS)

    def test_each_kind_of_fact_has_its_field_and_is_stored_as_a_door_takes_it(self) -> None:
        form = self.filled()
        assert form.is_valid()
        stored = as_stored(self.FACTS, form.cleaned_data)
        assert stored == {"said": "Much", "met": "2026-05-04", "shared": "yes", "kind": "b"}
        assert [answer for _, answer in told(self.FACTS, stored)] == ["Much", "Monday 4 May 2026", "Yes", "The second"]

    def test_what_was_stored_is_there_to_start_from(self) -> None:
        form = FactForm(records=self.FACTS, stored={"met": "2026-05-04", "kind": "a"})
        assert form["fact_met"].value() == date(2026, 5, 4) or form["fact_met"].value() == ("4", "5", "2026")
        assert form["fact_kind"].value() == "a"

    def test_a_day_that_does_not_exist_is_named(self) -> None:
        form = self.filled(fact_met_day="31", fact_met_month="2")
        assert "The day must be a real date" in form.errors["fact_met"][0]

    def test_what_another_answer_asks_for_is_asked_beside_it(self) -> None:
        facts = (*self.FACTS[:4], Fact("more", "Why the second", required=False, needed_if=("kind", "b")))
        given = {"fact_said": "Much", **day("fact_met", date(2026, 5, 4)), "fact_shared": "yes"}
        form = FactForm({**given, "fact_kind": "b"}, records=facts)
        assert form.errors["fact_more"] == ["Why the second: answer this, because you chose “The second”"]
        assert form.fields["fact_more"].hint == "Needed if you choose “The second”."  # type: ignore[attr-defined]
        assert FactForm({**given, "fact_kind": "a"}, records=facts).is_valid()
