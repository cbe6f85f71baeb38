"""The page of differences between seats and rights: for auditors, saying so where there is none (IG3)."""

from __future__ import annotations

import csv
import io

import pytest
from django.urls import reverse

from permissions.grants import sight
from tests.web.casework import FORBIDDEN, Casework, words


@pytest.mark.proves("IG3")
def test_an_auditor_reads_whether_anybody_sees_more_than_their_seat_lets_them(work: Casework) -> None:
    work.story.open()
    at = reverse("access_differences")
    assert "No difference was found." in words(work.client("auditor").get(at))
    account = work.story.who("gwen").account
    assert account
    account.user_permissions.add(sight())
    told = words(work.client("auditor").get(at))
    assert "1 difference was found." in told
    assert "1. gwen@" in told
    file = work.client("auditor").get(f"{at}?table=csv").content.decode("utf-8-sig")
    assert [row["Whose"] for row in csv.DictReader(io.StringIO(file))] == [str(account)]
    assert work.client("quality").get(at).status_code == FORBIDDEN
