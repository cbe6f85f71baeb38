"""B0: an incident has one live case; once that has ended, for whatever reason, another may be opened about it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from cases.models import Case, Incident
from permissions.verdict import Refused
from tests.builders import a_story, again, refused
from workflows.doors.people import record_incident
from workflows.processes.oversight.story import Story

pytestmark = pytest.mark.django_db


@pytest.fixture
def case() -> Story:
    return a_story()


def incident_of(case: Story) -> Incident:
    return record_incident(
        organisation=case.trust.organisation,
        reference="W-77",
        incident_on=date(2026, 2, 20),
        summary="A result was lost.",
        at=case.at,
    )


def another(case: Story, incident: Incident) -> Case:
    case.wait()
    return again(case).open("A result was lost again", incident=incident)


def test_b0_a_second_case_about_an_incident_is_refused_while_one_is_live(case: Story) -> None:
    incident = incident_of(case)
    first = case.open(incident=incident)
    with refused("B0"):
        another(case, incident)
    with pytest.raises(Refused, match=f"already open for this incident: {first.reference}"):
        another(case, incident)


def test_b0_it_is_opened_once_the_first_was_withdrawn(case: Story) -> None:
    incident = incident_of(case)
    case.open(incident=incident)
    case.withdraw()
    second = another(case, incident)
    with refused("B0"):
        another(case, incident)
    assert [one.pk for one in Case.objects.filter(incident_reference="W-77", closed_at=None)] == [second.pk]


def test_b0_it_is_opened_once_another_response_was_chosen(case: Story) -> None:
    incident = incident_of(case)
    case.open(incident=incident)
    case.propose_response(response="swarm")
    case.decide_response("other_response", by="directorate", reason="One shift is reviewed instead.")
    another(case, incident)


def test_b0_the_database_itself_holds_one_live_case_an_incident(case: Story, monkeypatch: Any) -> None:
    incident = incident_of(case)
    case.open(incident=incident)
    monkeypatch.setattr("workflows.opening.may_open", lambda *_: [])
    with pytest.raises(IntegrityError), transaction.atomic():
        another(case, incident)
