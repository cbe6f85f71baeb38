"""How a stage came to be where it is: why it was sent back, and who said what in the visits before."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from cases.models import Lapse, Person, Position, Visit
from permissions.roles import title_of
from permissions.scope import open_positions
from web.pages.cases.given import WITH_TYPED, how_given
from web.pages.cases.wording import lower
from workflows.definition import Stance
from workflows.look import Look
from workflows.ways import CHANGED, DISSENT, OPPOSED

_BY_RULE = {
    DISSENT: "A lay partner did not support it.",
    OPPOSED: "The agreement that is needed was not reached.",
    CHANGED: "A new version was released while people were answering, so everyone is asked again.",
}
NOT_HEARD = "A lay partner said that they were not heard."


@dataclass(frozen=True)
class Said:
    """One answer, as it was given."""

    person_id: UUID
    who: str
    role: str
    lay: bool
    words: str
    text: str
    at: datetime
    visit: int
    """The number of the visit it was said in."""
    version: int = 0
    """The number of the version it was said of; 0 where no paper was."""
    item_id: UUID | None = None
    about: str = ""
    stance: str = ""
    owed: bool = False
    """Whether the words are a comment that is owed an answer (R7)."""
    given: str = ""
    """How it came, where it was not given by signing in (R2)."""


@dataclass(frozen=True)
class CameBack:
    """Why a stage is visited again: one thing that happened since the last time."""

    sentence: str
    reason: str
    at: datetime | None


def since_last_time(look: Look, visit: Visit) -> list[CameBack]:
    """What sent the case back to this stage; empty on a first visit."""
    before = [one for one in look.visits if one.stage == visit.stage and one.number < visit.number]
    if not before:
        return []
    between = [one for one in look.visits if before[-1].number <= one.number < visit.number]
    return [told for one in between if (told := _came_back(look, one))]


def _came_back(look: Look, visit: Visit) -> CameBack | None:
    stage = look.process.stage(visit.stage)
    title = lower(stage.title)
    if stage.hears and visit.outcome == OPPOSED:
        return CameBack(NOT_HEARD, "", visit.ended_at)
    if visit.outcome in _BY_RULE:
        return CameBack(f"{stage.title}: {lower(_BY_RULE[visit.outcome])}", "", visit.ended_at)
    way = stage.outcome(visit.outcome)
    if way and (way.back or way.reason) and visit.chosen_reason:
        return CameBack(f"After \u201c{title}\u201d: {lower(way.words)}.", visit.chosen_reason, visit.ended_at)
    return None


def said_in(look: Look, person: Person, visits: Iterable[Visit]) -> list[Said]:
    """Every answer given in these visits that this person reads, oldest first. One statement."""
    found = {visit.pk: visit for visit in visits}
    rows = (
        open_positions(person, Position.objects.filter(visit__in=found))
        .select_related("person", "seat", "item", "version", *WITH_TYPED)
        .order_by("at", "number")
    )
    return [_said(look, found[row.visit_id], row) for row in rows]


def _said(look: Look, visit: Visit, row: Position) -> Said:
    option = look.process.stage(visit.stage).asks.answer(row.answer)
    return Said(
        person_id=row.person_id,
        who=row.person.name,
        role=title_of(row.seat.role),
        lay=row.seat.is_lay,
        words=option.words if option else row.answer,
        text=row.text,
        at=row.at,
        visit=visit.number,
        version=row.version.number if row.version else 0,
        item_id=row.item_id,
        about=row.item.title if row.item else "",
        stance=row.stance,
        owed=row.seat.is_lay and bool(row.text) and option is not None and option.owes_reply,
        given=how_given(row),
    )


def disagreements_in(look: Look, visit: Visit, said: Iterable[Said]) -> list[Said]:
    """The lay words against it that a hearing of `visit` is about: the last of each person on each thing, unaltered.

    A "no" to a text that was changed since still stands where its author said nothing more (R3).
    """
    numbers = {stay.number for stay in look.stays(visit)}
    last = {(one.person_id, one.item_id): one for one in said if one.visit in numbers}
    return [one for one in last.values() if one.lay and one.stance == Stance.AGAINST]


def not_heard_in(visit: Visit, said: Iterable[Said]) -> list[Said]:
    """The last words of those who said that they were not heard in a hearing (R3)."""
    last = {one.person_id: one for one in said if one.visit == visit.number}
    return [one for one in last.values() if one.stance == Stance.AGAINST]


def lapsed_in(visits: Iterable[Visit]) -> list[Lapse]:
    """The answers that were recorded as never given, in these visits. One statement."""
    return list(Lapse.objects.filter(visit__in=[visit.pk for visit in visits]).select_related("seat__person", "recorded_by"))
