"""B1, R14: several people are asked by one act, all of them or none; the record has it of each, as if each were asked alone."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from audit.models import Event
from audit.verify import verify_chains, verify_live_rows
from cases.models import Seat
from notifications.models import Notice
from permissions.roles import PSP
from permissions.verdict import Refused
from tests.builders import BEGINNING, a_trust, refused
from workflows.deadlines.models import Deadline
from workflows.demo.trust import PERSONAS, Persona
from workflows.doors import seats
from workflows.processes.oversight.story import Story
from workflows.verify import verify_case

pytestmark = pytest.mark.usefixtures("apart")

MANY = tuple(Persona(f"p{number}", f"Partner {number}", PSP) for number in range(25))
FEW, MORE = [one.key for one in MANY[:5]], [one.key for one in MANY[5:]]


@pytest.fixture
def case() -> Story:
    return Story(a_trust(PERSONAS + MANY), BEGINNING).walk_to("form_group")


def ask(case: Story, keys: list[str], **given: Any) -> Any:
    case.wait()
    people = [case.who(key) for key in keys]
    return seats.offer_seats(
        case=case.case_id, by=case.who("lead"), at=case.at, people=people, role="psp", **{"why": "You know the ward.", **given}
    )


def test_each_is_offered_a_seat_and_told_and_the_record_has_it_of_each(case: Story) -> None:
    alone = ask(case, ["pat"]).event
    receipt = ask(case, FEW)
    names = [case.who(key).name for key in FEW]
    events = list(Event.objects.filter(kind="seat_offered", at=case.at).order_by("seq"))
    assert [event.facts["person"] for event in events] == [seat.person.name for seat in receipt.result] == names
    assert [event.seq for event in events] == list(range(alone.seq + 1, alone.seq + 6))
    assert sorted(events, key=lambda event: event.pk) == events
    assert receipt.event == events[-1]
    for event, seat in zip(events, receipt.result, strict=True):
        assert (event.capacity, event.role, event.facts["seat"]) == (alone.capacity, alone.role, alone.facts["seat"])
        assert event.facts.keys() == alone.facts.keys()
        assert [(table, key) for table, key, _ in event.rows] == [(alone.rows[0][0], str(seat.history.get().pk))]
        assert Notice.objects.get(event_id=event.pk).person_id == seat.person_id
        assert Deadline.objects.get(kind="offer_unanswered", seat=seat.pk).due_at
    found = (*verify_chains(case.case_id).findings, *verify_live_rows(case.case_id).findings)
    assert [*found, *verify_case(case.case, case.at)] == []
    assert case.joins(FEW[0]).is_active


def test_where_one_is_refused_nobody_is_asked_and_every_reason_is_given_by_name(case: Story) -> None:
    ask(case, ["pat"])
    with refused("B1", "R14"):
        ask(case, ["amina", "pat", "tomas"], why=" ")
    told = Event.objects.get(kind="refused").facts
    assert [(rule, reason.partition(".")[0]) for rule, reason in zip(told["rules"], told["reasons"], strict=True)] == [
        ("B1", "Pat Mercer already has a seat or an offer on this case"),
        ("B1", "Tomás Silva cannot be asked"),
        ("R14", "Say why you ask this person"),
    ]
    assert not Seat.objects.filter(case=case.case_id, person=case.who("amina")).exists()


def test_nobody_is_named_or_somebody_twice(case: Story) -> None:
    for keys, told in (([], "Nobody is named."), (["amina", "pat", "amina"], "Amina Yusuf is named more than once.")):
        with pytest.raises(Refused, match=told) as caught:
            ask(case, keys)
        assert len(caught.value.verdicts) == 1
    assert not Seat.objects.filter(case=case.case_id, role="psp").exists()


def test_the_same_request_twice_asks_each_once(case: Story) -> None:
    assert not ask(case, FEW, request="one form").repeated
    assert ask(case, FEW, request="one form").repeated
    assert Seat.objects.filter(case=case.case_id, role="psp").count() == len(FEW)


def test_asking_twenty_takes_the_statements_of_asking_five(case: Story) -> None:
    sent = []
    for keys in (["pat"], FEW, MORE):
        with CaptureQueriesContext(connection) as statements:
            ask(case, keys)
        sent.append(len(statements))
    assert sent[0] == sent[1] == sent[2] <= 22, [one["sql"][:90] for one in statements]
