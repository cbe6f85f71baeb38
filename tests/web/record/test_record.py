"""The record: everything that happened, as far as one may read it; filtered, a page at a time, with the facts behind it."""

from __future__ import annotations

import pytest

from permissions.verdict import Refused
from tests.web.casework import Casework, words
from web.pages.record import filtering, presenter
from workflows.processes.oversight.story import STAGES


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


@pytest.mark.parametrize(
    "query", ["?before=x", "?before=-1", "?before=99999999999999999999", "?subject=%00", "?person=me", "?before=²"]
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
