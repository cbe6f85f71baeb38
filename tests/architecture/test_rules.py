"""Each rule that is said to be kept is enforced somewhere and proved by a test, and no code names a rule that is not there."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from django.apps import apps

from tests.architecture.source import APPS
from workflows import rule_page, rulebook
from workflows.rule_page import done, places
from workflows.rules import HARD, INFORMATION, POWER, RULES, Rule

every_rule = pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.code)

OF_PATIENTS = {"nhs_number", "patient", "patient_name", "date_of_birth", "dob", "hospital_number", "diagnosis", "postcode"}


def test_every_rule_is_there_once_and_in_order() -> None:
    assert [rule.code for rule in POWER] == [f"R{number}" for number in range(1, 21)]
    assert [rule.code for rule in INFORMATION] == [f"IG{number}" for number in range(1, 18)]


@every_rule
def test_a_rule_is_called_built_exactly_when_the_source_keeps_it_and_a_test_proves_it(rule: Rule) -> None:
    """When this fails with `built=False`, take that word off the rule in workflows/rules.py: it is built now."""
    assert rule.built == bool(places(rule) and rulebook.proved().get(rule.code)), (places(rule), rulebook.proved().get(rule.code))


@every_rule
def test_a_declared_place_is_there(rule: Rule) -> None:
    assert [dotted for dotted in rule.places if rulebook.place_of(dotted) is None] == []


@every_rule
def test_what_is_missing_is_said_of_each_rule_that_is_not_built(rule: Rule) -> None:
    assert rule.kinds
    assert rule.built or rule.yet
    assert done(rule).startswith("not yet") is not rule.built


@pytest.mark.parametrize("said_by", [rulebook.named, rulebook.proved])
def test_no_code_and_no_test_names_a_rule_that_is_not_there(said_by: Callable[[], rulebook.Rules]) -> None:
    assert {code: where for code, where in said_by().items() if code not in RULES} == {}


def test_the_page_names_code_and_tests_and_says_what_is_not_built(monkeypatch: pytest.MonkeyPatch) -> None:
    unbuilt = replace(RULES["R20"], code="R99", kinds=(HARD,), built=False, yet="Nobody does it.")
    group = (RULES["R9"], unbuilt)
    monkeypatch.setitem(rule_page.OVER, group, "Two rules")
    page = "\n".join(rule_page._group(group))
    assert "[workflows/doors/waivers.py](../../workflows/doors/waivers.py): " in page
    assert "`test_r9_it_silences_no_partner_who_sits`" in page
    assert "not yet (to be refused)" in page
    assert "**Not yet:** Nobody does it." in page


def test_a_path_that_leads_nowhere_is_no_place() -> None:
    assert rulebook.place_of("workflows.standing.flags") == rulebook.Place("workflows/standing.py", "flags")
    assert rulebook.place_of("cases.models.paper.PaperVersion") is not None
    assert rulebook.place_of("workflows.standing.nothing_like_it") is None
    assert rulebook.place_of("workflows.nowhere.flags") is None


@pytest.mark.proves("IG14")
def test_no_fact_has_room_for_a_patients_record() -> None:
    """IG14: incidents and cases hold references, never who the patient is."""
    fields = {(model.__name__, field.name) for label in APPS for model in apps.get_app_config(label).get_models()
              for field in model._meta.get_fields()}  # fmt: skip
    assert {one for one in fields if one[1] in OF_PATIENTS} == set()
