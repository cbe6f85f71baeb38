"""The pages of what it is like to be a partner, and of who partners are in totals."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from cases.models import Experience, Profile
from tests.web.cases.test_in_a_browser import DESK, TELEPHONE, Opens, open_as, wider_than_the_screen
from tests.web.casework import NOT_FOUND, OK, Casework, day, hidden, words
from workflows.calendar import london_day


def send(work: Casework, key: str, address: str, answers: dict[str, Any]) -> Any:
    opened = work.client(key).get(address)
    assert opened.status_code == OK, words(opened)
    return work.client(key).post(address, {**hidden(opened), **answers})


def shown(work: Casework, key: str, route: str) -> str:
    return words(work.client(key).get(reverse(route)))


def totals(work: Casework, lines: str) -> Any:
    given = {"theme": "age", "totals": lines, "source": "Census 2021", **day("counted_on", london_day(work.story.at))}
    return send(work, "quality", reverse("profile_new"), given)


def test_partners_are_asked_one_answers_and_only_how_many_is_shown(work: Casework) -> None:
    send(work, "coordinator", reverse("experience_ask"), {})
    assert "4 partners were asked" in shown(work, "coordinator", "experience")
    own = Experience.objects.get(person=work.story.who("pat"))
    address = reverse("experience_answer", args=(own.pk,))
    nothing = send(work, "pat", address, {})
    assert "Answer one question at least." in words(nothing)
    send(work, "pat", address, {"free": "2", "worth": "5"})
    assert Experience.objects.get(pk=own.pk).answers == {"free": 2, "worth": 5}
    told = shown(work, "quality", "experience")
    assert "Answered 1 of 4" in told
    assert "Change your answers" in shown(work, "pat", "experience")
    assert work.client("amina").get(address).status_code == NOT_FOUND
    assert work.client("quality").get(address).status_code == NOT_FOUND


def test_totals_are_shown_and_small_ones_are_not(work: Casework) -> None:
    totals(work, "Under 30, 2, 200\n30 to 60, 6, 500\n\nOver 60, 9, 300")
    told = shown(work, "pat", "profile")
    assert "Under 30 Partners Fewer than 5 People of the area 20%" in told
    assert "30 to 60 Partners Not shown, so that another cannot be worked out People of the area 50%" in told
    assert "Over 60 Partners 9 People of the area 30%" in told


@pytest.mark.parametrize("line", ["Under 30", "Under 30, two, 200", "Under 30, 2"])
def test_a_line_that_is_no_total_is_said_and_stays(work: Casework, line: str) -> None:
    sent = totals(work, f"{line}\nOver 60, 9, 300")
    assert f"\u201c{line}\u201d is not a name and two numbers, with commas between them" in words(sent)
    assert not Profile.objects.exists()


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_their_pages_fit_the_screen_and_can_be_used_by_everybody(
    work: Casework, live_server: LiveServer, new_page: Opens, axe: Callable[[Page], None]
) -> None:
    send(work, "coordinator", reverse("experience_ask"), {})
    totals(work, "Under 50, 6, 600\nOver 50, 9, 400")
    own = Experience.objects.get(person=work.story.who("pat")).pk
    pages = {"pat": (("experience",), ("experience_answer", own), ("profile",)), "quality": (("experience",), ("profile_new",))}
    for key, of_one in pages.items():
        for width in (DESK, TELEPHONE):
            page = open_as(work, new_page, live_server, key, width)
            for name, *args in of_one:
                page.goto(f"{live_server.url}{reverse(name, args=args)}")
                assert page.locator("h1").count() == 1, name
                assert wider_than_the_screen(page) == 0, name
                axe(page)
