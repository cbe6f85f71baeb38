"""A proposal in plain words: what was asked, by whom and why, what happens on yes and on no, and whom it waits for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from cases.models import Person, Proposal, Seat
from permissions.roles import ROLES
from permissions.traininglife import partner_among
from permissions.verdict import Verdict
from web.design_system import words
from workflows.door import Receipt
from workflows.doors import second_key, waivers
from workflows.doors.second_key import may_answer_proposal, may_confirm, second_keys
from workflows.look import Look
from workflows.standing import disagreeing, owing

Kind, State = Proposal.Kind, Proposal.State


@dataclass(frozen=True)
class Wording:
    """How one kind of proposal is told. `{name}`, `{role}`, `{stage}`, `{until}`, `{training}` stand for what it is about."""

    title: str
    agree: str
    on_yes: str
    done: str
    confirm: Callable[..., Receipt]


WORDINGS: dict[str, Wording] = {
    Kind.END_SEAT: Wording(
        "End the seat of {name}", "I agree. The seat ends at once",
        "{name} ({role}) leaves the group and stops seeing the case at once. What they said stays in the record.",
        "The seat of {name} has ended.", second_key.confirm_seat_end),
    Kind.TO_ATTENDEE: Wording(
        "Make {name} an attendee", "I agree. They no longer count",
        "{name} ({role}) may still read and speak. What they think no longer counts, and nothing waits for them.",
        "{name} is now an attendee.", second_key.confirm_attendee),
    Kind.WITHDRAW: Wording(
        "Withdraw the case", "I agree. The case ends now",
        "The case ends, and everybody on it is told. The record stays. It cannot be opened again.",
        "The case has been withdrawn.", second_key.confirm_withdrawal),
    Kind.WAIVE: Wording(
        "Let “{stage}” go on although a lay seat is empty", "I agree. The rule is lifted until {until}",
        "Until {until}, “{stage}” may go on without every lay seat filled. It is listed on the page of waivers under your name.",
        "The rule is lifted until {until}.", waivers.grant_waiver),
    Kind.WAIVE_TRAINING: Wording(
        "Leave out a training of {name} for a time: {training}", "I agree. It is left out until {until}",
        "Until {until}, {name} can be signed off without “{training}”. It is listed on the page of waivers under your name.",
        "“{training}” is left out until {until}.", waivers.grant_training_waiver),
}  # fmt: skip


class ProposalPage:
    """One proposal, as one person sees it."""

    def __init__(self, look: Look, proposal: Proposal, person: Person) -> None:
        self.look, self.proposal, self.person, self.case = look, proposal, person, look.case
        self.wording = WORDINGS[proposal.kind]

    @property
    def seat(self) -> Seat | None:
        return self.look.seat(self.proposal.seat_id) if self.proposal.seat_id else None

    @property
    def _partner(self) -> Seat | None:
        """Whose training it is about, where it is about one."""
        return partner_among(self.look.seats) if self.proposal.training_item_id else None

    @property
    def _training(self) -> str:
        about = self.proposal.training_item_id
        return next((one.title for one in self.look.training_items if one.pk == about), "") if about else ""

    def _filled(self, sentence: str) -> str:
        seat, proposal = self.seat or self._partner, self.proposal
        return sentence.format(
            name=seat.person.name if seat else "", role=ROLES[seat.role].title if seat else "", training=self._training,
            stage=self.look.process.title_of(proposal.stage), until=words.day(proposal.until),
        )  # fmt: skip

    @property
    def title(self) -> str:
        return self._filled(self.wording.title)

    @property
    def agree(self) -> str:
        return self._filled(self.wording.agree)

    @property
    def on_yes(self) -> str:
        return self._filled(self.wording.on_yes)

    @property
    def is_open(self) -> bool:
        return self.proposal.state == State.OPEN

    @property
    def mind(self) -> str:
        """What the second person should know about the seat: that its voice is awaited, or being heard, just now."""
        seat, stage = self.seat, self.look.stage
        if not self.is_open or seat is None or stage is None:
            return ""
        if seat.pk in disagreeing(self.look):
            return f"{seat.person.name} disagrees, and nobody has decided on that yet."
        awaited = any(one.pk == seat.pk for one in owing(self.look))
        return f"The answer of {seat.person.name} on “{stage.title}” is awaited now." if awaited else ""

    # Whom it waits for

    @property
    def may_answer(self) -> bool:
        return self.is_open and all(may_answer_proposal(self.look, self.person, self.proposal.pk)[2])

    @cached_property
    def refusals(self) -> list[Verdict]:
        """Why this person cannot agree, if they cannot."""
        return [one for one in may_confirm(self.look, self.person, self.proposal.pk)[2] if not one.allowed]

    @property
    def is_second(self) -> bool:
        """The person holds a seat that could answer, whatever else stands in the way."""
        return self.is_open and may_answer_proposal(self.look, self.person, self.proposal.pk)[1] is not None

    @property
    def waits_for(self) -> str:
        """ "Eleanor Hughes or Xavier Stone", those who may answer; the title of the office where nobody holds it."""
        keys = second_keys(self.look, self.proposal)
        people = [s.person for role in keys for s in self.look.active(role)]
        open_to = [one.name for one in people if all(may_confirm(self.look, one, self.proposal.pk)[2])]
        return " or ".join(dict.fromkeys(open_to)) or " or ".join(role.title.lower() for role in keys)

    # What was decided

    @property
    def decided(self) -> str:
        """ "Eleanor Hughes agreed on Friday 4 December 2026. The seat of ... has ended." Empty while it waits."""
        one = self.proposal
        if self.is_open or one.answered_by is None:
            return ""
        yes = one.state == State.CONFIRMED
        said = f"{one.answered_by.name} {'agreed' if yes else 'did not agree'} on {words.day_and_time(one.answered_at)}."
        return f"{said} {self._filled(self.wording.done) if yes else 'Everything stays as it was.'}"


def proposal_among(look: Look, pk: UUID) -> Proposal | None:
    """The proposal of this case with this key, with the names of those who asked and answered. One statement."""
    return Proposal.objects.filter(case=look.case.pk, pk=pk).select_related("asked_by", "answered_by").first()
