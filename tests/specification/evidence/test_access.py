"""IG3, IG7: who could see a case at any moment is told from the record, and is what the rule of sight let each of them see then."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import pytest

from cases.models import Appointment, Case, Paper, Person
from permissions.models import CaseGrant
from permissions.scope import reads_as_staff, visible_cases
from tests.builders import FullGroup, a_full_group, again, end_seat
from workflows.calendar import london_day
from workflows.doors import emergency, people
from workflows.doors.facts import record_connection
from workflows.evidence.access import STAFF_FILE, sheet_of, what_could, who_could
from workflows.processes.oversight.story import Story

pytestmark = pytest.mark.usefixtures("apart")

Seen = dict[tuple[str, str], bool]
"""By person and case: whether they read the staff file; a pair that is not there is not seen."""


@pytest.fixture(scope="module")
def walked(kept: None) -> FullGroup:
    return a_full_group().walk_to("gathering")


@pytest.fixture
def case(walked: FullGroup, apart: None) -> FullGroup:
    return again(walked)


def by_the_rule(at: datetime) -> Seen:
    """What `permissions.scope` says of everybody on the rows of this moment."""
    found: Seen = {}
    for person in Person.objects.all():
        staff = set(Paper.objects.filter(reads_as_staff(person, at, "case")).values_list("case", flat=True))
        for case in visible_cases(person, at):
            found[str(person.pk), case.reference] = case.pk in staff
    return found


def by_case(at: datetime) -> Seen:
    told = [one for case in Case.objects.all() for one in who_could(case, at)]
    return {(str(one.person.pk), one.case.reference): one.reads.startswith(STAFF_FILE) for one in told}


def by_person(at: datetime) -> Seen:
    told = [one for person in Person.objects.all() for one in what_could(person, at)]
    return {(str(one.person.pk), one.case.reference): one.reads.startswith(STAFF_FILE) for one in told}


def emergency_of(case: FullGroup, who: str = "lead2", second: str = "gwen") -> None:
    asked = case.do(emergency.ask_for_sight, who, reason="The same pump is in use tonight.")
    case.do(emergency.agree_to_sight, second, emergency=asked.pk)


def tie_of(case: FullGroup, who: str) -> None:
    case.do(record_connection, "lead", person=case.who(who), kind="relative")


def lapse_of_all(case: FullGroup) -> None:
    """To the day after Amina's sight runs out: her training or her promise, whichever is first."""
    until = CaseGrant.objects.get(seat=case.seat("amina")).until
    assert until
    case.at += timedelta(days=(until - london_day(case.at)).days + 1)


def leaves(case: FullGroup, who: str) -> None:
    held = Appointment.objects.get(person=case.who(who), state="active")
    people.end_appointment(appointment=held, at=case.at, reason="Has moved away.", by=case.who("coordinator"))


def term_over(case: FullGroup) -> None:
    """Pat's appointment ends with this day; the day after has begun."""
    person = case.who("pat")
    people.appoint(person=person, role="psp", starts_on=london_day(case.at), ends_on=london_day(case.at), at=case.at)
    case.at += timedelta(days=1)


STEPS: tuple[Callable[[FullGroup], object], ...] = (
    lambda case: case.offer("gwen"),
    lambda case: case.joins("gwen"),
    lambda case: case.recuse("gwen", "My sister works there."),
    lambda case: emergency_of(case, second="tomas"),
    lambda case: tie_of(case, "lead2"),
    lambda case: case.wait(1),
    lambda case: emergency_of(case, "directorate2", "tomas"),
    lambda case: leaves(case, "directorate2"),
    lambda case: case.step_down("ivy"),
    lambda case: end_seat(case, "member"),
    lambda case: leaves(case, "chair"),
    lambda case: tie_of(case, "auditor"),
    lambda case: leaves(case, "auditor"),
    term_over,
    lapse_of_all,
)
"""Every way into sight and out of it: an offer, a seat, a conflict, an emergency and what ends one, leaving, terms, lapses."""


@pytest.mark.proves("IG3", "IG7")
def test_it_is_what_the_rule_let_everybody_see_and_still_tells_it_when_the_moment_is_past(case: FullGroup) -> None:
    case.paper("progress", release=False)  # so that there is a paper to read as staff or not
    other = Story(case.trust, case.at, partners=("pat",), lead="lead2", directorate="directorate2")
    other.open("Another case of the same trust")
    other.paper("terms", release=False)
    case.at = other.at
    moments = list(moments_of(case))
    assert len({frozenset(seen) for _, seen in moments}) > 8  # the steps do change who sees what
    for at, seen in moments:
        assert by_case(at) == seen
    for at, seen in moments[3::5]:
        assert by_person(at) == seen


def moments_of(case: FullGroup) -> Iterator[tuple[datetime, Seen]]:
    for step in STEPS:
        step(case)
        case.at += timedelta(minutes=1)
        yield case.at, by_the_rule(case.at)
        case.at += timedelta(minutes=1)


@pytest.mark.proves("IG3")
def test_each_row_says_by_what_by_whom_why_and_until_when(case: FullGroup) -> None:
    emergency_of(case)
    told = {one.person.name: one for one in who_could(case.case, case.at)}
    pat, leader, auditor, asker = (told[name] for name in ("Pat Mercer", "Leila Grant", "Audrey Finch", "Owen Bright"))
    assert (pat.capacity, pat.reads, pat.given_by) == ("lay", "What lay partners read", "Leila Grant")
    assert pat.by.startswith("Seat ")
    assert "Patient Safety Partner" in pat.by
    assert pat.why == "You know how it feels to wait for help on a ward."
    assert pat.act == "Pat Mercer declared their interests: No conflict."
    assert pat.until
    for words in ("Appointed as Patient Safety Partner", "Promise of confidentiality", "Oversight training", "no conflict"):
        assert words in pat.hung_on
    assert (leader.capacity, leader.reads, leader.until) == ("staff", "What staff read", None)
    assert (auditor.by, auditor.number) == ("Appointed as Quality auditor, who reads every case", 0)
    assert (asker.given_by, asker.why) == ("Gwen Parry", "The same pump is in use tonight.")
    assert asker.until == asker.since + timedelta(hours=2)
    assert not {"Rhona Blake", "Gwen Parry", "Rae Root"} & set(told)  # a conflict, the second person, a superuser


def test_there_was_nobody_before_there_was_a_case(case: FullGroup) -> None:
    assert who_could(case.case, case.case.opened_at - timedelta(minutes=1)) == []


def test_the_table_that_is_handed_out_has_every_row(case: FullGroup) -> None:
    found = who_could(case.case, case.at)
    sheet = sheet_of(found, "Who could see it", case.at)
    assert [row[0] for row in sheet.rows] == [one.person.name for one in found]
    assert "As it stood at 2026-" in sheet.note
