"""The vocabulary: what a process is made of. One process is one page written in these words.

Frozen dataclasses without Django that decide nothing: `agreement` counts, `law` and `route` compile, `soundness` proves.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from permissions.roles import Role
from workflows.calendar import WorkingDays
from workflows.facts import Fact
from workflows.questions import ASKS, EVIDENCE, HEARD, READY, SEEN, SIGN, SUPPORT, Answer, Ask, Stance
from workflows.sentences import Effect, Guard, effect, guard, later
from workflows.terms import Agreement, AtLeast, Every, Term, at_least, every

__all__ = [
    "ASKS", "EVIDENCE", "HEARD", "READY", "SEEN", "SIGN", "SUPPORT",
    "Agreement", "Answer", "AnyTime", "Ask", "AtLeast", "Dissent", "Effect", "Every", "Fact", "Final", "Guard", "Item",
    "Outcome", "Paper", "Process", "Seats", "Stage", "Stance", "Term", "at_least", "effect", "every", "guard",
]  # fmt: skip


@dataclass(frozen=True)
class Paper:
    """A kind of paper that a process has; `author` is the role that writes it."""

    code: str
    title: str
    author: Role


@dataclass(frozen=True)
class Item:
    """A kind of thing with a life of its own, on each of which a question can be put."""

    code: str
    title: str
    plural: str


@dataclass(frozen=True)
class Seats:
    """How many of a role a case has. `minimum` must be active for a stage that asks them; below `target` is flagged (R11).

    `offered_by` None: the holders of the office are seated when the case opens. `asked_at_opening`: whoever
    opens the case names the person. `trained_in`: what a lay person must be trained in to sit, a subject of
    `TrainingRecord`; empty where the seat is itself about training. `reply_within`: how long somebody has to answer an
    offer, where that is not the five working days of B1. `plain`: what the role is for here, where its card does not say it.
    """

    role: Role
    minimum: int = 1
    target: int = 1
    offered_by: Role | None = None
    asked_at_opening: bool = False
    trained_in: str = later("oversight")
    reply_within: WorkingDays | None = later(None)
    plain: str = later("")


TWO_WEEKS = WorkingDays(10)
MEASURES, EVALUATION = "measures", "evaluation"


@dataclass(frozen=True)
class Dissent:
    """Who hears a lay "do not support": makes a stage of its own behind the stage that names it (R3)."""

    heard_by: Role
    ref: str = ""
    within: WorkingDays = TWO_WEEKS


@dataclass(frozen=True)
class Outcome:
    """One way out of a stage. `decided_by` only where it differs from the stage's; `back`: returns to earlier work, so it is
    never guarded. `then`: what it does besides moving the case. `never_by`: not for whoever sits or sat in these roles (R18)."""

    code: str
    to: str
    words: str = ""
    only_if: tuple[Guard, ...] = ()
    reason: bool = False
    decided_by: Role | None = None
    back: bool = False
    then: tuple[Effect, ...] = later(())
    never_by: tuple[Role, ...] = later(())

    def __post_init__(self) -> None:
        if self.back and self.only_if:
            raise ValueError(f"Outcome {self.code!r} goes back, so it must not be guarded: nobody may be stuck.")


@dataclass(frozen=True)
class Stage:
    """One row of the table: `acts` prepares, `agreed_by` answers, `decided_by` chooses.

    `shows`: codes of facts set down before, which everybody reads who does anything here.
    A stage with `expires_when` and `expires_to` ends by the clock, on the first day on which the sentence is true, and does
    `expires_then` besides. `deals_with`: MEASURES or EVALUATION. `blind`: nobody reads another's answer before their own is in.
    """

    code: str
    title: str
    ref: str = ""
    plain: str = ""
    acts: Role | None = None
    paper: Paper | None = None
    records: tuple[Fact, ...] = ()
    ready_when: tuple[Guard, ...] = ()
    agreed_by: Agreement | None = None
    asks: Ask = SUPPORT
    decided_by: Role | None = None
    on_each: Item | None = None
    within: WorkingDays | None = None
    window: WorkingDays | None = None
    notice: WorkingDays | None = None
    check_in: WorkingDays | None = None
    choices: tuple[Outcome, ...] = ()
    passes_to: str = ""
    returns_to: str = ""
    dissent: Dissent | None = None
    hears: str = ""
    expires_when: Guard | None = later(None)
    expires_to: str = later("")
    expires_then: tuple[Effect, ...] = later(())
    deals_with: str = later("")
    blind: bool = later(False)
    shows: tuple[str, ...] = later(())

    def __post_init__(self) -> None:
        if self.deals_with not in ("", MEASURES, EVALUATION):
            raise ValueError(f"Stage {self.code!r} deals with {self.deals_with!r}, which nothing here knows.")

    @property
    def lay_required(self) -> bool:
        """R1: true when lay people must answer here."""
        return self.agreed_by is not None and self.agreed_by.lay_required

    @property
    def asks_to_agree(self) -> bool:
        """True when lay people decide here, and are not only asked to note it."""
        return self.lay_required and self.asks.weighs

    @property
    def outcomes(self) -> tuple[Outcome, ...]:
        """The written choices, or the one that `passes_to` is short for."""
        if self.choices or not self.passes_to:
            return self.choices
        return (Outcome("pass", self.passes_to, "Go on"),)

    def outcome(self, code: str) -> Outcome | None:
        """The outcome with this code, or None."""
        return next((way for way in self.outcomes if way.code == code), None)

    def decider_of(self, outcome: Outcome) -> Role | None:
        """Who chooses this outcome: its own decider, the stage's, or the actor on submission."""
        return outcome.decided_by or self.decided_by or self.acts

    @property
    def has_decision(self) -> bool:
        """True when somebody chooses after the answers are in, as a step of its own."""
        return self.decided_by is not None or any(way.decided_by for way in self.outcomes)

    @property
    def steps(self) -> tuple[str, ...]:
        """The steps of a stay here, in order: prepare, answer, decide; or wait, where only the clock acts."""
        found = ["prepare"] if self.acts else []
        found += ["answer"] if self.agreed_by else []
        found += ["decide"] if self.has_decision else []
        return tuple(found) or ("wait",)


@dataclass(frozen=True)
class AnyTime:
    """An act open at every stage, or `during` those named, and `only_if` the guards say so. `second` is the second key (four eyes).

    `effect` is one of "records", "ends" and "pauses": the case does not go on until `answered_by` has answered,
    `within` so many working days (R12). `heading`: what stands over its facts on the page of the case.
    """

    code: str
    title: str
    by: tuple[Role, ...]
    effect: str
    records: tuple[Fact, ...] = ()
    second: tuple[Role, ...] = ()
    to: str = ""
    during: tuple[str, ...] = later(())
    answered_by: Role | None = later(None)
    within: WorkingDays | None = later(None)
    only_if: tuple[Guard, ...] = later(())
    heading: str = later("")

    def is_open_in(self, stage: Stage) -> bool:
        """True when it can be done in this stage; a hearing counts as the stage whose disagreement it hears."""
        return not self.during or (stage.hears or stage.code) in self.during


@dataclass(frozen=True)
class Final:
    """An end. One that can be reached with no lay voice says why in writing."""

    code: str
    title: str
    without_lay: str = ""


@dataclass(frozen=True)
class Process:
    """One process, whole. `lay_entry_by` names the stage by whose end lay people must be in (R10).

    `begins_with`: what whoever opens the case sets down; `at_opening`: what opening does besides.
    """

    code: str
    title: str
    plain: str
    version: int
    seats: tuple[Seats, ...]
    stages: tuple[Stage, ...]
    ends: tuple[Final, ...]
    papers: tuple[Paper, ...] = ()
    items: tuple[Item, ...] = ()
    any_time: tuple[AnyTime, ...] = ()
    opened_by: tuple[Role, ...] = ()
    signed_by: Role | None = None
    lay_entry_by: str = ""
    within: WorkingDays | None = None
    begins_with: tuple[Fact, ...] = later(())
    at_opening: tuple[Effect, ...] = later(())

    @property
    def first(self) -> Stage:
        return self.stages[0]

    def stage(self, code: str) -> Stage:
        """The stage with this code. Raises KeyError."""
        return self._by_code[code]

    @cached_property
    def _by_code(self) -> dict[str, Stage]:
        return {stage.code: stage for stage in reversed(self.stages)}

    def stage_for(self, matter: str) -> Stage | None:
        """The stage that deals with MEASURES, or with the EVALUATION; None where this process has no such thing."""
        return next((stage for stage in self.stages if stage.deals_with == matter), None)

    def has_stage(self, code: str) -> bool:
        return code in self._by_code

    def final(self, code: str) -> Final | None:
        return next((end for end in self.ends if end.code == code), None)

    def title_of(self, state: str) -> str:
        """The title of a stage or an end."""
        if self.has_stage(state):
            return self.stage(state).title
        end = self.final(state)
        return end.title if end else state

    def seats_of(self, role: Role) -> Seats | None:
        return next((seats for seats in self.seats if seats.role == role), None)

    def paper(self, code: str) -> Paper | None:
        return next((paper for paper in self.papers if paper.code == code), None)

    def any_time_act(self, code: str) -> AnyTime | None:
        return next((act for act in self.any_time if act.code == code), None)

    def facts(self) -> Iterator[Fact]:
        """Every fact that can be set down, wherever it is asked."""
        yield from self.begins_with
        yield from (fact for stage in self.stages for fact in stage.records)
        yield from (fact for act in self.any_time for fact in act.records)

    def guards(self) -> Iterator[Guard]:
        """Every guard that the process names, once."""
        seen = {one.code: one for act in self.any_time for one in act.only_if}
        for stage in self.stages:
            clock = (stage.expires_when,) if stage.expires_when else ()
            for one in (*stage.ready_when, *clock, *(g for way in stage.outcomes for g in way.only_if)):
                seen.setdefault(one.code, one)
        return iter(seen.values())

    def every_effect(self) -> Iterator[Effect]:
        """Each effect wherever it is named, so one named twice comes twice."""
        yield from self.at_opening
        for stage in self.stages:
            yield from stage.expires_then
            yield from (one for way in stage.outcomes for one in way.then)

    def effects(self) -> Iterator[Effect]:
        """Every effect that the process names, once."""
        return iter({one.code: one for one in self.every_effect()}.values())
