"""Measures in the browser: proposed, endorsed, given a baseline, changed, dropped, and shown where they are agreed."""

from __future__ import annotations

import pytest

from cases.models import Measure
from tests.web.casework import FORBIDDEN, FOUND, NOT_FOUND, OK, STALE, Casework, hidden, words
from tests.web.projects.project import Project

NOTHING = "00000000-0000-0000-0000-000000000000"
CALLED = {"title": "Families called back the same day", "why": "They wait and worry.", "how": "Count the calls each week."}


@pytest.fixture
def agreeing(project: Project) -> Project:
    project.story.walk_to("measures")
    return project


@pytest.fixture
def of_the_lead(agreeing: Project) -> Measure:
    return agreeing.story.propose_measure("lead", "Minutes that it takes")


class TestProposing:
    def test_a_partner_proposes_one_and_it_is_a_partners(self, agreeing: Project) -> None:
        assert agreeing.send("pat", "measure_propose", CALLED).status_code == FOUND
        text = words(agreeing.get("lead", "measures"))
        for part in ("1. Families called back the same day Proposed by a partner", "They wait and worry.", "Not written down yet."):
            assert part in text
        assert "Proposed by Pat Mercer, Patient Safety Partner" in text

    def test_what_is_missing_is_named_and_the_rest_is_kept(self, agreeing: Project) -> None:
        response = agreeing.send("pat", "measure_propose", {**CALLED, "why": ""})
        assert "Say why it matters to patients" in words(response)
        assert "Families called back the same day" in response.content.decode()
        assert not Measure.objects.exists()

    def test_pressing_twice_proposes_one(self, agreeing: Project) -> None:
        sent = {**hidden(agreeing.get("pat", "measure_propose")), **CALLED}
        for _ in range(2):
            assert agreeing.post("pat", agreeing.address("measure_propose"), sent).status_code == FOUND
        assert Measure.objects.count() == 1

    @pytest.mark.parametrize("key", ["chair", "quality", "coordinator"])
    def test_others_do_not(self, agreeing: Project, key: str) -> None:
        assert "Propose a measure" not in words(agreeing.get(key, "measures"))
        response = agreeing.post(key, agreeing.address("measure_propose"), CALLED)
        assert response.status_code == FORBIDDEN
        assert "Measures are proposed by the partners and the project lead." in words(response)
        assert "They wait and worry." in words(response)

    def test_the_lead_sees_what_is_still_to_do(self, agreeing: Project, of_the_lead: Measure) -> None:
        text = words(agreeing.get("lead", "measures"))
        assert "No measure is a partner\u2019s yet" in text
        assert "Nobody has written down yet what this was before any change: Minutes that it takes." in text


class TestSayingThatItMatters:
    def test_one_click_with_a_page_that_asks_once(self, agreeing: Project, of_the_lead: Measure) -> None:
        asked = words(agreeing.get("pat", "measure_endorse", measure=of_the_lead.pk))
        assert "Does this matter to patients?" in asked
        assert "Yes, this matters to patients" in asked
        assert agreeing.send("pat", "measure_endorse", {}, measure=of_the_lead.pk).status_code == FOUND
        text = words(agreeing.get("lead", "measures"))
        assert "A partner says it matters" in text
        assert "Who says that it matters to patients Pat Mercer, Patient Safety Partner" in text

    def test_twice_is_out_of_date_for_nobody_and_refused_in_words(self, agreeing: Project, of_the_lead: Measure) -> None:
        agreeing.send("pat", "measure_endorse", {}, measure=of_the_lead.pk)
        response = agreeing.get("amina", "measure_endorse", measure=of_the_lead.pk)
        assert response.status_code == FORBIDDEN
        assert "This measure is one of the partners' already." in words(response)

    def test_staff_do_not_say_so(self, agreeing: Project, of_the_lead: Measure) -> None:
        response = agreeing.get("lead", "measure_endorse", measure=of_the_lead.pk)
        assert response.status_code == FORBIDDEN
        assert "Rule A4" in words(response)


class TestBaselineChangeAndDrop:
    def test_the_lead_writes_down_what_it_was(self, agreeing: Project, of_the_lead: Measure) -> None:
        agreeing.send("lead", "measure_baseline", {"baseline": "Four minutes in May"}, measure=of_the_lead.pk)
        assert "Four minutes in May" in words(agreeing.get("pat", "measures"))
        assert agreeing.get("pat", "measure_baseline", measure=of_the_lead.pk).status_code == FORBIDDEN

    def test_new_words_are_asked_about_again(self, agreeing: Project, of_the_lead: Measure) -> None:
        agreeing.send("pat", "measure_endorse", {}, measure=of_the_lead.pk)
        page = agreeing.get("lead", "measure_change", measure=of_the_lead.pk)
        assert "Pat Mercer, Patient Safety Partner, said that this matters to patients." in words(page)
        agreeing.send("lead", "measure_change", {**CALLED, "title": "Minutes at night"}, measure=of_the_lead.pk)
        text = words(agreeing.get("pat", "measures"))
        assert "Minutes at night Back with the partner who chose it" in text

    def test_a_measure_is_dropped_with_a_reason_that_stays(self, agreeing: Project, of_the_lead: Measure) -> None:
        missing = agreeing.send("lead", "measure_drop", {"reason": ""}, measure=of_the_lead.pk)
        assert "Say why it is dropped" in words(missing)
        agreeing.send("lead", "measure_drop", {"reason": "Nobody can count it."}, measure=of_the_lead.pk)
        text = words(agreeing.get("pat", "measures"))
        assert "Measures that were dropped 1. Minutes that it takes Nobody can count it." in text
        assert agreeing.get("lead", "measure_drop", measure=of_the_lead.pk).status_code == STALE

    def test_staff_do_not_drop_what_is_a_partners(self, agreeing: Project) -> None:
        measure = agreeing.story.propose_measure("pat")
        sent = {"reason": "It costs too much."}
        response = agreeing.post("lead", agreeing.address("measure_drop", measure=measure.pk), sent)
        assert response.status_code == FORBIDDEN
        assert "only that partner drops it" in words(response)
        assert "It costs too much." in words(response)


class TestWhereTheyAreAgreed:
    def test_the_page_that_sends_them_shows_them(self, agreeing: Project, of_the_lead: Measure) -> None:
        visit = agreeing.story.visit
        text = words(agreeing.get("lead", "stage_submit", visit=visit))
        assert "At least one measure was proposed by a partner" in text
        assert "1. Minutes that it takes" in text
        assert agreeing.address("measures") in agreeing.get("lead", "stage_submit", visit=visit).content.decode()

    def test_the_page_that_asks_shows_what_it_is_about(self, agreeing: Project) -> None:
        agreeing.story.put_measures()
        text = words(agreeing.get("amina", "position", visit=agreeing.story.visit))
        assert text.index("1. Share of patients called by their own name") < text.index("What do you think of it?")
        assert "Say what you think of the measures" in text
        assert "Propose or change measures" not in text
        assert "Say what you think of the measures" in words(agreeing.client("amina").get("/"))

    def test_what_was_put_to_the_group_stays_as_it_is(self, agreeing: Project) -> None:
        agreeing.story.put_measures()
        response = agreeing.post("pat", agreeing.address("measure_propose"), CALLED)
        assert response.status_code == FORBIDDEN
        assert "The measures have been put to the group, so they stay as they are." in words(response)
        assert "Propose a measure cannot be done now" in words(agreeing.get("pat", "measures"))


def test_what_is_not_there_and_what_may_not_be_seen_are_not_found_alike(agreeing: Project, of_the_lead: Measure) -> None:
    for page in ("measure_change", "measure_baseline", "measure_endorse", "measure_drop"):
        assert agreeing.get("lead", page, measure=NOTHING).status_code == NOT_FOUND
        assert agreeing.get("gwen", page, measure=of_the_lead.pk).status_code == NOT_FOUND
    for page in ("measures", "measure_propose"):
        assert agreeing.get("gwen", page).status_code == NOT_FOUND


def test_a_process_without_measures_has_no_such_page(work: Casework) -> None:
    work.story.walk_to("terms")
    for page in ("measures", "measure_propose", "evaluations", "you_said"):
        assert work.get("lead", page).status_code == NOT_FOUND
    assert "More about the project" not in words(work.get("lead", "case"))


def test_the_list_costs_the_same_for_one_and_for_many(agreeing: Project, of_the_lead: Measure) -> None:
    few = agreeing.statements("pat", "measures")
    for number in range(5):
        agreeing.story.propose_measure("lead", f"Another {number}")
    assert agreeing.statements("pat", "measures") == few <= 12
    assert agreeing.get("pat", "measures").status_code == OK
