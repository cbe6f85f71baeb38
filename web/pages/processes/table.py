"""A process as a table in plain words, made from its whole definition: who acts, who must agree, by when, where it leads."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from web.design_system.words import count
from web.pages.cases.wording import lower, names, number
from workflows.definition import Agreement, Every, Outcome, Process, Stage
from workflows.pictures.words import POLICY, never_words
from workflows.signals.rungs import in_words, powers


@dataclass(frozen=True)
class StageRow:
    """One stage. `rights` are what lay partners have a right to here."""

    code: str
    title: str
    ref: str
    plain: str
    who: tuple[str, ...]
    needs: tuple[str, ...]
    leads: tuple[str, ...]
    rights: tuple[str, ...]
    within_another: bool


@dataclass(frozen=True)
class ProcessTable:
    """A whole process: its stages, who sits, its ends, what may be done at any time, and how much power it gives lay people."""

    title: str
    plain: str
    version: int
    length: str
    stages: tuple[StageRow, ...]
    seats: tuple[tuple[str, str, str], ...]
    ends: tuple[tuple[str, str], ...]
    any_time: tuple[tuple[str, str], ...]
    power: tuple[str, ...]
    policy: tuple[str, ...] = POLICY


def process_table(process: Process) -> ProcessTable:
    """The table of an expanded process."""
    return ProcessTable(
        title=process.title,
        plain=process.plain,
        version=process.version,
        length=str(process.within) if process.within else "",
        stages=tuple(_row(process, stage) for stage in process.stages),
        seats=tuple(_seat(process, index) for index in range(len(process.seats))),
        ends=tuple((end.title, end.without_lay) for end in process.ends),
        any_time=tuple((act.title, _any_time(process, act.code)) for act in process.any_time),
        power=tuple(in_words(one) for one in powers(process)),
    )


def _row(process: Process, stage: Stage) -> StageRow:
    return StageRow(
        code=stage.code,
        title=stage.title,
        ref=stage.ref,
        plain=stage.plain,
        who=(*_who(stage), *(_agrees(stage.agreed_by) if stage.agreed_by else ())),
        needs=(*_times(stage), *(one.sentence for one in stage.ready_when)),
        leads=tuple(_leads(process, stage)),
        rights=tuple(_rights(stage)),
        within_another=bool(stage.hears),
    )


def _who(stage: Stage) -> Iterator[str]:
    if stage.acts:
        yield f"{stage.acts.title} prepares it" if stage.agreed_by or stage.has_decision else stage.acts.title
    for role in dict.fromkeys(stage.decider_of(way) for way in stage.outcomes) if stage.has_decision else ():
        if role:
            yield f"{role.title} decides"


def _agrees(agreement: Agreement) -> Iterator[str]:
    """Each term as a sentence: "Every Patient Safety Partner answers"."""
    for term in agreement.terms:
        if isinstance(term, Every):
            yield f"Every {term.who.title} answers"
        else:
            yield f"At least {number(term.count)} {term.who.title} is for it"


def _times(stage: Stage) -> Iterator[str]:
    if stage.within:
        yield f"Within {stage.within}"
    if stage.check_in:
        yield f"Looked at every {stage.check_in}"
    if stage.notice:
        yield f"The paper is there {stage.notice} before"
    if stage.window:
        yield f"{stage.window} to comment"


def _leads(process: Process, stage: Stage) -> Iterator[str]:
    """Where it can go from here; what an outcome asks for stands behind it."""
    for way in stage.outcomes:
        to = lower(process.title_of(way.to))
        only = f". The rule: {'; '.join(lower(one.sentence) for one in way.only_if)}" if way.only_if else ""
        only += f". {never_words(way).capitalize()}" if way.never_by else ""
        yield f"{_words(way)}: {to}{only}" if way.words else f"{process.title_of(way.to)}{only}"
    if stage.expires_when:
        yield f"When {lower(stage.expires_when.sentence)}: {lower(process.title_of(stage.expires_to))}"
    if stage.dissent:
        yield f"A lay partner does not support it: the {lower(stage.dissent.heard_by.title)} hears the disagreement"
    if stage.agreed_by and stage.returns_to not in ("", stage.code):
        yield f"Not agreed: back to \u201c{lower(process.title_of(stage.returns_to))}\u201d"


def _words(way: Outcome) -> str:
    return f"{way.words}, with reasons" if way.reason else way.words


def _rights(stage: Stage) -> Iterator[str]:
    """What a lay partner can hold the organisation to in this stage."""
    if not stage.lay_required or stage.agreed_by is None:
        return
    who = names(f"every {role.title}" for role in stage.agreed_by.lay_roles)
    if stage.hears:
        yield "Every lay partner who disagreed is met in person, and says whether they were heard."
        return
    yield f"It cannot go on until {who} has answered. Silence is not an answer."
    if stage.notice:
        yield f"The paper is there {stage.notice} before. Only lay partners themselves can shorten that."
    if stage.blind:
        yield "Nobody reads what others answered before their own answer is in."
    if stage.paper:
        yield "Everybody gets the same paper at the same moment, with a summary in plain language."
    if stage.dissent:
        yield "One lay \u201cI do not support it\u201d stops it, until it is heard and answered in writing."


def _seat(process: Process, index: int) -> tuple[str, str, str]:
    """(title, how many and how they come, what the role is for)."""
    seats = process.seats[index]
    many = f"{seats.target} wanted, at least {seats.minimum}" if seats.target != seats.minimum else count(seats.target, "seat")
    how = f"asked by the {seats.offered_by.title.lower()}" if seats.offered_by else "named when the case opens"
    if seats.role.office:
        how = "by office, outside the group"
    many = "as many as wanted" if not seats.target else many
    return (
        seats.role.title + (" (lay)" if seats.role.lay else ""),
        f"{many[:1].upper()}{many[1:]}, {how}",
        seats.plain or seats.role.plain,
    )


def _any_time(process: Process, code: str) -> str:
    act = process.any_time_act(code)
    if act is None:
        return ""
    who = names(role.title.lower() for role in act.by)
    second = f" A second person must agree: {names(role.title.lower() for role in act.second)}." if act.second else ""
    held = (
        f" Nothing goes on until the {lower(act.answered_by.title)} has answered, within {act.within}." if act.answered_by else ""
    )
    return f"By: {who}.{second}{held}"
