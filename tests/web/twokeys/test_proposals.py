"""Acts that need two people: one asks with a reason, another decides, and nothing happens between the two."""

from typing import Any
from uuid import uuid4

import pytest

from audit.models import Event
from cases.models import Proposal, Waiver
from tests.web.casework import Casework, hidden, words
from workflows.doors import seats

MOVED = "Pat has moved away and cannot come."


@pytest.fixture
def asked(work: Casework) -> Casework:
    """The lead has asked that Pat's seat be ended."""
    story = work.story.walk_to("terms")
    story.wait()
    seats.ask_to_end_seat(case=story.case_id, by=story.who("lead"), at=story.at, seat=story.seat("pat").pk, reason=MOVED)
    return work


def proposal() -> Proposal:
    return Proposal.objects.latest("asked_at")


def test_the_second_person_reads_what_is_asked_by_whom_why_and_what_happens(asked: Casework) -> None:
    shown = words(asked.get("exec", "proposal", proposal=proposal().pk))
    for told in ("End the seat of Pat Mercer", MOVED, "Leila Grant,", "stops seeing the case at once", "What do you decide?"):
        assert told in shown


def test_agreeing_ends_the_seat_and_the_page_says_so(asked: Casework) -> None:
    at: dict[str, Any] = {"proposal": proposal().pk}
    response = asked.send("exec", "proposal", {"answer": "confirm", "reason": "I spoke with Pat."}, **at)
    assert asked.story.seat("pat").state == "ended"
    shown = words(asked.client("exec").get(response.headers["Location"]))
    assert "Eleanor Hughes agreed on" in shown
    assert "The seat of Pat Mercer has ended." in shown
    assert "I spoke with Pat." in shown
    told = words(asked.get("pat", "seat_answered", seat=asked.story.seat("pat").pk))
    assert "Your seat has ended" in told
    assert MOVED in told


def test_refusing_needs_a_reason_and_leaves_all_as_it_was(asked: Casework) -> None:
    at: dict[str, Any] = {"proposal": proposal().pk}
    assert "Say why you do not agree" in words(asked.send("exec", "proposal", {"answer": "refuse"}, **at))
    response = asked.send("exec", "proposal", {"answer": "refuse", "why_not": "Pat can join by phone."}, **at)
    shown = words(asked.client("lead").get(response.headers["Location"]))
    assert "Eleanor Hughes did not agree on" in shown
    assert "Everything stays as it was." in shown
    assert "Pat can join by phone." in shown
    assert asked.story.seat("pat").state == "active"


def test_deciding_twice_is_done_once_and_the_other_executive_is_told_it_is_decided(asked: Casework) -> None:
    at: dict[str, Any] = {"proposal": proposal().pk}
    mine, theirs = hidden(asked.get("exec", "proposal", **at)), hidden(asked.get("exec_team", "proposal", **at))
    for _ in range(2):
        assert asked.post("exec", asked.address("proposal", **at), {**mine, "answer": "confirm"}).status_code == 302
    late = asked.post(
        "exec_team", asked.address("proposal", **at), {**theirs, "answer": "refuse", "why_not": "Wait for Pat, please."}
    )
    assert late.status_code == 409
    assert "This has already been decided" in words(late)
    assert "Wait for Pat, please." in words(late)
    assert Event.objects.filter(kind="seat_ended").count() == 1


@pytest.mark.parametrize("key", ["lead", "chair", "pat", "amina", "coordinator", "auditor"])
def test_who_may_not_decide_reads_whom_it_waits_for_and_a_post_is_refused_on_record(asked: Casework, key: str) -> None:
    at: dict[str, Any] = {"proposal": proposal().pk}
    shown = words(asked.get(key, "proposal", **at))
    assert "Waiting for Eleanor Hughes or Xavier Stone or Priya Nair to decide as the second person" in shown
    assert "What do you decide?" not in shown
    response = asked.post(key, asked.address("proposal", **at), {"answer": "confirm"})
    assert response.status_code == 403
    assert "The second person must be an executive on this case." in words(response)
    assert asked.story.seat("pat").state == "active"
    assert Event.objects.filter(kind="refused", facts__attempt="seat_ended").count() == 1


def test_a_proposal_of_another_case_is_not_found(asked: Casework) -> None:
    pk = proposal().pk
    address = asked.address("proposal", proposal=pk)
    asked.story.case_id = None
    asked.story.walk_to("form_group")
    assert asked.client("exec").get(asked.address("proposal", proposal=pk)).status_code == 404
    assert asked.client("exec").get(address).status_code == 200
    assert asked.client("gwen").get(address).status_code == 404
    assert asked.client("exec").get(address.replace(str(pk), str(uuid4()))).status_code == 404


def test_who_disagrees_is_not_removed_before_being_heard_and_the_page_says_so(work: Casework) -> None:
    story = work.story.walk_to("draft_review")
    story.put_draft_to_group()
    story.dissent("amina")
    story.answer("pat", enough_time=True)  # the last partner to answer: nothing is sealed any more
    story.wait()
    seats.ask_to_end_seat(
        case=story.case_id, by=story.who("lead"), at=story.at, seat=story.seat("amina").pk, reason="She is often late."
    )
    at: dict[str, Any] = {"proposal": proposal().pk}
    shown = words(work.get("exec", "proposal", **at))
    assert "Amina Yusuf disagrees, and nobody has decided on that yet." in shown
    assert "A lay partner disagrees and has not been heard yet." in shown
    assert "I agree. The seat ends at once" not in shown
    assert "I do not agree. Everything stays as it is" in shown
    response = work.post("exec", work.address("proposal", **at), {"answer": "confirm"})
    assert story.seat("amina").state == "active"
    assert response.status_code == 200
    assert "Choose one of the answers listed" in words(response)


# Withdrawing a case


def test_a_case_is_withdrawn_by_two_people(work: Casework) -> None:
    work.story.walk_to("terms")
    assert "Give the reason" in words(work.send("lead", "withdraw", {"reason": ""}))
    response = work.send("lead", "withdraw", {"reason": "It was opened twice."})
    assert "Withdraw the case" in words(work.client("lead").get(response.headers["Location"]))
    assert work.story.case.state == "terms"
    work.send("exec_team", "proposal", {"answer": "confirm"}, proposal=proposal().pk)
    assert work.story.case.state == "withdrawn"
    assert "The case has been withdrawn." in words(work.get("lead", "proposal", proposal=proposal().pk))


def test_a_case_is_not_withdrawn_over_a_disagreement(work: Casework) -> None:
    story = work.story.walk_to("draft_review")
    story.put_draft_to_group()
    story.dissent("amina")
    story.answer("pat", enough_time=True)
    shown = work.get("lead", "withdraw")
    assert shown.status_code == 403
    assert "A lay partner disagrees and has not been heard yet." in words(shown)
    response = work.post("lead", work.address("withdraw"), {"reason": "It was opened twice, it seems."})
    assert response.status_code == 403
    assert "Rule R3" in words(response)
    assert "It was opened twice, it seems." in words(response)


@pytest.mark.parametrize("key", ["pat", "coordinator", "exec"])
def test_only_some_may_ask_to_withdraw(work: Casework, key: str) -> None:
    work.story.walk_to("terms")
    assert work.get(key, "withdraw").status_code == 403
    assert work.post(key, work.address("withdraw"), {"reason": "I would like that."}).status_code == 403
    assert not Proposal.objects.exists()


# Asking for a waiver

UNTIL = {"until_day": "30", "until_month": "3", "until_year": "2026", "reason": "The family cannot wait for a second partner."}


@pytest.fixture
def short(work: Casework) -> Casework:
    work.story.partners = ("pat",)
    work.story.walk_to("form_group")
    work.story.form_group()
    return work


def test_a_waiver_says_what_it_means_and_is_granted_by_one_who_will_not_sign(short: Casework) -> None:
    page = words(short.get("lead", "waiver_ask"))
    assert "Patient Safety Partner: 2 seats, 1 empty" in page
    assert "Asking one more partner is almost always better." in page
    response = short.send("lead", "waiver_ask", UNTIL)
    shown = words(short.client("exec").get(response.headers["Location"]))
    assert "Waiting for Xavier Stone or Priya Nair to decide as the second person" in shown
    short.send("exec_team", "proposal", {"answer": "confirm"}, proposal=proposal().pk)
    waiver = Waiver.objects.get()
    assert (waiver.granted_by, f"{waiver.until}") == (short.story.who("exec_team"), "2026-03-30")
    assert "The rule is lifted until Monday 30 March 2026." in words(short.get("pat", "proposal", proposal=proposal().pk))


def test_a_waiver_needs_a_day_to_come_and_a_reason(short: Casework) -> None:
    past = short.send("lead", "waiver_ask", {**UNTIL, "until_day": "1", "until_month": "2"})
    assert "Until which day? must be on or after" in words(past)
    assert "The family cannot wait" in past.content.decode()
    assert "Give the reason" in words(short.send("lead", "waiver_ask", {**UNTIL, "reason": ""}))


def test_a_waiver_asked_from_a_second_tab_is_out_of_date(short: Casework) -> None:
    one, two = (hidden(short.get("lead", "waiver_ask")) for _ in range(2))
    assert short.post("lead", short.address("waiver_ask"), {**one, **UNTIL}).status_code == 302
    assert short.post("lead", short.address("waiver_ask"), {**one, **UNTIL}).status_code == 302
    late = short.post("lead", short.address("waiver_ask"), {**two, **UNTIL})
    assert late.status_code == 409
    assert "This has been asked already and waits for an executive." in words(late)
    assert Proposal.objects.count() == 1


@pytest.mark.parametrize("key", ["pat", "coordinator", "exec"])
def test_only_the_lead_and_the_chair_ask_for_a_waiver(short: Casework, key: str) -> None:
    assert short.get(key, "waiver_ask").status_code == 403
    assert short.post(key, short.address("waiver_ask"), UNTIL).status_code == 403
    assert not Proposal.objects.exists()
