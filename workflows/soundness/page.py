"""Is the page well written? Codes, targets, papers and facts: what has to hold before anything can be made of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from workflows.definition import AnyTime, Effect, Fact, Guard, Process, Stage
from workflows.facts import DAYS
from workflows.soundness.faults import (
    HALF_A_CLOCK,
    IDLE,
    NO_DISSENTER,
    NO_EFFECT,
    NO_ENTRY,
    NO_FIELD,
    NO_OPENER,
    NO_STAGE,
    NOWHERE,
    TWICE,
    TWO_GUARDS,
    TWO_QUESTIONS,
    TWO_WAYS,
    UNFIT,
    UNLISTED,
    Finding,
    found,
)
from workflows.ways import CHANGED, DISSENT, EXPIRED, OPPOSED

BLOCKING = frozenset(fault.code for fault in (NO_STAGE, TWICE, UNFIT, NOWHERE, IDLE, NO_DISSENTER))
"""Faults with which no law and no route can be made."""

FIT = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*\Z")
FACT_KINDS = ("text", "choice", "day", "yes_no")
RECORDS, ENDS, PAUSES = "records", "ends", "pauses"


def page(process: Process, reserved: frozenset[str]) -> Iterator[Finding]:
    """Every fault of the page as written. `reserved` are names that a case or a flow uses for something else."""
    if not process.stages or not process.ends:
        yield found(process, NO_STAGE, "it has no stage, or no end.")
    yield from _codes(process, reserved)
    yield from _targets(process)
    for stage in process.stages:
        yield from _card(process, stage)
    yield from _facts(process)
    yield from _shown(process)
    yield from _guards(process)
    yield from _acts(process)
    if process.lay_entry_by and not process.has_stage(process.lay_entry_by):
        yield found(process, NO_ENTRY, f"lay people must be in by {process.lay_entry_by!r}, which is no stage.")
    if not process.opened_by:
        yield found(process, NO_OPENER, "opened_by is empty.")


def _codes(process: Process, reserved: frozenset[str]) -> Iterator[Finding]:
    states = [stage.code for stage in process.stages] + [end.code for end in process.ends]
    lists: list[tuple[str, list[str]]] = [
        ("a stage or an end", states),
        ("the seats of a role", [seats.role.code for seats in process.seats]),
        ("a paper", [paper.code for paper in process.papers]),
        ("an item", [item.code for item in process.items]),
        ("an act open at every stage", [act.code for act in process.any_time]),
    ]
    for what, codes in lists:
        for code in _repeated(codes):
            yield found(process, TWICE, f"{code!r} is {what} twice.")
    for stage in process.stages:
        for code in _repeated([*_ours(process), *(way.code for way in stage.outcomes)]):
            yield found(process, TWICE, f"{code!r} is the code of two ways out.", stage.code)
    outcomes = [way.code for stage in process.stages for way in stage.outcomes]
    for code in dict.fromkeys([*states, *outcomes, *(act.code for act in process.any_time)]):
        if not FIT.match(code) or (code in reserved and code in states):
            yield found(process, UNFIT, f"the code {code!r} cannot be stored safely.")


def _ours(process: Process) -> list[str]:
    """Codes of ways out that the rules add to a page."""
    return [DISSENT, OPPOSED, CHANGED, EXPIRED, *(act.code for act in process.any_time if act.effect == ENDS)]


def _targets(process: Process) -> Iterator[Finding]:
    known = {stage.code for stage in process.stages} | {end.code for end in process.ends}
    for stage in process.stages:
        for target in [*(way.to for way in stage.outcomes), *filter(None, (stage.returns_to, stage.expires_to))]:
            if target not in known:
                yield found(process, NOWHERE, f"it leads to {target!r}, which is no stage and no end.", stage.code)
    for act in process.any_time:
        if act.to and act.to not in known:
            yield found(process, NOWHERE, f"the act {act.code!r} leads to {act.to!r}, which is no stage and no end.")
        for code in act.during:
            if not process.has_stage(code):
                yield found(process, NOWHERE, f"the act {act.code!r} is open during {code!r}, which is no stage.")


def _card(process: Process, stage: Stage) -> Iterator[Finding]:
    """One stage card, by itself."""
    if stage.steps == ("wait",) and not stage.expires_to:
        yield found(process, IDLE, "nobody acts, agrees or decides.", stage.code)
    if (stage.expires_when is None) != (not stage.expires_to):
        yield found(process, HALF_A_CLOCK, "it has one of expires_when and expires_to.", stage.code)
    lay = stage.agreed_by.lay_roles if stage.agreed_by else ()
    if stage.dissent and not (lay and stage.asks.dissents):
        yield found(process, NO_DISSENTER, "it has a Dissent, but asks no lay role a question to disagree with.", stage.code)
    if stage.choices and stage.passes_to:
        yield found(process, TWO_WAYS, "passes_to is written beside choices.", stage.code)
    if stage.paper and stage.paper not in process.papers:
        yield found(process, UNLISTED, f"the paper {stage.paper.code!r} is not listed.", stage.code)
    if stage.on_each and stage.on_each not in process.items:
        yield found(process, UNLISTED, f"the item {stage.on_each.code!r} is not listed.", stage.code)


def _facts(process: Process) -> Iterator[Finding]:
    """A case keeps one value per code, so one code is one question, wherever it is asked."""
    seen: dict[str, Fact] = {}
    for where, facts in _recorded(process):
        for code in _repeated(fact.code for fact in facts):
            yield found(process, TWICE, f"the fact {code!r} is asked for twice.", where)
        for fact in facts:
            if seen.setdefault(fact.code, fact) != fact:
                yield found(process, TWO_QUESTIONS, f"the fact {fact.code!r} is another question elsewhere.", where)
            if fact.kind not in FACT_KINDS or (fact.kind == "choice") != bool(fact.choices):
                yield found(process, NO_FIELD, f"the fact {fact.code!r} is of the kind {fact.kind!r}.", where)
            if fact.days not in DAYS or (fact.days and fact.kind != "day"):
                yield found(process, NO_FIELD, f"the fact {fact.code!r} may name the days {fact.days!r}.", where)
            if fact.needed_if and not _can_be_given(*fact.needed_if, facts):
                yield found(process, NO_FIELD, f"nothing asked beside {fact.code!r} can be {fact.needed_if!r}.", where)


def _shown(process: Process) -> Iterator[Finding]:
    known = {fact.code for fact in process.facts()}
    for stage in process.stages:
        for code in stage.shows:
            if code not in known:
                yield found(process, NO_FIELD, f"it shows the fact {code!r}, which is asked nowhere.", stage.code)


def _can_be_given(code: str, value: str, facts: tuple[Fact, ...]) -> bool:
    """Whether a fact with this code is asked, and can have this value."""
    return any(fact.code == code and (value in dict(fact.choices) or fact.kind == "yes_no") for fact in facts)


def _recorded(process: Process) -> Iterator[tuple[str, tuple[Fact, ...]]]:
    yield from ((stage.code, stage.records) for stage in process.stages)
    yield from ((act.code, act.records) for act in process.any_time)
    yield "", process.begins_with


def _guards(process: Process) -> Iterator[Finding]:
    seen: dict[str, Guard] = {}
    for stage in process.stages:
        clock = (stage.expires_when,) if stage.expires_when else ()
        for one in (*stage.ready_when, *clock, *(one for way in stage.outcomes for one in way.only_if)):
            first = seen.setdefault(one.code, one)
            if first != one or first.test is not one.test:
                yield found(process, TWO_GUARDS, f"{one.code!r} is the code of two guards.", stage.code)
    done: dict[str, Effect] = {}
    for effect in process.every_effect():
        if done.setdefault(effect.code, effect).do is not effect.do or effect.code in seen:
            yield found(process, TWO_GUARDS, f"{effect.code!r} is the code of two guards or effects.")


def _acts(process: Process) -> Iterator[Finding]:
    for act in process.any_time:
        if not _has_effect(process, act):
            yield found(process, NO_EFFECT, f"the act {act.code!r} has the effect {act.effect!r}, and nothing to show for it.")


def _has_effect(process: Process, act: AnyTime) -> bool:
    if act.effect == ENDS:
        return process.final(act.to) is not None
    if act.effect == PAUSES:
        return act.answered_by is not None and act.within is not None
    return act.effect == RECORDS and bool(act.records)


def _repeated(codes: Iterable[str]) -> list[str]:
    seen: set[str] = set()
    return list(dict.fromkeys(code for code in codes if code in seen or seen.add(code)))  # type: ignore[func-returns-value]
