"""How a process works, and the picture of a case in it: both made from the definition, both said in words too."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client

from tests.web.casework import Casework, words
from web.pages.processes.picture import HIGH, picture
from workflows.processes.oversight.story import STAGES
from workflows.registry import process_of

PROCESS = "/processes/OVS/"


def shown(work: Casework, key: str) -> str:
    return words(work.client(key).get(PROCESS))


def test_signed_out_one_is_asked_to_sign_in() -> None:
    assert Client().get(PROCESS).status_code == 302


def test_a_process_that_nobody_wrote_is_not_found(work: Casework) -> None:
    assert work.client("pat").get("/processes/NO/").status_code == 404


@pytest.mark.parametrize("key", ["gwen", "lead", "auditor"])
def test_anyone_reads_the_rules_before_they_play(work: Casework, key: str) -> None:
    page = shown(work, key)
    for stage in process_of("OVS").stages:
        assert stage.title in page
    assert "Another learning response was chosen. This end can be reached with no lay voice" in page


def test_the_rights_of_lay_partners_are_marked_where_they_hold_and_only_there(work: Casework) -> None:
    page = work.client("gwen").get(PROCESS).content.decode()
    rows = {
        stage.code: row for stage, row in zip(process_of("OVS").stages, page.split('class="app-stage__title"')[1:], strict=True)
    }
    for stage in process_of("OVS").stages:
        assert ("Lay right" in rows[stage.code].partition("</tr>")[0]) is stage.lay_required, stage.code
    assert "One lay “I do not support it” stops it" in rows["draft_review"]
    assert "met in person" in rows["draft_review__dissent"]


def test_the_page_says_how_much_power_it_gives_as_worked_out_and_not_as_claimed(work: Casework) -> None:
    page = shown(work, "gwen")
    assert "gives a Patient Safety Partner rung 5, placation" in page
    assert "Without a decision of theirs it can end only as" in page


# The picture


@pytest.mark.parametrize("stage", STAGES)
def test_the_picture_shows_where_the_case_stands_and_says_it_in_words(work: Casework, stage: str) -> None:
    work.story.walk_to(stage)
    page = work.get("auditor", "picture")
    title = work.story.look.process.title_of(stage)
    assert "Now: " in page.content.decode()
    assert page.content.decode().count("in-words") == 2  # who cannot see all of it is led to the words
    assert f"{title} {'The case ended here' if stage == 'closed' else 'Now'}" in words(page)


def test_every_place_and_every_way_is_in_the_words_too(work: Casework) -> None:
    drawn = picture(process_of("OVS"))
    assert [one.title for one in drawn.told] == [process_of("OVS").title_of(box.code) for box in drawn.boxes]
    ways = sum(len(one.sentences) for one in drawn.told)
    assert ways == len(drawn.arrows)


def test_no_box_lies_on_another_or_outside(work: Casework) -> None:
    drawn = picture(process_of("OVS"))
    for box in drawn.boxes:
        assert box.x + box.wide <= drawn.width
        assert box.y + HIGH <= drawn.height
    places = [(box.x, box.y) for box in drawn.boxes]
    assert len(set(places)) == len(places)


def test_the_picture_keeps_to_the_content_security_policy(work: Casework) -> None:
    work.story.walk_to("terms")
    page = work.get("pat", "picture").content.decode()
    assert re.search(r"<svg[^>]*role=\"img\"[^>]*aria-labelledby", page)
    assert " style=" not in page


def test_who_may_not_see_the_case_does_not_find_its_picture(work: Casework) -> None:
    work.story.walk_to("terms")
    assert work.get("gwen", "picture").status_code == 404


def test_the_picture_costs_little(work: Casework, statements: Callable[..., int]) -> None:
    work.story.walk_to("terms")
    assert statements(work, "pat", work.address("picture")) <= 2


def test_what_a_role_is_for_is_said_of_the_process_and_not_of_another(work: Casework) -> None:
    shown = words(work.client("pat").get("/processes/TRN/"))
    assert "Agrees or not, as the second person, when somebody asks to leave a training out for a time." in shown
    assert "Decides whether there is an investigation" not in shown


@pytest.mark.parametrize("code", ["IMP", "TRN"])
def test_what_each_role_is_for_is_said_of_this_process_and_not_of_an_investigation(work: Casework, code: str) -> None:
    page = words(work.client("gwen").get(f"/processes/{code}/"))
    for seats in process_of(code).seats:
        assert seats.plain, seats.role.code
        assert seats.plain in page
        assert not re.search("investigation|oversight group|final report", seats.plain), seats.role.code
