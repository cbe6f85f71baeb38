"""Change and scale: what people ask of other systems in public, asked of ours."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from audit.models import Event
from tests.builders import FullGroup
from tests.web.casework import Casework, words
from workflows import fingerprint
from workflows.definition import Process, at_least
from workflows.expansion import expand
from workflows.processes.oversight.process import CHAIR, OVERSIGHT, PSP
from workflows.registry import process_of, registered


def weaker() -> Process:
    """A second version of the page, in which one partner is enough for the draft report."""
    stages = (replace(one, agreed_by=_ENOUGH) if one.code == "draft_review" else one for one in OVERSIGHT.stages)
    return replace(OVERSIGHT, version=2, stages=tuple(stages))


_ENOUGH = at_least(1, CHAIR) & at_least(1, PSP)


@pytest.mark.proves("R1")
def test_a_running_case_keeps_the_rules_that_it_began_with(case: FullGroup, monkeypatch: pytest.MonkeyPatch) -> None:
    """viewflow/viewflow#74, flowable/flowable-engine#3589, sartography/spiff-arena#1981, sartography/spiff-arena#716.

    There, a changed process changed the cases that ran by it. Here: a new version is for new cases; a running one waits for
    every partner, as its own version says, and each of its events names that version by its fingerprint.
    """
    mine = fingerprint.of("OVS", 1)
    monkeypatch.setitem(registered("OVS").expanded, 2, expand(weaker()))
    assert process_of("OVS").stage("draft_review").agreed_by != process_of("OVS", 1).stage("draft_review").agreed_by
    case.answer("chair")
    case.answer("pat")
    assert case.case.state == "draft_review"
    case.answer("amina")
    assert (case.case.state, case.case.definition_version) == ("actions", 1)
    marks = Event.objects.filter(case_id=case.case_id).exclude(fingerprint="").values_list("fingerprint", flat=True)
    assert set(marks) == {mine}
    assert fingerprint.fingerprint(process_of("OVS")) != mine


def test_what_a_page_costs_does_not_grow_with_the_number_of_cases_and_grants(work: Casework) -> None:
    """pulp/pulpcore#2216, django-guardian/django-guardian#151, django-guardian/django-guardian#516: seconds, then time-outs.

    Here: home asks the database the same number of things for one case as for seven.
    """

    def statements() -> int:
        with CaptureQueriesContext(connection) as asked:
            page = words(work.client("lead").get(reverse("home")))
        listed.append(page.count("OVS-"))
        return len(asked)

    listed: list[int] = []
    statements()
    one = statements()
    for number in range(6):
        FullGroup(work.story.trust, work.story.at).open(f"Another fall {number}")
    assert statements() == one
    assert listed[-1] > listed[0]
