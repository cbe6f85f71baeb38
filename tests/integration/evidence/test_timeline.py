"""A page of what happened on one case: what the rule of reading gives, newest first, for one statement however much there is."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from audit.models import Event
from permissions.scope import visible_events
from tests.builders import a_full_group
from workflows.evidence import timeline
from workflows.evidence.search import Wanted, search
from workflows.evidence.timeline import newest_events

pytestmark = pytest.mark.django_db

EVERYBODY = ("auditor", "quality", "caldicott", "lead", "chair", "pat", "amina", "ivy", "rhona", "gwen", "far_psp", "far_lead")


def _cost(ask: Any) -> int:
    with CaptureQueriesContext(connection) as asked:
        ask()
    return len(asked)


@pytest.mark.proves("R15", "IG7")
def test_each_person_is_told_what_the_rule_lets_them_read_newest_first() -> None:
    case = a_full_group().walk_to("gathering")
    for who in EVERYBODY:
        told = visible_events(case.who(who), case.at).filter(case_id=case.case_id).order_by("-seq")
        assert newest_events(case.who(who), case.case_id, case.at) == list(told[:51]), who
        assert newest_events(case.who(who), case.case_id, case.at, before=9) == list(told.filter(seq__lt=9)), who


def test_a_page_costs_the_same_early_and_late() -> None:
    """Of the timeline of a case one statement; of the search of an organisation two, on the first page and on any other."""
    case = a_full_group().walk_to("form_group")
    reader, organisation = case.who("auditor"), case.trust.organisation
    costs = set()
    for stage in ("form_group", "draft_review"):
        case.walk_to(stage)
        costs.add(_cost(lambda: newest_events(reader, case.case_id, case.at)))
        costs.add(_cost(lambda: newest_events(reader, case.case_id, case.at, before=5)))
    assert costs == {1}
    page = search(reader, organisation, Wanted(), case.at)
    assert page.older
    assert _cost(lambda: search(reader, organisation, Wanted(), case.at)) == 2
    assert _cost(lambda: search(reader, organisation, Wanted(), case.at, page.older)) == 2


def test_whoever_has_no_account_is_told_only_what_the_rule_lets_them_read() -> None:
    case = a_full_group().walk_to("terms")
    reader = case.who("pat")
    reader.account_id = None
    assert newest_events(reader, case.case_id, case.at) == []
    assert search(reader, case.trust.organisation, Wanted(), case.at).events == ()
    assert Event.objects.filter(chain=timeline.chain_of(case.case_id)).count() > 10
