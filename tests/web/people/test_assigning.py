"""Asking people to join: everybody is shown with every condition, and what is sent is done once or not at all."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from audit.models import Event
from cases.models import Seat
from permissions.roles import PSP
from tests.web.casework import BEGINNING, Casework, hidden, words
from workflows.demo.trust import PERSONAS, Persona, build_trust
from workflows.processes.oversight.story import Story

PROFILE = {"hours": "Six hours a month", "meetings": "Four, online", "until": "June 2026", "pay": "£75 a half day"}


def filled(work: Casework, *keys: str, **more: Any) -> dict[str, Any]:
    """The form as the lead fills it in, for these people."""
    people = [str(work.story.who(key).pk) for key in keys]
    return {"people": people, "why": "You know this ward.", **PROFILE, "membership": "member", **REPLY_BY, **more}


REPLY_BY = {"reply_by_day": "20", "reply_by_month": "3", "reply_by_year": "2026"}


@pytest.fixture
def forming(work: Casework) -> Casework:
    work.story.walk_to("form_group")
    return work


def offers(work: Casework) -> dict[str, Seat]:
    """Live lay seats and offers by name."""
    return {seat.person.name: seat for seat in work.story.look.seats if seat.is_lay and seat.state in Seat.LIVE}


def test_the_page_begins_with_the_empty_seats(forming: Casework) -> None:
    shown = words(forming.get("lead", "seat_assign", role="psp"))
    assert "This group needs two lay partners. It has none." in shown
    assert shown.count("Empty seat") == 2
    assert shown.index("Empty seat") < shown.index("Whom do you ask?")


def test_nobody_is_hidden_and_every_condition_has_a_tick_or_a_reason(forming: Casework) -> None:
    response = forming.get("lead", "seat_assign", role="psp")
    shown, page = words(response), response.content.decode()
    for name in ("Pat Mercer", "Amina Yusuf", "Gwen Parry", "Tomás Silva"):
        assert name in shown
    assert "Tomás Silva Cannot be asked now" in shown
    assert "Not met: Oversight training ran out on" in shown
    assert "The partner coordinator can put this right. Rule B1" in shown
    assert "Met: Has signed the confidentiality agreement." in shown
    assert f'value="{forming.story.who("tomas").pk}"' not in page
    assert f'value="{forming.story.who("pat").pk}"' in page


@pytest.mark.proves("R14", "R18")
def test_what_each_already_carries_and_who_employs_them_is_shown(forming: Casework) -> None:
    forming.story.offer("gwen")
    other = Story(forming.story.trust, forming.story.at).walk_to("form_group")
    shown = words(Casework(other).get("lead", "seat_assign", role="psp"))
    gwen = shown[shown.index("Gwen Parry") : shown.index("Gwen Parry") + 260]
    assert "Moorland Community NHS Trust" in gwen
    assert "Groups now 1 Last asked" in gwen
    assert "Prefers E-mail" in gwen


def test_two_are_asked_at_once_each_by_an_act_of_their_own(forming: Casework) -> None:
    response = forming.send("lead", "seat_assign", filled(forming, "pat", "gwen"), role="psp")
    assert response.status_code == 302
    assert set(offers(forming)) == {"Pat Mercer", "Gwen Parry"}
    assert Event.objects.filter(kind="seat_offered", facts__role=PSP.title).count() == 2
    told = words(forming.client("lead").get(response.headers["Location"]))
    assert "Pat Mercer has been asked, and has until Friday 20 March 2026 to answer." in told
    assert "Gwen Parry has been asked" in told


def test_the_offer_says_what_was_written(forming: Casework) -> None:
    forming.send("lead", "seat_assign", filled(forming, "pat"), role="psp")
    seat = offers(forming)["Pat Mercer"]
    assert (
        seat.task_profile == "How much time: Six hours a month\nMeetings: Four, online\nUntil when: June 2026\nPay: £75 a half day"
    )
    assert seat.why == "You know this ward."
    assert seat.membership == "member"
    assert f"{seat.reply_by}" == "2026-03-20"


def test_sending_twice_asks_once(forming: Casework) -> None:
    page = forming.get("lead", "seat_assign", role="psp")
    sent = {**hidden(page), **filled(forming, "pat", "amina")}
    address = forming.address("seat_assign", role="psp")
    for _ in range(2):
        assert forming.post("lead", address, sent).status_code == 302
    assert Event.objects.filter(kind="seat_offered", facts__role=PSP.title).count() == 2
    assert not Event.objects.filter(kind="refused").exists()


def test_a_second_tab_for_somebody_asked_already_says_so_and_keeps_what_was_typed(forming: Casework) -> None:
    page = forming.get("lead", "seat_assign", role="psp")
    forming.send("lead", "seat_assign", filled(forming, "pat"), role="psp")
    again = {**hidden(page), **filled(forming, "pat", "gwen", why="Because of the night shift.")}
    response = forming.post("lead", forming.address("seat_assign", role="psp"), again)
    assert "Pat Mercer already has a seat or an offer on this case." in words(response)
    assert "Because of the night shift." in response.content.decode()
    assert "Gwen Parry" not in offers(forming)


def test_a_choice_that_cannot_stand_asks_nobody_and_is_kept_on_record(forming: Casework) -> None:
    response = forming.send("lead", "seat_assign", filled(forming, "gwen", "tomas"), role="psp")
    assert response.status_code == 200
    assert "Tomás Silva cannot be asked. Oversight training ran out on" in words(response)
    assert f'value="{PROFILE["hours"]}"' in response.content.decode()
    assert f'value="{forming.story.who("gwen").pk}" checked' in response.content.decode()
    assert offers(forming) == {}
    assert Event.objects.filter(kind="refused", facts__attempt="seat_offered").count() == 1


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        ({"people": []}, "Choose one or two people"),
        ({"why": "  "}, "Say why you ask these people"),
        ({"pay": ""}, "Say what it pays, or that it is unpaid"),
        ({"membership": "attendee"}, "Say why this is an attendee and not a member"),
        ({"reply_by_day": "1"}, "Day to answer by must be on or after"),
        ({"reply_by_month": "13"}, "Day to answer by must be a real date"),
        ({"why": "x" * 1001}, "must be 1000 characters or fewer"),
    ],
)
def test_what_is_missing_is_named_and_nothing_typed_is_lost(forming: Casework, fault: dict[str, Any], told: str) -> None:
    response = forming.send("lead", "seat_assign", {**filled(forming, "pat"), "hours": "Seven <hours>", **fault}, role="psp")
    assert told in words(response)
    assert "<title>Error: " in " ".join(response.content.decode().split())
    assert 'value="Seven &lt;hours&gt;"' in response.content.decode()
    assert offers(forming) == {}


def test_three_at_once_are_too_many(forming: Casework) -> None:
    response = forming.send("lead", "seat_assign", filled(forming, "pat", "amina", "gwen"), role="psp")
    assert "Choose one or two people" in words(response)


def test_an_attendee_needs_a_reason_which_the_person_reads(forming: Casework) -> None:
    wanted = filled(forming, "pat", membership="attendee", membership_reason="She asked for it while she is ill.")
    forming.send("lead", "seat_assign", wanted, role="psp")
    seat = offers(forming)["Pat Mercer"]
    assert (seat.membership, seat.membership_reason) == ("attendee", "She asked for it while she is ill.")
    assert "She asked for it while she is ill." in words(forming.get("pat", "seat_answer", seat=seat.pk))


def test_the_last_offer_is_where_the_next_one_begins(forming: Casework) -> None:
    forming.send("lead", "seat_assign", filled(forming, "pat"), role="psp")
    page = forming.get("lead", "seat_assign", role="psp").content.decode()
    assert 'value="Six hours a month"' in page
    assert 'value="£75 a half day"' in page


@pytest.mark.proves("R14")
def test_a_person_asked_again_and_again_is_pointed_out_kindly(forming: Casework) -> None:
    story = forming.story
    for _ in range(3):
        Story(story.trust, story.at).walk_to("form_group").offer("pat")
    shown = words(forming.get("lead", "seat_assign", role="psp"))
    assert "You asked this person on 3 of your 3 other cases of this year. That is fine when they fit best." in shown
    assert shown.count("other cases of this year") == 1


def test_a_staff_seat_is_offered_to_one_of_those_appointed_or_anybody_else(forming: Casework) -> None:
    shown = words(forming.get("lead", "seat_assign", role="chair"))
    assert shown.index("Charles Adeyemi") < shown.index("Other members of staff") < shown.index("Dr Nia Rowe")
    wanted = {**filled(forming, "member"), "people": str(forming.story.who("member").pk)}
    assert forming.send("lead", "seat_assign", wanted, role="chair").status_code == 302
    assert forming.story.seat("member", "chair").state == "offered"


def test_of_staff_members_as_many_are_asked_at_once_as_the_lead_chooses(forming: Casework) -> None:
    shown = words(forming.get("lead", "seat_assign", role="member"))
    assert "Choose one or more. Those who can be asked come first" in shown
    keys = ("member", "lead2", "sponsor")
    wanted = filled(forming, *keys)
    assert forming.send("lead", "seat_assign", {**wanted, "people": []}, role="member").status_code == 200
    assert forming.send("lead", "seat_assign", wanted, role="member").status_code == 302
    assert [forming.story.seat(key, "member").state for key in keys] == ["offered"] * 3


def test_each_who_cannot_be_asked_is_named_with_the_rule(forming: Casework) -> None:
    forming.story.offer("pat")
    response = forming.send("lead", "seat_assign", filled(forming, "pat", "tomas", why="Because <b>."), role="psp")
    shown = words(response)
    for told in ("Pat Mercer already has a seat or an offer on this case.", "Tomás Silva cannot be asked. Oversight training ran"):
        assert shown.count(f"{told}") == 2  # at the top of the page and beside the names
    assert "how it stands now. Rule B1" in shown
    assert "Because &lt;b&gt;." in response.content.decode()


@pytest.mark.parametrize("key", ["chair", "pat", "coordinator", "auditor"])
def test_only_the_lead_asks_and_whoever_else_tries_is_refused_on_record(forming: Casework, key: str) -> None:
    forming.story.take_seat("chair", "chair")
    forming.story.take_seat("pat")
    shown = forming.get(key, "seat_assign", role="psp")
    assert shown.status_code == 403
    assert "You may not offer a seat as Patient Safety Partner." in words(shown)
    assert "Rule B1" in words(shown)
    address = forming.address("seat_assign", role="psp")
    assert forming.post(key, address, filled(forming, "gwen")).status_code == 403
    assert Event.objects.filter(kind="refused", person_id=forming.story.who(key).pk).exists()
    assert "Gwen Parry" not in offers(forming)


def test_a_seat_nobody_offers_and_a_case_nobody_sees_are_not_found(forming: Casework) -> None:
    assert forming.get("lead", "seat_assign", role="exec").status_code == 404
    assert forming.get("lead", "seat_assign", role="nothing").status_code == 404
    assert forming.get("gwen", "seat_assign", role="psp").status_code == 404
    assert forming.get("lead2", "people").status_code == 404


@pytest.mark.parametrize("partners", [4, 40])
def test_the_page_costs_the_same_for_4_and_for_40(db: None, monkeypatch: pytest.MonkeyPatch, partners: int) -> None:
    many = tuple(Persona(f"p{number}", f"Partner {number}", PSP) for number in range(partners - 4))
    work = Casework(Story(build_trust(BEGINNING, PERSONAS + many), BEGINNING).walk_to("form_group"))
    monkeypatch.setattr(timezone, "now", lambda: work.story.at)
    for name, more in (("seat_assign", {"role": "psp"}), ("people", {})):
        work.get("lead", name, **more)
        with CaptureQueriesContext(connection) as statements:
            work.get("lead", name, **more)
        assert len(statements) <= {"seat_assign": 14, "people": 7}[name]  # one of them is the test's own
