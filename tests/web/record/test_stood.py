"""The case as it stood: for those who read the whole record, at any moment, with a lasting address and what was done since."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlencode

import pytest

from tests.web.casework import FORBIDDEN, OK, Casework, words
from web.pages.record import stood
from workflows.calendar import LONDON


def shown(work: Casework, key: str, at: datetime | str = "") -> str:
    asked = at.isoformat() if isinstance(at, datetime) else at
    return words(work.get(key, "stood", f"?{urlencode({'at': asked})}" if asked else ""))


@pytest.mark.proves("IG7")
def test_it_is_for_the_quality_team_and_auditors_and_others_are_told_so(work: Casework) -> None:
    work.story.walk_to("terms")
    assert {key: work.get(key, "stood").status_code for key in ("quality", "auditor")} == {"quality": OK, "auditor": OK}
    for key in ("pat", "lead", "chair"):
        assert work.get(key, "stood").status_code == FORBIDDEN
        assert "is shown to the quality team" in shown(work, key)
        assert work.address("stood") not in work.get(key, "record").content.decode()
    assert work.address("stood") in work.get("quality", "record").content.decode()


def test_it_shows_the_moment_that_was_asked_for_and_what_was_done_since_then(work: Casework) -> None:
    work.story.walk_to("form_group")
    then = work.story.at
    work.story.walk_to("terms")
    page = shown(work, "auditor", then)
    assert "Where it stood Form the group" in page
    assert "Pat Mercer accepted a seat" in page[page.index("What was done since then") :]
    assert "Pat Mercer" not in page[: page.index("What was done since then")]
    now = shown(work, "auditor")
    assert "Where it stood Agree the terms of reference" in now
    assert "Pat Mercer" in now[: now.index("What was done since then")]
    assert "Nothing was done since then." in now


def test_its_address_is_lasting(work: Casework) -> None:
    """The link of a moment shows the same when it is opened later."""
    work.story.walk_to("form_group")
    then = work.story.at
    before = shown(work, "auditor", then)
    work.story.walk_to("terms")
    later = shown(work, "auditor", then)
    assert later[: later.index("What was done since then")] == before[: before.index("What was done since then")]
    query = urlencode({"at": then.isoformat()})
    assert query in work.get("auditor", "stood", f"?{query}").content.decode()


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("yesterday", "Write the day and the time like this"), ("9999-12-31T23:59:59-12:00", ""),
        ("2020-01-01", "The case was opened later"), ("0001-01-01T00:00", "The case was opened later"),
    ],
)  # fmt: skip
def test_an_odd_moment_is_no_fault(work: Casework, asked: str, said: str) -> None:
    work.story.walk_to("form_group")
    assert work.get("auditor", "stood", f"?{urlencode({'at': asked})}").status_code == OK
    page = shown(work, "auditor", asked)
    assert ("There is a problem" in page) is bool(said)
    assert said in page


def test_a_long_time_since_leads_to_the_record_from_that_day(work: Casework, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stood, "ACTS", 3)
    work.story.walk_to("form_group")
    then = work.story.at
    work.story.walk_to("terms")
    page = work.get("auditor", "stood", f"?{urlencode({'at': then.isoformat()})}").content.decode()
    assert f"{work.address('record')}?from={then.astimezone(LONDON):%Y-%m-%d}" in page
