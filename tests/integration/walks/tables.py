"""What a case's tables hold, read row by row for the hard rules: no count, law, look or scope under test has a part in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import holidays

from audit.models import ChainHead, Event
from cases.models import (
    Appointment,
    Case,
    Comment,
    CommentAnswer,
    Declaration,
    Lapse,
    LayRendition,
    PaperVersion,
    Person,
    Position,
    Proposal,
    Reminder,
    SafetyAction,
    Seat,
    TypedAnswer,
    Visit,
    Waiver,
    Withholding,
)  # fmt: skip
from permissions.models import CaseGrant

Row = dict[str, Any]
LONDON = ZoneInfo("Europe/London")
BANK_HOLIDAYS = holidays.country_holidays("GB", subdiv="ENG", years=range(2025, 2032))


def day(moment: datetime) -> date:
    return moment.astimezone(LONDON).date()


def working_days_after(start: date, number: int) -> date:
    """Counted by hand: Monday to Friday, without the bank holidays of England."""
    while number:
        start += timedelta(days=1)
        number -= start.weekday() < 5 and start not in BANK_HOLIDAYS
    return start


class Tables:
    """One case as its rows stand now, each table read once."""

    def __init__(self, case_id: UUID) -> None:
        self.case_id = case_id

    def _of(self, model: Any, order: str = "pk", **where: Any) -> list[Row]:
        return list(model._base_manager.filter(**(where or {"case_id": self.case_id})).order_by(order).values())

    @cached_property
    def case(self) -> Row:
        return self._of(Case, pk=self.case_id)[0]

    @cached_property
    def visits(self) -> list[Row]:
        return self._of(Visit, "number")

    @cached_property
    def seats(self) -> dict[UUID, Row]:
        return {row["id"]: row for row in self._of(Seat)}

    @cached_property
    def seat_versions(self) -> list[Row]:
        return list(Seat.history.filter(case_id=self.case_id).order_by("history_id").values())

    @cached_property
    def action_versions(self) -> list[Row]:
        return list(SafetyAction.history.filter(case_id=self.case_id).order_by("history_id").values())

    @cached_property
    def positions(self) -> list[Row]:
        return self._of(Position, "at")

    @cached_property
    def lapses(self) -> list[Row]:
        return self._of(Lapse, "at")

    @cached_property
    def reminders(self) -> list[Row]:
        return self._of(Reminder, "at")

    @cached_property
    def waivers(self) -> list[Row]:
        return self._of(Waiver)

    @cached_property
    def proposals(self) -> list[Row]:
        return self._of(Proposal)

    @cached_property
    def declarations(self) -> list[Row]:
        return self._of(Declaration)

    @cached_property
    def typed(self) -> dict[UUID, Row]:
        return {row["id"]: row for row in self._of(TypedAnswer)}

    @cached_property
    def versions(self) -> dict[UUID, Row]:
        return {row["id"]: row for row in self._of(PaperVersion, paper__case=self.case_id)}

    @cached_property
    def renditions(self) -> dict[UUID, Row]:
        return {row["version_id"]: row for row in self._of(LayRendition, version__paper__case=self.case_id)}

    @cached_property
    def withholdings(self) -> list[Row]:
        return self._of(Withholding)

    @cached_property
    def comments(self) -> dict[UUID, Row]:
        return {row["id"]: row for row in self._of(Comment)}

    @cached_property
    def answers(self) -> dict[UUID, Row]:
        return {row["comment_id"]: row for row in self._of(CommentAnswer)}

    @cached_property
    def events(self) -> list[Row]:
        return self._of(Event, "seq", chain=f"case:{self.case_id}")

    @cached_property
    def head(self) -> Row:
        return self._of(ChainHead, chain=f"case:{self.case_id}")[0]

    @cached_property
    def grants(self) -> list[Row]:
        return self._of(CaseGrant, content_object=self.case_id)

    @cached_property
    def accounts(self) -> dict[UUID, int | None]:
        """The account of each person who was ever seated."""
        people = {row["person_id"] for row in self.seats.values()}
        return dict(Person._base_manager.filter(pk__in=people).values_list("pk", "account_id"))

    @cached_property
    def offices(self) -> list[Row]:
        return self._of(Appointment, person__in=list(self.accounts))

    # As it stood at a moment

    def seats_at(self, moment: datetime) -> dict[UUID, Row]:
        """The newest version of each seat until a moment, the acts of that moment included."""
        return {row["id"]: row for row in self.seat_versions if row["history_date"] <= moment}

    def members_at(self, moment: datetime, capacity: str = "", role: str = "") -> dict[UUID, Row]:
        """The seats that counted at a moment."""
        found = self.seats_at(moment).items()
        return {
            key: row for key, row in found
            if (row["state"], row["membership"]) == ("active", "member")
            and capacity in ("", row["capacity"]) and role in ("", row["role"])
        }  # fmt: skip

    def live_actions_at(self, moment: datetime) -> dict[UUID, int]:
        """The revision of each safety action that had not been dropped."""
        newest = {row["id"]: row for row in self.action_versions if row["history_date"] <= moment}
        return {key: row["revision"] for key, row in newest.items() if row["state"] != "dropped"}

    @cached_property
    def conflicted(self) -> dict[UUID, datetime]:
        """The people who declared a conflict of interest on the case, and when."""
        said = [row for row in self.declarations if row["conflict"] == "declared"]
        return {self.seats[row["seat_id"]]["person_id"]: row["at"] for row in said}

    def conflicted_at(self, moment: datetime) -> set[UUID]:
        return {person for person, since in self.conflicted.items() if since <= moment}

    def held_back_at(self, version: Row, moment: datetime) -> tuple[bool, bool]:
        """Whether the whole of a paper, and a part of this version, was held back from lay partners."""
        force = [
            one for one in self.withholdings if one["decided_at"] <= moment and not (one["ended_at"] and one["ended_at"] <= moment)
        ]
        whole = any(one["paper_id"] == version["paper_id"] and one["version_id"] is None for one in force)
        return whole, any(one["version_id"] == version["id"] for one in force)

    def last_words(self, visits: Iterable[Row]) -> dict[tuple[UUID, UUID | None], Row]:
        """The last position of each seat on each thing, over some stays."""
        keys = {visit["id"] for visit in visits}
        return {(row["seat_id"], row["item_id"]): row for row in self.positions if row["visit_id"] in keys}

    def cut_short_before(self, visit: Row) -> Iterator[Row]:
        """The stays before this one that a new text cut short, newest first."""
        number, stage = visit["number"], visit["stage"]
        for row in reversed(self.visits):
            if row["number"] == number - 1 and (row["stage"], row["outcome"]) == (stage, "changed"):
                number -= 1
                yield row
