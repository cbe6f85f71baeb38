"""IG8, IG10: for how long each record is kept, and what is due for review. What is not known is kept the longest."""

from __future__ import annotations

from datetime import date, datetime
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from cases.models import Case
from permissions.retention import OTHER, PROJECT, SERIOUS, SUBJECTS, TRAINING, due_for_review, review_day, subject_of, terms_of
from tests.builders import BEGINNING, a_story, again, refused
from tests.specification.retention.old_cases import day
from workflows.calendar import london_day
from workflows.doors import people
from workflows.doors.retention_rules import record_retention_rule
from workflows.processes.oversight.story import Story

pytestmark = pytest.mark.usefixtures("apart")

LESSER = {"response": "swarm", "trigger": "local_priority"}


@pytest.mark.parametrize(
    ("subject", "process", "state", "facts", "severity"),
    [
        (OTHER, "OVS", "other_response", LESSER, ""),
        (OTHER, "OVS", "other_response", LESSER, "Low harm"),
        (SERIOUS, "OVS", "closed", LESSER, ""),
        (SERIOUS, "OVS", "withdrawn", {}, ""),
        (SERIOUS, "OVS", "other_response", {"trigger": "none"}, ""),
        (SERIOUS, "OVS", "other_response", {"response": "swarm"}, ""),
        (SERIOUS, "OVS", "other_response", {**LESSER, "trigger": "never_event"}, ""),
        (SERIOUS, "OVS", "other_response", {**LESSER, "response": "psii"}, ""),
        (SERIOUS, "OVS", "other_response", LESSER, "Severe harm"),
        (SERIOUS, "OVS", "other_response", LESSER, "Death"),
        (SERIOUS, "XYZ", "anything", LESSER, ""),
        (PROJECT, "IMP", "adopted", {}, ""),
        (TRAINING, "TRN", "current", {}, ""),
    ],
)
def test_ig8_what_is_not_known_to_be_less_is_serious(
    subject: object, process: str, state: str, facts: dict[str, str], severity: str
) -> None:
    found, why = subject_of(Case(process=process, state=state, facts=facts), severity)
    assert found is subject
    assert why


def test_ig8_the_national_terms_are_twenty_and_ten_years() -> None:
    assert (SUBJECTS["serious"].years, SUBJECTS["other"].years) == (20, 10)


@pytest.fixture(scope="module")
def walked(kept: None) -> Story:
    story = a_story()
    incident = people.record_incident(
        organisation=story.trust.organisation, reference="W-1", incident_on=day("2024-02-29"), summary="A fall.", at=story.at
    )
    story.open("Falls", incident=incident)
    story.propose_response(response="swarm")
    story.decide_response("other_response", by="directorate", reason="A huddle was held on the day.")
    return story


@pytest.fixture
def case(walked: Story, apart: None) -> Story:
    return again(walked)


def due_on(story: Story, text: str) -> list[str]:
    at = datetime.combine(day(text), BEGINNING.timetz())
    return [one.case.reference for one in due_for_review(story.trust.organisation, at)]


def test_ig8_it_is_due_ten_years_after_the_incident(case: Story) -> None:
    assert case.case.state == "other_response"
    assert due_on(case, "2034-02-28") == []
    assert due_on(case, "2034-03-01") == [case.case.reference]  # 2034 has no 29 February


def test_ig8_a_case_that_runs_is_never_due(case: Story) -> None:
    running = Story(case.trust, case.at)
    running.open("Another")
    assert review_day(running.case, case.at) is None
    assert running.case.reference not in due_on(case, "2090-01-01")


def test_ig8_an_organisation_makes_a_term_longer_and_never_shorter_than_the_national_one(case: Story) -> None:
    given = {"organisation": case.trust.organisation, "subject": "other", "starts_on": case.at.date(), "source": "Policy of 2026"}
    with refused("IG8"):
        record_retention_rule(by=case.who("quality"), at=case.at, years=9, **given)
    with refused("IG8"):
        record_retention_rule(by=case.who("quality"), at=case.at, years=12, **{**given, "source": ""})
    with refused("IG8"):
        record_retention_rule(by=case.who("lead"), at=case.at, years=12, **given)
    with refused("IG8"):
        record_retention_rule(by=case.who("quality"), at=case.at, years=12, **{**given, "starts_on": date(2020, 1, 1)})
    record_retention_rule(by=case.who("quality"), at=case.at, years=12, **given)
    assert terms_of(case.trust.organisation, case.at)["other"].years == 12
    assert due_on(case, "2034-03-01") == []
    assert due_on(case, "2036-02-29") == [case.case.reference]


@pytest.mark.parametrize(("subject", "years"), [("project", 9), ("training", 5), ("claims", 5)])
def test_ig8_no_term_is_made_shorter_by_one_person(case: Story, subject: str, years: int) -> None:
    """Also where no national period is named: what partners said in a project would else go a year after its end."""
    given = {"organisation": case.trust.organisation, "subject": subject, "starts_on": case.at.date(), "source": "Policy of 2026"}
    with refused("IG8"):
        record_retention_rule(by=case.who("quality"), at=case.at, years=years, **given)


def test_ig8_the_command_lists_what_is_due_with_since_when_and_why(case: Story) -> None:
    told = StringIO()
    ods = case.trust.organisation.ods_code
    call_command("list_due_for_review", "--ods", ods, "--on", "2040-01-01", stdout=told)
    line = told.getvalue().splitlines()[0]
    assert line.startswith(f"{case.case.reference}: since 1 March 2034. Other incident: 10 years from the day of the incident.")
    assert "Another learning response was chosen" in line
    with pytest.raises(CommandError, match="is no day"):
        call_command("list_due_for_review", "--ods", ods, "--on", "soon", stdout=told)


def test_ig8_an_incident_that_is_brought_in_again_as_milder_is_kept_as_it_was_called_first(case: Story) -> None:
    for severity in ("Severe harm", "No harm"):
        case.wait()
        people.record_incident(
            organisation=case.trust.organisation, reference="W-1", incident_on=day("2024-02-29"), summary="A fall.",
            severity=severity, by=case.who("lead"), at=case.at,
        )  # fmt: skip
    assert due_on(case, "2043-12-31") == []
    assert due_on(case, "2044-02-29") == [case.case.reference]


def test_ig8_a_day_long_ago_does_not_let_a_case_go_when_it_ends(case: Story) -> None:
    incident = people.record_incident(
        organisation=case.trust.organisation, reference="W-2", incident_on=day("1990-01-01"), summary="A fall.",
        by=case.who("lead"), at=case.at,
    )  # fmt: skip
    other = Story(case.trust, case.at)
    other.open("Long ago", incident=incident)
    other.propose_response(response="swarm")
    other.decide_response("other_response", by="directorate", reason="A huddle was held.")
    due = review_day(other.case, other.at)
    assert due
    assert due.since == london_day(other.at).replace(year=other.at.year + 6)
