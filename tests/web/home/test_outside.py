"""Home lists what waits on no case of one's own, for exactly those who can answer it: an emergency, training to be agreed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.urls import reverse

from cases.models import RequirementSet
from permissions.emergency import may_answer
from tests.web.casework import Casework, words
from workflows.calendar import london_day
from workflows.doors import emergency
from workflows.doors.requirements import may_answer_set, newest_set, record_requirement_set

HOME = "/"
WHY = "A ward uses the same pump tonight, and nobody answers."
ASKS = "Owen Bright asks to see a case in an emergency: agree, or say no"
TRAINING = "Agree, or refuse, what training we ask for: Oversight training, version 2"


def home(work: Casework, key: str) -> str:
    return words(work.client(key).get(HOME)).partition("Your cases")[0]


def everybody(work: Casework) -> Iterator[str]:
    """The keys of all who can sign in."""
    return (key for key, person in work.story.trust.people.items() if person.account)


@pytest.mark.proves("IG3")
def test_an_emergency_waits_first_for_exactly_those_who_may_answer_it(work: Casework) -> None:
    story = work.story.walk_to("planning")
    asked = story.do(emergency.ask_for_sight, "lead2", reason=WHY)
    seen = 0
    for key in everybody(work):
        may = all(may_answer(asked, story.who(key), story.at))
        shown = home(work, key)
        assert (ASKS in shown) is may, key
        seen += may
    assert seen
    gwen = work.client("gwen").get(HOME).content.decode()
    assert reverse("emergency", args=(asked.pk,)) in gwen
    assert story.case.title not in gwen  # whoever agrees does not see the case either
    assert "Urgent" in home(work, "gwen")
    story.at = asked.asked_until
    assert ASKS not in home(work, "gwen")


def test_training_to_be_agreed_waits_for_exactly_the_second_persons(work: Casework) -> None:
    story = work.story
    written = newer_set(work)
    for key in everybody(work):
        may = all(may_answer_set(written, story.who(key), story.at))
        assert (TRAINING in home(work, key)) is may, key
    assert f"{story.who('quality').name} wrote it." in home(work, "specialist")
    assert reverse("requirement_set_answer", args=(written.pk,)) in work.client("specialist").get(HOME).content.decode()


def newer_set(work: Casework) -> RequirementSet:
    """The next version of what oversight asks for, written by the quality team."""
    story = work.story
    last = newest_set(story.trust.organisation.pk, "psp", "oversight")
    assert last
    asks = [{"code": one.code, "title": one.title, "why": one.why} for one in last.requirements.order_by("number")]
    story.at += timedelta(minutes=1)
    written: RequirementSet = record_requirement_set(
        at=story.at, by=story.who("quality"), organisation=story.trust.organisation, role="psp", task="oversight",
        starts_on=london_day(story.at), source="Our own policy", requirements=asks,
    )  # fmt: skip
    return written
