"""The national ambition: two partners on every safety-related group, trained; today, on any day of the record, and by quarters."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.models import GroupSeat, SafetyGroup
from cases.tables import as_csv
from tests.builders import BEGINNING, a_trust, again, end_seat
from workflows.ambition.standing import Ambition, Line, quarter_ends, sheets_of
from workflows.calendar import london_day
from workflows.demo.trust import Trust
from workflows.doors import groups
from workflows.doors.people import end_appointment
from workflows.processes.oversight.story import Story

pytestmark = pytest.mark.usefixtures("apart")
TODAY = london_day(BEGINNING)  # Monday 2 March 2026


@pytest.fixture(scope="module")
def _story(kept: None) -> Story:
    return Story(a_trust(), BEGINNING)


@pytest.fixture
def story(_story: Story, apart: None) -> Story:
    return again(_story)


@pytest.fixture
def trust(story: Story) -> Trust:
    return story.trust


def committee(trust: Trust, *who: str, name: str = "Safety Committee", at: datetime = BEGINNING, **more: Any) -> SafetyGroup:
    made: SafetyGroup = groups.register_group(
        by=trust["quality"], at=at, organisation=trust.organisation, name=name, terms="Of April.", **({"kind": "committee"} | more)
    )
    for key in who:
        sits(trust, made, key, at)
    return made


def sits(trust: Trust, group: SafetyGroup, key: str, at: datetime = BEGINNING, **more: Any) -> GroupSeat:
    given = {"person": trust[key], "starts_on": london_day(at), **more}
    made: GroupSeat = groups.seat_partner(by=trust["quality"], at=at, group=group.pk, **given)
    return made


def line(trust: Trust, day: date = TODAY) -> Line:
    (found,) = Ambition(trust.organisation).lines_on(day)
    return found


def test_two_trained_members_meet_it(trust: Trust) -> None:
    committee(trust, "pat", "amina")
    found = line(trust)
    assert (found.partners, found.members, found.trained, found.vacant_since, found.meets) == (2, 2, 2, None, True)


def test_somebody_untrained_or_an_attendee_does_not(trust: Trust) -> None:
    """Tomás's training ran out; Gwen may only attend."""
    group = committee(trust, "pat", "tomas")
    sits(trust, group, "gwen", membership="attendee", membership_reason="The old terms.")
    found = line(trust)
    assert (found.partners, found.members, found.trained, found.vacant_since, found.meets) == (3, 2, 1, None, False)


def test_the_total_is_one_sentence_over_groups_that_are_to_have_partners(trust: Trust) -> None:
    ambition = Ambition(trust.organisation)
    assert str(ambition.total_on(TODAY)) == "There was no safety-related group on record."
    committee(trust, "pat", "amina")
    committee(trust, "pat", name="Board", kind="board")
    committee(trust, name="Induction", kind="course", target=0)
    assert str(Ambition(trust.organisation).total_on(TODAY)) == "1 of 2 groups have two trained partners."


def test_a_day_long_past_is_told_as_it_was_on_record_that_day(trust: Trust) -> None:
    """Registered on 2 March; Pat and Amina join on the 9th and 16th; Amina leaves on the 23rd. Nobody fills a seat backwards."""
    weeks = [BEGINNING + timedelta(days=7 * number) for number in range(5)]
    group = committee(trust)
    for key, at in (("pat", weeks[1]), ("amina", weeks[2])):
        groups.seat_partner(by=trust["quality"], at=at, group=group.pk, person=trust[key], starts_on=TODAY)
    groups.leave_group(by=trust["amina"], at=weeks[3], seat=group.seats.get(person=trust["amina"]).pk)
    days = [london_day(at) for at in weeks]
    assert [(line(trust, day).members, line(trust, day).vacant_since) for day in days] == [
        (0, days[0]), (1, days[0]), (2, None), (1, days[3]), (1, days[3]),
    ]  # fmt: skip
    assert Ambition(trust.organisation).lines_on(TODAY - timedelta(days=1)) == []


def test_a_seat_is_empty_from_the_day_on_which_the_appointment_ends(trust: Trust) -> None:
    committee(trust, "pat", "amina")
    later = BEGINNING + timedelta(days=10)
    end_appointment(appointment=trust["pat"].appointments.get(), by=trust["quality"], at=later, reason="Term over.")
    assert line(trust, london_day(later)).vacant_since == london_day(later)
    assert line(trust, london_day(later) - timedelta(days=1)).meets


def test_a_group_off_the_list_counts_until_that_day(trust: Trust) -> None:
    group = committee(trust, "pat", "amina")
    later = BEGINNING + timedelta(days=10)
    for seat in group.seats.select_related("person"):
        groups.leave_group(by=seat.person, at=later, seat=seat.pk)
    groups.close_group(by=trust["quality"], at=later, group=group.pk, why="It meets no more.")
    assert str(Ambition(trust.organisation).total_on(london_day(later))) == "There was no safety-related group on record."
    assert line(trust, london_day(later) - timedelta(days=1)).meets


def test_the_group_of_a_case_counts_from_when_it_is_formed(story: Story) -> None:
    """A case has no group while it is decided how to respond; then two seats are to be filled."""
    story.walk_to("response")
    assert Ambition(story.trust.organisation).lines_on(london_day(story.at)) == []
    story.walk_to("terms")
    found = line(story.trust, london_day(story.at))
    assert (found.is_case, found.members, found.trained, found.meets) == (True, 2, 2, True)
    end_seat(story, "pat")
    assert line(story.trust, london_day(story.at)).vacant_since == london_day(story.at)


def test_ends_of_quarters() -> None:
    assert quarter_ends(date(2026, 3, 31), 3) == [date(2025, 6, 30), date(2025, 9, 30), date(2025, 12, 31)]
    assert quarter_ends(date(2026, 4, 1), 2) == [date(2025, 12, 31), date(2026, 3, 31)]
    assert len(quarter_ends(date(2026, 4, 1))) == 8


def test_a_fixed_number_of_statements_whatever_the_number_of_groups(trust: Trust) -> None:
    counted = []
    for number in (5, 50):
        for one in range(SafetyGroup.objects.count(), number):
            committee(trust, "pat", name=f"Group {one}")
        with CaptureQueriesContext(connection) as queries:
            ambition = Ambition(trust.organisation)
            assert len(ambition.lines_on(TODAY)) == number
            ambition.quarters_before(TODAY)
        counted.append(len(queries))
    assert counted == [6, 6]


def test_the_table_names_no_case_that_the_reader_may_not_see(story: Story) -> None:
    story.walk_to("terms")
    committee(story.trust, "pat", "amina", at=story.at)
    ambition, day = Ambition(story.trust.organisation), london_day(story.at)
    hidden, shown = (as_csv(sheets_of(ambition, day, named)[0]) for named in ((), {story.case.pk}))
    assert story.case.reference not in hidden
    assert story.case.reference in shown
    rows = list(csv.reader(io.StringIO(hidden.removeprefix("\ufeff"))))
    assert rows[1] == ["Safety Committee", "A safety or quality committee", "2", "2", "2", "2", "", "yes"]
    assert [row[0] for row in rows[1:]] == ["Safety Committee"]  # nor its kind, its seats, and since when one is empty
    assert "Groups of cases on which you have no seat: 1, of which 1 meet the aim." in sheets_of(ambition, day, ())[0].note


def test_the_command_tells_it_for_any_day(trust: Trust, capsys: pytest.CaptureFixture[str]) -> None:
    committee(trust, "pat", "tomas")
    call_command("show_ambition", ods=trust.organisation.ods_code.lower(), on=TODAY)
    told = capsys.readouterr().out.splitlines()
    assert told[0] == "Trust 1, 2 March 2026: 0 of 1 group has two trained partners."
    assert told[1] == "  no  Safety Committee (A safety or quality committee): 2 of 2 seats filled by members, 1 trained"
    assert told[2:] == [
        f"{day}: There was no safety-related group on record." for day in (
            "31 March 2024", "30 June 2024", "30 September 2024", "31 December 2024",
            "31 March 2025", "30 June 2025", "30 September 2025", "31 December 2025",
        )
    ]  # fmt: skip


@pytest.mark.parametrize("wrong", [{"ods": "ZZ9"}, {"on": date(2099, 1, 1)}], ids=str)
def test_the_command_refuses_an_organisation_or_a_day_that_is_not_there(trust: Trust, wrong: dict[str, Any]) -> None:
    with pytest.raises(CommandError):
        call_command("show_ambition", **({"ods": trust.organisation.ods_code} | wrong))
