"""A partner's training walked by its real doors, one plain step at a time: for the demo and for tests."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, ClassVar

from cases.models import Case, Proposal, TrainingItem, TrainingRecord
from permissions.traininglife import standing
from workflows import engine
from workflows.calendar import LONDON, london_day
from workflows.demo.trust import Trust
from workflows.doors import training, waivers
from workflows.testing import Walk

STAGES = ("require", "offer", "learn", "checking", "readiness", "sign", "in_force", "renew", "lapsed", "ended")

State = TrainingItem.State

TALKED = {
    "talked_confidentiality": "yes", "talked_jargon": "yes", "talked_wellbeing": "yes", "talked_challenge": "yes",
    "support_wanted": "A call before the first meeting.",
}  # fmt: skip


class TrainingStory(Walk):
    """The ordinary road of one partner's training. "lead" and "chair" are the coordinator, who runs it and reminds people."""

    def __init__(self, trust: Trust, at: datetime, partners: tuple[str, ...] = ("iris",), **cast: str) -> None:
        super().__init__(trust, at, partners, **{"lead": "coordinator", "chair": "coordinator", **cast})

    @property
    def partner(self) -> str:
        return self.partners[0]

    def until(self, day: date) -> None:
        """Let time pass to ten in the morning of a day, however far off."""
        self.at = datetime.combine(day, time(10), LONDON)

    def item(self, code: str) -> TrainingItem:
        """A training by the code of its requirement, or by the title that the partner gave it."""
        items = self.look.training_items
        return next(one for one in items if code in (one.requirement.code if one.requirement else "", one.asked_title))

    def items_that_are(self, *states: str) -> list[TrainingItem]:
        """The trainings that stand so today."""
        look = self.look
        return [item for item in look.training_items if standing(item, look.today) in states]

    # C1

    def open(self, task: str = TrainingRecord.OVERSIGHT, title: str = "", by: str = "coordinator") -> Case:
        partner = self.who(self.partner)
        case = engine.open_case(
            process="TRN", organisation=self.trust.organisation, by=self.who(by), at=self.at,
            title=title or f"Training of {partner.name}", people={"psp": partner}, facts={"task": task},
        )  # fmt: skip
        self.case_id = case.pk
        return case

    def confirm(self) -> None:
        self.submit("coordinator")

    # C2

    def offer_item(self, item: TrainingItem, met: str = "", by: str = "coordinator") -> TrainingItem:
        offer = "Online, in your own time, or with others on the first Tuesday of the month. We pay for the hours."
        needs = next((one.adjustments for one in self.look.training_items if one.pk == item.pk), "")
        met = met or ("A room with a hearing loop, and the words on the screen." if needs else "")
        return self.do(training.offer_item, by, item=item.pk, offer=offer, adjustments_met=met)

    def offer_all(self) -> None:
        for item in self.items_that_are(State.REQUIRED, State.LAPSED):
            self.offer_item(item)
        self.submit("coordinator")

    def ask_adjustment(self, item: TrainingItem, words: str = "I lip-read, so please let me see who speaks.") -> TrainingItem:
        return self.do(training.ask_adjustment, self.partner, item=item.pk, adjustments=words)

    def meet_adjustment(self, item: TrainingItem, words: str = "The trainer faces the room, and it is captioned.") -> TrainingItem:
        return self.do(training.meet_adjustment, "coordinator", item=item.pk, adjustments_met=words)

    def book(self, item: TrainingItem, day: date, by: str = "") -> TrainingItem:
        return self.do(training.book_item, by or self.partner, item=item.pk, day=day)

    # C3, C4

    def complete(self, item: TrainingItem, by: str = "", **particulars: Any) -> TrainingItem:
        """The partner hands it in, unless told otherwise; it was done today, unless told otherwise."""
        given = {
            "completed_on": london_day(self.at), "provider": "e-Learning for Healthcare", "hours": Decimal("1.5"),
            "evidence": f"Certificate, in the partner\u2019s folder: {item.title}", **particulars,
        }  # fmt: skip
        return self.do(training.complete_item, by or self.partner, item=item.pk, **given)

    def complete_all(self) -> None:
        for item in self.items_that_are(State.OFFERED, State.BOOKED, State.REJECTED):
            self.complete(item)
        self.submit(self.partner)

    def check(self, item: TrainingItem, accepted: bool = True, reason: str = "", by: str = "coordinator") -> TrainingItem:
        words = {"reason": reason} if reason else {}
        return self.do(training.check_item, by, item=item.pk, accepted=accepted, **words)

    def check_all(self) -> None:
        for item in self.items_that_are(State.COMPLETED):
            self.check(item)
        self.submit("coordinator", outcome="accept")

    # C5, C6

    def talk(self) -> None:
        self.submit("specialist", facts=TALKED)

    def find_ready(self) -> None:
        self.talk()
        self.answer("specialist", "ready")
        self.answer(self.partner, "ready")

    def sign(self) -> None:
        self.answer(self.partner, "sign")
        self.answer("specialist", "sign")

    def ask_for_more(self, title: str = "How to read a chart", why: str = "I lost the thread at page three.") -> TrainingItem:
        return self.do(training.ask_for_more, self.partner, title=title, why=why)

    def ask_to_waive(self, item: TrainingItem, until: date, by: str = "coordinator") -> Proposal:
        why = "The course was cancelled twice; the next one is in the autumn."
        return self.do(waivers.ask_to_waive, by, item=item.pk, until=until, reason=why)

    def waive_item(self, item: TrainingItem, until: date, second: str = "exec_team") -> None:
        self.do(waivers.grant_training_waiver, second, proposal=self.ask_to_waive(item, until).pk)

    # C8, C9: what the clock does

    def expire(self) -> None:
        """The clock looks whether the stage ends today. Raises Refused where it does not."""
        engine.expire(case=self.case_id, by=None, at=self.at)

    def renewal_begins(self) -> None:
        """Ninety days before the first item runs out."""
        until = self.look.trained_until
        assert until
        self.until(date.fromordinal(until.toordinal() - 90))
        self.expire()

    def runs_out(self) -> None:
        """The day after the first item ran out."""
        until = self.look.trained_until
        assert until
        self.until(date.fromordinal(until.toordinal() + 1))
        self.expire()

    def renew(self) -> None:
        self.decide("coordinator", "again")

    def say_why(self, cause: str = TrainingItem.Cause.ORGANISATION) -> None:
        self.submit("coordinator", facts={"lapse_cause": cause})

    ROAD: ClassVar[tuple[tuple[str, tuple[str, ...]], ...]] = (
        ("require", ("confirm",)),
        ("offer", ("offer_all",)),
        ("learn", ("complete_all",)),
        ("checking", ("check_all",)),
        ("readiness", ("find_ready",)),
        ("sign", ("sign",)),
    )
