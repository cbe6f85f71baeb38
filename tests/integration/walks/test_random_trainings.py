"""Random people do random things to a partner's training, and it is never signed off but by both, on evidence with four eyes.

What must hold is read from the tables by this test's own code: not by the guards, the count or the doors under test.
"""

from __future__ import annotations

import contextlib
from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule

from audit.models import Event
from cases.models import Position, Seat, TrainingItem, TrainingRecord, Visit, Waiver
from permissions.verdict import Refused
from tests.integration.walks.walking import TEXT, RandomWalk, walk
from tests.trainees import a_trust_with_newcomers
from workflows import engine
from workflows.calendar import london_day
from workflows.doors import training, waivers
from workflows.processes.training.story import TALKED, TrainingStory

pytestmark = pytest.mark.django_db

ANYBODY = ("iris", "coordinator", "coordinator2", "specialist", "quality", "exec_team", "exec", "root", "pat")
OUTCOMES = ("", "accept", "send_back", "pass", "signed", "again", "end")


class AnybodyDoesAnythingToATraining(RandomWalk):
    """The training of one partner somewhere on its road."""

    story = TrainingStory
    counted = ("checking", "readiness", "sign")

    @initialize(stage=st.sampled_from(("offer", "learn", "learn", "checking", "readiness", "sign")))
    def begins(self, stage: str) -> None:
        self.walks_to(stage)

    @rule(seed=st.integers(0, 999_999))
    def something_happens(self, seed: int) -> None:
        self.dice.seed(seed)
        asides = (
            self.somebody_submits, self.somebody_decides, self.somebody_answers, self.evidence_is_meddled_with, self.it_is_waived,
            self.more_is_asked_for,
        )  # fmt: skip
        self.a_stage_runs() if self.dice.random() < 0.5 else self.dice.choice(asides)()
        self.case.wait(self.dice.choice((0, 1, 6)))

    def a_stage_runs(self) -> None:
        live = self.live
        case = self.case
        steps = {
            "require": case.confirm, "offer": case.offer_all, "learn": case.complete_all, "checking": case.check_all,
            "readiness": case.find_ready, "sign": self.signs, "renew": case.renew, "lapsed": case.say_why,
        }  # fmt: skip
        if live and live.stage in steps:
            with contextlib.suppress(Refused):
                steps[live.stage]()

    def signs(self) -> None:
        """One of them signs; the other does, or wants more, or nothing is heard of them."""
        for who in self.dice.sample(("iris", "specialist"), self.dice.randint(1, 2)):
            self.says(who, self.dice.choice(("sign", "sign", "send_back", "more_training")))

    def says(self, who: str, answer: str) -> None:
        if live := self.live:
            self.attempt(engine.take_position, who, visit=live.pk, answer=answer, text=TEXT, version=live.version_id)

    # Asides: what anybody may try at any time

    def somebody_submits(self) -> None:
        if live := self.live:
            facts = TALKED if live.stage == "readiness" else {"lapse_cause": "partner"} if live.stage == "lapsed" else {}
            given = {"visit": live.pk, "facts": facts, "outcome": self.dice.choice(OUTCOMES), "reason": TEXT}
            self.attempt(engine.submit, self.dice.choice(ANYBODY), **given)

    def somebody_decides(self) -> None:
        if live := self.live:
            given = {"visit": live.pk, "outcome": self.dice.choice(OUTCOMES), "reason": TEXT}
            self.attempt(engine.decide, self.dice.choice(ANYBODY), **given)

    def somebody_answers(self) -> None:
        self.says(self.dice.choice(ANYBODY), self.dice.choice(("ready", "more_training", "sign", "sign")))

    def evidence_is_meddled_with(self) -> None:
        """Whoever hands it in tries to check it too; so does everybody else."""
        today = london_day(self.case.at)
        for item in self.dice.sample(list(TrainingItem.objects.filter(case=self.case.case_id)), 1):
            hands_in = self.dice.choice(("iris", "coordinator", *ANYBODY))
            self.attempt(training.offer_item, "coordinator", item=item.pk, offer=TEXT, adjustments_met=TEXT)
            given = {"completed_on": today, "provider": "A college", "hours": Decimal(1), "evidence": TEXT}
            self.attempt(training.complete_item, hands_in, item=item.pk, **given)
            for checks in (hands_in, self.dice.choice(ANYBODY)):
                self.attempt(training.check_item, checks, item=item.pk, accepted=self.dice.random() < 0.7, reason=TEXT)

    def it_is_waived(self) -> None:
        until = london_day(self.case.at) + timedelta(days=self.dice.choice((-1, 30)))
        for item in self.dice.sample(list(TrainingItem.objects.filter(case=self.case.case_id)), 1):
            asked = self.attempt(waivers.ask_to_waive, self.dice.choice(ANYBODY), item=item.pk, until=until, reason=TEXT)
            if asked:
                self.attempt(waivers.grant_training_waiver, self.dice.choice(ANYBODY), proposal=asked.pk)

    def more_is_asked_for(self) -> None:
        self.attempt(training.ask_for_more, self.dice.choice(ANYBODY), title="Charts", why=TEXT)

    # What holds

    @invariant()
    def evidence_is_accepted_by_somebody_else_than_handed_it_in(self) -> None:
        for row in TrainingItem.history.filter(case_id=self.case.case_id, state__in=("verified", "signed")).values():
            assert row["checked_by_id"]
            assert row["checked_by_id"] not in (row["submitted_by_id"], self.case.who("iris").pk), row["asked_title"]

    @invariant()
    def it_is_signed_by_both_and_by_two_people(self) -> None:
        for visit in self.visits(stage="sign", outcome="signed"):
            assert signers(visit, "sign") == {"psp": self.case.who("iris").pk, "specialist": self.case.who("specialist").pk}
        for visit in self.visits(stage="readiness", outcome="pass"):
            assert set(signers(visit, "ready")) == {"psp", "specialist"}

    @invariant()
    def nothing_is_unlocked_before_both_have_signed(self) -> None:
        unlocked = TrainingRecord.objects.filter(person=self.case.who("iris"), subject=TrainingRecord.OVERSIGHT)
        assert not unlocked.exists() or self.visits(stage="sign", outcome="signed").exists()

    @invariant()
    def a_waiver_took_two_people(self) -> None:
        for waiver in Waiver.objects.filter(case=self.case.case_id):
            assert waiver.asked_by_id != waiver.granted_by_id
            assert Seat.objects.filter(case=self.case.case_id, person=waiver.granted_by_id, role="exec_team").exists()

    @invariant()
    def nobody_speaks_for_the_partner(self) -> None:
        own = Position.objects.filter(case=self.case.case_id, seat__capacity="lay")
        assert not own.exclude(person=self.case.who("iris")).exists()
        asked = Event.objects.filter(case_id=self.case.case_id, kind="training_asked_for")
        assert not asked.exclude(person_id=self.case.who("iris").pk).exists()


def signers(visit: Visit, answer: str) -> dict[str, object]:
    """By the role of their seat, the people whose last word in a stay was this answer."""
    last = {one.seat_id: one for one in Position.objects.filter(visit=visit).select_related("seat").order_by("number", "at")}
    return {one.seat.role: one.person_id for one in last.values() if one.answer == answer}


def test_whatever_people_do_to_a_training() -> None:
    AnybodyDoesAnythingToATraining.trust = a_trust_with_newcomers()
    walk(AnybodyDoesAnythingToATraining, walks=8, steps=14)
    came_to = AnybodyDoesAnythingToATraining.came_to
    assert min(came_to["accept"], came_to["pass"], came_to["signed"]) > 0, came_to
