"""What a person said, on which exact version, and what came of it (R15). Their own words stay theirs when a seat has ended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef

from cases.models import Person, Position
from permissions.scope import visible_cases
from web.pages.cases.found import address
from workflows.definition import Process, Stage
from workflows.registry import process_of
from workflows.ways import CHANGED, DISSENT, OPPOSED

MOST = 50
"""Answers on the page, the newest first; the record of each case has them all."""

_BY_RULE = {
    DISSENT: "A lay partner disagreed. An executive had to hear it before it could go on.",
    OPPOSED: "It was not agreed, and went back.",
    CHANGED: "The text was changed, and everybody was asked about the new one.",
}


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


def what_was_said(person: Person, at: datetime) -> list[Said]:
    """The newest answers. One statement."""
    may_open = visible_cases(person, at).filter(pk=OuterRef("case_id"))
    found = Position.objects.filter(person=person).annotate(may_open=Exists(may_open))
    found = found.select_related("visit", "version__paper", "case__organisation", "item").order_by("-at", "-number", "-id")
    told, later = list[Said](), set[tuple[object, object]]()
    for one in found[:MOST]:
        told.append(_told(one, (one.visit_id, one.item_id) in later))
        later.add((one.visit_id, one.item_id))
    return told


def _told(one: Position, replaced: bool) -> Said:
    process = process_of(one.case.process, one.case.definition_version)
    stage = process.stage(one.visit.stage) if process.has_stage(one.visit.stage) else None
    option = stage.asks.answer(one.answer) if stage else None
    opens = one.may_open  # type: ignore[attr-defined]
    return Said(
        at=one.at, answer=option.words if option else one.answer, stage=process.title_of(one.visit.stage),
        about=_about(one) if opens else "", text=one.text,
        case=f"{one.case.title}, {one.case.reference}" if opens else f"{one.case.reference}, a case that you no longer see",
        href=address("case", one.case) if opens else "", became=_became(one, process, stage, replaced) if opens else "",
    )  # fmt: skip


def _about(one: Position) -> str:
    """ "Investigation report, version 2"; the safety action where it was about one."""
    if one.item:
        return f"{one.item.title} (text {one.item_revision})"
    return f"{one.version.paper.title}, version {one.version.number}" if one.version else ""


def _became(one: Position, process: Process, stage: Stage | None, replaced: bool) -> str:
    """What followed, in a sentence."""
    if replaced:
        return "You answered again later, and that answer counts."
    visit = one.visit
    if visit.is_live:
        return "It is not decided yet."
    if visit.outcome in _BY_RULE:
        return _BY_RULE[visit.outcome]
    way = stage.outcome(visit.outcome) if stage else None
    if way is None:
        return "It ended before it was decided."
    to = f"\u201c{process.title_of(way.to)}\u201d"
    return f"It went back to {to}." if way.back else f"It was agreed, and went on to {to}."
