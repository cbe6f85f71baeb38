"""One group as its page shows it: who sits in it and since when, its meetings, and what the reader can do about each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse

from cases.models import GroupSeat, Meeting, Person, SafetyGroup
from web.design_system.words import day
from web.pages.groups.acts import OF_GROUPS, OF_MEETINGS, OF_SEATS, GroupAct, Row
from workflows.doors.meetings import is_lay_quorate

NEWEST = 12
"""Meetings on the page of a group."""

ARGUMENT = {SafetyGroup: "group", GroupSeat: "place", Meeting: "meeting"}


@dataclass(frozen=True)
class Link:
    """Something that the reader can do."""

    title: str
    href: str


def links(acts: dict[str, GroupAct], row: Row, by: Person, at: datetime) -> list[Link]:
    """What this person can do about a group, a seat or a meeting now."""
    where = {ARGUMENT[type(row)]: row.pk}
    return [Link(act.title, reverse(act.code, kwargs=where)) for act in acts.values() if act.can(row, by, at)]


@dataclass(frozen=True)
class SeatLine:
    """A partner in a group. `note`: why only an attendee, or who asks for the seat to be ended and why."""

    who: str
    stands: str
    note: str
    links: list[Link]


@dataclass(frozen=True)
class MeetingLine:
    """A meeting. `stands`: planned, held and lay-quorate or not, called off. `notes`: papers, and each move with its reason."""

    day: str
    stands: str
    colour: str
    notes: list[str]
    links: list[Link]


class GroupPage:
    """One group for one reader. Statements grow with the links of a keeper, not with the meetings of the past."""

    def __init__(self, group: SafetyGroup, person: Person, at: datetime) -> None:
        self.group, self._person, self._at = group, person, at

    @property
    def links(self) -> list[Link]:
        return links(OF_GROUPS, self.group, self._person, self._at)

    @property
    def facts(self) -> list[tuple[str, Any]]:
        one = self.group
        closed = [("Off the list since", f"{day(one.closed_on)}: {one.closed_reason}")] if one.closed_on else []
        kind = SafetyGroup.Kind(one.kind).label
        return [("Kind", kind), ("Partners to have", one.target), ("Terms of reference", one.terms), *closed]

    @property
    def seats(self) -> list[SeatLine]:
        rows = self.group.seats.select_related("person", "end_asked_by", "group__organisation").order_by(
            "-starts_on", "person__name"
        )
        return [self._seat(one) for one in rows]

    def _seat(self, one: GroupSeat) -> SeatLine:
        until = f", until {day(one.ended_on)}" if one.ended_on else ""
        asks = f"{one.end_asked_by} asks for this seat to be ended: {one.ended_reason}"
        note = asks if one.end_asked_by and not one.ended_on else one.ended_reason or one.membership_reason
        stands = f"{one.get_membership_display()}. Since {day(one.starts_on)}{until}."
        return SeatLine(one.person.name, stands, note, links(OF_SEATS, one, self._person, self._at))

    @property
    def meetings(self) -> list[MeetingLine]:
        rows = self.group.meetings.select_related("group__organisation").prefetch_related("moves", "attended__seat__person")
        return [self._meeting(one) for one in rows.order_by("-day")[:NEWEST]]

    def _meeting(self, one: Meeting) -> MeetingLine:
        stands, colour = self._stands(one)
        sent = [f"Papers sent on {day(one.papers_sent_on)}."] if one.papers_sent_on else []
        moves = [f"{_moved(move)} on {day(move.at)}: {move.reason}" for move in sorted(one.moves.all(), key=lambda m: m.at)]
        there = [f"{seat.seat.person} ({seat.membership})" for seat in one.attended.all()]
        came = [f"Partners there: {', '.join(there)}."] if there else []
        return MeetingLine(day(one.day), stands, colour, [*came, *sent, *moves], links(OF_MEETINGS, one, self._person, self._at))

    def _stands(self, one: Meeting) -> tuple[str, str]:
        if one.state != Meeting.State.HELD:
            return one.get_state_display(), "blue" if one.state == Meeting.State.PLANNED else "grey"
        if is_lay_quorate(seat.membership for seat in one.attended.all()):
            return "Held, lay-quorate", "green"
        return "Held, not lay-quorate", "red"


def _moved(move: Any) -> str:
    if move.to_day:
        return f"Moved from {day(move.from_day)} to {day(move.to_day)}"
    return "Called off"
