"""Setting an answer down as a position: the same row and the same words whether the person answered or confirmed (R2, R4)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from cases.models import PaperVersion, Person, Position, Seat, TypedAnswer
from permissions.verdict import Verdict
from workflows.calendar import london_day
from workflows.definition import Answer
from workflows.doors.comments import keep_words_of
from workflows.look import Look
from workflows.may import may_answer

if TYPE_CHECKING:
    from workflows.door import Doing


@dataclass(frozen=True)
class Answered:
    """One answer: its code, the words, and the item that it is about where the stage asks about each."""

    answer: str
    text: str = ""
    item: UUID | None = None
    item_revision: int = 0


def judged(
    look: Look, person: Person, visit: UUID, said: Answered, version: UUID | None
) -> tuple[Seat | None, Answer | None, list[Verdict]]:
    """The seat, the option and the verdicts on one answer of a person: `may_answer`, whoever brings it."""
    return may_answer(look, person, visit, said.answer, said.text, version, said.item, said.item_revision)


def set_down(
    doing: Doing, seat: Seat, option: Answer, said: Answered, version: UUID | None, enough_time: bool,
    typed: TypedAnswer | None = None,
) -> Position:  # fmt: skip
    """Write the position of a seat; `typed` is what the person confirmed, where somebody typed it in for them."""
    look, live = doing.look, doing.look.visit
    assert live
    earlier = [p for p in look.positions if p.visit_id == live.pk and p.seat_id == seat.pk and p.item_id == said.item]
    position = Position(
        id=doing.new_id(),
        case=look.case,
        visit=live,
        seat=seat,
        person=seat.person,
        version_id=version,
        item_id=said.item,
        item_revision=said.item_revision,
        number=len(earlier) + 1,
        answer=option.code,
        stance=option.stance.value,
        text=said.text.strip(),
        enough_time=enough_time,
        version_held_days=held_days(look, seat, version),
        typed=typed,
        at=look.at,
    )
    position.save(force_insert=True)
    look.positions.append(position)
    keep_words_of(doing, position, next((one for one in look.live_actions if one.pk == said.item), None) if said.item else None)
    return position


def held_days(look: Look, seat: Seat, version: UUID | None) -> int | None:
    """Working days for which the seat could have opened the version."""
    read = look.version(version)
    since = look.released_to(read, seat) if read else None
    return look.calendar.between(london_day(since), look.today) if since else None


def names_version(doing: Doing, version: PaperVersion | None, seat: Seat) -> None:
    """The ledger says on which exact text an act was done: the one that whoever sits in the seat reads (R4, IG4)."""
    if version:
        read = doing.look.handed_to(seat.person_id, version)
        doing.says(paper=version.paper.title, version=version.number, version_id=str(version.pk), sha256=read.sha256)
