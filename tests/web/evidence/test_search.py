"""The page that searches the record: for the quality team and auditors, page by page, and as a file (IG4, IG7)."""

from __future__ import annotations

import csv
import io
import re

import pytest
from django.urls import reverse

from audit.models import Event
from tests.web.casework import FORBIDDEN, OK, Casework, words
from workflows.evidence import search


@pytest.fixture
def walked(work: Casework) -> Casework:
    work.story.walk_to("planning")
    return work


def test_what_is_looked_for_is_found_with_a_link_to_its_place_in_the_record(walked: Casework) -> None:
    at = reverse("record_search")
    page = walked.client("auditor").get(f"{at}?name=pat&kind=position_taken")
    assert "Pat Mercer said what they think" in words(page)
    assert "Leila Grant" not in words(page).partition("What was found")[2]
    event = Event.objects.filter(kind="position_taken", person_name="Pat Mercer").latest("seq")
    link = f"{walked.address('record')}?before={event.seq + 1}"
    assert link in page.content.decode()
    opened = words(walked.client("auditor").get(link)).partition("Show")[2]
    assert "Pat Mercer said what they think" in opened[:400]
    assert "Nothing was found." in words(walked.client("auditor").get(f"{at}?rule=r999"))
    assert "must be a real date" in words(walked.client("auditor").get(f"{at}?first_day=40&first_month=1&first_year=2026"))
    assert walked.client("lead").get(at).status_code == FORBIDDEN
    assert walked.client("quality").get(at).status_code == OK


def test_one_page_leads_to_the_next_and_what_is_odd_in_an_address_to_the_first(
    walked: Casework, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "LINES", 10)
    at, seen = reverse("record_search"), 0
    query = ""
    while True:
        page = walked.client("auditor").get(at + query).content.decode()
        seen += page.count("app-timeline__entry")
        older = re.search(r'href="(\?[^"]*key=[^"]*)"', page)
        if older is None:
            break
        query = older[1].replace("&amp;", "&")
    assert seen == Event.objects.filter(case_id=walked.story.case_id).count()
    assert walked.client("auditor").get(f"{at}?at=never&key=nothing").status_code == OK


@pytest.mark.proves("IG7")
def test_the_file_holds_what_was_found_and_that_it_left_is_on_the_record(walked: Casework) -> None:
    file = walked.client("auditor").get(reverse("record_search") + "?kind=seat_offered&table=csv").content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(file)))
    assert len(rows) == Event.objects.filter(kind="seat_offered", case_id=walked.story.case_id).count()
    (event,) = Event.objects.filter(kind="evidence_read", case_id=None)
    assert (event.person_name, event.facts["rows"]) == ("Audrey Finch", len(rows))
