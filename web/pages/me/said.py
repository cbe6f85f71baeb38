"""What a person said, on which exact version, and what came of it (R15). Their own words stay theirs when a seat has ended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from cases.models import Person, Position, Visit
from permissions.scope import in_sight
from web.pages.cases.found import address
from web.pages.cases.given import WITH_TYPED, how_given
from web.pages.cases.wording import lower
from workflows.definition import Process, Stage, Stance
from workflows.expansion import DISSENT_MARK
from workflows.registry import process_of
from workflows.ways import CHANGED, DISSENT, OPPOSED

MOST = 50
"""Answers on the page, the newest first; the record of each case has them all."""

_BY_RULE = {
    OPPOSED: "It was not agreed, and went back.",
    CHANGED: "The text was changed, and everybody was asked about the new one.",
}


Hearings = dict[tuple[UUID, int], Visit]
"""The stays in which a disagreement was heard, by case and number of the visit."""


@dataclass(frozen=True)
class Said:
    """One answer. `became` is empty where the case can no longer be seen."""

    at: datetime
    answer: str
    stage: str
    about: str
    text: str
    case: str
    href: str
    became: str
    given: str = ""


def what_was_said(person: Person, at: datetime) -> list[Said]:
    """The newest answers. One statement, and one more where a disagreement followed."""
    found = Position.objects.filter(person=person).annotate(may_open=in_sight(person, at, "case_id"))
    found = found.select_related("visit", "version__paper", "case__organisation", "item", *WITH_TYPED).order_by(
        "-at", "-number", "-id"
    )
    told, later = list[Said](), set[tuple[object, object]]()
    newest = list(found[:MOST])
    heard = _hearings(newest)
    for one in newest:
        told.append(_told(one, (one.visit_id, one.item_id) in later, heard))
        later.add((one.visit_id, one.item_id))
    return told


def _hearings(said: list[Position]) -> Hearings:
    """Every stay in which a disagreement was heard, of the cases where an answer was followed by one."""
    cases = {one.case_id for one in said if one.visit.outcome == DISSENT}
    if not cases:
        return {}
    found = Visit.objects.filter(case__in=cases, stage__endswith=DISSENT_MARK).select_related("chosen_by__person")
    return {(visit.case_id, visit.number): visit for visit in found}


def _told(one: Position, replaced: bool, heard: Hearings) -> Said:
    process = process_of(one.case.process, one.case.definition_version)
    stage = process.stage(one.visit.stage) if process.has_stage(one.visit.stage) else None
    option = stage.asks.answer(one.answer) if stage else None
    opens = one.may_open  # type: ignore[attr-defined]
    return Said(
        at=one.at, answer=option.words if option else one.answer, stage=process.title_of(one.visit.stage),
        about=_about(one) if opens else "", text=one.text,
        case=f"{one.case.title}, {one.case.reference}" if opens else f"{one.case.reference}, a case that you no longer see",
        href=address("case", one.case) if opens else "", became=_became(one, process, stage, replaced, heard) if opens else "",
        given=how_given(one),
    )  # fmt: skip


def _about(one: Position) -> str:
    """ "Investigation report, version 2"; the safety action where it was about one."""
    if one.item:
        return f"{one.item.title} (text {one.item_revision})"
    return f"{one.version.paper.title}, version {one.version.number}" if one.version else ""


def _became(one: Position, process: Process, stage: Stage | None, replaced: bool, heard: Hearings) -> str:
    """What followed, in a sentence."""
    if replaced:
        return "You answered again later, and that answer counts."
    visit = one.visit
    if visit.is_live:
        return "It is not decided yet."
    if visit.outcome == DISSENT:
        who = "You" if one.stance == Stance.AGAINST else "A lay partner"
        return f"{who} disagreed. {_how_it_was_heard(visit, process, heard)}"
    if visit.outcome in _BY_RULE:
        return _BY_RULE[visit.outcome]
    way = stage.outcome(visit.outcome) if stage else None
    if way is None:
        return "It ended before it was decided."
    to = f"\u201c{process.title_of(way.to)}\u201d"
    return f"It went back to {to}." if way.back else f"It was agreed, and went on to {to}."


def _how_it_was_heard(visit: Visit, process: Process, heard: Hearings) -> str:
    """Who heard the disagreement, what they decided and why: of the last hearing, where one was held again."""
    last, number = None, visit.number + 1
    while (visit.case_id, number) in heard:
        last, number = heard[visit.case_id, number], number + 1
    way = process.stage(last.stage).outcome(last.outcome) if last else None
    if last is None or way is None:
        return "An executive must hear it before it can go on."
    who = last.chosen_by.person.name if last.chosen_by else "An executive"
    return f"{who} heard it and decided: {lower(way.words)}. The reason: {last.chosen_reason}"
