"""The record: everything that happened, as far as one may read it; filtered, a page at a time, with the facts behind it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.db.models import QuerySet

from audit.models import Event
from notifications.models import Notice
from permissions.verdict import Refused
from tests.web.casework import Casework, words
from web.pages.record import filtering, presenter
from workflows.doors import people
from workflows.processes.oversight.story import STAGES

WALKED = {
    "sqlite": "SEARCH audit_event USING INDEX sqlite_autoindex_audit_event_2 (chain=? AND seq<?)",
    "postgresql": "event_has_its_place",
}
"""How each database says that it walks the places of the chain."""
BUDGET = 10  # one of them the words that the organisation explains


def shown(work: Casework, key: str, query: str = "") -> str:
    return words(work.get(key, "record", query))


def test_who_may_not_see_the_case_does_not_find_its_record(work: Casework) -> None:
    work.story.walk_to("terms")
    assert work.get("gwen", "record").status_code == 404


def test_every_sentence_of_a_whole_case_is_complete(work: Casework) -> None:
    work.story.walk_to("synthesis").paper("findings")
    work.story.comment("pat", "Nobody asked the night staff.")
    work.story.answer_comments()
    work.story.read("pat", "findings")
    work.story.walk_to(STAGES[-1])
    page = "".join(shown(work, "auditor", f"?before={place}") for place in (1000, 60, 30))
    for unsaid in ("something", "someone", "a paper", "nothing was noted", "did something", "recorded as “"):
        assert unsaid not in page


def test_the_facts_that_were_set_down_are_behind_the_sentence(work: Casework) -> None:
    work.story.walk_to("form_group")
    page = shown(work, "auditor")
    assert "Why is a response needed?" in page
    assert "A priority of our own plan" in page


def test_reasons_and_words_are_shown_as_they_were_written(work: Casework) -> None:
    work.story.walk_to("draft_review").put_draft_to_group()
    work.story.dissent("pat", "They did not <listen>.")
    assert "They did not &lt;listen&gt;." in work.get("auditor", "record").content.decode()


# Who reads what


@pytest.mark.proves("IG7")
def test_reads_and_refusals_are_for_the_quality_team_and_auditors(work: Casework) -> None:
    work.story.walk_to("synthesis").paper("findings")
    work.story.read("amina", "findings")
    with pytest.raises(Refused):
        work.story.decide("lead", "pass")
    for key in ("quality", "auditor"):
        assert "Amina Yusuf opened Findings, version 1." in shown(work, key)
        assert "Leila Grant was refused:" in shown(work, key)
    for key in ("pat", "chair", "exec"):
        assert "Amina Yusuf opened" not in shown(work, key)
        assert "was refused" not in shown(work, key)


def test_ones_own_reads_and_refusals_are_ones_own(work: Casework) -> None:
    work.story.walk_to("synthesis").paper("findings")
    work.story.read("amina", "findings")
    assert "Amina Yusuf opened Findings, version 1." in shown(work, "amina")


@pytest.mark.proves("R15", "IG7")
def test_a_partner_sees_who_opened_what_they_wrote_about(work: Casework) -> None:
    work.story.walk_to("synthesis").paper("findings")
    work.story.comment("pat", "Nobody asked the night staff.")
    work.story.read("lead", "findings")
    assert "Leila Grant opened Findings, version 1." in shown(work, "pat")
    assert "Leila Grant opened" not in shown(work, "amina")


@pytest.mark.proves("R15")
def test_a_partner_reads_from_the_stage_that_they_came_into(work: Casework) -> None:
    work.story.walk_to("terms")
    work.story.record_questions()
    work.story.step_down("pat")
    work.story.take_seat("gwen")
    page = shown(work, "gwen")
    assert "You read this record from" in page
    assert "Erin Walsh recorded: Record questions" in page
    assert "Xavier Stone decided" not in page
    assert "Xavier Stone decided" in shown(work, "lead")


def test_a_tie_to_the_case_is_recorded_without_a_name(work: Casework) -> None:
    from workflows.doors.facts import record_connection

    work.story.walk_to("terms")
    work.story.do(record_connection, "engagement", person=work.story.who("tomas"), kind="relative")
    for key in ("lead", "pat", "auditor"):
        assert "Tomás" not in shown(work, key)


# Filter and pages


def test_the_record_is_filtered_by_subject_and_person(work: Casework) -> None:
    work.story.walk_to("terms").paper("terms")
    papers = shown(work, "auditor", "?subject=papers")
    assert "uploaded version 1" in papers
    assert "accepted a seat" not in papers
    mine = shown(work, "auditor", f"?person={work.story.who('pat').pk}")
    assert "Pat Mercer accepted a seat" in mine
    assert "uploaded version 1" not in mine
    assert "Nothing in the record fits." in shown(work, "auditor", f"?subject=actions&person={work.story.who('pat').pk}")


def test_the_record_is_filtered_by_capacity(work: Casework) -> None:
    work.story.walk_to("terms")
    lay, system = shown(work, "auditor", "?capacity=lay"), shown(work, "auditor", "?capacity=system")
    assert "Pat Mercer accepted a seat" in lay
    assert "acting as lay partner" in lay
    assert "acting as staff" not in lay
    assert "Nothing in the record fits." in system


def test_the_record_is_filtered_by_days_both_included(work: Casework) -> None:
    work.story.walk_to("terms")
    first, last = (work.story.look.visits[place].opened_at.date().isoformat() for place in (0, -1))
    assert first != last
    on_the_first = shown(work, "auditor", f"?from={first}&to={first}")
    assert "opened the case" in on_the_first
    assert "accepted a seat" not in on_the_first
    since = shown(work, "auditor", f"?from={last}")
    assert "accepted a seat" in since
    assert "opened the case" not in since


def test_what_people_were_told_is_on_the_record_with_who_and_in_which_words(work: Casework) -> None:
    work.story.walk_to("terms").paper("terms")
    page = shown(work, "auditor", "?subject=messages")
    assert "Pat Mercer: Terms of reference, version 1, is there to read." in page
    assert "opened the case" not in page
    own = shown(work, "pat", "?subject=messages")
    assert "Pat Mercer: Terms of reference" in own
    assert "Amina Yusuf: Terms of reference" not in own


@pytest.mark.proves("IG7")
def test_what_others_were_told_cannot_be_guessed_from_what_the_filter_leaves(work: Casework) -> None:
    """An offer is a message to Gwen alone: for Pat it is no act of which she was told."""
    work.story.walk_to("terms").offer("gwen")
    assert "offered Gwen" in shown(work, "auditor", "?subject=messages")
    assert "offered Gwen" in shown(work, "pat")
    assert "offered Gwen" not in shown(work, "pat", "?subject=messages")


def test_every_event_is_under_a_subject(work: Casework) -> None:
    work.story.walk_to("synthesis").paper("findings")
    work.story.read("amina", "findings")
    work.post("auditor", work.address("record_check"), {"request": "pressed once"})
    chain = Event.objects.filter(chain=f"case:{work.story.case_id}")
    every = (*filtering.SUBJECTS, filtering.OTHER)
    under = {
        code: set(filtering.Filter(code).narrow(chain, set(), Notice.objects.all()).values_list("seq", flat=True)) for code in every
    }
    assert set().union(*under.values()) == set(chain.values_list("seq", flat=True))
    assert {one.kind for one in chain.filter(seq__in=under[filtering.OTHER])} == {"record_verified"}


def test_papers_that_were_opened_are_folded_unless_one_asks_for_them(work: Casework) -> None:
    work.story.walk_to("synthesis").paper("findings")
    for key in ("amina", "pat"):
        work.story.read(key, "findings")
    assert "2 papers were opened" in shown(work, "auditor")
    asked = shown(work, "auditor", "?subject=reads")
    assert "papers were opened" not in asked
    assert "Amina Yusuf opened Findings, version 1." in asked


def test_the_last_page_costs_what_the_first_costs_and_is_found_by_its_place(
    work: Casework, monkeypatch: pytest.MonkeyPatch, statements: Callable[..., int]
) -> None:
    """The place in the chain is the index that is walked: nothing before the page is read to find it."""
    monkeypatch.setattr(presenter, "LINES", 5)
    work.story.walk_to("synthesis")
    at = work.address("record")
    first, last = (statements(work, "auditor", address) for address in (at, f"{at}?before=6"))
    assert max(first, last) <= BUDGET
    work.story.wait()
    page = presenter.readable(work.story.look, work.story.who("auditor")).filter(seq__lt=6).order_by("-seq")
    assert WALKED[connection.vendor] in planned(page)


def planned(page: QuerySet[Event]) -> str:
    """How the database finds it; a table as small as this one PostgreSQL would rather read whole."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")
    return page.explain()


@pytest.mark.parametrize(
    "query",
    [
        "?before=x",
        "?before=-1",
        "?before=99999999999999999999",
        "?subject=%00",
        "?person=me",
        "?before=²",
        "?from=x&to=2026-13-01",
        "?from=9999-12-31&to=9999-12-31",
        "?from=0001-01-01&capacity=king",
    ],
)
def test_odd_questions_are_no_fault(work: Casework, query: str) -> None:
    work.story.walk_to("form_group")
    assert work.get("auditor", "record", query).status_code == 200


def test_every_event_is_on_exactly_one_page(work: Casework, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(presenter, "LINES", 7)
    work.story.walk_to("terms")
    seen: list[int] = []
    query = ""
    while True:
        look = work.story.look
        found = presenter.Record(look, work.story.who("auditor"), filtering.Filter.read(_asked(query)))
        seen += [entry.number for entry in found.entries]
        if not found.older:
            break
        query = found.older
    assert seen == list(range(len(seen), 0, -1))
    assert len(seen) > 14


def _asked(query: str) -> dict[str, str]:
    from urllib.parse import parse_qsl

    return dict(parse_qsl(query.lstrip("?")))


@pytest.mark.parametrize("office", ["auditor", "quality"])
def test_whoever_is_asked_reads_no_sealed_answer_by_another_office_of_theirs(work: Casework, office: str) -> None:
    """The record is open to the quality team and to auditors as it grows; not to one of them who sits in the group too."""
    story, key = work.story, {"auditor": "chair", "quality": "quality"}[office]
    story.walk_to("draft_review").put_draft_to_group()
    people.appoint(
        person=story.who(key), role={"auditor": "auditor", "quality": "member"}[office], starts_on=story.at.date(), at=story.at
    )
    if office == "quality":
        story.take_seat("quality", "member")
    said = "The family is not heard on page two."
    story.answer("pat", "do_not_support", said)
    seq = Event.objects.filter(case_id=story.case_id, kind="position_taken").latest("seq").seq
    assert work.get(key, "record_event", seq=seq).status_code == 404
    for name in ("record", "case"):
        assert said not in words(work.get(key, name)), name
    assert [work.get(key, name).status_code for name in ("stood", "record_check", "record_export")] == [403] * 3
    assert said in shown(work, "auditor")
    assert work.get("auditor", "stood").status_code == 200
    if office == "auditor":
        assert work.get(key, "question", number=3).status_code == 403
        story.answer(key)
        assert said in shown(work, key)
        assert work.get(key, "stood").status_code == 200
