"""How much power a process really gives its lay people: the rung of the ladder, worked out from the definition, never claimed.

The ladder is Arnstein's (1969), of eight rungs; the spectrum is that of the IAP2. The rung of a process is the one that holds
wherever it asks them to decide something, so the lowest of those; where they have more, that stage is named.
Imports no Django.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from functools import cached_property

from permissions.roles import Role
from workflows.definition import AtLeast, Outcome, Process, Stage, Stance
from workflows.expansion import dissent_code
from workflows.ways import EXPIRED, reached, ways

RUNGS = 8
"""On Arnstein's ladder. The two at the bottom (manipulation, therapy) and the one at the top (citizen control) are nothing that
a process of these words can be."""


class Rung(Enum):
    """A rung: its name, its number, the word of the IAP2 spectrum for it, and what it is in plain words."""

    INFORMING = ("informing", 3, "inform", "they are told, and asked nothing")
    CONSULTATION = ("consultation", 4, "consult", "they are asked, and it can end the same whatever they say")
    PLACATION = ("placation", 5, "involve", "nothing goes on without their answer, but somebody else may decide against it")
    PARTNERSHIP = ("partnership", 6, "collaborate", "nothing goes on against their no")
    DELEGATED_POWER = ("delegated power", 7, "empower", "they decide")

    def __init__(self, title: str, number: int, iap2: str, plain: str) -> None:
        self.title, self.number, self.iap2, self.plain = title, number, iap2, plain


@dataclass(frozen=True)
class Power:
    """What one lay role can do in one expanded process."""

    whole: Process
    role: Role

    @cached_property
    def decisions(self) -> tuple[tuple[Stage, Rung], ...]:
        """The stages in which they can say no, or choose, and the rung that each gives."""
        found = ((stage, self._rung_of(stage)) for stage in self.whole.stages if not stage.hears)
        return tuple((stage, rung) for stage, rung in found if rung)

    @cached_property
    def silent_ends(self) -> tuple[str, ...]:
        """The ends to which a case can come with no decision of theirs, in the order of the page."""
        skipped = frozenset(code for stage, _ in self.decisions for code in (stage.code, dissent_code(stage.code)))
        left: dict[str, set[str]] = {}
        for origin, outcome, target in ways(self.whole):
            if not self._is_theirs(origin, outcome):
                left.setdefault(origin, set()).add(target)
        seen = reached({code: frozenset(to) for code, to in left.items()}, self.whole.first.code, without=skipped)
        return tuple(end.code for end in self.whole.ends if end.code in seen)

    @property
    def is_gone_round(self) -> bool:
        """An end that no written reason excuses is reached with no decision of theirs, or every end is."""
        unexcused = [end.code for end in self.whole.ends if end.code in self.silent_ends and not end.without_lay.strip()]
        return bool(unexcused) or len(self.silent_ends) == len(self.whole.ends)

    @property
    def is_asked(self) -> bool:
        """Whether any stage asks them anything."""
        return bool(self.decisions) or any(self.role in stage.agreed_by.roles for stage in self.whole.stages if stage.agreed_by)

    @property
    def rung(self) -> Rung:
        """The rung that holds wherever they are asked to decide."""
        if not self.is_asked:
            return Rung.INFORMING
        if self.is_gone_round or not self.decisions:
            return Rung.CONSULTATION
        return min((rung for _, rung in self.decisions), key=lambda rung: rung.number)

    @property
    def higher(self) -> tuple[tuple[Stage, Rung], ...]:
        """The stages that give them more than that."""
        return tuple((stage, rung) for stage, rung in self.decisions if rung.number > self.rung.number and not self.is_gone_round)

    @property
    def begins(self) -> bool:
        """Whether they can open a case (R12)."""
        return self.role in self.whole.opened_by

    @property
    def stops(self) -> bool:
        """Whether they can stop the work until they are answered (R12)."""
        return any(act.effect == "pauses" and self.role in act.by for act in self.whole.any_time)

    # How it is worked out

    def _rung_of(self, stage: Stage) -> Rung | None:
        """None where they can neither say no nor choose."""
        if self._choose_alone(stage):
            return Rung.DELEGATED_POWER
        if not self._can_refuse(stage):
            return None
        return Rung.PLACATION if self._is_overruled(stage) else Rung.PARTNERSHIP

    def _choose_alone(self, stage: Stage) -> bool:
        """Every way out is theirs to choose, there is more than one, and no member of staff has to agree."""
        deciders = {stage.decider_of(way) for way in stage.outcomes}
        asked = stage.agreed_by.roles if stage.agreed_by else ()
        return len(stage.outcomes) > 1 and deciders == {self.role} and all(role.lay for role in asked)

    def _can_refuse(self, stage: Stage) -> bool:
        """Their no is an answer, or a decision needs one of them to be for it and they may leave that open."""
        if stage.agreed_by is None or self.role not in stage.agreed_by.roles:
            return False
        stances = {answer.stance for answer in stage.asks.answers}
        needed = any(isinstance(term, AtLeast) and term.who == self.role for term in stage.agreed_by.terms)
        return Stance.AGAINST in stances or (stage.asks.weighs and needed and stances != {Stance.FOR})

    def _is_overruled(self, stage: Stage) -> bool:
        """Their no is heard by somebody who may go on in spite of it (R3)."""
        if not stage.asks.dissents:
            return False
        hearing = next((one for one in self.whole.stages if one.hears == stage.code), None)
        return hearing is None or any(hearing.decider_of(way) != self.role for way in hearing.outcomes if not way.back)

    def _is_theirs(self, origin: str, outcome: str) -> bool:
        """A way out that nobody but they can take. What the clock does is nobody's."""
        stage = self.whole.stage(origin)
        way: Outcome | None = stage.outcome(outcome)
        if way is None or outcome == EXPIRED:
            return False
        return self.role in (stage.acts, stage.decider_of(way))


def powers(whole: Process) -> tuple[Power, ...]:
    """What each lay role of an expanded process can do, in the order of its seats."""
    return tuple(Power(whole, seats.role) for seats in whole.seats if seats.role.lay)


def in_words(power: Power) -> str:
    """The rung and why, in plain words, for a page and a printed table."""
    return " ".join(_sentences(power))


def _sentences(power: Power) -> Iterator[str]:
    rung = power.rung
    yield (
        f"On Arnstein\u2019s ladder of {RUNGS} rungs this process gives a {power.role.title} rung {rung.number}, {rung.title} "
        f"(\u201c{rung.iap2}\u201d on the IAP2 spectrum): {rung.plain}."
    )
    for stage, higher in power.higher:
        yield f"At \u201c{stage.title}\u201d it is rung {higher.number}, {higher.title}: {higher.plain}."
    also = [words for can, words in ((power.begins, "begin a case"), (power.stops, "stop the work until they are answered")) if can]
    if also:
        yield f"They can {' and '.join(also)}."
    around = [f"\u201c{power.whole.title_of(code)}\u201d" for code in power.silent_ends]
    if around and rung.number > Rung.CONSULTATION.number:
        yield f"Without a decision of theirs it can end only as {' or '.join(around)}."
