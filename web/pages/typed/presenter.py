"""What was typed in for a partner, exactly, with where it stands: for the partner, the typist and the witness."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from cases.models import Person, TypedAnswer
from permissions.verdict import Verdict
from web.design_system import words
from web.pages.cases.found import address
from web.pages.cases.wording import subject
from workflows.doors import confirming
from workflows.look import Look
from workflows.offers import REASON
from workflows.typed_standing import in_time, still_stands

State, Way = TypedAnswer.State, TypedAnswer.Way


@dataclass(frozen=True)
class Line:
    """One answer as it was typed: what it is about (empty where the stage asks once), the answer, the words."""

    about: str
    answer: str
    text: str


class TypedPage:
    """One thing that was typed in."""

    def __init__(self, look: Look, typed: TypedAnswer, person: Person) -> None:
        self.look, self.typed, self.person, self.case = look, typed, person, look.case
        self.stage = look.process.stage(typed.visit.stage)

    @property
    def whose(self) -> str:
        return self.typed.seat.person.name

    @property
    def whose_needs(self) -> str:
        return self.typed.seat.person.needs

    @property
    def caption(self) -> str:
        return f"{self.case.reference}: {self.case.title}"

    @property
    def question(self) -> str:
        return self.stage.asks.question

    @property
    def about(self) -> str:
        """The exact text: "Investigation report, version 2"; what the stage is about where no paper is."""
        version = self.look.version(self.typed.version_id)
        return f"{version.paper.title}, version {version.number}" if version else subject(self.stage)

    @property
    def given(self) -> str:
        typed = self.typed
        return f"{typed.get_given_display()} on {words.day(typed.given_on)}"

    @property
    def rows(self) -> list[tuple[str, str]]:
        """Whose answer it is, about what, how it was given, who typed it, until when it can be confirmed."""
        typed = self.typed
        return [
            ("Whose answer", self.whose),
            ("About", self.about),
            ("Given", f"{self.given[:1].upper()}{self.given[1:]}"),
            ("Typed in by", f"{typed.typed_by.name}, {words.day_and_time(typed.typed_at)}"),
            ("Confirm by", self.confirm_by),
        ]

    @property
    def confirm_by(self) -> str:
        on = self.typed.confirm_by
        return words.due(on, self.look.calendar.between(self.look.today, on), self.look.today)

    @cached_property
    def lines(self) -> list[Line]:
        said = sorted(self.typed.words.all(), key=lambda one: one.item.number if one.item else 0)
        return [
            Line(
                about=f"{one.item.number}. {one.item.title}" if one.item else "",
                answer=option.words if (option := self.stage.asks.answer(one.answer)) else one.answer,
                text=one.text,
            )
            for one in said
        ]

    # Where it stands

    @property
    def fallen(self) -> list[Verdict]:
        """Why what waits can no longer be confirmed; empty while it can."""
        if not self.typed.is_open:
            return []
        return [one for one in (*in_time(self.look, self.typed), *still_stands(self.look, self.typed)) if not one]

    @property
    def status(self) -> str:
        """Where it stands, in a sentence."""
        typed = self.typed
        if typed.state == State.CONFIRMED:
            return f"{self.whose} confirmed it by {typed.get_way_display()} on {words.day(typed.confirmed_at)}. It counts."
        if typed.state == State.VOID:
            return f"It does not count. {self._why_void} on {words.day(typed.voided_at)}."
        if self.fallen:
            return "It does not count, and can no longer be confirmed."
        if typed.state == State.FILED:
            return "It does not count yet. The signed form is filed, and somebody of the quality team witnesses it."
        how = "with the link that was sent by e-mail" if typed.sent_to else "on the form that they sign"
        return f"It does not count yet. {self.whose} confirms it {how}, by {self.confirm_by}."

    @property
    def _why_void(self) -> str:
        denied = self.typed.voided_by_id == self.typed.seat.person_id
        return f"{self.whose} said that this is not what they said" if denied else f"{self.typed.voided_by} took it back"

    @property
    def links(self) -> list[tuple[str, str]]:
        """What the visitor can do about it: (words, address)."""
        look, who, key = self.look, self.person, self.typed.pk
        acts = (
            ("Print the letter with the form to sign", "typed_letter", self._files),
            ("File the signed form", "typed_file", self._files),
            ("Witness the signed form", "typed_witness", confirming.may_witness(look, who, key)[2]),
            ("Take it back", "typed_take_back", confirming.may_take_back(look, who, key, REASON)[2]),
        )
        return [(text, address(name, self.case, typed=key)) for text, name, verdicts in acts if all(verdicts)]

    @property
    def _files(self) -> list[Verdict]:
        return confirming.may_file(self.look, self.person, self.typed.pk, REASON, self.look.today)[2]
