"""Opening a case: who may, what is asked, what happens to mistakes, and to pressing twice."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from cases.models import Case, Incident
from tests.web.casework import Casework, hidden, words
from workflows.doors.people import record_incident

OPEN = "/cases/open/"


def fill_in(work: Casework, key: str, **changed: str) -> Any:
    page = work.client(key).get(OPEN)
    people = {role: str(work.story.who(role).pk) for role in ("lead", "directorate")}
    given = {
        "title": "Missed test result", "summary": "A result was not read for a week.",
        "who_lead": people["lead"], "who_directorate": people["directorate"],
    }  # fmt: skip
    return work.client(key).post(OPEN, {**hidden(page), **given, **changed})


def test_signed_out_one_is_asked_to_sign_in() -> None:
    assert Client().get(OPEN).status_code == 302


@pytest.mark.parametrize("key", ["chair", "auditor", "exec"])
def test_others_are_told_who_opens_a_case(work: Casework, key: str) -> None:
    page = work.client(key).get(OPEN)
    assert page.status_code == 403
    assert "A case is opened by: investigation lead, directorate lead, quality team." in words(page)


def test_a_lead_finds_their_own_name_chosen(work: Casework) -> None:
    page = work.client("lead").get(OPEN).content.decode()
    assert f'<option value="{work.story.who("lead").pk}" selected>Leila Grant</option>' in page
    assert "Owen Bright" in page
    assert "Pat Mercer" not in page


def test_a_case_is_opened_and_shown(work: Casework) -> None:
    answer = fill_in(work, "lead")
    case = Case.objects.get()
    assert answer.headers["Location"] == f"/cases/RZ9/{case.reference}/"
    assert (case.title, case.summary, case.state) == ("Missed test result", "A result was not read for a week.", "response")


def test_a_case_opened_for_another_lead_says_why_one_cannot_see_it(work: Casework) -> None:
    sent = fill_in(work, "lead", who_lead=str(work.story.who("lead2").pk))
    assert sent.status_code == 302
    answer = work.client("lead").get(sent.headers["Location"])
    assert "The case OVS-2026-0001 is open" in words(answer)
    assert "You have no seat on it, so you cannot see it." in words(answer)


@pytest.mark.parametrize("opened", ["OVS-2026-0001", "OVS-2026-0001:nonsense", ""])
def test_the_page_after_it_tells_nobody_which_other_cases_there_are(work: Casework, opened: str) -> None:
    own = fill_in(work, "lead", who_lead=str(work.story.who("lead2").pk)).headers["Location"]
    assert work.client("lead").get(OPEN, {"opened": opened}).status_code == 404
    assert work.client("lead2").get(own).status_code == 404


def test_pressing_twice_opens_one_case(work: Casework) -> None:
    page = work.client("lead").get(OPEN)
    given = {
        **hidden(page), "title": "Twice", "summary": "Twice.", "who_lead": str(work.story.who("lead").pk),
        "who_directorate": str(work.story.who("directorate").pk),
    }  # fmt: skip
    first, second = (work.client("lead").post(OPEN, given).headers["Location"] for _ in range(2))
    assert first == second
    assert Case.objects.count() == 1


def test_what_is_missing_is_named_and_what_was_typed_stays(work: Casework) -> None:
    answer = fill_in(work, "lead", title="", who_directorate="")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "<title>Error: Open a case" in " ".join(page.split())
    assert "Give the case a name" in page
    assert "Choose the directorate lead" in page
    assert "A result was not read for a week." in page
    assert not Case.objects.exists()


def test_an_incident_that_nobody_imported_is_said_at_its_field(work: Casework) -> None:
    answer = fill_in(work, "lead", incident="W-404")
    assert "No incident has this reference here." in words(answer)
    assert 'value="W-404"' in answer.content.decode()
    assert not Case.objects.exists()


def test_an_incident_gives_the_case_its_day_and_only_one_case(work: Casework) -> None:
    _incident(work)
    fill_in(work, "lead", incident="W-77")
    case = Case.objects.get()
    assert case.incident_reference == "W-77"
    answer = fill_in(work, "lead", incident="W-77")
    assert f"A case is already open for this incident: {case.reference}." in words(answer)
    assert Case.objects.count() == 1


def test_a_person_of_another_organisation_cannot_be_named(work: Casework) -> None:
    answer = fill_in(work, "lead", who_lead=str(work.story.trust.organisation.pk))
    assert "Choose one of the answers listed" in words(answer)


def test_a_process_that_nobody_wrote_is_not_found(work: Casework) -> None:
    assert work.client("lead").get(OPEN + "?process=NO").status_code == 404


def _incident(work: Casework) -> Incident:
    return record_incident(
        organisation=work.story.trust.organisation, reference="W-77", incident_on=work.story.at.date(),
        summary="A result was not read.", at=work.story.at,
    )  # fmt: skip
