"""What a person does about their own seat. Until they sit they see the offer and nothing else of the case."""

from typing import Any
from uuid import uuid4

import pytest

from audit.models import Event
from cases.models import Appointment, Declaration, Seat
from tests.web.casework import Casework, hidden, words
from workflows.demo.trust import build_trust
from workflows.doors import people, seats
from workflows.processes.oversight.story import Story

SUMMARY = "Only the group may read this summary."


@pytest.fixture
def offered(work: Casework) -> Casework:
    work.story.open("A fall on Ward 4", SUMMARY)
    work.story.walk_to("form_group")
    work.story.offer("pat")
    return work


def seat(work: Casework, key: str = "pat") -> Seat:
    return work.story.seat(key, "psp")


def declare(work: Casework, key: str = "pat", **conflict: Any) -> Any:
    """Go through both questions and the check, as far as it goes."""
    at: dict[str, Any] = {"seat": seat(work, key).pk}
    first = work.send(key, "seat_declare", {"confidential": "on"}, **at)
    answers = conflict or {"conflict": "no"}
    check = work.post(key, work.address("seat_declare", **at), {**hidden(first), **answers})
    if "There is a problem" in words(check):
        return check
    return work.post(key, work.address("seat_declare", **at), {**hidden(check), "asking_to": "confirm"})


# The offer


def test_an_offer_says_who_asks_for_what_how_long_what_one_decides_and_whom_to_talk_to(offered: Casework) -> None:
    shown = words(offered.get("pat", "seat_answer", seat=seat(offered).pk))
    assert "Leila Grant asks you to join a group" in shown
    assert "Please answer by" in shown
    for told in ("A fall on Ward 4 (OVS-2026-0001)", "You know how it feels", "About six hours a month", "Investigation report",
                 "Agree the terms of reference. If you do not support it, an executive must meet you and answer in writing",
                 "None of them can be passed without a lay partner", "Cora Bell, partner coordinator: coordinator@"):  # fmt: skip
        assert told in shown


def test_an_offer_says_nothing_else_of_the_case_and_the_case_stays_closed(offered: Casework) -> None:
    response = offered.get("pat", "seat_answer", seat=seat(offered).pk)
    assert SUMMARY not in response.content.decode()
    assert "Dev Patel" not in response.content.decode()
    assert offered.get("pat", "case").status_code == 404
    assert offered.get("pat", "people").status_code == 404


@pytest.mark.parametrize("name", ["seat_answer", "seat_declare", "seat_leave", "seat_answered"])
@pytest.mark.parametrize("key", ["gwen", "lead", "exec", "auditor"])
def test_nobody_else_finds_the_pages_of_my_seat(offered: Casework, name: str, key: str) -> None:
    at: dict[str, Any] = {"seat": seat(offered).pk}
    assert offered.get(key, name, **at).status_code == 404
    assert offered.post(key, offered.address(name, **at), {"answer": "accept", "how": "step_down"}).status_code == 404
    assert seat(offered).state == "offered"


def test_my_seat_is_not_found_under_another_case_or_organisation(offered: Casework) -> None:
    mine = seat(offered)
    address = offered.address("seat_answer", seat=mine.pk)
    other = build_trust(offered.story.at, ods_code="RX1", name="Another Trust", mail="another.example")
    Story(other, offered.story.at).walk_to("form_group")
    offered.story.wait()
    assert offered.client("pat").get(address).status_code == 200
    assert offered.client("pat").get(address.replace("RZ9", "RX1")).status_code == 404
    assert offered.client("pat").get(address.replace("0001", "0002")).status_code == 404
    assert offered.client("pat").get(address.replace(str(mine.pk), str(uuid4()))).status_code == 404


def test_declining_needs_no_reason(offered: Casework) -> None:
    response = offered.send("pat", "seat_answer", {"answer": "decline"}, seat=seat(offered).pk)
    assert seat(offered).state == "declined"
    told = words(offered.client("pat").get(response.headers["Location"]))
    assert "Your answer was sent" in told
    assert "Leila Grant has been told" in told


def test_asking_for_a_change_says_what_and_the_lead_reads_it(offered: Casework) -> None:
    at: dict[str, Any] = {"seat": seat(offered).pk}
    missing = offered.send("pat", "seat_answer", {"answer": "change"}, **at)
    assert "Say what would have to be different" in words(missing)
    offered.send("pat", "seat_answer", {"answer": "change", "changed": "Meetings after six, please."}, **at)
    assert "Declined: Meetings after six, please." in words(offered.get("lead", "people"))
    assert "Meetings after six" not in words(offered.get("coordinator", "people"))


def test_what_was_typed_under_another_answer_is_not_sent(offered: Casework) -> None:
    offered.send("pat", "seat_answer", {"answer": "decline", "changed": "Never mind."}, seat=seat(offered).pk)
    assert seat(offered).reply == ""


def test_answering_twice_the_same_is_done_once_and_differently_is_out_of_date(offered: Casework) -> None:
    at: dict[str, Any] = {"seat": seat(offered).pk}
    page = offered.get("pat", "seat_answer", **at)
    second_tab = offered.get("pat", "seat_answer", **at)
    accept = {**hidden(page), "answer": "accept"}
    for _ in range(2):
        response = offered.post("pat", offered.address("seat_answer", **at), accept)
        assert response.headers["Location"] == offered.address("seat_declare", **at)
    assert Event.objects.filter(kind="seat_accepted").count() == 1 + len(offered.story.look.seats_of(offered.story.who("chair").pk))
    late = offered.post("pat", offered.address("seat_answer", **at), {**hidden(second_tab), "answer": "decline"})
    assert late.status_code == 409
    assert seat(offered).state == "accepted"


def test_a_late_answer_is_still_welcome(offered: Casework) -> None:
    offered.story.wait(8)
    assert "You can still answer." in words(offered.get("pat", "seat_answer", seat=seat(offered).pk))
    assert offered.send("pat", "seat_answer", {"answer": "accept"}, seat=seat(offered).pk).status_code == 302


# Declaring interests


@pytest.fixture
def accepted(offered: Casework) -> Casework:
    offered.send("pat", "seat_answer", {"answer": "accept"}, seat=seat(offered).pk)
    return offered


def test_two_questions_with_examples_then_the_case_opens(accepted: Casework) -> None:
    at: dict[str, Any] = {"seat": seat(accepted).pk}
    first = accepted.get("pat", "seat_declare", **at)
    assert "not telling friends or family" in words(first)
    second = accepted.send("pat", "seat_declare", {"confidential": "on"}, **at)
    assert "you know a patient, a family" in words(second)
    response = declare(accepted)
    told = words(accepted.client("pat").get(response.headers["Location"]))
    assert "You have joined the group" in told
    assert accepted.get("pat", "people").status_code == 200
    assert Declaration.objects.get(seat=seat(accepted)).confidential


def test_without_confidentiality_it_goes_no_further(accepted: Casework) -> None:
    response = accepted.send("pat", "seat_declare", {}, seat=seat(accepted).pk)
    assert "Tick the box if you agree. You cannot take the seat without it" in words(response)


def test_a_conflict_needs_a_few_words_and_closes_the_seat_without_blame(accepted: Casework) -> None:
    missing = declare(accepted, conflict="yes")
    assert "Say in a few words what the conflict is" in words(missing)
    assert seat(accepted).state == "accepted"
    response = declare(accepted, conflict="yes", text="My sister was on that ward.")
    told = words(accepted.client("pat").get(response.headers["Location"]))
    assert "Thank you for telling us" in told
    assert "It does not count against you." in told
    assert seat(accepted).state == "recused"
    assert accepted.get("pat", "case").status_code == 404
    assert "My sister" not in words(accepted.get("lead", "people"))


def test_a_declaration_that_is_refused_says_why_and_whom_to_ask_and_the_acceptance_stands(accepted: Casework) -> None:
    story = accepted.story
    held = Appointment.objects.get(person=story.who("pat"), role="psp")
    people.end_appointment(appointment=held, at=story.at, reason="The term was over.")
    story.wait(1)
    response = declare(accepted)
    told = words(response)
    assert response.status_code == 403
    assert "You cannot take the seat yet" in told
    assert "Has no appointment in force as Patient Safety Partner. The partner coordinator can put this right. Rule B1" in told
    assert "Cora Bell, partner coordinator" in told
    assert seat(accepted).state == "accepted"
    assert accepted.get("pat", "case").status_code == 404
    assert Event.objects.filter(kind="refused", facts__attempt="interests_declared").count() == 1


def test_declaring_before_accepting_leads_to_the_offer_and_afterwards_to_what_became_of_it(offered: Casework) -> None:
    at: dict[str, Any] = {"seat": seat(offered).pk}
    assert offered.get("pat", "seat_declare", **at).headers["Location"] == offered.address("seat_answer", **at)
    offered.send("pat", "seat_answer", {"answer": "accept"}, **at)
    declare(offered)
    for name in ("seat_declare", "seat_answer"):
        assert offered.get("pat", name, **at).headers["Location"] == offered.address("seat_answered", **at)


# Leaving


@pytest.fixture
def seated(work: Casework) -> Casework:
    work.story.walk_to("terms")
    return work


def test_stepping_down_needs_no_reason_and_closes_the_case_at_once(seated: Casework) -> None:
    at: dict[str, Any] = {"seat": seat(seated).pk}
    assert "you stop seeing the case at once" in words(seated.get("pat", "seat_leave", **at))
    response = seated.send("pat", "seat_leave", {"how": "step_down"}, **at)
    assert seat(seated).state == "stepped_down"
    assert seated.get("pat", "case").status_code == 404
    assert "You have stepped down" in words(seated.client("pat").get(response.headers["Location"]))


def test_a_conflict_found_later_is_declared_in_a_few_words(seated: Casework) -> None:
    at: dict[str, Any] = {"seat": seat(seated).pk}
    assert "Say in a few words what the conflict is" in words(seated.send("pat", "seat_leave", {"how": "conflict"}, **at))
    seated.send("pat", "seat_leave", {"how": "conflict", "text": "My neighbour was on that ward."}, **at)
    assert seat(seated).state == "recused"
    assert seated.get("pat", "case").status_code == 404


def test_an_accepted_seat_can_be_left_before_it_is_taken(accepted: Casework) -> None:
    accepted.send("pat", "seat_leave", {"how": "step_down", "reason": "I am moving away."}, seat=seat(accepted).pk)
    told = words(accepted.get("pat", "seat_answered", seat=seat(accepted).pk))
    assert "You have stepped down" in told
    assert "I am moving away." in told


def test_an_offer_taken_back_is_told_with_its_reason(offered: Casework) -> None:
    story = offered.story
    story.wait()
    seats.withdraw_offer(
        case=story.case_id, by=story.who("lead"), at=story.at, seat=seat(offered).pk, reason="The case was opened twice."
    )
    shown = offered.client("pat").get(offered.address("seat_answer", seat=seat(offered).pk), follow=True)
    assert "This offer was taken back" in words(shown)
    assert "The case was opened twice." in words(shown)
