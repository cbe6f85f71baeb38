"""Sight in an emergency as the pages tell it: who, which case, why, from when to when, agreed by whom, and what was read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse

from audit.models import Event
from cases.models import Case, EmergencySight, Organisation, Person, Seat
from permissions.emergency import visible_emergencies
from permissions.scope import in_sight
from web.design_system.words import clock, count, day_and_time
from web.pages.cases.found import address
from workflows.calendar import LONDON, london_day

State = EmergencySight.State

MOST = 100
"""Rows on a page; the newest come first."""


@dataclass(frozen=True)
class Opened:
    """One paper that was read while it was open."""

    what: str
    at: datetime


@dataclass(frozen=True)
class EmergencyCard:
    """One request. `case_href` and `case_title` are for those who see the case; everybody else reads its reference."""

    key: UUID
    who: str
    reference: str
    case_title: str
    case_href: str
    href: str
    reason: str
    asked_at: datetime
    said: str
    tag: str
    colour: str
    answer: str
    answered_by: str
    lasted: str
    waits: bool
    runs: bool
    opened: tuple[Opened, ...] = ()

    @property
    def name(self) -> str:
        return f"{self.who}, {self.reference}"

    @property
    def is_over(self) -> bool:
        return not (self.waits or self.runs)


def card(one: EmergencySight, at: datetime, case: Case | None = None, opened: Iterable[Opened] = ()) -> EmergencyCard:
    """How one stands. `case`: given where the reader sees it; its organisation should be loaded."""
    tag, colour = stands(one, at)
    return EmergencyCard(
        one.pk, one.asked_by.name, one.case.reference, case.title if case else "", address("case", case) if case else "",
        reverse("emergency", args=(one.pk,)), one.reason, one.asked_at, in_words(one, at), tag, colour, one.answer_reason,
        one.answered_by.name if one.answered_by else "", _lasted(one, at),
        one.waits_at(at), one.runs_at(at), tuple(opened),
    )  # fmt: skip


def stands(one: EmergencySight, at: datetime) -> tuple[str, str]:
    """The words and the colour of its tag."""
    if one.state == State.ASKED:
        return ("Waits for a second person", "yellow") if one.waits_at(at) else ("Nobody answered in time", "grey")
    if one.state == State.AGREED:
        return ("Open now", "orange") if one.runs_at(at) else ("Over", "grey")
    if one.state == State.ENDED and one.opens_at is None:
        return "Taken back", "grey"
    return one.get_state_display(), "grey"


def in_words(one: EmergencySight, at: datetime) -> str:
    """ "Owen Bright saw this case from Monday 2 March 2026 at 2:05pm to 4:05pm, agreed by Gwen Parry" """
    if one.opens_at is None or one.over_at is None:
        asked = f"{one.asked_by} asked on {day_and_time(one.asked_at)}"
        return f"{asked}; {one.answered_by} said no" if one.state == State.REFUSED else asked
    over = clock(one.over_at) if london_day(one.over_at) == london_day(one.opens_at) else day_and_time(one.over_at)
    verb = "can see" if one.runs_at(at) else "saw"
    return f"{one.asked_by} {verb} this case from {day_and_time(one.opens_at)} to {over}, agreed by {one.answered_by}"


def _lasted(one: EmergencySight, at: datetime) -> str:
    """ "2 hours", "35 minutes"; empty where it never opened."""
    if one.opens_at is None or one.over_at is None:
        return ""
    minutes = int((min(one.over_at, at) - one.opens_at) / timedelta(minutes=1))
    return count(minutes // 60, "hour") if minutes and minutes % 60 == 0 else count(minutes, "minute")


def cards_for(person: Person, at: datetime) -> list[EmergencyCard]:
    """Those of which a person may read, the newest first. Two statements."""
    return _cards(visible_emergencies(person, at), person, at)


def opened_on_own(person: Person, at: datetime) -> list[EmergencyCard]:
    """Those that opened a case on which a person has a seat and which they see. Two statements."""
    seat = Seat.objects.filter(case=OuterRef("case"), person=person)
    return _cards(visible_emergencies(person, at).filter(Exists(seat), opens_at__isnull=False), person, at)


def _cards(rows: QuerySet[EmergencySight], person: Person, at: datetime, reads: bool = False) -> list[EmergencyCard]:
    found = list(rows.select_related("case__organisation", "asked_by", "answered_by").order_by("-asked_at", "-id")[:MOST])
    seen = set(Case.objects.filter(in_sight(person, at), pk__in={one.case_id for one in found}).values_list("pk", flat=True))
    opened = read_by_them(found) if reads else {}
    return [card(one, at, one.case if one.case_id in seen else None, opened.get(one.pk, ())) for one in found]


def read_by_them(rows: Iterable[EmergencySight]) -> dict[UUID, list[Opened]]:
    """What was read by each of them, from the ledger, in order. One statement; none where there are none."""
    cases = {str(one.pk): one.case_id for one in rows if one.opens_at}
    found: dict[UUID, list[Opened]] = defaultdict(list)
    if cases:
        reads = Event.objects.filter(kind="paper_read", case_id__in=set(cases.values()), facts__emergency__in=list(cases))
        for event in reads.order_by("at", "seq"):
            what = f"{event.facts['paper']}, version {event.facts['version']}"
            found[UUID(event.facts["emergency"])].append(Opened(what, event.at))
    return found


def list_of(organisation: Organisation, person: Person, at: datetime, first: date | None, last: date | None) -> list[EmergencyCard]:
    """Every time that somebody asked, between two days (both included), with what was read by it. Three statements."""
    rows = EmergencySight.objects.filter(case__organisation=organisation)
    if first:
        rows = rows.filter(asked_at__gte=datetime.combine(first, time(), LONDON))
    if last:
        rows = rows.filter(asked_at__lt=datetime.combine(last + timedelta(days=1), time(), LONDON))
    return _cards(rows, person, at, reads=True)
