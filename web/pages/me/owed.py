"""What is owed to the one who reads: answers and money, since when, by when and by whom. The longest waiting first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import CharField, Exists, F, OuterRef, Value
from django.db.models.functions import Cast
from django.urls import reverse

from cases.models import Case, Claim, Hold, Matter, Organisation, Person, Seat, Withholding
from permissions.claimlife import UNPAID
from permissions.matters import MATTERS, WAITING
from permissions.payment import OFFICE
from permissions.roles import LAY
from permissions.scope import in_sight
from web.design_system.words import count, day, due, waited
from web.pages.cases.found import address
from web.pages.cases.wording import lower
from web.pages.me.commented import Commented
from workflows.calendar import Calendar, london_day
from workflows.first_sight import FirstSight, LaySight, first_sights_in
from workflows.opening import calendar_of

CLAIM, HOLD, PAPER = "claim", "hold", "paper"


@dataclass(frozen=True)
class Owed:
    """One thing that is owed. `due` is empty where no day is set; `href` where there is nothing to open."""

    what: str
    about: str
    whose: str
    waited: str
    since: datetime
    due: str
    is_late: bool
    href: str


@dataclass(frozen=True)
class CameLate:
    """A paper that staff could open before the reader could, who can open it by now."""

    title: str
    reference: str
    said: str
    href: str


@dataclass(frozen=True)
class Owing:
    """What is still owed, the longest waiting first; and the papers that came late, the latest first."""

    waits: list[Owed]
    late: list[CameLate]


def owed_to(person: Person, comments: Iterable[Commented], at: datetime) -> Owing:
    """Claims, matters, holds, papers that staff have and `comments` (one's own) that wait; and papers that came late.

    One statement, whatever the number of rows; four more where a whole paper is or was held back on a case of theirs.
    """
    clock = _Clock(person.organisation, at)
    rows = list(_rows(person, at))
    waits = [_of_row(row, clock) for row in rows if row[0] != PAPER]
    cases = [row[1] for row in rows if row[0] == PAPER]
    papers = list(_papers(person, cases, at)) if cases else []
    closed = (_paper(own, one.staff_since, clock) for one, own in papers if own.since is None)
    late = sorted(((one, own) for one, own in papers if own.since and own.late), key=lambda pair: -pair[1].late)
    found = [*waits, *_of_comments(comments, clock), *closed]
    return Owing(sorted(found, key=lambda one: (not one.is_late, one.since)), [_came_late(*pair) for pair in late])


class _Clock:
    """Today, and the working days of the organisation."""

    def __init__(self, organisation: Organisation, at: datetime) -> None:
        self.organisation, self.today = organisation, london_day(at)
        self.calendar: Calendar = calendar_of(organisation)

    def waited(self, since: datetime) -> str:
        return waited(self.calendar.between(london_day(since), self.today))

    def due(self, on: date) -> str:
        return due(on, self.calendar.between(self.today, on), self.today)


def _rows(person: Person, at: datetime) -> Iterator[Any]:
    """Of each: what it is, its key, what it is about, since when, by when, how far up, and the reference of its case."""
    text = CharField()
    claims = Claim.objects.filter(person=person, state__in=UNPAID).values_list(
        Value(CLAIM), "pk", Cast("number", text), "claimed_at", "due_on", Value(0), Value("")
    )
    matters = Matter.objects.filter(person=person, state__in=WAITING).values_list(
        "kind", "pk", "title", "raised_at", "due_on", "rank", Value("")
    )
    holds = Hold.objects.filter(
        in_sight(person, at, "case_id"), placed_by__person=person, answered_at=None, taken_back_at=None
    ).values_list(Value(HOLD), "pk", "reason", "placed_at", "due_on", Value(0), F("case__reference"))
    whole = Withholding.objects.filter(case=OuterRef("case"), version=None)
    seats = Seat.objects.filter(Exists(whole), person=person, capacity=LAY, state=Seat.State.ACTIVE).values_list(
        Value(PAPER), "case", Value(""), "active_from", "reply_by", Value(0), F("case__reference")
    )
    yield from claims.union(matters, holds, seats, all=True)


def _of_row(row: tuple[Any, ...], clock: _Clock) -> Owed:
    kind, key, about, since, due_on, rank, reference = row
    what, whose, href = _words(kind, key, rank, reference, clock)
    return Owed(
        what=what, about=f"Claim {about}" if kind == CLAIM else about, whose=whose, waited=clock.waited(since), since=since,
        due=clock.due(due_on), is_late=due_on < clock.today, href=href,
    )  # fmt: skip


def _words(kind: str, key: object, rank: int, reference: str, clock: _Clock) -> tuple[str, str, str]:
    """What is owed, who owes it, and where it is."""
    if kind == CLAIM:
        return "Payment", f"the {lower(OFFICE[0].title)}", reverse("claim", args=(key,))
    if kind == HOLD:
        href = reverse("holds", kwargs={"ods": clock.organisation.ods_code, "reference": reference})
        return "An answer to why you stopped the work", "whoever answers for the work", href
    found = MATTERS[kind]
    return f"An answer to your {lower(found.title)}", f"the {lower(found.answered_by[rank].title)}", reverse("matter", args=(key,))


def _of_comments(comments: Iterable[Commented], clock: _Clock) -> Iterator[Owed]:
    for one in comments:
        if one.waits:
            yield Owed(
                "An answer to your comment", one.about, "the group\u2019s lead", clock.waited(one.at), one.at, "", False, one.href
            )


def _papers(person: Person, cases: Iterable[UUID], at: datetime) -> Iterator[tuple[FirstSight, LaySight]]:
    """Each paper released on these cases, with when the partner could open it, from a seat that they still hold (R6)."""
    for one in first_sights_in(Case.objects.filter(in_sight(person, at), pk__in=cases), at):
        yield from ((one, own) for own in one.lay if own.seat.person_id == person.pk and own.seat.state == Seat.State.ACTIVE)


def _came_late(one: FirstSight, own: LaySight) -> CameLate:
    case, version = own.seat.case, one.version
    said = f"Staff could open it {count(own.late, 'working day')} before you, who could from {day(own.since)}."
    href = address("paper", case, version=version.pk)
    return CameLate(f"{version.paper.title}, version {version.number}", case.reference, said, href)


def _paper(own: LaySight, staff_since: datetime, clock: _Clock) -> Owed:
    """A paper that staff can open, and the partner cannot yet. What it is called is among what is held back."""
    case, since = own.seat.case, max(staff_since, own.seat.active_from or staff_since)
    days = count(own.late, "working day")
    return Owed(
        what="A paper that staff can open and you cannot", about=f"{case.reference}, {days} so far", whose="whoever holds it back",
        waited=clock.waited(since), since=since, due="", is_late=own.late > 0, href=address("withheld", case),
    )  # fmt: skip
