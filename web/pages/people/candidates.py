"""The page on which people are asked to join: the empty seats, and everybody who could be asked, ready or not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from uuid import UUID

from cases.models import Person, Seat
from permissions.eligibility import Candidate, candidates
from permissions.repeats import Repeat, often_asked
from permissions.roles import Role
from permissions.scope import running_appointments
from permissions.verdict import Verdict
from web.design_system import words
from web.pages.people import profile
from workflows.available import asking_for
from workflows.doors.seats import offering_seat, usual_reply_by
from workflows.look import Look
from workflows.may import seated
from workflows.opening import training_for

NUMBERS = ("no", "one", "two", "three", "four")
PAGE_OF_MANY = 12
"""More ready people than this, of whom some hold the office asked for: the others are folded away."""


def number(many: int) -> str:
    """ "two", "12"."""
    return NUMBERS[many] if many < len(NUMBERS) else str(many)


@dataclass(frozen=True)
class Choice:
    """One person who could be asked."""

    key: str
    name: str
    employer: str
    ready: bool
    tag: str
    verdicts: tuple[Verdict, ...]
    facts: list[tuple[str, object]]
    repeat: Repeat | None


class Asked:
    """Everything that the page of one role on one case shows to the one who asks."""

    def __init__(self, look: Look, role: Role, by: Person) -> None:
        self.look, self.role, self.by = look, role, by

    @property
    def may_ask(self) -> Verdict:
        """The offerer's own verdict; who may be asked is judged person by person."""
        return seated(offering_seat(self.look, self.by, self.role), "B1", f"You may not offer a seat as {self.role.title}.")

    # The seats

    @property
    def vacant(self) -> int:
        return self.look.vacant(self.role)

    @property
    def sentence(self) -> str:
        """ "This group needs two lay partners. It has none." """
        seats = self.look.process.seats_of(self.role)
        target, has = seats.target if seats else 0, len(self.look.voting(self.role))
        one = "lay partner" if self.role.lay else self.role.title.lower()
        needs = f"This group needs {number(target)} {one}{'s' if target != 1 else ''}. It" if target else "This group"
        return f"{needs} has {number(has) if has else 'none'}."

    @property
    def several(self) -> bool:
        """Whether more than one person is asked at once: lay partners, and staff of whom a group has any number."""
        seats = self.look.process.seats_of(self.role)
        return self.role.lay or (seats is not None and seats.target != 1)

    @property
    def choose(self) -> str:
        """How many to choose, said above the list."""
        return "Choose one or two. " if self.role.lay else "Choose one or more. " if self.several else ""

    @property
    def title(self) -> str:
        return "Ask Patient Safety Partners to join" if self.role.lay else asking_for(self.look, self.role)

    @property
    def empty(self) -> int:
        """Vacant seats for which nobody has been asked yet."""
        return max(0, self.vacant - len(self.waiting))

    @property
    def waiting(self) -> list[Seat]:
        """Offers in this role that are not taken up yet."""
        waits = (Seat.State.OFFERED, Seat.State.ACCEPTED)
        return [seat for seat in self.look.seats if seat.role == self.role.code and seat.state in waits]

    # The people

    @cached_property
    def found(self) -> list[Candidate]:
        return candidates(self.look.case, self.role, self.look.at, training_for(self.look.process, self.role))

    @property
    def people(self) -> list[tuple[str, str]]:
        """Everybody, as the form's choices. Those who are not ready are refused by the door, which keeps the attempt."""
        return [(str(one.person.pk), one.person.name) for one in self.found]

    def person(self, key: str) -> Person:
        """The person with this key. Raises KeyError."""
        return {str(one.person.pk): one.person for one in self.found}[key]

    @cached_property
    def first(self) -> list[Choice]:
        """Those to show at once: everybody, or where many could be asked those appointed to the role itself."""
        return [choice for choice in self._choices if choice.key in self._shown_first]

    @property
    def others(self) -> list[Choice]:
        """The rest, one click away."""
        return [choice for choice in self._choices if choice.key not in self._shown_first]

    @cached_property
    def _choices(self) -> list[Choice]:
        often = often_asked(self.by, self.role, self.look.case, self.look.at) if self.role.lay else {}
        return [_choice(one, often) for one in self.found]

    @cached_property
    def _shown_first(self) -> set[str]:
        everybody = {str(one.person.pk) for one in self.found}
        if self.role.lay or len(everybody) <= PAGE_OF_MANY:
            return everybody
        held = running_appointments(self.look.at).filter(organisation=self.look.case.organisation_id, role=self.role.code)
        return {str(pk) for pk in held.values_list("person_id", flat=True)} & everybody or everybody

    # What the form begins with

    @property
    def initial(self) -> dict[str, object]:
        """What the role asks, as in this person's last offer in the role, and the usual time to answer. One statement."""
        offers = Seat.objects.filter(offered_by=self.by, role=self.role.code).exclude(task_profile="")
        last = offers.order_by("-offered_at").values_list("task_profile", flat=True).first()
        return {**profile.read(last or ""), "reply_by": usual_reply_by(self.look, self.role)}


def _choice(one: Candidate, often: dict[UUID, Repeat]) -> Choice:
    person = one.person
    tag = "Asked already" if one.seated else "" if one.ready else "Cannot be asked now"
    return Choice(
        key=str(person.pk), name=person.name, employer=person.employer, ready=one.ready, tag=tag, verdicts=one.verdicts,
        facts=[
            ("Groups now", one.load or "none"),
            ("Last asked", _day(one.last_offered)),
            ("Prefers", person.get_contact_by_display()),
        ],
        repeat=often.get(person.pk),
    )  # fmt: skip


def _day(at: datetime | None) -> str:
    return words.day(at) or "never"
