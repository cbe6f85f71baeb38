"""The training on the page of a case: every item, what the organisation owes the partner, and the two signatures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.urls import reverse

from cases.models import Person, Position, TrainingItem, Visit
from permissions.eligibility import subject_title
from permissions.matters import OBJECTION
from permissions.roles import COORDINATOR, PSP, SPECIALIST, Role
from permissions.traininglife import WITH_THE_PARTNER, has_run_out, may_read_evidence, partner_among
from web.design_system import words
from web.pages.cases.doing import Doing
from web.pages.cases.found import address
from web.pages.cases.wording import names
from web.pages.training.acts import TITLES
from web.pages.training.items import ItemInWords, Now, State, told_facts
from workflows.doors.training import may_ask_for_more
from workflows.look import Look
from workflows.processes.training.guards import GAP_CAUSE
from workflows.standing import owing
from workflows.training_acts import acts_on

Cause = TrainingItem.Cause
PROCESS = "TRN"
ANCHOR = "training"
"""Where on the page of the case the training is."""


@dataclass(frozen=True)
class ItemCard:
    """One training as the page shows it."""

    number: int
    title: str
    why: str
    extra: bool
    source: str
    tag: str
    colour: str
    turn: str
    due: str
    late: bool
    offer: str
    booked: str
    facts: tuple[tuple[str, str], ...]
    sent_back: str
    acts: tuple[Doing, ...]


@dataclass(frozen=True)
class Owed:
    """Something that the organisation has to do for the partner."""

    what: str
    due: str
    late: bool


@dataclass(frozen=True)
class Signature:
    """One of the two lines to fill; `when` is empty until it is signed."""

    title: str
    name: str
    when: str


def training_part(look: Look, person: Person) -> TrainingPart | None:
    """What the page of a case says of training; None for a case of any other process."""
    return TrainingPart(look, person) if look.process.code == PROCESS else None


class TrainingPart:
    """The training of one case as one person sees it. One statement, besides what the Look reads for everybody."""

    def __init__(self, look: Look, person: Person) -> None:
        self._look, self._person = look, person

    @property
    def is_mine(self) -> bool:
        """Whether the visitor is the partner whose training this is."""
        return any(seat.role == PSP.code for seat in self._look.seats_of(self._person.pk))

    @property
    def partner(self) -> str:
        """The name of the partner whose training this is."""
        seat = partner_among(self._look.seats)
        return seat.person.name if seat else "the partner"

    @property
    def task(self) -> str:
        """What the sign-off opens: "Oversight training"."""
        return subject_title(str(self._look.fact("task") or ""))

    @property
    def plain(self) -> str:
        """What comes of it in one sentence."""
        whom = "you can" if self.is_mine else f"{self.partner} can"
        until = self._look.trained_until
        if self._look.case.state == "in_force" and until:
            return f"This is signed off. Until {words.day(until)} {whom} be asked to join groups that need it."
        return f"When every item is done and both have signed, {whom} be asked to join groups that need it."

    # The items

    @cached_property
    def _items(self) -> list[ItemInWords]:
        visit = self._look.visit
        check_by = visit.due_on if visit and visit.stage == "checking" else None
        now = Now(self._look.today, self._look.calendar, check_by)
        return [ItemInWords(item, now) for item in self._look.training_items]

    @property
    def cards(self) -> list[ItemCard]:
        return [self._card(one) for one in self._items]

    @property
    def next_card(self) -> ItemCard | None:
        """What the visitor has to do first; None where it is the turn of others, or nothing is to be done."""
        mine = PSP if self.is_mine else COORDINATOR
        if not any(seat.role == mine.code for seat in self._look.seats_of(self._person.pk)) or self._look.stage is None:
            return None
        turns = [one for one in self._items if one.whose and one.is_owed is not self.is_mine]
        turns.sort(key=lambda one: (one.due_on or date.max, one.item.number))
        return self._card(turns[0]) if turns else None

    @property
    def how_far(self) -> str:
        """ "2 of 5 are done." """
        done, number = sum(not one.whose for one in self._items), len(self._items)
        if done == number:
            return "Everything on the list is done." if number else ""
        return f"{done} of {number} {'is' if done == 1 else 'are'} done." if done else f"None of the {number} is done yet."

    def _card(self, one: ItemInWords) -> ItemCard:
        item, (tag, colour) = one.item, one.tag
        facts = tuple((what, value) for what, value in told_facts(item, self._name_of) if value) if self.reads_evidence else ()
        open_to_partner = one.state in WITH_THE_PARTNER and self.reads_evidence
        return ItemCard(
            number=item.number, title=item.title, why=item.why, extra=item.asked_by_partner, source=_source(item),
            tag=tag, colour=colour, turn=self._turn(one), due=one.due, late=one.is_late, facts=facts,
            offer=item.offer if open_to_partner else "", booked=words.day(item.booked_on) if one.state == State.BOOKED else "",
            sent_back=item.rejected_reason if one.state == State.REJECTED and self.reads_evidence else "",
            acts=tuple(self._acts(item)),
        )  # fmt: skip

    @cached_property
    def reads_evidence(self) -> bool:
        """What was handed in, and what somebody needs, is for some seats alone (IG7); and for whoever audits, from no seat."""
        held = {seat.role for seat in self._look.seats_of(self._person.pk)}
        return may_read_evidence(held)

    def _name_of(self, person: object) -> str:
        return next((seat.person.name for seat in self._look.seats if seat.person_id == person), "Somebody")

    def _turn(self, one: ItemInWords) -> str:
        """ "Waiting for Cora Bell to offer it"; empty where nothing is to be done but to sign."""
        if not one.whose or self._look.stage is None:
            return ""
        seats = self._look.active(COORDINATOR if one.is_owed else PSP)
        people = names("you" if seat.person_id == self._person.pk else seat.person.name for seat in seats)
        return f"Waiting for {people} to {one.to_do}"

    # What can be done

    def _acts(self, item: TrainingItem) -> Iterator[Doing]:
        for act, verdicts in acts_on(self._look, self._person, item):
            refusals = tuple(verdict for verdict in verdicts if not verdict)
            yield Doing(TITLES.get(act.code, act.title), address(act.code, self._look.case, item=item.pk), refusals, act.main)

    @property
    def ready_href(self) -> str:
        """Where the partner says "I am ready"; empty while that is not asked."""
        visit = self._look.visit
        asked = visit is not None and any(seat.person_id == self._person.pk for seat in owing(self._look))
        answering = visit is not None and visit.step == Visit.Step.ANSWER and visit.stage == "readiness"
        return address("position", self._look.case, visit=visit.pk) if visit and asked and answering and self.is_mine else ""

    @property
    def more_href(self) -> str:
        """Where one asks for more training; empty for whoever is not the partner."""
        return address("training_more", self._look.case) if all(may_ask_for_more(self._look, self._person)[2]) else ""

    # What the organisation owes

    @property
    def owed(self) -> list[Owed]:
        """What the organisation has to do for this partner, soonest first (C2)."""
        found = [one for one in self._items if one.is_owed and self._look.stage]
        found.sort(key=lambda one: (one.due_on or date.max, one.item.number))
        return [Owed(owed_words(one), one.due, one.is_late) for one in found]

    # Why it ran out

    @property
    def charges(self) -> list[tuple[str, str]]:
        """What ran out, and to whom that is charged (C9): "Data protection", "The partner"."""
        visit, gap = self._look.visit, self._look.fact(GAP_CAUSE)
        stated = visit.facts.get("lapse_cause") if visit and visit.stage == "lapsed" else None
        by_item = [(one.item, one.item.lapse_cause or (has_run_out(one.item, self._look.today) and stated)) for one in self._items]
        told = [(item.title, Cause(cause).label) for item, cause in by_item if cause]
        return told + ([("What was signed before", Cause(gap).label)] if gap else [])

    @property
    def objects_href(self) -> str:
        """Where the partner says that it was not because of them; empty where it is not charged to them."""
        theirs = any(cause == Cause.PARTNER.label for _, cause in self.charges)
        return reverse("matter_new", args=(OBJECTION.code,)) if theirs and self.is_mine else ""

    # The signatures

    @property
    def signatures(self) -> list[Signature]:
        """Two lines, the partner's first. A round that began again asks for both anew (C6)."""
        return [self._line(role, title) for role, title in ((PSP, "The partner"), (SPECIALIST, "The Patient Safety Specialist"))]

    def _line(self, role: Role, title: str) -> Signature:
        seats = {seat.pk: seat for seat in self._look.seats if seat.role == role.code}
        signed = [one for one in self._signed if one.seat_id in seats]
        if signed:
            return Signature(title, seats[signed[-1].seat_id].person.name, words.day_and_time(signed[-1].at))
        return Signature(title, names(seat.person.name for seat in self._look.active(role)), "")

    @cached_property
    def _signed(self) -> list[Position]:
        """What was signed since the training was last offered anew. One statement, none before it is asked."""
        visit, offer = self._look.last_visit("sign"), self._look.last_visit("offer")
        if visit is None or (offer and offer.number > visit.number):
            return []
        last = {one.seat_id: one for one in Position.objects.filter(visit=visit).order_by("at", "number")}
        return [one for one in last.values() if one.answer == "sign"]


def owed_words(one: ItemInWords) -> str:
    """ "Offer it: Essentials for patient safety"."""
    return f"{one.to_do[:1].upper()}{one.to_do[1:]}: {one.item.title}"


def _source(item: TrainingItem) -> str:
    return item.requirement.source if item.requirement else ""
