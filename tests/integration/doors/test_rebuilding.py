"""Tasks that differ from what is owed, as after an upgrade: `verify` says so with the remedy, and the remedy puts it right."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from audit.models import Event
from tests.builders import a_story
from workflows import standing
from workflows.processes.oversight.story import Story

pytestmark = pytest.mark.django_db


def told(*arguments: str) -> str:
    out = io.StringIO()
    call_command(*arguments, stdout=out, stderr=io.StringIO())
    return out.getvalue()


@pytest.fixture
def behind(monkeypatch: pytest.MonkeyPatch) -> Story:
    """A case whose chair alone owes an answer by the rules of today; tasks were made for the partners too."""
    case = a_story().walk_to("draft_review")
    case.put_draft_to_group()
    old: Any = standing.owing
    today = lambda look: [seat for seat in old(look) if not seat.is_lay]  # noqa: E731 - the rules of after the upgrade
    for module in ("workflows.verify", "workflows.batch", "workflows.rebuilding"):
        monkeypatch.setattr(f"{module}.owing", today, raising=False)
    monkeypatch.setattr("django.utils.timezone.now", lambda: case.at + timedelta(hours=1))
    return case


def test_verify_says_what_it_is_and_how_it_is_put_right_and_exits_one(behind: Story) -> None:
    reference, ods = behind.case.reference, behind.trust.organisation.ods_code
    for arguments in (("verify",), ("verify", reference)):
        with pytest.raises(CommandError) as caught:
            told(*arguments)
        said = str(caught.value)
        assert caught.value.returncode == 1
        assert said.startswith("BROKEN. ")
        assert "the open tasks are not those of the seats that owe something by the rules in use" in said
        assert f"manage.py rebuild_route {reference} --ods {ods}" in said
        assert "--all" in said
        assert len(said.removeprefix("BROKEN. ").splitlines()) == 1


def test_one_case_is_made_right_by_its_reference(behind: Story) -> None:
    assert "Open tasks: 3 before, 1 after." in told("rebuild_route", behind.case.reference)
    assert "All is well" in told("verify")


def test_every_case_that_needs_it_is_made_right_at_once_and_no_other(behind: Story) -> None:
    sound = Story(behind.trust, behind.at, lead="lead2").open()
    said = told("rebuild_route", "--all")
    assert f"{behind.case.reference}: open tasks: 3 before, 1 after." in said
    assert sound.reference not in said
    assert "1 of 2 cases" in said
    assert Event.objects.filter(kind="route_rebuilt").count() == 1
    assert "All is well" in told("verify")
    assert "0 of 2 cases" in told("rebuild_route", "--all")


def test_one_case_or_all_of_them_must_be_named() -> None:
    for arguments in ((), ("OVS-2026-0001", "--all")):
        with pytest.raises(CommandError, match="Name one case, or give --all"):
            told("rebuild_route", *arguments)
