"""Who reads what an act changed: nothing is told by a difference that its reader could not open by its own page (IG4).

Whoever reads the whole record reads every change, save what has fewer readers still. Everybody else reads the kinds of
fact that are listed here, and of a kind that is not listed nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Any
from uuid import UUID

from cases.models import (
    AnswerVerdict,
    CaldicottDecision,
    Case,
    Challenge,
    Comment,
    CommentAnswer,
    Connection,
    Hold,
    Lapse,
    LayRendition,
    Measure,
    Paper,
    PaperVersion,
    Person,
    Position,
    Proposal,
    Reminder,
    SafetyAction,
    Seat,
    StoredDefinition,
    Visit,
    Waiver,
    Withholding,
)
from cases.models.typed_answer import TypedAnswer, TypedWord
from cases.models.unclear import Unclear
from permissions.roles import ROLES
from permissions.scope import open_comments, open_positions, visible_papers
from permissions.traininglife import may_read_evidence
from workflows.evidence.differences import Change
from workflows.evidence.readers import has_answered_first, is_training, reads_whole
from workflows.look import Look
from workflows.typed_standing import may_read

TEXT = "Withheld: a text that you may not open, or not yet."
TIES = "Withheld: a personal tie to the case. Only those who record such ties can read it."
TYPED = "Withheld: what was typed in for a partner, until the partner confirms it."
FEWER = "Withheld: the quality team, the Caldicott Guardian and auditors can read it."
TRAINING = "Withheld: personal training details."
"""What stands in place of a change that its reader may not read."""

_SEATS = frozenset({
    "person_id", "role", "capacity", "office", "membership", "state", "offered_by_id", "offered_at", "active_from",
    "stands_in_for_id", "stands_in_from", "stands_in_until", "ended_at",
})  # fmt: skip
"""Of a seat, what everybody on the case reads on the page of its people."""

_HELD_BACK = frozenset({"what", "category", "reason", "until", "decided_by_id", "decided_at", "ended_at", "end_reason"})
"""Of something held back, everything but which paper it is: of a whole paper not even the title is told."""

FOR_ALL: dict[type[Any], frozenset[str] | None] = {
    Case: None, Visit: None, Seat: _SEATS, StoredDefinition: None, Paper: None, SafetyAction: None, Measure: None, Hold: None,
    Waiver: None, Proposal: None, Lapse: None, Reminder: None, Unclear: None, Withholding: _HELD_BACK, Challenge: None,
    PaperVersion: None, LayRendition: None, Position: None, Comment: None, CommentAnswer: None, AnswerVerdict: None,
}  # fmt: skip
"""The kinds of fact of which everybody who reads the act reads the change, if nothing below keeps it; the columns, None for all."""


class ChangeReader:
    """One person before the changes that the acts of one case made."""

    def __init__(self, look: Look, person: Person) -> None:
        self._look, self._person = look, person

    def kept(self, change: Change) -> str:
        """Why this person may not read a change, as a sentence; empty where they may."""
        if is_training(self._look.process) and not may_read_evidence({seat.role for seat in self._own}):
            return TRAINING
        for keeps, rule in _KEPT_BY.items():
            if change.model is keeps:
                return rule(self, change)
        return "" if self.reads_whole or change.model in FOR_ALL else FEWER

    def columns(self, change: Change) -> frozenset[str] | None:
        """The columns of a change that this person reads, where they may read it at all; None for all of them."""
        return None if self.reads_whole else FOR_ALL.get(change.model)

    @cached_property
    def reads_whole(self) -> bool:
        return reads_whole(self._look, self._person)

    @cached_property
    def _reads_sealed(self) -> bool:
        return self.reads_whole and bool(has_answered_first(self._look, self._person))

    @property
    def _own(self) -> list[Seat]:
        return self._look.seats_of(self._person.pk)

    @cached_property
    def _as_staff(self) -> bool:
        """Reads what staff read: from a staff seat, by an appointment that reads all, or as staff in an emergency."""
        running = (one for one in self._look.emergencies if one.asked_by_id == self._person.pk and one.runs_at(self._look.at))
        return self.reads_whole or any(not seat.is_lay for seat in self._own) or any(one.asked_as == "staff" for one in running)

    @cached_property
    def _papers(self) -> set[UUID]:
        return set(visible_papers(self._person, self._look.case, self._look.at).values_list("pk", flat=True))

    def opens(self, version: UUID | None) -> bool:
        """Whether they may open a version; what is about no paper is open."""
        return version is None or version in self._papers

    def paper(self, change: Change) -> str:
        """Of a paper that is held back as a whole, lay partners are not even told the title (IG4)."""
        return "" if self._as_staff or not self._look.is_held_back(change.newest["id"]) else TEXT

    def version(self, change: Change) -> str:
        """A lay partner who is handed a file of their own is told nothing of the one that staff read."""
        row = self._look.version(change.newest["id"])
        same = row is not None and row.lay_reads in ("", PaperVersion.LayReads.SAME)
        return "" if self.opens(change.newest["id"]) and (self._as_staff or same) else TEXT

    def about_version(self, change: Change) -> str:
        return "" if self.opens(change.newest["version_id"]) else TEXT

    def caldicott(self, change: Change) -> str:
        return self.about_version(change) if self._as_staff else TEXT

    def withholding(self, change: Change) -> str:
        """Of a draft that nobody has yet, nobody is told that something will be held back; its author knows."""
        values = change.newest
        about = [
            one
            for one in self._look.versions
            if (one.pk == values["version_id"] if values["version_id"] else one.paper_id == values["paper_id"])
        ]
        return "" if any(one.is_released or one.author_id == self._person.pk for one in about) else TEXT

    def position(self, change: Change) -> str:
        rows = Position.objects.filter(pk=change.key)
        return self.about_version(change) if self._reads_sealed or open_positions(self._person, rows).exists() else TEXT

    def comment(self, change: Change) -> str:
        rows = Comment.objects.filter(pk=change.key)
        return self.about_version(change) if self._reads_sealed or open_comments(self._person, rows).exists() else TEXT

    def answer(self, change: Change) -> str:
        """An answer to a comment is read by whoever may open the text that the comment is about."""
        about = Comment.objects.filter(pk=change.newest["comment_id"]).values_list("version_id", flat=True).first()
        return "" if self.opens(about) else TEXT

    def answers_verdict(self, change: Change) -> str:
        about = CommentAnswer.objects.filter(pk=change.newest["answer_id"]).values_list("comment__version_id", flat=True).first()
        return "" if self.opens(about) else TEXT

    def tie(self, change: Change) -> str:
        return "" if any(ROLES[seat.role].may("record_ties") for seat in self._own if seat.role in ROLES) else TIES

    def typed(self, change: Change) -> str:
        key = change.newest["id" if change.model is TypedAnswer else "typed_id"]
        row = TypedAnswer.objects.select_related("seat").get(pk=key)
        confirmed = row.state == TypedAnswer.State.CONFIRMED and self.reads_whole
        return "" if confirmed or all(may_read(self._look, self._person, row)) else TYPED


_KEPT_BY: dict[type[Any], Callable[[ChangeReader, Change], str]] = {
    Paper: ChangeReader.paper, PaperVersion: ChangeReader.version, LayRendition: ChangeReader.about_version,
    CaldicottDecision: ChangeReader.caldicott, Withholding: ChangeReader.withholding, Position: ChangeReader.position,
    Comment: ChangeReader.comment, CommentAnswer: ChangeReader.answer, AnswerVerdict: ChangeReader.answers_verdict,
    Connection: ChangeReader.tie, TypedAnswer: ChangeReader.typed, TypedWord: ChangeReader.typed,
    Unclear: ChangeReader.about_version,
}  # fmt: skip
"""The kinds of fact that not every reader of the act reads, and the rule of each."""
