"""No act is dated in the time to come (R16): a notice that is still running has not passed, whatever an act says of the day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from audit.models import Event
from tests.builders import a_story, refused
from workflows import engine
from workflows.clock import CLOCKS_DIFFER
from workflows.doors import people, seats
from workflows.processes.oversight.story import Story

pytestmark = pytest.mark.django_db

TOMORROW = timedelta(days=1)


@pytest.fixture
def case(monkeypatch: pytest.MonkeyPatch) -> Story:
    """A group is being formed, and it is now."""
    made = a_story().walk_to("form_group")
    made.wait()
    now = made.at
    monkeypatch.setattr("tests.rig.clock.now", lambda: now)
    return made


def offer(case: Story) -> None:
    """Leila asks Pat, at the time that the story has got to."""
    asked = {"people": [case.who("pat")], "role": "psp", "why": "You know.", "task_profile": case.PROFILE}
    seats.offer_seats(case=case.case_id, by=case.who("lead"), at=case.at, **asked)


def record(case: Story) -> None:
    people.record_person(organisation=case.trust.organisation, name="Nell", email="nell@a.example", at=case.at)


def open_another(case: Story) -> None:
    people = {"lead": case.who("lead"), "directorate": case.who("directorate")}
    engine.open_case(
        process="OVS", organisation=case.trust.organisation, by=case.who("lead"), at=case.at, title="A fall", people=people
    )  # fmt: skip


ACTS: list[Callable[[Story], None]] = [offer, record, open_another]


@pytest.mark.parametrize("act", ACTS)
def test_an_act_dated_tomorrow_is_refused_and_the_refusal_is_dated_now(case: Story, act: Callable[[Story], None]) -> None:
    now = case.at
    case.at += TOMORROW
    with refused("R16"):
        act(case)
    assert Event.objects.filter(kind="refused").latest("seq", "at").at == now


@pytest.mark.parametrize("act", ACTS)
def test_clocks_may_differ_a_little(case: Story, act: Callable[[Story], None]) -> None:
    case.at += CLOCKS_DIFFER
    act(case)


def test_after_such_a_refusal_the_case_goes_on(case: Story) -> None:
    case.at += TOMORROW
    with refused("R16"):
        offer(case)
    case.at -= TOMORROW
    offer(case)
    assert [seat.person.name for seat in case.look.seats if seat.role == "psp"] == ["Pat Mercer"]
