"""The disagreements of lay partners on a case: their own words, unaltered, and what became of each (R3)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from cases.models import Position, Visit
from web.pages.cases.reading import CaseFacts
from workflows.ways import DISSENT


@dataclass(frozen=True)
class Disagreement:
    """What a lay partner wrote when they did not support something. `decided_against`: it went on in spite of it."""

    who: str
    about: str
    version: str
    text: str
    at: datetime
    heard: str
    reason: str
    reply: str
    reply_text: str
    decided_against: bool


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
    hearing = _hearing(facts, visit)
    stage = look.process.stage(visit.stage)
    version = look.version(position.version_id)
    item = next((one for one in look.actions if one.pk == position.item_id), None)
    reply = _reply(facts, hearing, position)
    option = look.process.stage(hearing.stage).asks.answer(reply.answer) if hearing and reply else None
    return Disagreement(
        who=facts.name_of(position.seat_id),
        about=f"{stage.title}: {item.title}" if item else stage.title,
        version=f"{version.paper.title}, version {version.number}" if version else "",
        text=position.text,
        at=position.at,
        heard=_heard(facts, visit, hearing),
        reason=hearing.chosen_reason if hearing else "",
        reply=option.words if option else "",
        reply_text=reply.text if reply else "",
        decided_against=_decided_against(facts, visit, hearing, reply),
    )


def _hearing(facts: CaseFacts, visit: Visit) -> Visit | None:
    """The last visit in which this disagreement was heard, before its stage was visited again."""
    stages = {stage.code for stage in facts.look.process.stages if stage.hears == visit.stage}
    again = next((one.number for one in facts.look.visits if one.stage == visit.stage and one.number > visit.number), None)
    after = [one for one in facts.look.visits if one.stage in stages and visit.number < one.number < (again or one.number + 1)]
    return after[-1] if after and visit.outcome == DISSENT else None


def _reply(facts: CaseFacts, hearing: Visit | None, position: Position) -> Position | None:
    """What the same seat answered when asked whether it was heard."""
    said = [one for one in facts.positions if hearing and one.visit_id == hearing.pk and one.seat_id == position.seat_id]
    return said[-1] if said else None


def _heard(facts: CaseFacts, visit: Visit, hearing: Visit | None) -> str:
    if hearing is None:
        return "The others are still being asked. Then it is heard." if visit.is_live else "The stage ended before it was heard."
    way = facts.look.process.stage(hearing.stage).outcome(hearing.chosen)
    if way is None:
        return "It has not been heard yet. Until then nothing can go on."
    who = facts.name_of(hearing.chosen_by_id)
    return f"{who} heard it and decided: \u201c{way.words}\u201d."


def _decided_against(facts: CaseFacts, visit: Visit, hearing: Visit | None, reply: Position | None) -> bool:
    if hearing is None or hearing.is_live:
        return False
    way = facts.look.process.stage(hearing.stage).outcome(hearing.outcome)
    later = [one for one in facts.look.visits if one.stage == visit.stage and one.number > hearing.number]
    agreed_since = any(one.ended_at and one.outcome == "pass" for one in later)
    withdrawn = reply is not None and reply.answer == "heard_withdrawn"
    return way is not None and not way.back and not agreed_since and not withdrawn
