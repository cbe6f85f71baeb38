"""`manage.py show_case`: the same tables as the page, in plain text, at any moment."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tests.integration.evidence.test_as_of import BEGINNING
from workflows.demo.trust import build_trust
from workflows.evidence.as_of import moment_of
from workflows.processes.oversight.story import Story

pytestmark = pytest.mark.django_db


@pytest.fixture
def story() -> Story:
    told = Story(build_trust(BEGINNING), BEGINNING)
    told.walk_to("planning")
    return told


def shown(story: Story, at: str = "") -> str:
    out = StringIO()
    given = ["--at", at] if at else []
    call_command("show_case", story.case.reference, "--ods", story.case.organisation.ods_code, *given, stdout=out)
    return out.getvalue()


def test_a_case_is_shown_as_it_stands_now(story: Story) -> None:
    page = shown(story)
    assert "Where it stood: Note the plan" in page
    assert "Why is a response needed?: A priority of our own plan" in page
    assert "- Who: Pat Mercer\n    As: Patient Safety Partner\n    Voice: Lay" in page
    version = story.look.latest_released("terms")
    assert version
    assert f"On which text: Terms of reference, version 1 ({version.sha256[:12]})" in page
    assert "    Answer: I support it\n" in page


def test_and_as_it_stood_before_the_group_was_formed(story: Story) -> None:
    at = story.look.visits[0].opened_at
    page = shown(story, at.isoformat())
    assert "Where it stood: Decide how to respond" in page
    assert "Pat Mercer" not in page
    assert "ANSWERS SO FAR\n  None." in page


def test_a_day_means_its_last_moment_and_a_time_without_a_zone_is_london(story: Story) -> None:
    assert moment_of("2026-07-01").isoformat() == "2026-07-01T23:59:59.999999+01:00"
    assert moment_of("2026-07-01T14:05").isoformat() == "2026-07-01T14:05:00+01:00"
    assert moment_of("2026-07-01T14:05+00:00").isoformat() == "2026-07-01T14:05:00+00:00"


@pytest.mark.parametrize(
    ("at", "said"), [("yesterday", "is not a moment"), ("2020-01-01", "had not been opened on 1 January 2020")]
)
def test_what_is_no_moment_of_the_case_is_refused_in_words(story: Story, at: str, said: str) -> None:
    with pytest.raises(CommandError, match=said):
        shown(story, at)


def test_a_case_that_is_not_there_is_named() -> None:
    with pytest.raises(CommandError, match=r"There is no case OVS-1\."):
        call_command("show_case", "OVS-1", "--ods", "XYZ")
