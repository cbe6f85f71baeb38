"""The people of a case: lay partners first, empty seats as empty, and what each visitor can do about each seat."""

from typing import Any

import pytest

from audit.models import Event
from cases.models import Connection, Proposal
from tests.web.casework import Casework, hidden, words
from workflows.demo.trust import build_trust


@pytest.fixture
def seated(work: Casework) -> Casework:
    work.story.walk_to("terms")
    return work


def test_lay_partners_come_first_and_empty_seats_are_shown_as_empty(work: Casework) -> None:
    work.story.walk_to("form_group")
    work.story.take_seat("pat")
    work.story.offer("gwen")
    shown = words(work.get("lead", "people"))
    assert "This group needs two lay partners. It has one. One has been asked." in shown
    assert shown.index("Pat Mercer") < shown.index("Gwen Parry") < shown.index("Leila Grant")
    assert "Asked, no answer yet" in shown
    assert "Group chair Empty seat" in shown


def test_a_seat_that_is_taken_is_not_offered_as_if_it_were_empty(work: Casework) -> None:
    work.story.walk_to("form_group")
    work.story.offer("chair", "chair")
    assert "Offer the seat of group chair" in words(work.get("lead", "people"))
    work.story.joins("chair")
    for page in ("people", "case"):
        shown = words(work.get("lead", page))
        assert "Offer the seat of engagement lead" in shown
        assert "Offer the seat of group chair" not in shown
        assert "Ask one more person to sit as group chair" in shown
        assert "Ask a Patient Safety Partner to join" in shown
    work.story.take_seat("pat")
    work.story.take_seat("amina")
    assert "Ask one more Patient Safety Partner to join" in words(work.get("lead", "people"))


def test_an_offer_without_an_answer_in_time_says_so(work: Casework) -> None:
    work.story.walk_to("form_group")
    work.story.offer("gwen")
    work.story.wait(8)
    assert "No answer in time" in words(work.get("lead", "people"))


def test_those_who_left_are_listed_with_what_happened(seated: Casework) -> None:
    seated.story.recuse("pat")
    shown = words(seated.get("chair", "people"))
    assert "Not in the group any more, or did not join" in shown
    assert "Has a conflict of interest" in shown
    assert "My neighbour" not in shown


@pytest.mark.parametrize(
    ("key", "can", "cannot"),
    [
        ("lead", "Ask to end or change this seat : Pat Mercer", "Step down, or declare a conflict : Pat Mercer"),
        ("pat", "Step down, or declare a conflict : Pat Mercer", "Ask to end or change this seat"),
        ("auditor", "Patient Safety Partners", "Ask to end or change this seat"),
        ("exec", "Patient Safety Partners", "Record a personal tie"),
    ],
)
def test_each_visitor_is_offered_what_they_may_do(seated: Casework, key: str, can: str, cannot: str) -> None:
    shown = words(seated.get(key, "people"))
    assert can in shown
    assert cannot not in shown


# Taking an offer back


def test_an_offer_is_taken_back_with_a_reason(work: Casework) -> None:
    work.story.walk_to("form_group")
    seat = work.story.offer("gwen")
    assert "Give the reason" in words(work.send("lead", "seat_withdraw_offer", {"reason": " "}, seat=seat.pk))
    response = work.send("lead", "seat_withdraw_offer", {"reason": "Gwen knows the family."}, seat=seat.pk)
    assert "The offer to Gwen Parry was taken back." in words(work.client("lead").get(response.headers["Location"]))
    assert work.story.seat("gwen").ended_reason == "Gwen knows the family."


def test_only_the_lead_takes_an_offer_back_and_not_one_that_was_taken_up(seated: Casework) -> None:
    seat = seated.story.seat("pat")
    address = seated.address("seat_withdraw_offer", seat=seat.pk)
    assert seated.post("lead", address, {"reason": "Too late."}).status_code == 409
    assert seated.post("chair", address, {"reason": "Not mine."}).status_code in (403, 409)
    assert seated.get("chair", "seat_withdraw_offer", seat=seat.pk).status_code in (403, 409)
    assert seated.story.seat("pat").state == "active"


# Asking for the end of a seat


def test_ending_a_seat_waits_for_a_second_person(seated: Casework) -> None:
    seat = seated.story.seat("pat")
    sent = {"what": "end", "reason": "Pat has moved away and cannot come."}
    response = seated.send("lead", "seat_end", sent, seat=seat.pk)
    shown = words(seated.client("lead").get(response.headers["Location"]))
    assert "End the seat of Pat Mercer" in shown
    assert "Waiting for Eleanor Hughes or Xavier Stone or Priya Nair to decide as the second person" in shown
    assert seated.story.seat("pat").state == "active"
    assert "A second person decides" in words(seated.get("pat", "people"))
    assert "Pat has moved away" in words(seated.client("pat").get(response.headers["Location"]))


def test_asking_twice_is_done_once_and_from_a_second_tab_is_out_of_date(seated: Casework) -> None:
    at: dict[str, Any] = {"seat": seated.story.seat("pat").pk}
    one, two = (hidden(seated.get("lead", "seat_end", **at)) for _ in range(2))
    sent = {"what": "attendee", "reason": "Pat asked to come only when asked."}
    for _ in range(2):
        assert seated.post("lead", seated.address("seat_end", **at), {**one, **sent}).status_code == 302
    response = seated.post("lead", seated.address("seat_end", **at), {**two, **sent})
    assert response.status_code == 403
    assert "This has been asked already" in words(response)
    assert "Pat asked to come only when asked." in words(response)
    assert Proposal.objects.count() == 1


@pytest.mark.parametrize("key", ["amina", "engagement", "exec", "coordinator"])
def test_who_may_not_ask_is_refused_with_the_rule(seated: Casework, key: str) -> None:
    at: dict[str, Any] = {"seat": seated.story.seat("pat").pk}
    assert "Rule R8" in words(seated.get(key, "seat_end", **at))
    response = seated.post(key, seated.address("seat_end", **at), {"what": "end", "reason": "Because I say so."})
    assert response.status_code == 403
    assert Event.objects.filter(kind="refused", facts__attempt="seat_end_asked").count() == 1
    assert not Proposal.objects.exists()


# Ties


def test_a_tie_is_recorded_and_its_kind_stays_with_those_who_record_ties(seated: Casework) -> None:
    gwen = str(seated.story.who("gwen").pk)
    assert "Choose the person" in words(seated.send("engagement", "connection", {"person": "", "kind": "relative"}))
    assert seated.send("engagement", "connection", {"person": gwen, "kind": "relative"}).status_code == 302
    assert Connection.objects.get().kind == "relative"
    assert "Is a relative or carer" in words(seated.get("engagement", "people"))
    assert "Is a relative or carer" not in words(seated.get("chair", "people"))
    assert "Has a personal tie to this case." in words(seated.get("lead", "seat_assign", role="psp"))


def test_only_the_engagement_lead_and_the_lead_record_ties(seated: Casework) -> None:
    sent = {"person": str(seated.story.who("gwen").pk), "kind": "relative"}
    assert seated.get("chair", "connection").status_code == 403
    assert seated.post("chair", seated.address("connection"), sent).status_code == 403
    assert not Connection.objects.exists()


def test_somebody_of_another_organisation_cannot_be_named(seated: Casework) -> None:
    other = build_trust(seated.story.at, ods_code="RX1", name="Another Trust", mail="another.example")
    response = seated.send("engagement", "connection", {"person": str(other["gwen"].pk), "kind": "relative"})
    assert "Choose one of the answers listed" in words(response)
