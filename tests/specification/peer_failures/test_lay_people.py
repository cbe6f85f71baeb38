"""Lay people and others from outside: what people ask of other systems in public, asked of ours."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from cases.models import Position, TypedAnswer
from tests.builders import FullGroup
from tests.web.casework import NOT_FOUND, Casework, words
from workflows.answering import Answered
from workflows.calendar import london_day
from workflows.confirm_links import token_of
from workflows.doors import typed_answers
from workflows.processes.oversight.story import Story


def typed_for_pat(case: Story) -> TypedAnswer:
    live = case.look.visit
    assert live
    made: TypedAnswer = case.do(
        typed_answers.type_in, "coordinator", visit=live.pk, seat=case.seat("pat").pk, version=live.version_id, given="phone",
        given_on=london_day(case.at), said=(Answered("support", ""),),
    )  # fmt: skip
    return made


@pytest.mark.proves("R2")
def test_a_partner_without_a_password_answers_by_a_link_and_is_never_anonymous(work: Casework) -> None:
    """wagtail/roadmap#49: people from outside should approve without an account, and by a day.

    Here: what a partner said on the telephone is typed in, its link opens for them alone, and the answer is theirs by name.
    """
    typed = typed_for_pat(work.story)
    link = reverse("confirm_link", args=(token_of(typed),))
    stranger = work.client("lead")
    assert stranger.get(link).status_code != 200
    stranger.post(link, {"answer": "confirm"})
    assert Client().post(reverse("confirm_link", args=("A" * 43,)), {"answer": "confirm"}).status_code == NOT_FOUND
    assert not Position.objects.filter(visit=work.story.visit).exists()
    assert "It is your answer now" in words(Client().post(link, {"answer": "confirm"}))
    answered = Position.objects.get(visit=work.story.visit)
    assert (answered.person, answered.seat, answered.typed) == (work.story.who("pat"), work.story.seat("pat"), typed)
    assert typed.confirm_by > london_day(work.story.at)


@pytest.mark.proves("R7", "R15")
def test_what_became_of_their_words_comes_back_to_the_partner(work: Casework) -> None:
    """HyphaApp/hypha#2816: reviewers from outside, volunteers among them, want guidance, and to hear what came of it.

    Here: the answer to a partner's comment is on a page of their own, beside what they wrote.
    """
    story = work.story
    story.comment("pat", "Nobody asked the night staff.", kind="report")
    story.answer_comments()
    page = words(work.client("pat").get(reverse("me")))
    own = page.index("Nobody asked the night staff.")
    assert own < page.index("Page 2 now says so.", own) < own + 300


@pytest.mark.proves("R14")
def test_whoever_asks_partners_sees_what_each_of_them_carries(work: Casework) -> None:
    """HyphaApp/hypha#2889, HyphaApp/hypha#2869: how many reviews does each reviewer have already?

    Here: the page on which partners are asked counts what each carries, and counts it again with the next seat.
    """
    story, other = work.story, FullGroup(work.story.trust, work.story.at)
    other.open("A second case")

    def carried() -> str:
        page = words(work.get("lead", "seat_assign", role="psp"))
        return page[page.index("Gwen Parry") :][:400]

    assert "Groups now none Last asked never" in carried()
    other.walk_to("form_group").take_seat("gwen")
    story.at = other.at
    assert "Groups now 1 Last asked" in carried()
    assert "Last asked never" not in carried()


@pytest.mark.proves("R2")
def test_nobody_reads_the_others_before_their_own_is_in(work: Casework) -> None:
    """HyphaApp/hypha#304: reviewers should not read other reviews first.

    Here: where the stage says so an answer is sealed on every page, in the ledger and for the lead, until one's own is in.
    """
    story = work.story
    story.answer("pat", "support_with_comments", "ZEBRA: page 2 is hard to follow.")
    for key in ("amina", "chair", "lead", "exec"):
        for name in ("case", "record", "comments"):
            assert "ZEBRA" not in work.get(key, name).content.decode(), (key, name)
    story.answer("amina")
    assert "ZEBRA" in work.get("amina", "case").content.decode()


def test_a_group_sees_by_name_whom_it_waits_for_and_nobody_else_does(work: Casework) -> None:
    """sartography/spiff-arena#843: one wants to see for whom a shared task waits, and names must not be given away.

    Here: those who sit on the case read who still has to answer; nobody else learns that there is a case.
    """
    story = work.story
    story.answer("pat")
    for key in ("pat", "chair", "lead"):
        assert "Amina Yusuf" in _waits_for(work, key), key
    for key in ("gwen", "lead2", "far_lead"):
        assert work.get(key, "case").status_code == NOT_FOUND


def _waits_for(work: Casework, key: str) -> str:
    """What the page of the case says of whom it waits for."""
    page = words(work.get(key, "case"))
    return page[page.index("Waiting for") :][:80]
