"""What a person sees after saying what they think: what was recorded, who sees it, and what comes next."""

from __future__ import annotations

from collections.abc import Iterable

from cases.models import Person, Visit
from web.design_system import words
from web.pages.cases.wording import must_be_answered_before, names
from web.pages.record.withheld import readers_of
from web.pages.stages.consequences import holder
from web.pages.stages.history import Said, said_in
from workflows.definition import Stage
from workflows.look import Look
from workflows.standing import disagreeing, owing, standing, waits
from workflows.ways import DISSENT

UNALTERED = "What you wrote stays in the record unaltered, whatever is decided."


class SaidPage:
    """After an answer, in one visit. While the disagreement is open it says, each time, who must hear it."""

    title = "What you said is in the record"

    def __init__(self, look: Look, person: Person, visit: Visit) -> None:
        self._look, self._person, self._visit = look, person, visit
        self._stage = look.process.stage(visit.stage)
        self.said = _last_of_each(said for said in said_in(look, person, [visit]) if said.person_id == person.pk)

    @property
    def lines(self) -> list[str]:
        """What comes next, and who sees what was said."""
        seen = f"{readers_of(self._look)} Nobody can change it."
        return [*self._disagreement(), *self._owed(), *self._next(), seen]

    def _owed(self) -> list[str]:
        """R7: words that came with a yes are owed an answer."""
        if not any(one.owed for one in self.said):
            return []
        return [f"What you wrote is a comment, and must be answered {must_be_answered_before(self._look.process)}."]

    # R3: until it is decided, it does not go on, somebody must hear it, and the words stand

    def _disagreement(self) -> list[str]:
        stage = self._look.stage
        if stage is None or (stage.hears or stage.code) != (self._stage.hears or self._stage.code):
            return []
        if any(seat.pk in disagreeing(self._look) for seat in self._look.seats_of(self._person.pk)):
            stopped = [] if self._is_answered(stage) else ["You do not support it, so it cannot go on."]
            return [*stopped, self._hearing(stage), UNALTERED]
        return [self._hearing(stage)] if stage.hears else []

    def _is_answered(self, stage: Stage) -> bool:
        """Whether the executive has met the partner, so that only "were you heard?" is left."""
        live = self._look.visit
        return bool(stage.hears and live and live.step != Visit.Step.PREPARE)

    def _hearing(self, stage: Stage) -> str:
        """Who hears the partner, and by when."""
        live, heard_by = self._look.visit, stage.acts if stage.hears else stage.dissent and stage.dissent.heard_by
        who = holder(self._look, heard_by) if heard_by else "An executive"
        own = any(seat.pk in disagreeing(self._look) for seat in self._look.seats_of(self._person.pk))
        whom = "you" if own else "the partner who disagrees"
        must = f"{who} must meet {whom} and answer in writing"
        if not stage.hears:
            within = f", within {stage.dissent.within}" if stage.dissent else ""
            return f"As soon as every lay partner has answered, {must}{within}."
        if self._is_answered(stage):
            return f"{who} has met {whom} and has answered in writing."
        return f"{must}, by {words.day(live.due_on)}." if live and live.due_on else f"{must}."

    # What comes next

    def _next(self) -> list[str]:
        live, stage = self._look.visit, self._look.stage
        if live is not None and live.pk == self._visit.pk:
            return self._waiting(live)
        if stage is None:
            return [f"The case has come to its end: {self._look.process.title_of(self._look.case.state)}."]
        if self._visit.outcome == DISSENT:  # not everyone: it is heard as soon as every lay partner has answered
            return [f"The case now stands at \u201c{stage.title}\u201d."]
        return [f"Everyone has answered. The case has moved on to \u201c{stage.title}\u201d."]

    def _waiting(self, live: Visit) -> list[str]:
        people = [seat.person.name for seat in owing(self._look)]
        if people:
            by = f" by {words.day(live.due_on)}" if live.due_on else ""
            return [f"Now it waits for {names(people)} to answer{by}."]
        held = [wait.verdict.reason for wait in waits(self._look)]
        return ["Everyone has answered.", *held] if held else [standing(self._look).why or "It waits."]


def _last_of_each(answers: Iterable[Said]) -> list[Said]:
    last: dict[str, Said] = {said.about: said for said in answers}
    return list(last.values())
