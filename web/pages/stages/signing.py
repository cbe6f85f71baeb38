"""What the signer sees: a list that the system fills in, each line with its evidence, and the exact text that is signed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from cases.models import CommentAnswer, Lapse, Visit
from permissions.verdict import Verdict, allow, refuse
from web.pages.cases.found import address
from web.pages.cases.wording import lower, names
from web.pages.stages.history import Said, disagreements_in, lapsed_in, not_heard_in, said_in
from web.pages.stages.presenter import ClosedWay, SubmitPage
from workflows.definition import Outcome
from workflows.doors.verdicts import answers_on
from workflows.standing import outcome_verdicts

EVIDENCE = {
    "comments_are_answered": ("comments", "The comments and their answers"),
    "candour_is_recorded": ("record", "Where it was recorded"),
}
"""The page that shows the evidence of a guard, by the guard's code; for any other guard, the version itself."""


@dataclass(frozen=True)
class CheckLine:
    """One line of the list: true or not, with the evidence."""

    verdict: Verdict
    href: str = ""
    link: str = ""
    said: tuple[Said, ...] = ()

    @property
    def mark(self) -> tuple[str, str]:
        """How it looks and how it is read aloud: true, not true, or no condition but something the signer must know."""
        if self.verdict.allowed:
            return "met", "Met:"
        return ("unmet", "Not met:") if self.verdict.remedy else ("noted", "You should know:")


class SigningPage(SubmitPage):
    """Signing the exact text that was agreed."""

    template = "pages/stages/signing.jinja"

    @property
    def signing(self) -> Outcome | None:
        """The way that is the signature: the one that does not go back."""
        return next((way for way in self.stage.outcomes if not way.back), None)

    def done_words(self, answers: dict[str, Any]) -> str:
        """Signing is called signing."""
        signed = self.signing is not None and answers.get("outcome") == self.signing.code and self.paper
        return f"You have signed: {lower(self.paper.title)}." if signed and self.paper else super().done_words(answers)

    @property
    def can_sign(self) -> bool:
        return self.signing in self.open_ways

    @cached_property
    def lines(self) -> list[CheckLine]:
        """Lay views, disagreements, then every guard of the signature."""
        return [*self._views(), *self._guards(), *self._of_answers()]

    def _of_answers(self) -> list[CheckLine]:
        """What the partners said of the answers to their comments, where one is not satisfied or has not said (R7)."""
        given = answers_on(self.look)
        words = [f"{_whose(one)} is not satisfied with the answer to: {one.comment.text}" for one in given.not_satisfied]
        unsaid = list(dict.fromkeys(map(_whose, given.unsaid)))
        if unsaid:
            have = "has" if len(unsaid) == 1 else "have"
            words.append(f"{names(unsaid)} {have} not said yet whether the answers to their comments answer them")
        href = address("comments", self.look.case)
        return [CheckLine(refuse("R7", one), href, EVIDENCE["comments_are_answered"][1]) for one in words]

    @property
    def closed_ways(self) -> list[ClosedWay]:
        """Nothing: the list above says what is missing."""
        return []

    def _views(self) -> list[CheckLine]:
        visits = self._lay_visits
        heard = [stay for visit in visits for stay in self.look.stays(self._heard_by(visit))]
        said = said_in(self.look, self.person, [*visits, *heard])
        silent = lapsed_in(visits)
        return [self._view(visit, said, silent) for visit in visits]

    def _view(self, visit: Visit, said: list[Said], silent: list[Lapse]) -> CheckLine:
        """One stage's lay views; for a hearing, the words that were heard (they travel with the record) and the reply."""
        stage, heard = self.look.process.stage(visit.stage), self._heard_by(visit)
        lay = [one for one in said if one.lay and one.visit == visit.number]
        against = disagreements_in(self.look, heard, said) if heard else []
        lapsed = [one.seat.person.name for one in silent if one.visit_id == visit.pk]
        if stage.hears and (unheard := not_heard_in(visit, lay)):
            return CheckLine(refuse("R3", self._not_heard_words(visit, unheard)), said=(*against, *_last(lay)))
        words = self._view_words(visit, lay, lapsed)
        return CheckLine(allow("R3" if stage.hears else "R1", words), said=(*against, *_last(lay)))

    def _not_heard_words(self, visit: Visit, unheard: list[Said]) -> str:
        """A hearing that failed is no hearing: it is named as what it was, and heard again."""
        who = names(one.who for one in unheard)
        return f"{who} said that they were not heard by {self._hearer(visit)}, so it was heard again"

    def _hearer(self, visit: Visit) -> str:
        seat = self.look.seat(visit.chosen_by_id) if visit.chosen_by_id else None
        return seat.person.name if seat else "the executive"

    def _heard_by(self, visit: Visit) -> Visit | None:
        """The visit whose disagreement was heard in this one."""
        origin = self.look.process.stage(visit.stage).hears
        return next((one for one in reversed(self.look.visits) if one.stage == origin and one.number < visit.number), None)

    def _view_words(self, visit: Visit, lay: list[Said], lapsed: list[str]) -> str:
        stage = self.look.process.stage(visit.stage)
        if stage.hears:
            way = stage.outcome(visit.outcome)
            chosen = f": {lower(way.words)}" if way else ""
            return f"The disagreement was heard by {self._hearer(visit)} and decided{chosen}"
        silent = f"; no answer from {names(lapsed)}, recorded by the chair with the reason" if lapsed else ""
        return f"{stage.title}: {names(one.who for one in lay)} said what they think{silent}"

    @property
    def _lay_visits(self) -> list[Visit]:
        """The last visit of every stage that lay people weighed in on, and every hearing that was decided."""
        ended = [visit for visit in self.look.visits if not visit.is_live]
        weighed = {visit.stage: visit for visit in ended if self._weighs(visit)}
        hearings = [visit for visit in ended if self.look.process.stage(visit.stage).hears and visit.chosen]
        return sorted({*weighed.values(), *hearings}, key=lambda visit: visit.number)

    def _weighs(self, visit: Visit) -> bool:
        stage = self.look.process.stage(visit.stage)
        return stage.lay_required and stage.asks.weighs and not stage.hears

    def _guards(self) -> list[CheckLine]:
        way = self.signing
        if way is None:
            return []
        here = self.paper.href if self.paper else ""
        lines = []
        for guard, verdict in zip(way.only_if, outcome_verdicts(self.look, way), strict=True):
            name, words = EVIDENCE.get(guard.code, ("", ""))
            href = address(name, self.look.case) if name else here
            lines.append(CheckLine(verdict, href, words or (f"{self.paper.title}" if self.paper else "")))
        return lines


def _whose(answer: CommentAnswer) -> str:
    return answer.comment.person.name


def _last(said: list[Said]) -> tuple[Said, ...]:
    """The last thing that each person said about each thing."""
    return tuple({(one.person_id, one.about): one for one in said}.values())
