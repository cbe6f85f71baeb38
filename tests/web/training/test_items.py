"""Each act on a training: one question, a check where it is weighty, a refusal that says why, and nothing typed lost."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from cases.models import Proposal, TrainingItem
from tests.web.casework import FORBIDDEN, FOUND, NOT_FOUND, OK, STALE, day, hidden, words
from tests.web.training.conftest import TrainingWork

NOTHING = "00000000-0000-0000-0000-000000000000"
OFFER = {"what": "Essentials, NHS England", "how": "Online, half an hour", "when": "At any time"}
REASON = "The certificate has no date on it."
State = TrainingItem.State


def done(work: TrainingWork, **other: str) -> dict[str, str]:
    """The page on which somebody says that a training is done, filled in."""
    shows = "Certificate 4471, sent to the coordinator."
    return {**day("completed_on", work.story.look.today), "provider": "NHS England", "hours": "1,5", "evidence": shows, **other}


class TestOffering:
    def test_an_offer_is_checked_and_sent_and_the_partner_reads_it(self, offering: TrainingWork) -> None:
        item = offering.item().pk
        assert offering.confirm("coordinator", "training_offer", OFFER, item=item).status_code == FOUND
        assert offering.item().state == State.OFFERED
        shown = words(offering.get("iris", "case"))
        assert "What is offered What: Essentials, NHS England How it is done: Online, half an hour When: At any time" in shown
        assert "Waiting for you to book a day, or do it and say that it is done, by" in shown

    def test_what_is_missing_is_named_and_the_rest_is_kept(self, offering: TrainingWork) -> None:
        response = offering.send(
            "coordinator", "training_offer", {**OFFER, "when": "", "asking_at": "offer"}, item=offering.item().pk
        )
        assert "Say when they can do it" in words(response)
        assert 'value="Online, half an hour"' in response.content.decode()

    def test_an_offer_says_how_it_meets_what_the_partner_needs(self, offering: TrainingWork) -> None:
        offering.story.ask_adjustment(offering.item())
        item = offering.item().pk
        page = words(offering.get("coordinator", "training_offer", item=item))
        assert "They need: I lip-read, so please let me see who speaks." in page
        response = offering.send("coordinator", "training_offer", OFFER, item=item)
        assert "Say how this offer meets what they need" in words(response)
        offering.confirm("coordinator", "training_offer", {**OFFER, "adjustments_met": "A room with a loop."}, item=item)
        assert offering.item().adjustments_met == "A room with a loop."

    def test_pressing_twice_offers_once(self, offering: TrainingWork) -> None:
        first, second = offering.press_twice("coordinator", "training_offer", OFFER, item=offering.item().pk)
        assert (first.status_code, second.status_code) == (FOUND, FOUND)

    @pytest.mark.parametrize("key", ["iris", "specialist", "quality", "auditor"])
    def test_only_the_coordinator_offers(self, offering: TrainingWork, key: str) -> None:
        response = offering.get(key, "training_offer", item=offering.item().pk)
        assert response.status_code == FORBIDDEN
        assert "Only the partner coordinator may do this." in words(response)
        assert "Rule C2" in words(response)

    def test_nothing_is_offered_before_it_is_confirmed_what_is_required(self, work: TrainingWork) -> None:
        work.story.open()
        response = work.get("coordinator", "training_offer", item=work.item().pk)
        assert "First confirm what is required." in words(response)


class TestNeeds:
    def test_the_partner_says_what_would_help_and_the_clock_turns_round(self, learning: TrainingWork) -> None:
        item = learning.item().pk
        assert learning.send("iris", "training_adjust", {"adjustments": "Large print."}, item=item).status_code == FOUND
        assert "See to what is needed to take part: Patient safety syllabus" in words(learning.get("iris", "case"))
        assert learning.item().due_on is None
        page = words(learning.get("coordinator", "training_meet", item=item))
        assert "Large print." in page
        learning.send("coordinator", "training_meet", {"adjustments_met": "It is in 18 point."}, item=item)
        assert learning.item().due_on is not None
        assert "It is in 18 point." in words(learning.get("iris", "case"))

    def test_staff_do_not_say_what_the_partner_needs(self, learning: TrainingWork) -> None:
        assert learning.get("coordinator", "training_adjust", item=learning.item().pk).status_code == FORBIDDEN

    def test_an_empty_box_is_asked_for_again(self, learning: TrainingWork) -> None:
        response = learning.send("iris", "training_adjust", {"adjustments": " "}, item=learning.item().pk)
        assert "Write what would help you to take part" in words(response)


class TestDoing:
    @pytest.mark.parametrize("key", ["iris", "coordinator"])
    def test_a_day_is_booked(self, learning: TrainingWork, key: str) -> None:
        soon = learning.story.look.today + timedelta(days=7)
        assert learning.send(key, "training_book", day("day", soon), item=learning.item().pk).status_code == FOUND
        assert learning.item().booked_on == soon

    def test_a_day_that_has_gone_by_is_no_booking(self, learning: TrainingWork) -> None:
        gone = learning.story.look.today - timedelta(days=1)
        response = learning.send("iris", "training_book", day("day", gone), item=learning.item().pk)
        assert "On which day is it? must be on or after" in words(response)

    def test_the_partner_says_that_it_is_done_after_a_check(self, learning: TrainingWork) -> None:
        item = learning.item().pk
        checking = learning.send("iris", "training_complete", done(learning), item=item)
        assert "Check before you send" in words(checking)
        assert "Certificate 4471" in words(checking)
        assert learning.item().state == State.OFFERED
        sent = {**hidden(checking), "asking_to": "confirm"}
        assert learning.post("iris", learning.address("training_complete", item=item), sent).status_code == FOUND
        assert (learning.item().hours, learning.item().by_proxy) == (Decimal("1.5"), False)

    def test_what_the_coordinator_enters_is_marked_as_entered_for_the_partner(self, learning: TrainingWork) -> None:
        learning.confirm("coordinator", "training_complete", done(learning), item=learning.item().pk)
        assert "Who said so Cora Bell, for the partner" in words(learning.get("iris", "case"))

    @pytest.mark.parametrize("hours", ["often", "-1", "NaN", "9999"])
    def test_hours_are_a_number(self, learning: TrainingWork, hours: str) -> None:
        response = learning.send("iris", "training_complete", done(learning, hours=hours), item=learning.item().pk)
        assert "Hours must be a number" in words(response)
        assert "Certificate 4471" in response.content.decode()

    def test_a_day_to_come_is_not_done(self, learning: TrainingWork) -> None:
        tomorrow = day("completed_on", learning.story.look.today + timedelta(days=1))
        response = learning.send("iris", "training_complete", done(learning, **tomorrow), item=learning.item().pk)
        assert "On which day was it finished? must be on or before" in words(response)


class TestChecking:
    @pytest.fixture
    def handed_in(self, learning: TrainingWork) -> TrainingWork:
        learning.story.complete(learning.item())
        return learning

    def test_evidence_in_order_is_accepted(self, handed_in: TrainingWork) -> None:
        handed_in.confirm("coordinator", "training_check", {"answer": "accept"}, item=handed_in.item().pk)
        assert "Checked, in order" in words(handed_in.get("iris", "case"))

    def test_it_goes_back_with_a_reason_that_the_partner_reads(self, handed_in: TrainingWork) -> None:
        item = handed_in.item().pk
        response = handed_in.send("coordinator", "training_check", {"answer": "reject"}, item=item)
        assert "Say what is missing" in words(response)
        handed_in.confirm("coordinator", "training_check", {"answer": "reject", "reason": REASON}, item=item)
        shown = words(handed_in.get("iris", "case"))
        assert "Sent back" in shown
        assert REASON in shown
        assert REASON in words(handed_in.get("iris", "training_complete", item=item))

    def test_nobody_checks_what_they_handed_in(self, learning: TrainingWork) -> None:
        learning.story.complete(learning.item(), by="coordinator")
        response = learning.get("coordinator", "training_check", item=learning.item().pk)
        assert response.status_code == FORBIDDEN
        assert "You handed this evidence in, so you cannot check it." in words(response)
        assert "Another coordinator checks it." in words(response)
        assert learning.get("coordinator2", "training_check", item=learning.item().pk).status_code == OK

    def test_a_page_that_was_overtaken_says_so_and_keeps_the_words(self, handed_in: TrainingWork) -> None:
        item = handed_in.item().pk
        tabs = [handed_in.send("coordinator", "training_check", one, item=item) for one in ({"answer": "accept"}, BACK)]
        first, second = ({**hidden(tab), "asking_to": "confirm"} for tab in tabs)
        at = handed_in.address("training_check", item=item)
        assert handed_in.post("coordinator", at, first).status_code == FOUND
        response = handed_in.post("coordinator", at, second)
        assert response.status_code == STALE
        assert REASON in words(response)


BACK = {"answer": "reject", "reason": REASON}


class TestMore:
    def test_the_partner_asks_for_more_and_the_organisation_owes_it(self, learning: TrainingWork) -> None:
        asked = {"title": "How to read a chart", "why": "I lost the thread at page three."}
        assert learning.send("iris", "training_more", asked).status_code == FOUND
        shown = words(learning.get("iris", "case"))
        assert "Offer it: How to read a chart" in shown
        assert "Why the partner asked for it: I lost the thread at page three." in shown

    def test_staff_do_not_ask_for_it(self, learning: TrainingWork) -> None:
        assert learning.get("specialist", "training_more").status_code == FORBIDDEN


class TestLeavingOut:
    def test_two_people_leave_a_training_out_for_a_time(self, learning: TrainingWork) -> None:
        until = learning.story.look.today + timedelta(days=30)
        asked = {**day("until", until), "reason": "The course was cancelled twice."}
        assert learning.send("specialist", "training_waive", asked, item=learning.item().pk).status_code == FOUND
        (proposal,) = learning.story.look.proposals
        page = words(learning.get("exec_team", "proposal", proposal=proposal.pk))
        assert "Leave out a training of Iris Cole for a time: Patient safety syllabus, level 1: Essentials" in page
        assert "The course was cancelled twice." in page
        learning.send("exec_team", "proposal", {"answer": "confirm"}, proposal=proposal.pk)
        assert learning.item().state == State.WAIVED
        assert "is left out until" in words(learning.get("specialist", "proposal", proposal=proposal.pk))

    def test_what_was_asked_once_is_not_asked_again(self, learning: TrainingWork) -> None:
        learning.story.ask_to_waive(learning.item(), learning.story.look.today + timedelta(days=30))
        response = learning.get("coordinator", "training_waive", item=learning.item().pk)
        assert response.status_code == STALE
        assert Proposal.objects.count() == 1

    def test_the_partner_does_not_ask_for_it(self, learning: TrainingWork) -> None:
        assert learning.get("iris", "training_waive", item=learning.item().pk).status_code == FORBIDDEN


@pytest.mark.parametrize("page", ["offer", "adjust", "meet", "book", "complete", "check", "waive"])
def test_a_training_that_is_not_there_and_a_case_that_one_does_not_see(learning: TrainingWork, page: str) -> None:
    assert learning.get("coordinator", f"training_{page}", item=NOTHING).status_code == NOT_FOUND
    assert learning.get("pat", f"training_{page}", item=learning.item().pk).status_code == NOT_FOUND
