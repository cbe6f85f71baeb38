"""Where a person sits, sat, or was asked to sit. A case that they cannot see (any more) is named by its reference alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef

from cases.models import EmergencySight, Person, Seat
from permissions.roles import title_of
from permissions.scope import in_sight
from web.design_system.words import day
from web.pages.cases.found import address

MOST = 50
"""Seats on the page, the newest first."""

State = Seat.State
_COLOURS = {State.OFFERED: "yellow", State.ACCEPTED: "yellow", State.ACTIVE: "green", State.AWAY: "blue"}
_WORDS = {
    State.OFFERED: "Waits for your answer",
    State.ACCEPTED: "Waits for your interests",
    State.ACTIVE: "You sit here",
    State.AWAY: "Somebody stands in for you",
}


@dataclass(frozen=True)
class SeatLine:
    """One seat. `href` is empty where there is nothing to open. `looked_into`: somebody saw the case in an emergency."""

    case: str
    reference: str
    title: str
    tag: str
    colour: str
    when: str
    href: str
    is_over: bool
    looked_into: bool


def seats_of(person: Person, at: datetime) -> list[SeatLine]:
    """The newest seats, those held now first. One statement."""
    opened = EmergencySight.objects.filter(case=OuterRef("case_id"), opens_at__isnull=False)
    own = Seat.objects.filter(person=person, office=False).select_related("case__organisation")
    found = own.annotate(may_open=in_sight(person, at, "case_id"), looked_into=Exists(opened))
    rows = [_line(seat) for seat in found.order_by("-offered_at", "-id")[:MOST]]
    return sorted(rows, key=lambda line: line.is_over)


def _line(seat: Seat) -> SeatLine:
    state, asked = State(seat.state), seat.state in (State.OFFERED, State.ACCEPTED, State.AWAY)
    opens = seat.may_open  # type: ignore[attr-defined]
    page = {State.OFFERED: "seat_answer", State.ACCEPTED: "seat_declare", State.AWAY: "seat_return"}.get(state)
    href = address(page, seat.case, seat=seat.pk) if page else address("case", seat.case) if opens else ""
    return SeatLine(
        case=seat.case.title if opens or asked else "A case that you no longer see", reference=seat.case.reference,
        title=title_of(seat.role), tag=_WORDS.get(state, seat.get_state_display()), colour=_COLOURS.get(state, "grey"),
        when=_when(seat), href=href, is_over=seat.state not in Seat.HELD,
        looked_into=opens and seat.looked_into,  # type: ignore[attr-defined]
    )  # fmt: skip


def _when(seat: Seat) -> str:
    if seat.is_active:
        return f"Since {day(seat.active_from)}"
    if seat.ended_at:
        return f"Until {day(seat.ended_at)}"
    if seat.state == State.OFFERED and seat.reply_by:
        return f"Answer by {day(seat.reply_by)}"
    return f"Asked on {day(seat.offered_at)}"
