"""R12: a partner's concern goes to a named executive, an item to the board; it is answered in time, and nobody else ends it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from audit.models import Event
from audit.verify import verify_chains
from cases.models import Matter, MatterWord
from notifications.models import Notice
from permissions.matters import MATTERS, visible_matters
from permissions.roles import EXEC, EXEC_TEAM, QUALITY
from tests.builders import BEGINNING, a_trust, again, another_trust, refused
from workflows.calendar import ENGLAND, LONDON, london_day
from workflows.deadlines.running import run_due
from workflows.demo.trust import PERSONAS, Trust
from workflows.doors import matters
from workflows.doors.people import appoint, end_appointment
from workflows.processes.oversight.story import Story

pytestmark = pytest.mark.usefixtures("apart")

State = Matter.State
LATER = BEGINNING + timedelta(hours=3)
WORDS = "Zebedee was left in the corridor again."
KINDS = ("concern", "board_item")


@pytest.fixture(scope="module")
def _trust(kept: None) -> Trust:
    return a_trust()


@pytest.fixture
def trust(_trust: Trust, apart: None) -> Trust:
    return _trust


def raised(trust: Trust, kind: str = "concern", who: str = "pat", at: datetime = BEGINNING, **more: Any) -> Matter:
    made: Matter = matters.raise_matter(
        organisation=trust.organisation, by=trust[who], at=at, kind=kind, title="The corridor", text=WORDS, **more
    )
    return made


def do(act: Any, trust: Trust, key: str, matter: Matter, at: datetime = LATER, **more: Any) -> Matter:
    made: Matter = act(by=trust[key], at=at, matter=matter.pk, **more)
    return made


ANSWER: dict[str, Any] = {"outcome": "not_done", "text": "There is no other room yet."}
MOVES: dict[str, tuple[Any, str, dict[str, Any]]] = {
    "answer": (matters.answer_matter, "exec", ANSWER),
    "settle": (matters.settle_matter, "pat", {}),
    "again": (matters.raise_matter_again, "pat", {"text": "I asked by when."}),
    "take_back": (matters.take_back_matter, "pat", {}),
}
ALLOWED = {"raised": {"answer", "take_back"}, "answered": {"settle", "again", "take_back"}, "settled": set(), "taken_back": set()}
ROADS: dict[str, tuple[str, ...]] = {
    "raised": (),
    "answered": ("answer",),
    "settled": ("answer", "settle"),
    "taken_back": ("take_back",),
}


def walk(trust: Trust, matter: Matter, *moves: str) -> Matter:
    for move in moves:
        act, key, more = MOVES[move]
        matter = do(act, trust, key, matter, **more)
    return matter


def told(person: Any) -> list[str]:
    notices = Notice.objects.filter(person=person, case=None).exclude(text__contains="training")
    return list(notices.order_by("at", "id").values_list("text", flat=True))


def readers(trust: Trust, matter: Matter, at: datetime = LATER) -> set[str]:
    return {key for key, one in trust.people.items() if matter in visible_matters(one, at)}


# Raising


@pytest.mark.parametrize(("kind", "days"), [("concern", 10), ("board_item", 20)])
def test_it_goes_to_the_named_executive_with_a_day_to_answer_by(trust: Trust, kind: str, days: int) -> None:
    found = raised(trust, kind)
    assert (found.state, found.due_on) == (State.RAISED, ENGLAND.add(london_day(BEGINNING), days))
    assert Event.objects.get(kind="matter_raised").facts["people"] == ["Eleanor Hughes", "Quinn Foster"]
    assert len(told(trust["exec"])) == 1


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("key", ["lead", "exec", "quality"])
def test_only_partners_raise_things_here(trust: Trust, key: str, kind: str) -> None:
    with refused("R12"):
        raised(trust, kind, key)


def test_whoever_was_removed_is_still_heard(trust: Trust) -> None:
    end_appointment(appointment=trust["pat"].appointments.get(), by=trust["quality"], at=LATER, reason="Term over.")
    found = raised(trust, at=LATER)
    walk(trust, found, "answer", "again")
    assert found in visible_matters(trust["pat"], LATER)


def test_where_no_executive_lead_is_appointed_the_next_office_is_asked(apart: None) -> None:
    trust = a_trust(tuple(one for one in PERSONAS if one.role != EXEC))
    found = raised(trust)
    assert (found.rank, Event.objects.get(kind="matter_raised").facts["people"][0]) == (1, "Priya Nair")


@pytest.mark.parametrize("empty", [{"title": " "}, {"text": " "}, {"kind": "grumble"}])
def test_it_needs_words(trust: Trust, empty: dict[str, str]) -> None:
    given = {"kind": "concern", "title": "The corridor", "text": WORDS, **empty}
    with refused("R12"):
        matters.raise_matter(organisation=trust.organisation, by=trust["pat"], at=BEGINNING, **given)


# Its life


@pytest.mark.parametrize("move", MOVES)
@pytest.mark.parametrize("state", ROADS)
def test_each_move_leads_only_from_where_it_may(trust: Trust, state: str, move: str) -> None:
    found = walk(trust, raised(trust), *ROADS[state])
    act, key, more = MOVES[move]
    if move in ALLOWED[state]:
        do(act, trust, key, found, **more)
    else:
        with refused("STALE"):
            do(act, trust, key, found, **more)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("move", ["settle", "again", "take_back"])
@pytest.mark.parametrize("key", ["exec", "exec_team", "quality", "coordinator", "amina"])
def test_nobody_but_the_partner_ends_it(trust: Trust, key: str, move: str, kind: str) -> None:
    found = walk(trust, raised(trust, kind), "answer")
    act, _, more = MOVES[move]
    with refused("R2"):
        do(act, trust, key, found, **more)


@pytest.mark.parametrize("key", ["exec_team", "quality", "lead", "coordinator", "auditor", "pat"])
def test_nobody_answers_but_the_office_that_was_asked(trust: Trust, key: str) -> None:
    found = raised(trust)
    with refused("R12"):
        do(matters.answer_matter, trust, key, found, **ANSWER)


def test_nobody_answers_what_they_raised_themselves(trust: Trust) -> None:
    found = raised(trust)
    appoint(person=trust["pat"], role=EXEC.code, starts_on=london_day(BEGINNING), at=BEGINNING)
    with refused("R18"):
        do(matters.answer_matter, trust, "pat", found, **ANSWER)


@pytest.mark.parametrize("empty", [{"text": " "}, {"outcome": "maybe"}])
def test_an_answer_says_what_will_be_done_or_why_not(trust: Trust, empty: dict[str, Any]) -> None:
    found = raised(trust)
    with refused("R12"):
        do(matters.answer_matter, trust, "exec", found, **{**ANSWER, **empty})


def test_an_answer_ends_nothing_until_the_partner_says_so(trust: Trust) -> None:
    found = walk(trust, raised(trust), "answer")
    assert told(trust["pat"]) == ["Eleanor Hughes answered your concern 1. Say whether that answers it."]
    assert walk(trust, found, "settle").state == State.SETTLED


def test_what_is_not_answered_goes_to_the_next_office_up_with_a_new_day(trust: Trust) -> None:
    found = walk(trust, raised(trust), "answer", "again")
    assert (found.rank, found.due_on) == (1, ENGLAND.add(london_day(LATER), 10))
    assert do(matters.answer_matter, trust, "exec_team", found, **ANSWER).state == State.ANSWERED
    words = [(one.act, one.text) for one in MatterWord.objects.order_by("at", "id")]
    assert [act for act, _ in words] == ["answer", "again", "answer"]


def test_at_the_top_it_may_be_asked_again_and_is_never_dropped(trust: Trust) -> None:
    found = walk(trust, raised(trust), "answer", "again", "answer", "again")
    assert (found.state, found.rank) == (State.RAISED, 1)


def test_what_was_raised_is_never_changed_by_what_is_done_with_it(trust: Trust) -> None:
    found = raised(trust, "board_item")
    do(matters.withhold_part, trust, "quality", found, title="A corridor", text="Somebody waited.", why="It names a patient.")
    walk(trust, found, "answer", "again", "answer", "settle")
    found.refresh_from_db()
    assert (found.title, found.text) == ("The corridor", WORDS)
    assert verify_chains().findings == []


# No answer


def nine(found: Matter, days: int = 1) -> datetime:
    return datetime.combine(ENGLAND.add(found.due_on, days), datetime.min.time().replace(hour=9, minute=1), LONDON)


@pytest.mark.parametrize("kind", KINDS)
def test_without_an_answer_it_goes_to_the_next_office_up_as_well(trust: Trust, kind: str) -> None:
    found = raised(trust, kind)
    run_due(lambda: nine(found, 0))
    assert not Event.objects.filter(kind="matter_late").exists()
    for _ in range(2):
        run_due(lambda: nine(found))
    assert Event.objects.get(kind="matter_late").facts["people"] == ["Priya Nair", "Xavier Stone", "Quinn Foster"]
    due_on = found.due_on
    found.refresh_from_db()
    assert (found.rank, found.due_on, found.state) == (1, due_on, State.RAISED), "late is late, whoever it is with"
    assert "is late. The next person up has been told." in told(trust["pat"])[-1]
    for key in ("exec_team", "exec"):
        do(matters.answer_matter, trust, key, found, at=nine(found), **ANSWER)
        walk(trust, found, "again")


def test_at_the_top_the_quality_team_hears_that_it_is_late(trust: Trust) -> None:
    found = walk(trust, raised(trust), "answer", "again")
    run_due(lambda: nine(found))
    run_due(lambda: nine(found, 60))
    assert Event.objects.get(kind="matter_late").facts["people"] == ["Quinn Foster"]


@pytest.mark.parametrize("state", ["answered", "settled", "taken_back"])
def test_nothing_is_late_that_was_answered(trust: Trust, state: str) -> None:
    found = walk(trust, raised(trust), *ROADS[state])
    assert run_due(lambda: nine(found)).done == 0


def test_nobody_says_that_it_is_late_but_the_clock(trust: Trust) -> None:
    found = raised(trust)
    with refused("R16"):
        do(matters.tell_of_late_matter, trust, "exec", found)


# Who reads it


def test_a_concern_is_read_by_the_partner_the_executive_and_the_quality_team(trust: Trust) -> None:
    found = raised(trust)
    assert readers(trust, found) == {"pat", "exec", "quality", "auditor"}
    assert not visible_matters(another_trust()["far_psp"], LATER).exists()
    found = walk(trust, found, "answer", "again")
    assert readers(trust, found) == {"pat", "exec", "exec_team", "exec_team2", "quality", "auditor"}


def test_an_item_for_the_board_is_read_by_everybody_of_the_organisation(trust: Trust) -> None:
    assert readers(trust, raised(trust, "board_item")) == set(trust.people)
    assert not visible_matters(another_trust()["far_psp"], LATER).exists()


def test_the_ledger_and_the_messages_do_not_say_what_it_is_about(trust: Trust) -> None:
    walk(trust, raised(trust), "answer", "again")
    said = " ".join([*(str(one.facts) + one.reason for one in Event.objects.all()), *Notice.objects.values_list("text", flat=True)])
    assert not {word for word in ("Zebedee", "corridor", "no other room") if word in said}


# Withholding


@pytest.mark.parametrize("key", ["exec", "lead", "coordinator", "pat"])
def test_a_part_of_an_item_is_withheld_by_the_quality_team_alone(trust: Trust, key: str) -> None:
    found = raised(trust, "board_item")
    with refused("R12"):
        do(matters.withhold_part, trust, key, found, title="x", text="x", why="x")


def test_withholding_needs_a_reason_and_is_for_what_everybody_reads(trust: Trust) -> None:
    found = raised(trust, "board_item")
    with refused("R12"):
        do(matters.withhold_part, trust, "quality", found, title="x", text="x", why=" ")
    found = raised(trust)
    with refused("R12"):
        do(matters.withhold_part, trust, "quality", found, title="x", text="x", why="x")


def test_an_item_of_which_a_part_is_withheld_is_owed_its_answer_all_the_same(trust: Trust) -> None:
    found = raised(trust, "board_item")
    after = do(
        matters.withhold_part, trust, "quality", found, title="A corridor", text="Somebody waited.", why="It names a patient."
    )
    assert (after.state, after.due_on, after.tell_up_at) == (found.state, found.due_on, found.tell_up_at)
    assert "withheld a part of your item for the board 1" in told(trust["pat"])[-1]


# About a case


@pytest.fixture(scope="module")
def _case(kept: None) -> Story:
    case = Story(a_trust(), BEGINNING)
    return case.walk_to("terms")


@pytest.fixture
def case(_case: Story, apart: None) -> Story:
    return again(_case)


def test_the_partner_alone_chooses_whether_the_group_reads_it(case: Story) -> None:
    found = raised(case.trust, at=case.at, case=case.case)
    assert "chair" not in readers(case.trust, found, case.at)
    for key in ("chair", "exec", "amina"):
        with refused("R2"):
            do(matters.share_matter, case.trust, key, found, at=case.at)
    do(matters.share_matter, case.trust, "pat", found, at=case.at)
    assert {"chair", "amina", "lead"} <= readers(case.trust, found, case.at)
    assert "gwen" not in readers(case.trust, found, case.at)
    assert told(case.who("chair")) == ["Pat Mercer lets you read concern 1."]


def test_it_stops_nothing_on_the_case(case: Story) -> None:
    raised(case.trust, at=case.at, case=case.case)
    assert case.walk_to("planning").case.state == "planning"


def test_a_case_can_be_named_by_those_who_sit_on_it(case: Story) -> None:
    with refused("R12"):
        raised(case.trust, who="tomas", at=case.at, case=case.case)


def test_there_is_no_group_to_share_with_where_there_is_no_case(trust: Trust) -> None:
    found = raised(trust)
    with refused("R12"):
        do(matters.share_matter, trust, "pat", found)


def test_who_is_next_up_is_written_once() -> None:
    executives = dict.fromkeys(KINDS, (EXEC, EXEC_TEAM))
    assert {kind.code: kind.answered_by for kind in MATTERS.values()} == {**executives, "objection": (QUALITY, EXEC)}
