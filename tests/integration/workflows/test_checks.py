"""Each system check finds the fault that is planted for it, and says how to mend it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.checks import CheckMessage, run_checks
from django.db import connections

from tests.unit.workflows.pages import page, with_stage
from workflows import checks
from workflows.calendar import LONDON
from workflows.demo.trust import build_trust
from workflows.models import Task
from workflows.processes.oversight.process import OVERSIGHT
from workflows.processes.oversight.story import Story
from workflows.registry import registered
from workflows.soundness import FAULTS

BEGINNING = datetime(2026, 3, 2, 9, tzinfo=LONDON)


def _ids(messages: list[CheckMessage]) -> list[str | None]:
    assert all(message.hint for message in messages)
    return [message.id for message in messages]


def test_the_project_as_it_stands_passes_its_checks() -> None:
    assert run_checks(tags=["workflows"]) == []


def test_an_unsound_process_stops_the_project_and_says_how_to_mend_it(monkeypatch: pytest.MonkeyPatch) -> None:
    tokenism = replace(OVERSIGHT, ends=tuple(replace(end, without_lay="") for end in OVERSIGHT.ends))
    monkeypatch.setitem(registered("OVS").written, 1, tokenism)
    messages = run_checks(tags=["workflows"])
    assert _ids(messages) == ["workflows.E043", "workflows.E043"]
    assert all(message.is_serious() and message.obj == "OVS" for message in messages)
    assert {message.hint for message in messages} == {FAULTS["E043"].remedy}


def test_a_page_that_is_only_doubtful_warns() -> None:
    (message,) = checks.judged(page(ends=tuple(replace(end, without_lay="Why not.") for end in page().ends)))
    assert message.id == "workflows.W046"
    assert not message.is_serious()


@pytest.mark.parametrize("name", ["state", "save", "facts", "process_class", "nodes"])
def test_a_stage_called_like_something_of_a_case_or_a_flow_is_refused(name: str) -> None:
    spoilt = page(stages=(replace(page().stages[0], passes_to=name), replace(page().stages[1], code=name), page().stages[2]))
    assert "workflows.E003" in [message.id for message in checks.judged(spoilt)]


def test_a_stage_may_be_called_like_the_rows_that_point_at_a_case() -> None:
    """Stored names begin with a version or a stage, so `actions` hides nothing."""
    assert "actions" not in checks.taken_names()


def test_a_flow_without_the_lock_of_the_case(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registered("OVS").flows[1], "lock_impl", lambda flow, pk: None)
    assert _ids(checks.check_locks()) == ["workflows.E101"]


@pytest.mark.parametrize("options", [{}, {"OPTIONS": {}}, {"OPTIONS": {"transaction_mode": "DEFERRED"}}, {"OPTIONS": None}])
def test_sqlite_that_takes_its_lock_too_late(monkeypatch: pytest.MonkeyPatch, options: dict[str, Any]) -> None:
    monkeypatch.setitem(connections.settings, "late", {"ENGINE": "django.db.backends.sqlite3", **options})
    (message,) = checks.check_sqlite()
    assert message.id == "workflows.E102"
    assert "'late'" in message.msg


def test_viewflows_own_screens(monkeypatch: pytest.MonkeyPatch) -> None:
    real = apps.is_installed
    monkeypatch.setattr(apps, "is_installed", lambda name: name == "viewflow" or real(name))
    assert _ids(checks.check_screens()) == ["workflows.E103"]


def test_guardian_taken_away(settings: Any) -> None:
    settings.AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
    assert _ids(checks.check_guardian()) == ["workflows.E104"]


@pytest.mark.parametrize("name", ["AnonymousUser", ""])
def test_an_account_for_the_unknown(settings: Any, name: str) -> None:
    settings.ANONYMOUS_USER_NAME = name
    assert _ids(checks.check_guardian()) == ["workflows.E105"]


@pytest.mark.django_db
def test_an_open_task_at_a_step_that_is_gone() -> None:
    story = Story(build_trust(BEGINNING), BEGINNING).walk_to("form_group")
    assert checks.check_open_tasks(databases=["default"]) == []
    task = Task.objects.filter(case=story.case_id, seat__isnull=False, finished__isnull=True).first()
    assert task
    Task.objects.filter(pk=task.pk).update(flow_task="workflows/processes.oversight.flows.OversightFlowV1.gone__prepare")
    (message,) = checks.check_open_tasks(databases=["default"])
    assert message.id == "workflows.E106"
    assert "OversightFlowV1.gone__prepare in the database 'default'" in message.msg


@pytest.mark.django_db
def test_a_database_that_is_not_migrated_yet_has_no_lost_tasks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Task._meta, "db_table", "not_made_yet")
    assert checks.check_open_tasks(databases=["default"]) == []


def test_no_database_is_asked_for_unless_it_is_named() -> None:
    assert checks.check_open_tasks(databases=None) == []


def test_every_check_has_a_planted_fault_above() -> None:
    planted = set(re.findall(r'"workflows\.(E\d+)"', Path(__file__).read_text(encoding="utf-8")))
    assert set(checks.SETTINGS) <= planted


def test_a_fault_on_a_stage_names_the_stage() -> None:
    (message,) = checks.judged(with_stage("agree", dissent=None))
    assert "TST version 1, stage 'agree'" in message.msg
