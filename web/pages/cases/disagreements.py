"""The disagreements of lay partners on a case: their own words, unaltered, and what became of each (R3)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from cases.models import Position, Visit
from web.pages.cases.given import how_given
from web.pages.cases.reading import CaseFacts
from workflows.definition import Stance
from workflows.ways import DISSENT


@dataclass(frozen=True)
class Hearing:
    """One time that a disagreement was answered. `failed`: the partner said that they were not heard."""

    decided: str
    reason: str
    reply: str
    reply_text: str
    failed: bool


@dataclass(frozen=True)
class Disagreement:
    """What a lay partner wrote when they did not support something. `decided_against`: it went on in spite of it.

    `hearings` are the times that it was answered, oldest first; `waits` says what is still to come, empty where nothing is.
    """

    who: str
    about: str
    version: str
    text: str
    at: datetime
    hearings: tuple[Hearing, ...]
    waits: str
    decided_against: bool
    given: str = ""


def disagreements(facts: CaseFacts) -> list[Disagreement]:
    """Every lay "I do not support it" that was a last word in its visit, newest first."""
    found = [_told(facts, visit, position) for visit in facts.look.visits for position in _last_words(facts, visit)]
    return found[::-1]


def _last_words(facts: CaseFacts, visit: Visit) -> Iterator[Position]:
    process = facts.look.process
    if not process.has_stage(visit.stage) or not process.stage(visit.stage).asks.dissents:
        return
    last = {(one.seat_id, one.item_id): one for one in facts.positions if one.visit_id == visit.pk}
    for position in last.values():
        seat = facts.seat(position.seat_id)
        if position.stance == "against" and seat and seat.is_lay:
            yield position


def _told(facts: CaseFacts, visit: Visit, position: Position) -> Disagreement:
    look = facts.look
    heard_in = _heard_in(facts, visit)
    stage = look.process.stage(visit.stage)
    version = look.version(position.version_id)
    item = next((one for one in look.actions if one.pk == position.item_id), None)
    hearings = tuple(_hearing(facts, one, position) for one in heard_in if one.chosen)
    return Disagreement(
        who=facts.name_of(position.seat_id),
        about=f"{stage.title}: {item.title}" if item else stage.title,
        version=f"{version.paper.title}, version {version.number}" if version else "",
        text=position.text,
        at=position.at,
        hearings=hearings,
        waits=_waits(visit, heard_in[-1] if heard_in else None, hearings),
        decided_against=_decided_against(facts, visit, heard_in[-1] if heard_in else None, position),
        given=how_given(position),
    )


def _heard_in(facts: CaseFacts, visit: Visit) -> list[Visit]:
    """The visits in which this disagreement was heard, before its stage was visited again."""
    stages = {stage.code for stage in facts.look.process.stages if stage.hears == visit.stage}
    again = next((one.number for one in facts.look.visits if one.stage == visit.stage and one.number > visit.number), None)
    after = [one for one in facts.look.visits if one.stage in stages and visit.number < one.number < (again or one.number + 1)]
    return after if visit.outcome == DISSENT else []


def _reply(facts: CaseFacts, hearing: Visit, position: Position) -> Position | None:
    """What the same seat answered when asked whether it was heard."""
    said = [one for one in facts.positions if one.visit_id == hearing.pk and one.seat_id == position.seat_id]
    return said[-1] if said else None


def _hearing(facts: CaseFacts, hearing: Visit, position: Position) -> Hearing:
    stage, reply = facts.look.process.stage(hearing.stage), _reply(facts, hearing, position)
    way = stage.outcome(hearing.chosen)
    option = stage.asks.answer(reply.answer) if reply else None
    failed = reply is not None and reply.stance == Stance.AGAINST
    return Hearing(
        decided=f"{facts.name_of(hearing.chosen_by_id)} answered and decided: \u201c{way.words if way else hearing.chosen}\u201d.",
        reason=hearing.chosen_reason,
        reply=option.words if option else "",
        reply_text=reply.text if reply else "",
        failed=failed,
    )


def _waits(visit: Visit, last: Visit | None, hearings: tuple[Hearing, ...]) -> str:
    if last is None:
        return "The others are still being asked. Then it is heard." if visit.is_live else "The stage ended before it was heard."
    if last.chosen:
        return ""
    if any(one.failed for one in hearings):
        return "It must be heard again. Until then nothing can go on."
    return "It has not been heard yet. Until then nothing can go on."


def _decided_against(facts: CaseFacts, visit: Visit, hearing: Visit | None, position: Position) -> bool:
    if hearing is None or hearing.is_live:
        return False
    reply = _reply(facts, hearing, position)
    way = facts.look.process.stage(hearing.stage).outcome(hearing.outcome)
    later = [one for one in facts.look.visits if one.stage == visit.stage and one.number > hearing.number]
    agreed_since = any(one.ended_at and one.outcome == "pass" for one in later)
    withdrawn = reply is not None and reply.answer == "heard_withdrawn"
    return way is not None and not way.back and not agreed_since and not withdrawn
