"""Stage by stage: what was set down, what each person said on which version, what was decided and why. Newest first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from cases.models import Position, Visit
from permissions.roles import title_of
from web.pages.cases.given import how_given
from web.pages.cases.reading import CaseFacts
from web.pages.record.telling import answer_of
from web.pages.record.withheld import WITHHELD, is_open, reads_words
from workflows.definition import Stage
from workflows.ways import CHANGED, DISSENT, OPPOSED

_COLOURS = {"for": "green", "against": "red", "neither": "grey"}
_ENDS = {
    DISSENT: "A lay partner did not support it, so the disagreement is heard.",
    OPPOSED: "It was not agreed, so it went back.",
    CHANGED: "A new version came, so everybody was asked again.",
}
NOT_HEARD = "A lay partner said that they were not heard, so they must be heard again."


@dataclass(frozen=True)
class Said:
    """One answer of one seat. `replaced` by a later answer of the same seat, it stays in the record."""

    who: str
    title: str
    lay: bool
    answer: str
    colour: str
    text: str
    about: str
    at: datetime
    replaced: bool
    given: str = ""


@dataclass(frozen=True)
class Chapter:
    """One stay in one stage."""

    title: str
    ref: str
    opened_at: datetime
    ended_at: datetime | None
    question: str
    put_by: str
    put_at: datetime | None
    facts: tuple[tuple[str, str], ...]
    said: tuple[Said, ...]
    silent: tuple[tuple[str, str], ...]
    decision: str
    reason: str
    ending: str

    @property
    def is_live(self) -> bool:
        return self.ended_at is None


def chapters(facts: CaseFacts) -> list[Chapter]:
    """Every visit, the newest first."""
    return [_chapter(facts, visit) for visit in reversed(facts.look.visits)]


def _chapter(facts: CaseFacts, visit: Visit) -> Chapter:
    stage = facts.look.process.stage(visit.stage)
    told = reads_words(facts.look, facts.person)
    said = tuple(_said(facts, visit, stage, told))
    way = stage.outcome(visit.chosen)
    return Chapter(
        title=stage.title,
        ref=stage.ref,
        opened_at=visit.opened_at,
        ended_at=visit.ended_at,
        question=stage.asks.question if said else "",
        put_by=facts.name_of(visit.submitted_by_id) if visit.submitted_by_id else "",
        put_at=visit.submitted_at,
        facts=tuple(_set_down(stage, visit, told)),
        said=said,
        silent=tuple((facts.name_of(one.seat_id), one.reason) for one in facts.lapses if one.visit_id == visit.pk),
        decision=f"{facts.name_of(visit.chosen_by_id)}: {way.words if way else visit.chosen}" if visit.chosen else "",
        reason=visit.chosen_reason if told or not visit.chosen_reason else WITHHELD,
        ending=NOT_HEARD if stage.hears and visit.outcome == OPPOSED else _ENDS.get(visit.outcome, ""),
    )


def _set_down(stage: Stage, visit: Visit, told: bool) -> Iterator[tuple[str, str]]:
    for fact in stage.records:
        if fact.code in visit.facts:
            yield fact.question, answer_of(fact, visit.facts[fact.code]) if told or is_open(fact) else WITHHELD


def _said(facts: CaseFacts, visit: Visit, stage: Stage, told: bool) -> Iterator[Said]:
    """Lay partners first; within each, in the order of time."""
    rows = [one for one in facts.positions if one.visit_id == visit.pk]
    last = {(one.seat_id, one.item_id): one.pk for one in rows}
    lines = [_line(facts, stage, row, last[row.seat_id, row.item_id] != row.pk, told) for row in rows]
    yield from sorted(lines, key=lambda line: not line.lay)


def _line(facts: CaseFacts, stage: Stage, row: Position, replaced: bool, told: bool) -> Said:
    seat = facts.seat(row.seat_id)
    option = stage.asks.answer(row.answer)
    return Said(
        who=facts.name_of(row.seat_id),
        title=title_of(seat.role) if seat else "",
        lay=bool(seat and seat.is_lay),
        answer=option.words if option else row.answer,
        colour="grey" if replaced else _COLOURS[row.stance],
        text=row.text if told or not row.text else WITHHELD,
        about=_about(facts, row),
        at=row.at,
        replaced=replaced,
        given=how_given(row),
    )


def _about(facts: CaseFacts, row: Position) -> str:
    """The exact text that was answered about: "Investigation report, version 2"."""
    version = facts.look.version(row.version_id)
    item = next((one for one in facts.look.actions if one.pk == row.item_id), None)
    if item:
        return f"Action {item.number}: {item.title}" + (f" (text {row.item_revision})" if item.revision > 1 else "")
    return f"{version.paper.title}, version {version.number}" if version else ""
