"""The ordinary road of an improvement project, from a partner's proposal to "you said, we did" and its end (A1 to A8)."""

from __future__ import annotations

import io

import pytest
from django.core.management import call_command

from audit.models import Event
from cases.models import Evaluation, Visit
from tests.builders import BEGINNING, a_trust
from workflows.processes.improvement.story import STAGES, ImprovementStory

pytestmark = pytest.mark.django_db


def test_a_project_runs_from_a_partners_proposal_to_its_end_and_the_record_is_whole() -> None:
    case = ImprovementStory(a_trust(), BEGINNING).walk_to("closed")
    stays = Visit.objects.filter(case=case.case_id).order_by("number").values_list("stage", flat=True)
    assert list(dict.fromkeys(stays)) == list(STAGES[:-1])
    assert list(stays).count("testing") == 2
    assert (case.case.opened_as, case.case.late_lay_entry, case.case.lay_entry_stage) == ("lay", False, "propose")
    assert case.look.unanswered_comments == []
    assert Evaluation.objects.filter(case=case.case_id).count() == 2
    assert not Event.objects.filter(case_id=case.case_id, kind="refused").exists()
    out = io.StringIO()
    call_command("verify", case.case.reference, stdout=out, stderr=io.StringIO())
    assert "All is well" in out.getvalue()
