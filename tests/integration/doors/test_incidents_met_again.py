"""An import that meets an incident whose case has ended says so and opens none; a person who knows why may open another."""

from __future__ import annotations

import io
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import call_command

from cases.models import Case, Incident
from permissions.roles import LEAD
from tests.integration.imports.files import INCIDENTS, NOW, written
from workflows.demo.trust import PERSONAS, build_trust
from workflows.processes.oversight.story import Story

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Story:
    """The case that an import opened, withdrawn since."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    trust = build_trust(NOW - timedelta(days=1), PERSONAS)
    story = Story(trust, NOW)
    assert "opened OVS-2026-0001" in bring(tmp_path)
    story.case_id = Case.objects.get().pk
    story.withdraw()
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW + timedelta(days=1))
    return story


def bring(folder: Path) -> str:
    row = ["I-1", "20/10/2026", "A result was lost.", "Local priority", "lead@harbourvale.example"]
    file, out = written(folder, INCIDENTS, [*row, "directorate@harbourvale.example", "RZ9"]), io.StringIO()
    call_command("import_incidents", str(file), stdout=out, stderr=io.StringIO())
    return out.getvalue()


def test_a_case_that_has_ended_is_told_and_not_opened_again(case: Story, tmp_path: Path) -> None:
    for _ in range(2):
        said = bring(tmp_path)
        assert "was OVS-2026-0001, which has ended" in said
        assert "1 rows: 1 as it was." in said or "1 row: 1 as it was." in said
    assert Case.objects.count() == 1


def test_the_live_case_is_told_before_the_one_that_has_ended(case: Story, tmp_path: Path) -> None:
    case.at = NOW + timedelta(hours=2)
    assert case.who(LEAD.code)
    Story(case.trust, case.at).open(incident=Incident.objects.get())
    assert "already open as OVS-2026-0002" in bring(tmp_path)
    assert Case.objects.count() == 2
