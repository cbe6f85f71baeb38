"""A clock for tests: the sweep as it runs at a moment of a story's own time."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from audit.models import Event
from cases.models import Reminder
from notifications.posting import Sent, send_due
from tests.builders import a_story
from workflows.calendar import LONDON, london_day
from workflows.deadlines.models import Deadline
from workflows.deadlines.running import Tally, run_due
from workflows.doors import people
from workflows.processes.oversight.story import Story
from workflows.testing import Walk


def in_review() -> Story:
    """The draft is before the group on Tuesday 10 March 2026, to be answered by Tuesday 24 March."""
    case = a_story().walk_to("draft_review")
    case.put_draft_to_group()
    return case


def sweep_at(case: Walk, at: datetime) -> Tally:
    """Let time pass to `at`, and the clock look."""
    case.at = at
    return run_due(lambda: at)


def nine(year: int, month: int, day: int) -> datetime:
    return datetime.combine(datetime(year, month, day), time(9), LONDON)  # noqa: DTZ001 - the zone is the next argument


def next_working_day(case: Walk) -> Tally:
    """The sweep at one minute past nine on the next working day."""
    day = case.look.calendar.add(london_day(case.at), 1)
    return sweep_at(case, datetime.combine(day, time(9, 1), LONDON))


def send_at(at: datetime) -> Sent:
    return send_due(lambda: at)


def told(case: Walk, kind: str) -> list[Event]:
    """The events of one kind on the case, oldest first."""
    return list(Event.objects.filter(case_id=case.case_id, kind=kind).order_by("seq"))


def reminded(case: Walk, key: str) -> list[str]:
    """The London days on which a person was reminded in the live visit."""
    found = Reminder.objects.filter(visit=case.visit, seat=case.seat(key)).order_by("at")
    return [f"{london_day(one.at)}" for one in found]


def rows(case: Walk, state: str = "open", **more: object) -> list[tuple[str, str]]:
    found = Deadline.objects.filter(case=case.case_id, state=state, **more).order_by("due_at", "kind")
    return [(row.kind, f"{london_day(row.due_at)}") for row in found]


def works_by_phone(case: Walk, key: str) -> None:
    """Somebody asks to be told by phone."""
    person = case.who(key)
    people.record_person(organisation=person.organisation, name=person.name, email=person.email, contact_by="phone", at=case.at)


SOON = timedelta(minutes=6)
