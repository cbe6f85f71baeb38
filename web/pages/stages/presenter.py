"""What the people see who prepare a stage and who decide it: what must be ready, which text it is about, the ways on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from cases.models import Person, Visit
from permissions.roles import Role, title_of
from permissions.verdict import Verdict
from web.design_system import words
from web.pages.cases.found import address
from web.pages.cases.wording import asked, lower, names, one_of
from web.pages.papers.presenter import VersionBlock, version_block
from web.pages.people.forming import Forming, forms_the_group
from web.pages.stages.consequences import holder
from web.pages.stages.fact_form import told, told_before
from web.pages.stages.history import CameBack, since_last_time
from web.pages.stages.mending import Line, Mending
from workflows.available import readiness, to_decide
from workflows.definition import Outcome, Stage
from workflows.look import Look
from workflows.may import decider, may_choose, may_submit, moment_of, verdicts_on
from workflows.offers import REASON
from workflows.standing import flags


@dataclass(frozen=True)
class ClosedWay:
    """A way on that is not open now, and what stands in its way."""

    words: str
    verdicts: list[Verdict]


class StagePage:
    """What every page of a stage shows."""

    looks_closely = False
    """Whether the conditions of each person of the group are shown, where it is formed."""

    def __init__(self, look: Look, person: Person, visit: Visit) -> None:
        self.look, self.person, self.visit = look, person, visit
        self.stage: Stage = look.process.stage(visit.stage)
        self.is_live = look.visit is not None and look.visit.pk == visit.pk

    @property
    def title(self) -> str:
        return self.stage.title

    @property
    def due(self) -> str:
        on = self.visit.due_on
        return words.due(on, self.look.calendar.between(self.look.today, on), self.look.today) if on else ""

    @property
    def before(self) -> list[tuple[str, str]]:
        """What was set down earlier and matters here."""
        return told_before(self.look, self.stage)

    @property
    def came_back(self) -> list[CameBack]:
        return since_last_time(self.look, self.visit)

    @property
    def forming(self) -> Forming | None:
        """The group as it stands, where the work of the stage is to fill its seats."""
        return Forming(self.look, self.person, self.looks_closely) if forms_the_group(self.look, self.stage) else None

    @cached_property
    def paper(self) -> VersionBlock | None:
        """The version that the stage is about: the newest that was released."""
        version = self.look.latest_released(self.stage.paper.code) if self.stage.paper else None
        return version_block(self.look, self.person, version) if version else None

    def done_words(self, answers: dict[str, Any]) -> str:
        """What the person has just done."""
        way = self.stage.outcome(str(answers.get("outcome", "")))
        return f"Done: {lower(self.stage.title)}{f' ({lower(way.words)})' if way else ''}."


class SubmitPage(StagePage):
    """The actor's part of a stage."""

    template = "pages/stages/submit.jinja"

    @property
    def verdicts(self) -> list[Verdict]:
        """The door's verdicts, as if the form had been filled in; the first refusing ones say whose part this is."""
        with self._filled_in():
            return self._judged[1]

    @property
    def has_part(self) -> bool:
        """False for somebody whose part this is not, and on a page that is out of date."""
        with self._filled_in():
            return self._judged[0] is not None

    @property
    def _judged(self) -> tuple[Any, list[Verdict]]:
        way = next((way for way in self.stage.outcomes if way.back), None) or next(iter(self.stage.outcomes), None)
        version = self.look.latest_released(self.stage.paper.code) if self.stage.paper else None
        outcome = "" if self.stage.has_decision or way is None else (self.open_ways or [way])[0].code
        return may_submit(self.look, self.person, self.visit.pk, outcome, version.pk if version else None, REASON)

    @contextmanager
    def _filled_in(self) -> Iterator[None]:
        """What the form will ask for is not held against the person who has yet to fill it in."""
        before = self.look.pending
        self.look.pending = {fact.code: REASON for fact in self.stage.records}
        try:
            yield
        finally:
            self.look.pending = before

    @property
    def checklist(self) -> list[Verdict]:
        """What must be ready before it can be sent, met or not."""
        return list(readiness(self.look))

    @property
    def is_ready(self) -> bool:
        return all(self.verdicts)

    @property
    def blocking(self) -> list[Verdict]:
        """What stands in the way and is not in the checklist."""
        shown = {verdict.reason for verdict in self.checklist}
        return [verdict for verdict in self.verdicts if not verdict and verdict.reason not in shown]

    @property
    def wanted(self) -> list[Line]:
        """All of it, each thing with the way to mend it or who can: for the page that has no button."""
        guards = (*self.stage.ready_when, *(guard for way in self.stage.outcomes for guard in way.only_if))
        return Mending(self.look, self.person, self.stage).lines(guards, [*self.checklist, *self.blocking])

    @cached_property
    def choosing(self) -> tuple[Outcome, ...]:
        """The ways among which the actor chooses; none where there is one way, or somebody else decides."""
        several = len(self.stage.outcomes) > 1 and not self.stage.has_decision
        return self.stage.outcomes if several else ()

    @cached_property
    def open_ways(self) -> list[Outcome]:
        with self._filled_in():
            return [way for way in self.choosing if all(verdicts_on(self.look, way, self.person))]

    @property
    def closed_ways(self) -> list[ClosedWay]:
        with self._filled_in():
            return [
                ClosedWay(way.words, verdicts_on(self.look, way, self.person)) for way in self.choosing if way not in self.open_ways
            ]

    @property
    def options(self) -> dict[str, Any]:
        """What the form is made with."""
        version = self.look.latest_released(self.stage.paper.code) if self.stage.paper else None
        in_hand = self.is_live and self.visit.step == Visit.Step.PREPARE
        return {
            "records": self.stage.records,
            "stored": {} if self.stage.hears else self.look.case.facts,
            "moment": moment_of(self.look) if in_hand else None,
            "ways": self.open_ways if in_hand else self.choosing,
            "initial": {"version": str(version.pk) if version else ""},
        }

    @property
    def items_href(self) -> str:
        return address("actions", self.look.case) if self.stage.on_each else ""

    @property
    def trainings_href(self) -> str:
        """Where each training of the case is, with what is still to be done about it; empty in a process without any."""
        trains = any(item.code == "training" for item in self.look.process.items)
        return f"{address('case', self.look.case)}#training" if trains else ""

    @property
    def next_lines(self) -> list[str]:
        """What happens once it is sent."""
        stage = self.stage
        if self.choosing and not stage.agreed_by:
            return [
                f"\u201c{way.words}\u201d: the case goes to \u201c{self.look.process.title_of(way.to)}\u201d."
                for way in self.open_ways
            ]
        if stage.agreed_by:
            people = [seat.person.name for role in stage.agreed_by.roles for seat in self.look.voting(role)]
            return [f"{names(people)} will be asked: {lower(asked(stage))}."]
        if stage.has_decision:
            return self._then_decided()
        return [f"The case then goes on to \u201c{self.look.process.title_of(stage.outcomes[0].to)}\u201d."]

    def _then_decided(self) -> list[str]:
        """Who decides after this part; each way by itself where it is not the same people for all."""
        ways = [(way.words, self._any_holder(role)) for way in self.stage.outcomes if (role := self.stage.decider_of(way))]
        who = list(dict.fromkeys(people for _, people in ways))
        if len(who) == 1:
            return [f"Then {who[0]} decides how it goes on."]
        return [
            "Then it is decided how it goes on.",
            *(f"\u201c{words}\u201d is for {people} to decide." for words, people in ways),
        ]

    def _any_holder(self, role: Role) -> str:
        """Whoever sits in a role, any one of whom will do; the role itself where nobody does."""
        seated = [seat.person.name for seat in self.look.voting(role)]
        return one_of(seated) if seated else f"the {lower(role.title)}"

    def confirm_words(self, answers: dict[str, Any]) -> str:
        """The words on the button that does it."""
        way = self.stage.outcome(str(answers.get("outcome", "")))
        return way.words if way else "Send"


class DecidePage(StagePage):
    """A decision among the ways on."""

    looks_closely = True

    @property
    def title(self) -> str:
        return to_decide(self.stage)

    @cached_property
    def mine(self) -> list[Outcome]:
        """The ways that are this person's to choose."""
        return [way for way in self.stage.outcomes if self.is_live and decider(self.look, self.stage, way, self.person)[0]]

    @cached_property
    def open_ways(self) -> list[Outcome]:
        return [way for way in self.mine if all(self.verdicts_on(way))]

    def verdicts_on(self, way: Outcome) -> list[Verdict]:
        """The door's verdicts on a way, as if a reason had been given."""
        return may_choose(self.look, self.person, self.visit.pk, way.code, REASON)[2]

    @property
    def closed_ways(self) -> list[ClosedWay]:
        return [ClosedWay(way.words, self.verdicts_on(way)) for way in self.mine if way not in self.open_ways]

    @property
    def ways_of_others(self) -> list[tuple[str, str]]:
        """The ways that are for somebody else, and for whom."""
        rest = [(way, self.stage.decider_of(way)) for way in self.stage.outcomes if way not in self.mine]
        return [(way.words, holder(self.look, role)) for way, role in rest if role]

    @property
    def verdicts(self) -> list[Verdict]:
        """Whether the page is for this person now."""
        ways = self.mine or list(self.stage.outcomes)
        return self.verdicts_on(ways[0]) if not self.mine else []

    @property
    def options(self) -> dict[str, Any]:
        in_hand = self.is_live and self.visit.step == Visit.Step.DECIDE
        return {"ways": self.open_ways if in_hand else list(self.stage.outcomes)}

    @property
    def set_down(self) -> list[tuple[str, str]]:
        return told(self.stage.records, self.visit.facts)

    @property
    def set_down_by(self) -> str:
        seat = self.look.seat(self.visit.submitted_by_id) if self.visit.submitted_by_id else None
        return seat.person.name if seat else ""

    @property
    def group(self) -> list[tuple[str, str]]:
        """Who sits: the name, and the seat in words. Office holders are left out: they sit on every case."""
        live = [seat for seat in self.look.seats if seat.state in seat.LIVE and not seat.office]
        live.sort(key=lambda seat: (not seat.is_lay, seat.role))
        return [(seat.person.name, _seat_words(seat)) for seat in live]

    @property
    def flags(self) -> list[Verdict]:
        return flags(self.look)


def _seat_words(seat: Any) -> str:
    state = "" if seat.is_active else f" ({seat.get_state_display().lower()})"
    attends = " (attends, does not count)" if seat.is_active and not seat.counts else ""
    return f"{title_of(seat.role)}{state}{attends}"
