"""IG4, IG7: the record is searched across an organisation, and only what the reader may read is found."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from audit.models import Event
from permissions.scope import visible_events
from permissions.verdict import Refused
from tests.builders import FullGroup, a_full_group, again
from workflows.calendar import london_day
from workflows.evidence import search as searching
from workflows.evidence.search import Found, Place, Wanted, search, sheet_of

pytestmark = pytest.mark.usefixtures("apart")


@pytest.fixture(scope="module")
def walked(kept: None) -> FullGroup:
    """A case with a refusal by R2 and a waiver with words of its own."""
    case = a_full_group().walk_to("form_group")
    case.waive("Snow has closed the road to the hospital.")
    case.walk_to("terms")
    case.record_questions()
    case.paper("terms")
    case.submit("lead")
    with pytest.raises(Refused):
        case.answer("lead")
    case.walk_to("gathering")
    case.wait()
    return case


@pytest.fixture
def case(walked: FullGroup, apart: None) -> FullGroup:
    return again(walked)


def found(case: FullGroup, who: str, after: Place | None = None, **wanted: object) -> Found:
    return search(case.who(who), case.trust.organisation, Wanted(**wanted), case.at, after)  # type: ignore[arg-type]


def kinds(page: Found) -> set[str]:
    return {one.kind for one in page.events}


def test_it_is_found_by_person_act_stage_day_and_words(case: FullGroup) -> None:
    assert {one.person_name for one in found(case, "auditor", name="mercer").events} == {"Pat Mercer"}
    assert kinds(found(case, "auditor", kind="seat_offered")) == {"seat_offered"}
    (waived,) = found(case, "auditor", words="snow has closed").events
    assert waived.kind == "waiver_asked"
    assert kinds(found(case, "auditor", stage="terms")) >= {"submitted", "position_taken"}
    assert all("terms" in str(one.facts) for one in found(case, "auditor", stage="terms").events)
    day = london_day(waived.at)
    assert waived in found(case, "auditor", first=day, last=day).events
    assert {london_day(one.at) for one in found(case, "auditor", first=day, last=day).events} == {day}
    assert waived not in found(case, "auditor", last=day - timedelta(days=1)).events
    assert found(case, "auditor", words="snow has closed", kind="refused").events == ()


def test_a_rule_is_found_in_refusals_in_what_guards_said_and_in_waivers(case: FullGroup) -> None:
    assert kinds(found(case, "auditor", rule="R9")) >= {"waiver_asked", "waived", "decided"}
    attempt = Event.objects.get(kind="refused", case_id=case.case_id)
    for rule in attempt.facts["rules"]:
        assert attempt in found(case, "auditor", rule=rule).events
    assert found(case, "auditor", rule="R999").events == ()


def test_page_by_page_it_is_everything_once_newest_first(case: FullGroup, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(searching, "LINES", 7)
    monkeypatch.setattr(searching, "WINDOW", 11)
    seen: list[Event] = []
    page = found(case, "auditor")
    while page.older:
        seen += page.events
        page = found(case, "auditor", page.older)
    seen += page.events
    everything = visible_events(case.who("auditor"), case.at)
    assert len(seen) == len({one.pk for one in seen}) == everything.count()
    assert seen == sorted(seen, key=lambda one: (one.at, one.pk), reverse=True)


def test_what_little_a_reader_may_read_is_found_behind_much_that_they_may_not(
    case: FullGroup, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(searching, "WINDOW", 3)
    monkeypatch.setattr(searching, "LINES", 2)
    monkeypatch.setattr(searching, "ROUNDS", 1)
    seen: list[Event] = []
    page = found(case, "pat")
    while page.older:
        seen += page.events
        page = found(case, "pat", page.older)
    seen += page.events
    assert {one.pk for one in seen} == set(visible_events(case.who("pat"), case.at).values_list("pk", flat=True))


@pytest.mark.proves("IG4", "IG7")
@pytest.mark.parametrize("who", ["auditor", "quality", "pat", "lead", "ivy", "gwen", "far_psp"])
def test_nobody_finds_what_they_may_not_read(case: FullGroup, who: str) -> None:
    told = {one.pk for one in found(case, who).events} | {one.pk for one in found(case, who, rule="R2").events}
    assert told <= set(visible_events(case.who(who), case.at).values_list("pk", flat=True))
    assert bool(told) == (who not in ("gwen", "far_psp"))
    assert ("refused" in kinds(found(case, who, kind="refused"))) == (who in ("auditor", "quality", "lead"))  # lead: their own


def test_a_page_is_two_statements_however_many_there_are(case: FullGroup) -> None:
    for after in (None, found(case, "auditor").older):
        with CaptureQueriesContext(connection) as asked:
            found(case, "auditor", after, rule="R9")
        assert len(asked) == 2


def test_the_file_says_so_where_it_does_not_hold_everything(case: FullGroup, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = (case.who("auditor"), case.trust.organisation, Wanted(), case.at)
    assert len(sheet_of(*asked).rows) == visible_events(case.who("auditor"), case.at).count()
    monkeypatch.setattr(searching, "MOST", 5)
    cut = sheet_of(*asked)
    assert len(cut.rows) == 6
    assert str(cut.rows[-1][0]).startswith("Only the newest 5 are here.")
