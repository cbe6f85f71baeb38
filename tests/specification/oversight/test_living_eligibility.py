"""C9, IG3: training, promise and term are warned of ahead; on the day they run out no voice is taken from the seat; what was
decided before stands and counts; and what is renewed gives the voice back. The seat is never made empty, nor is it left out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.contrib.auth import get_user_model

from audit.models import Event
from cases.models import Position
from notifications.models import Notice
from permissions.roles import PSP
from permissions.scope import may_see
from permissions.verdict import Refused
from tests.builders import a_story, refused
from tests.integration.deadlines.clock import sweep_at
from workflows.calendar import LONDON, london_day
from workflows.doors.people import appoint, record_person, record_training, sign_confidentiality
from workflows.processes.oversight.story import Story
from workflows.standing import asked_seats, flags, owing
from workflows.verify import verify_case

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Lasting:
    """One of the three: its rule, how long sight outlasts it, what is written when it is warned of and when sight is over."""

    name: str
    rule: str
    grace: int
    warned: str
    over: str
    words: str


THREE = (
    Lasting("training", "C9", 30, "training_warned", "sight_over", "training ran out on"),
    Lasting("promise", "IG3", 0, "end_warned", "sight_ended", "no confidentiality agreement in force"),
    Lasting("term", "IG3", 0, "end_warned", "sight_ended", "no appointment in force"),
)
each = pytest.mark.parametrize("one", THREE, ids=[one.name for one in THREE])
LASTS = 120
"""Days from the beginning until it runs out."""


def a_case_with_nora(one: Lasting) -> tuple[Story, date]:
    """The draft report is before the group; Pat and the chair have answered it, Nora has not. One of her records has an end."""
    case = a_story(partners=("pat", "nora"))
    day = london_day(case.at)
    until = day + timedelta(days=LASTS)
    account = get_user_model().objects.create(username="nora")
    nora = record_person(
        organisation=case.trust.organisation, name="Nora Quist", email="nora@a.example", at=case.at, account=account
    )
    case.trust.people["nora"] = nora
    _record(case, one, "training", day, until)
    _record(case, one, "promise", day, until)
    _record(case, one, "term", day, until)
    case.walk_to("draft_review").put_draft_to_group()
    for key in ("chair", "pat"):
        case.answer(key, enough_time=True)
    return case, until


def _record(case: Story, one: Lasting, name: str, day: date, until: date | None) -> None:
    until = until if one.name == name else None
    given: dict[str, Any] = {"person": case.who("nora"), "at": case.at}
    if name == "training":
        record_training(**given, subject="oversight", completed_on=day, valid_until=until)
    elif name == "promise":
        sign_confidentiality(**given, signed_on=day, valid_until=until)
    else:
        appoint(**given, role=PSP.code, starts_on=day, ends_on=until)


def sweep_on(case: Story, day: date) -> None:
    """The clock looks at ten in the morning of a day."""
    sweep_at(case, datetime.combine(day, time(10), LONDON))


def about_nora(kind: str) -> list[Event]:
    return list(Event.objects.filter(kind=kind, facts__person="Nora Quist").order_by("seq"))


def names(people: str) -> set[str]:
    found = Notice.objects.filter(event_id__in=[event.pk for event in about_nora(people)])
    return set(found.values_list("person__name", flat=True))


def test_c9_in_the_thirty_days_after_training_ran_out_an_answer_still_counts() -> None:
    """Whose omission it was is written down elsewhere; it does not silence the partner."""
    case, until = a_case_with_nora(THREE[0])
    sweep_on(case, until + timedelta(days=30))
    case.answer("nora", enough_time=True)
    assert case.case.state == "actions"


@each
def test_c9_it_is_warned_of_ahead_and_suspends_the_voice_on_its_day_and_gives_it_back_when_renewed(one: Lasting) -> None:
    case, until = a_case_with_nora(one)
    said_before = list(Position.objects.filter(person=case.who("nora")).values())
    assert said_before, "what she answered in the stages before"
    for days in (90, 30, 0):
        sweep_on(case, until - timedelta(days=days))
        assert may_see(case.who("nora"), case.case, case.at)
    assert len(about_nora(one.warned)) == 3
    assert names(one.warned) == {"Nora Quist", "Cora Bell"}
    assert not about_nora(one.over)

    sweep_on(case, until + timedelta(days=one.grace + 1))
    assert not may_see(case.who("nora"), case.case, case.at)
    with refused(one.rule):
        case.answer("nora")
    with pytest.raises(Refused, match=f"{one.words}.*The partner coordinator can put this right"):
        case.answer("nora")
    assert len(about_nora(one.over)) == 1
    assert names(one.over) == {"Nora Quist", "Charles Adeyemi", "Cora Bell"}
    assert {seat.person.name for seat in asked_seats(case.look) if seat.is_lay} == {"Pat Mercer", "Nora Quist"}
    assert [seat.person.name for seat in owing(case.look)] == ["Nora Quist"], "neither left out, nor called silent"
    assert any("Nora Quist can no longer see this case" in flag.reason for flag in flags(case.look))
    assert case.case.state == "draft_review"
    assert list(Position.objects.filter(person=case.who("nora")).values()) == said_before
    assert list(verify_case(case.case, case.at)) == []

    _record(case, one, one.name, london_day(case.at), london_day(case.at) + timedelta(days=900))
    assert may_see(case.who("nora"), case.case, case.at)
    case.answer("nora", enough_time=True)
    assert case.case.state == "actions"
    sweep_on(case, london_day(case.at) + timedelta(days=1))
    assert (len(about_nora(one.warned)), len(about_nora(one.over))) == (3, 1)


def test_ig3_a_stage_that_was_passed_with_her_answer_stays_passed_when_her_term_ends() -> None:
    one = THREE[2]
    case, until = a_case_with_nora(one)
    case.answer("nora", enough_time=True)
    assert case.case.state == "actions"
    sweep_on(case, until + timedelta(days=1))
    assert case.case.state == "actions"
    assert list(verify_case(case.case, case.at)) == [], "counted again from the seats as they stood"
    case.put_actions_to_group()
    with refused("IG3"):
        case.answer("nora")


def test_ig3_a_term_that_follows_on_is_counted_though_it_was_entered_ahead() -> None:
    """Nobody goes blind on the day between two terms."""
    case, until = a_case_with_nora(THREE[2])
    following = until + timedelta(days=1)
    with refused("H7"):  # a day with no term in between, which nobody meant
        appoint(person=case.who("nora"), role=PSP.code, starts_on=following + timedelta(days=1), at=case.at)
    appoint(person=case.who("nora"), role=PSP.code, starts_on=following, ends_on=following + timedelta(days=500), at=case.at)
    sweep_on(case, following)
    assert may_see(case.who("nora"), case.case, case.at)
    assert not about_nora("end_warned")
    case.answer("nora", enough_time=True)
    assert case.case.state == "actions"


@pytest.mark.parametrize("until", [LASTS, None], ids=["with an end", "without an end"])
def test_r8_a_term_that_follows_on_makes_the_one_that_runs_no_shorter(until: int | None) -> None:
    case = a_story()
    today, coordinator = london_day(case.at), case.who("coordinator")
    term = {"person": case.who("pat"), "role": PSP.code, "at": case.at, "by": coordinator}
    made = appoint(**term, starts_on=today, ends_on=today + timedelta(days=until) if until else None)
    with refused("H7"):
        appoint(**term, starts_on=today + timedelta(days=1), ends_on=today + timedelta(days=2))
    assert case.who("pat").appointments.get().ends_on == made.ends_on
