"""What it was like to be involved: to whom the questions were offered, who answered, and what, for those who may read it.

An answer is for the partner who gave it, the coordinator, the quality team and auditors: one should dare to be frank.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from cases.models import Evaluation, Person, Seat
from permissions.roles import COORDINATOR, QUALITY
from web.design_system.words import day
from web.pages.cases.found import address
from workflows.doors.evaluations import may_answer_evaluation, may_offer_evaluation, took_part
from workflows.look import Look
from workflows.processes.improvement.choices import QUESTIONS

READERS = (COORDINATOR.code, QUALITY.code)
"""The seats from which the answers of every partner are read."""


@dataclass(frozen=True)
class PartnerLine:
    """One partner who took part. `answers` are (question, words), empty for those who may not read them."""

    key: str
    name: str
    offered_at: datetime | None
    tag: str
    colour: str
    answers: tuple[tuple[str, str], ...]
    offer_href: str
    answer_href: str


class EvaluationsPage:
    """Every partner who took part, with what became of the questions."""

    title = "What it was like to be involved"

    def __init__(self, look: Look, person: Person) -> None:
        self._look, self._person = look, person

    @cached_property
    def lines(self) -> list[PartnerLine]:
        return [self._line(seat) for seat in took_part(self._look)]

    @property
    def to_offer(self) -> list[PartnerLine]:
        """Those whom this person can offer the questions now."""
        return [line for line in self.lines if line.offer_href]

    @property
    def reads_all(self) -> bool:
        """Auditors read by their appointment and sit nowhere (R16)."""
        mine = self._look.seats_of(self._person.pk)
        return not mine or any(seat.role in READERS for seat in mine)

    def _line(self, seat: Seat) -> PartnerLine:
        look, person = self._look, self._person
        found = next((one for one in look.evaluations if one.seat_id == seat.pk), None)
        own = seat.person_id == person.pk
        may_offer = all(may_offer_evaluation(look, person, seat.pk)[2])
        may_answer = found is not None and all(may_answer_evaluation(look, person, found.pk, {})[2])
        tag, colour = _tag(found)
        return PartnerLine(
            key=str(seat.pk), name=seat.person.name, offered_at=found.offered_at if found else None, tag=tag, colour=colour,
            answers=answered(found) if found and (own or self.reads_all) else (),
            offer_href=address("evaluation_offer", look.case, seat=seat.pk) if may_offer else "",
            answer_href=address("evaluation_answer", look.case, evaluation=found.pk) if found and may_answer else "",
        )  # fmt: skip


def _tag(found: Evaluation | None) -> tuple[str, str]:
    if found is None:
        return "Not asked yet", "yellow"
    return ("Answered", "green") if found.answered_at else (f"Asked on {day(found.offered_at)}", "grey")


def answered(evaluation: Evaluation) -> tuple[tuple[str, str], ...]:
    """Each question that was answered, with the words."""
    return tuple((question, evaluation.answers[code]) for code, question in QUESTIONS if evaluation.answers.get(code))
