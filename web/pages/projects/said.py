""" "You said, we did": what each partner said in a project, what was answered, and what changed because of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from cases.models import Comment, Person
from permissions.roles import title_of
from web.pages.papers.presenter import comments_on
from web.pages.papers.verdicts import VerdictInWords, in_words
from web.pages.projects.holds import HoldCard, all_holds
from web.pages.stages.fact_form import told
from workflows.definition import Process
from workflows.look import Look

WE_DID = "you_said_we_did"
"""The code under which a process has it set down what changed because of the partners."""


def tells_what_changed(process: Process) -> bool:
    """Whether the process has it set down, so that there is such a page."""
    return any(fact.code == WE_DID for stage in process.stages for fact in stage.records)


@dataclass(frozen=True)
class SaidAndDone:
    """One comment, and what was answered; `outcome` is empty while it waits."""

    about: str
    text: str
    at: datetime
    outcome: str
    colour: str
    answer: str
    answered_by: str
    answered_at: datetime | None
    verdict: VerdictInWords


@dataclass(frozen=True)
class OnePartner:
    """Everything that one partner said, oldest first."""

    name: str
    role: str
    comments: tuple[SaidAndDone, ...]
    holds: tuple[HoldCard, ...]
    measures: tuple[str, ...]


class YouSaidPage:
    """One project, partner by partner. Three statements beyond the Look's, whatever the number of comments.

    `inside` False: the reader has left, and reads what they said themselves, the answers, and what changed.
    """

    title = "You said, we did"

    def __init__(self, look: Look, person: Person, inside: bool = True) -> None:
        self._look, self._person, self._inside = look, person, inside
        stage = next(stage for stage in look.process.stages if any(fact.code == WE_DID for fact in stage.records))
        self._stage, self._records = stage, stage.records

    @property
    def summary(self) -> list[tuple[str, str]]:
        """What the project says of it all, once it is written: the bare question, and the words."""
        rows = told(self._records, self._look.case.facts)
        return [(f"{question.partition('?')[0]}?", words) for question, words in rows]

    @property
    def is_written(self) -> bool:
        return bool(self._look.case.facts.get(WE_DID))

    @property
    def not_yet(self) -> str:
        """When it will be there."""
        where = f"The whole of it is written in the stage \u201c{self._stage.title}\u201d."
        return f"{where} The answer to a comment is here as soon as it is given."

    @property
    def outcome(self) -> str:
        """What became of the project, where that is decided: "Adopt it"."""
        decided = [visit for visit in self._look.visits if visit.chosen and self._look.process.stage(visit.stage).decided_by]
        last = next((visit for visit in reversed(decided) if visit.stage != self._look.process.stages[-1].code), None)
        way = self._look.process.stage(last.stage).outcome(last.chosen) if last else None
        return way.words if way else ""

    @cached_property
    def partners(self) -> list[OnePartner]:
        """Everybody lay who sat here or sits, in the order in which they came; for somebody who has left, themselves."""
        came = [seat for seat in self._look.seats if seat.is_lay and seat.active_from]
        came = [seat for seat in came if self._inside or seat.person_id == self._person.pk]
        people = dict.fromkeys(seat.person for seat in sorted(came, key=lambda seat: (seat.active_from, seat.pk)))
        return [self._partner(person) for person in people]

    def _partner(self, person: Person) -> OnePartner:
        seats = [seat for seat in self._look.seats if seat.person_id == person.pk and seat.is_lay]
        keys = {seat.pk for seat in seats}
        return OnePartner(
            name=person.name,
            role=title_of(seats[0].role),
            comments=tuple(_one(self._look, self._person, comment) for comment in self._comments if comment.seat_id in keys),
            holds=tuple(card for card in self._holds if card.placed_by in keys),
            measures=tuple(one.title for one in self._look.live_measures if {one.proposed_by_id, one.endorsed_by_id} & keys),
        )

    @cached_property
    def _comments(self) -> list[Comment]:
        return [comment for comment in comments_on(self._look, self._person) if comment.seat.is_lay]

    @cached_property
    def _holds(self) -> list[HoldCard]:
        return all_holds(self._look, self._person)


def _one(look: Look, person: Person, comment: Comment) -> SaidAndDone:
    reply = getattr(comment, "response", None)
    section = f", {comment.part}" if comment.part else ""
    return SaidAndDone(
        about=f"{comment.about}{section}", text=comment.text, at=comment.at,
        outcome=reply.get_outcome_display() if reply else "", colour="green" if reply and reply.outcome == "changed" else "grey",
        answer=reply.text if reply else "", answered_by=reply.answered_by.name if reply else "",
        answered_at=reply.at if reply else None, verdict=in_words(look, reply, person),
    )  # fmt: skip
