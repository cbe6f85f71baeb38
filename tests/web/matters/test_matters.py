"""The pages of concerns and of items for the board: what happens is said first, answers are there to read."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from cases.models import Matter
from tests.web.casework import FOUND, OK, Casework, hidden, words
from workflows.doors import matters

CONCERNS, BOARD = reverse("concerns"), reverse("board_items")
WORDS = "Nobody came in the night."


@pytest.fixture
def seated(work: Casework) -> Casework:
    """Pat and Amina sit on a case."""
    work.story.walk_to("terms")
    return work


def send(work: Casework, key: str, address: str, answers: dict[str, Any]) -> Any:
    work.story.wait()
    page = work.client(key).get(address)
    assert page.status_code == OK, words(page)
    return work.client(key).post(address, {**hidden(page), **answers})


def raise_one(work: Casework, kind: str, **typed: str) -> Matter:
    address = reverse("matter_new", args=(kind,))
    check = send(work, "pat", address, {"title": "At night", "text": WORDS, **typed})
    assert "Check before you send" in words(check), words(check)
    assert work.client("pat").post(address, {**hidden(check), "asking_to": "confirm"}).status_code == FOUND
    return Matter.objects.latest("raised_at")


def shown(work: Casework, key: str, address: str) -> str:
    response = work.client(key).get(address)
    assert response.status_code == OK, words(response)
    return words(response)


def of_page(matter: Matter, act: str = "") -> str:
    return reverse(f"matter_{act}" if act else "matter", args=(matter.pk,))


@pytest.mark.parametrize(("kind", "days"), [("concern", "10 working days"), ("board_item", "20 working days")])
def test_what_happens_is_said_before_anything_is_asked(seated: Casework, kind: str, days: str) -> None:
    text = shown(seated, "pat", reverse("matter_new", args=(kind,)))
    assert text.index(f"executive lead for patient safety answers you in writing, within {days}") < text.index("in a few words")


def test_a_concern_waits_for_the_executive_on_their_home_and_is_answered_there(seated: Casework) -> None:
    found = raise_one(seated, "concern", case=str(seated.story.case_id), share="no")
    assert "Answer Pat Mercer: At night" in shown(seated, "exec", "/")
    assert "At night" not in shown(seated, "exec_team", "/")
    page = shown(seated, "exec", of_page(found, "answer"))
    assert page.index(WORDS) < page.index("What will happen?")
    assert send(seated, "exec", of_page(found, "answer"), {"outcome": "not_done", "text": "No staff yet."}).status_code == FOUND
    text = shown(seated, "pat", of_page(found))
    assert text.index(WORDS) < text.index("Eleanor Hughes answered : it will not be done") < text.index("No staff yet.")
    assert "Does that answer it?" in text
    assert send(seated, "pat", of_page(found, "again"), {"text": "By when?"}).status_code == FOUND
    assert "Answer Pat Mercer: At night" in shown(seated, "exec_team", "/")


def test_from_the_page_of_a_case_a_concern_is_about_that_case(seated: Casework) -> None:
    case = seated.story.case
    page = seated.get("pat", "case").content.decode()
    link = f"{reverse('matter_new', args=('concern',))}?case={case.reference}"
    assert link in page
    assert reverse("matter_new", args=("board_item",)) in page
    form = seated.client("pat").get(link).content.decode()
    assert f'<option value="{case.pk}" selected>' in form
    assert "selected" not in seated.client("gwen").get(link).content.decode().partition("<main")[2]  # not one of hers
    assert link not in seated.get("lead", "case").content.decode()


def test_the_group_reads_it_when_the_partner_says_so(seated: Casework) -> None:
    found = raise_one(seated, "concern", case=str(seated.story.case_id))
    assert WORDS not in shown(seated, "chair", CONCERNS)
    assert seated.client("chair").get(of_page(found)).status_code == 404
    assert "The group cannot read this." in shown(seated, "pat", of_page(found))
    send(seated, "pat", of_page(found, "share"), {})
    assert WORDS in shown(seated, "chair", of_page(found))
    assert of_page(found) in seated.client("chair").get(reverse("notices")).content.decode()


def test_the_boards_page_has_every_item_with_its_answer(seated: Casework) -> None:
    found = raise_one(seated, "board_item", body="Quality committee")
    matters.answer_matter(
        by=seated.story.who("exec"), at=seated.story.at, matter=found.pk, outcome="partly", text="A bell at each bed."
    )
    text = shown(seated, "lead2", BOARD)
    assert "for Quality committee" in text
    assert text.index(WORDS) < text.index("part of it will be done") < text.index("A bell at each bed.")


def test_what_is_withheld_is_kept_from_the_page_with_its_reason_and_from_nobody_who_answers(seated: Casework) -> None:
    found = raise_one(seated, "board_item", body="The board")
    typed = {"title": "A night", "text": "Somebody waited.", "why": "It points to a patient."}
    assert send(seated, "quality", of_page(found, "withhold"), typed).status_code == FOUND
    for address in (BOARD, of_page(found)):
        text = shown(seated, "lead2", address)
        assert "Somebody waited." in text
        assert "It points to a patient." in text
        assert WORDS not in text
        assert "At night" not in text
    for key in ("pat", "exec", "quality"):
        assert WORDS in shown(seated, key, of_page(found))


def test_a_late_answer_is_marked(seated: Casework) -> None:
    raise_one(seated, "concern")
    seated.story.wait(11)
    assert "Overdue" in shown(seated, "pat", CONCERNS)
    assert "Overdue" in shown(seated, "exec", "/")


def test_the_lists_cost_the_same_for_few_and_for_many(seated: Casework, statements: Any) -> None:
    raise_one(seated, "board_item", body="The board")
    few = statements(seated, "lead2", BOARD)
    for _ in range(10):
        raise_one(seated, "board_item", body="The board")
    assert statements(seated, "lead2", BOARD) == few <= 4
