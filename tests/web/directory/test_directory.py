"""The records of people: who keeps them, what is written, what is refused with its rule, and the end of an appointment."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import HttpResponse
from django.urls import reverse

from cases.models import Appointment, Confidentiality, Person, TrainingRecord
from notifications.models import Notice
from permissions.scope import may_see
from tests.web.casework import FORBIDDEN, FOUND, OK, Casework, day, hidden, words
from workflows.calendar import london_day

LIST = reverse("directory")
BUDGET = 6


def at(name: str, person: Person, **more: Any) -> str:
    return reverse(f"directory_{name}", kwargs={"person": person.pk, **more})


def send(work: Casework, key: str, address: str, answers: dict[str, Any]) -> HttpResponse:
    """Open the page, answer, check the answers, and press the button; then go where it leads."""
    client = work.client(key)
    work.story.wait()
    opened = client.get(address)
    assert opened.status_code == OK, words(opened)
    checked = client.post(address, {**hidden(opened), **answers})
    assert "Check your answers" in words(checked), words(checked)
    done = client.post(address, {**hidden(checked), "asking_to": "confirm"})
    return client.get(done.headers["Location"]) if done.status_code == FOUND else done  # type: ignore[return-value]


def end(work: Casework, key: str, by: str = "coordinator") -> HttpResponse:
    held = work.story.who(key).appointments.get()
    return send(work, by, at("end", work.story.who(key), appointment=held.pk), {"reason": "Has moved to another town."})


@pytest.mark.parametrize("key", ["coordinator", "specialist", "quality"])
def test_the_header_leads_those_who_keep_records_to_everybody(work: Casework, key: str) -> None:
    assert LIST in work.client(key).get("/").content.decode()
    shown = words(work.client(key).get(LIST))
    assert "Pat Mercer" in shown
    assert "Patient Safety Partner" in shown


@pytest.mark.parametrize("key", ["pat", "lead", "exec_team", "auditor"])
def test_nobody_else_is_led_there_or_let_in(work: Casework, key: str) -> None:
    assert LIST not in work.client(key).get("/").content.decode()
    response = work.client(key).get(LIST)
    assert response.status_code == FORBIDDEN
    assert "keeps the records of people" in words(response)


def test_somebody_is_added_appointed_and_promises_and_each_is_said_to_be_done(work: Casework) -> None:
    nell = {"name": "Nell Park", "email": "", "contact_by": "post", "needs": "Large print"}
    shown = words(send(work, "coordinator", reverse("directory_add"), nell))
    person = Person.objects.get(name="Nell Park")
    assert "Success Nell Park is on record." in shown
    assert "Large print" in shown
    today = london_day(work.story.at)
    appointed = send(work, "coordinator", at("appoint", person), {"role": "psp", **day("starts_on", today)})
    assert "Success Nell Park is appointed." in words(appointed)
    assert "Success" not in words(work.client("coordinator").get(at("person", person)))
    promised = send(work, "coordinator", at("promise", person), day("signed_on", today))
    assert "Success The confidentiality agreement of Nell Park is on record." in words(promised)
    assert Appointment.objects.get(person=person).capacity == "lay"
    assert Confidentiality.objects.get(person=person).signed_on == today


def test_a_record_is_changed_and_stays_the_same_persons(work: Casework) -> None:
    pat = work.story.who("pat")
    changed = {"name": "Pat Mercer", "email": pat.email, "contact_by": "phone", "needs": "Ring after ten"}
    assert "Success The record of Pat Mercer was changed." in words(send(work, "coordinator", at("change", pat), changed))
    found = Person.objects.get(pk=pat.pk)
    assert (found.contact_by, found.needs, found.account_id) == ("phone", "Ring after ten", pat.account_id)


def test_the_address_of_somebody_else_is_refused(work: Casework) -> None:
    pat, amina = work.story.who("pat"), work.story.who("amina")
    taken = {"name": "Pat Mercer", "email": amina.email, "contact_by": "email"}
    response = send(work, "coordinator", at("change", pat), taken)
    assert response.status_code == FORBIDDEN
    assert "is the address of somebody else already" in words(response)
    assert Person.objects.get(pk=pat.pk).email == pat.email


def test_nobody_writes_their_own_record(work: Casework) -> None:
    own = work.story.who("coordinator")
    assert "You may not write your own record" in words(work.client("coordinator").get(at("person", own)))
    response = work.client("coordinator").get(at("appoint", own))
    assert response.status_code == FORBIDDEN
    assert "R18" in words(response)


def test_training_that_opens_a_seat_is_not_offered_as_one_persons_word(work: Casework) -> None:
    pat = work.story.who("pat")
    page = work.client("coordinator").get(at("training", pat)).content.decode()
    assert 'value="oversight"' not in page
    assert "R13" in page
    given = {"subject": "other", "other": "First aid", "source": "Certificate 7", **day("completed_on", london_day(work.story.at))}
    assert "Success The training of Pat Mercer is on record." in words(send(work, "coordinator", at("training", pat), given))
    assert TrainingRecord.objects.filter(person=pat, subject="First aid").exists()


def test_the_pages_cost_few_statements(work: Casework, statements: Any) -> None:
    assert statements(work, "coordinator", LIST) <= BUDGET
    assert statements(work, "coordinator", at("person", work.story.who("pat"))) <= BUDGET + 2


# The end of an appointment


def test_ig3_sight_closes_on_the_day_and_the_person_and_the_coordinator_are_told(work: Casework) -> None:
    story = work.story
    story.walk_to("terms")
    assert may_see(story.who("amina"), story.case, story.at)
    shown = words(end(work, "amina", by="quality"))
    assert "Success The appointment of Amina Yusuf has ended." in shown
    assert not may_see(story.who("amina"), story.case, story.at)
    assert work.get("amina", "case").status_code == 404
    told = words(work.client("amina").get(reverse("notices")))
    assert "Quinn Foster ended your appointment as Patient Safety Partner." in told
    passed_on = words(work.client("coordinator").get(reverse("notices")))
    assert "The appointment of Amina Yusuf as Patient Safety Partner was ended." in passed_on
    ended = Notice.objects.filter(case=None, text__contains="appointment")
    assert not ended.exclude(person__in=[story.who("amina"), story.who("coordinator")]).exists()


def test_it_ends_once(work: Casework) -> None:
    held = work.story.who("amina").appointments.get()
    end(work, "amina")
    response = work.client("coordinator").get(at("end", work.story.who("amina"), appointment=held.pk))
    assert response.status_code == 409
    assert "This appointment has ended already." in words(response)


def test_an_appointment_of_somebody_else_is_not_found(work: Casework) -> None:
    held = work.story.who("amina").appointments.get()
    assert work.client("coordinator").get(at("end", work.story.who("pat"), appointment=held.pk)).status_code == 404


# The end of a waiver


def test_r17_the_executive_team_ends_a_waiver_from_the_page_that_lists_it(work: Casework) -> None:
    work.story.walk_to("form_group")
    work.story.waive()
    waivers = reverse("waivers")
    ends = work.address("waiver_end", waiver=work.story.look.waivers[0].pk)
    assert ends in work.client("exec_team").get(waivers).content.decode()
    assert ends not in work.client("lead").get(waivers).content.decode()
    opened = work.get("exec_team", "waiver_end", waiver=work.story.look.waivers[0].pk)
    work.post("exec_team", ends, hidden(opened))
    shown = words(work.client("exec_team").get(waivers))
    assert "Success Rule R9 holds again" in shown
    assert "Over" in shown
    assert not work.story.look.waived("R9")
    assert work.get("exec_team", "waiver_end", waiver=work.story.look.waivers[0].pk).status_code == 409
