"""Random people do random things to a case, and what the project exists for holds all the while.

What must hold is read from the tables by this test's own code: not by the count, the law or the look under test.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from datetime import timedelta

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule

from cases.models import Position, SafetyAction, Seat, Visit
from permissions.verdict import Refused
from tests.builders import ALSO, BEGINNING, second_key_on
from tests.integration.walks.walking import TEXT, RandomWalk, nobody_is_passed_over, unheard, waived, walk
from workflows import engine
from workflows.calendar import london_day
from workflows.demo.trust import PERSONAS, build_trust
from workflows.doors import actions, seats, second_key, waivers
from workflows.processes.oversight.story import Story

pytestmark = pytest.mark.django_db

LAY_REQUIRED = ("terms", "planning", "synthesis", "draft_review", "actions", "follow_up")
MAY_DISSENT = ("terms", "draft_review", "actions")

PARTNERS = ("pat", "amina", "gwen", "rhona")
STAFF = ("lead", "chair", "engagement", "directorate", "exec", "exec_team", "coordinator", "quality", "root")
SAYINGS = ("support", "do_not_support", "abstain", "seen", "heard", "not_heard", "heard_withdrawn", "shown", "more_evidence")
FACTS: dict[str, dict[str, str]] = {
    "planning": {"agreed_end": "2028-09-01", "timetable_shared": "yes"},
    "draft_review": {"affected_answer": "It is described anew."},
    "affected": {"candour_status": "done", "affected_comments": "Nothing."},
    "sharing": {"board_on": "2028-09-01", "icb_report": "Quarter 4", "feedback": "Page 4 is there because of you."},
}
PAPERS = {"terms": "terms", "planning": "plan", "gathering": "progress", "synthesis": "findings", "affected": "report"}
ACTORS = {"affected": "engagement", "actions": "directorate", "follow_up": "directorate", "sharing": "quality"}


class AnybodyDoesAnything(RandomWalk):
    """An investigation somewhere on its road."""

    story = Story
    counted = (*LAY_REQUIRED, "sign_off")

    @initialize(stage=st.sampled_from((*LAY_REQUIRED, "draft_review", "actions", "sign_off")))
    def begins(self, stage: str) -> None:
        self.walks_to(stage)

    @rule(seed=st.integers(0, 999_999))
    def something_happens(self, seed: int) -> None:
        self.dice.seed(seed)
        asides = (
            self.somebody_submits, self.somebody_answers, self.a_new_version_comes_out, self.the_actions_change, self.time_passes,
            self.a_partner_leaves, self.a_partner_joins, self.somebody_removes_a_partner, self.somebody_waives_the_lay_seats,
            self.the_chair_chases_and_lapses, self.somebody_withdraws_the_case,
        )  # fmt: skip
        self.a_stage_runs(asides) if self.dice.random() < 0.6 else self.dice.choice(asides)()

    # The ordinary road, with something in between

    def a_stage_runs(self, asides: tuple[Callable[[], None], ...]) -> None:
        """It is prepared properly; some answer, in any order; something may happen in between; days pass."""
        no = self.dice.choice(("", "", *PARTNERS))
        self.the_case_goes_on()
        voices = self.dice.sample((*PARTNERS, "chair", "quality"), 6)
        for who in voices[: self.dice.randint(0, 6)]:
            self.answers_as_asked(who, no)
        if self.dice.random() < 0.4:
            self.dice.choice(asides)()
        for who in voices:
            self.answers_as_asked(who, no)
        self.time_passes()

    def the_case_goes_on(self) -> None:
        """Whoever is to prepare does it properly, so that there is something to answer."""
        live, way = self.live, self.dice.choice(("pass", "pass", "send_back"))
        if live is None or live.step != Visit.Step.PREPARE:
            return
        with contextlib.suppress(Refused):
            if live.stage.endswith("__dissent"):
                self.case.hear_dissent(outcome=way, reason=TEXT)
            elif live.stage == "sign_off":
                if self.dice.random() < 0.8:  # what was said with a yes is owed an answer (R7)
                    self.case.answer_comments()
                self.case.submit("exec", outcome="sign" if way == "pass" else way, reason=TEXT)
            else:
                self.prepared(live.stage)

    def prepared(self, stage: str) -> None:
        """What the ordinary road does up to the answers."""
        if stage == "terms":
            self.case.record_questions()
        if stage in PAPERS and not self.case.look.latest_released(PAPERS[stage]):
            self.case.paper(PAPERS[stage])
        if stage == "actions" and not self.items():
            self.case.draft_action()
        if stage == "follow_up":
            self.case.give_evidence()
        self.case.submit(ACTORS.get(stage, "lead"), facts=FACTS.get(stage, {}))

    def answers_as_asked(self, who: str, no: str) -> None:
        """The first answer that the stage offers, or its third, whatever it is."""
        live, stage = self.live, self.case.look.stage
        if live and stage:
            self.says(who, stage.asks.answers[2 if who == no else 0].code, quick=True)

    def says(self, who: str, answer: str, quick: bool) -> None:
        live = self.live
        if live is None:
            return
        given = {"visit": live.pk, "answer": answer, "version": live.version_id, "text": TEXT, "enough_time": quick}
        for item in self.items() if live.stage == "actions" else [None]:
            about = {"item": item.pk, "item_revision": item.revision} if item else {}
            self.attempt(engine.take_position, who, **given, **about)

    def items(self) -> list[SafetyAction]:
        return list(SafetyAction.objects.filter(case=self.case.case_id).exclude(state="dropped"))

    # Asides: what anybody may try at any time

    def time_passes(self) -> None:
        self.case.wait(self.dice.choice((0, 1, 6)))
        self.attempt(engine.look_again, "lead")

    def somebody_submits(self) -> None:
        look = self.case.look
        stage = look.stage
        if stage:
            latest = look.latest_released(stage.paper.code) if stage.paper else None
            heard = {"met_on": london_day(look.at).isoformat(), "what_was_said": "Much."}
            facts = heard if stage.hears else FACTS.get(stage.code, {})
            outcome = self.dice.choice(("", "pass", "send_back", "sign"))
            given = {"visit": look.visits[-1].pk, "facts": facts, "version": latest.pk if latest else None, "reason": TEXT}
            self.attempt(engine.submit, self.dice.choice(STAFF + PARTNERS), outcome=outcome, **given)

    def somebody_answers(self) -> None:
        self.says(self.dice.choice(STAFF + PARTNERS), self.dice.choice(SAYINGS), self.dice.random() < 0.5)

    def a_new_version_comes_out(self) -> None:
        self.case.cast["lead"] = self.dice.choice(("lead", "lead", "chair", "pat"))
        with contextlib.suppress(Refused):
            self.case.paper(self.dice.choice((*PAPERS.values(), "report", "report")), text=f"Text of {self.case.at}")
        self.case.cast["lead"] = "lead"

    def the_actions_change(self) -> None:
        given = {"title": "Answer bells", "measure": "Audit", "owner": self.case.who("directorate")}
        due = london_day(self.case.at) + timedelta(days=60)
        for item in self.items()[:1]:
            drop = self.dice.random() < 0.5
            self.attempt(actions.change_action, "directorate", action=item.pk, drop=drop, due_on=due, **given)
        self.attempt(actions.draft_action, "directorate", due_on=due, **given)

    def a_partner_leaves(self) -> None:
        with contextlib.suppress(Refused, Seat.DoesNotExist):
            self.dice.choice((self.case.recuse, self.case.step_down))(self.dice.choice(PARTNERS))

    def a_partner_joins(self) -> None:
        with contextlib.suppress(Refused):
            self.case.take_seat(self.dice.choice(PARTNERS))

    def somebody_removes_a_partner(self) -> None:
        kind = self.dice.choice((seats.ask_to_end_seat, seats.ask_for_attendee))
        with contextlib.suppress(Refused, Seat.DoesNotExist):
            whose = self.case.seat(self.dice.choice(PARTNERS)).pk
            asked = self.case.do(kind, self.dice.choice(("chair", "lead", "exec")), seat=whose, reason=TEXT)
            second_key_on(self.case, asked, self.dice.choice(STAFF))

    def somebody_waives_the_lay_seats(self) -> None:
        until = london_day(self.case.at) + timedelta(days=9)
        asked = self.attempt(
            waivers.ask_for_waiver, self.dice.choice(("lead", "chair", "pat")), rule="R9", until=until, reason=TEXT
        )
        if asked:
            with contextlib.suppress(Refused):
                second_key_on(self.case, asked, self.dice.choice(("exec_team", "exec", "lead")))

    def the_chair_chases_and_lapses(self) -> None:
        who = self.dice.choice(PARTNERS)
        with contextlib.suppress(Refused, LookupError, Seat.DoesNotExist):
            for days in (1, 12):
                self.case.remind(who)
                self.case.wait(days)
            self.case.lapse(who)

    def somebody_withdraws_the_case(self) -> None:
        asked = self.attempt(second_key.ask_to_withdraw, "lead", reason=TEXT)
        if asked:
            with contextlib.suppress(Refused):
                second_key_on(self.case, asked, self.dice.choice(("exec", "chair", "chair", "lead", "pat")))

    # What holds

    @invariant()
    def no_stage_passes_without_its_partners(self) -> None:
        for visit in self.visits(outcome="pass", stage__in=LAY_REQUIRED):
            nobody_is_passed_over(visit)

    @invariant()
    def a_no_is_heard_and_decided_with_a_reason_or_not_passed(self) -> None:
        for visit in self.visits(outcome="pass", stage__in=MAY_DISSENT):
            assert not unheard(visit), f"{visit}: passed over a partner who does not support it"
        for visit in self.visits(outcome="dissent"):
            following = Visit.objects.get(case=visit.case_id, number=visit.number + 1)
            assert following.stage == f"{visit.stage}__dissent"
        for visit in self.visits(outcome="pass", stage__endswith="__dissent"):
            assert visit.chosen_reason.strip()
            assert visit.chosen_by
            assert visit.chosen_by.role == "exec"
            heard = Position.objects.filter(visit=visit, seat__capacity="lay", answer__in=("heard", "heard_withdrawn"))
            assert heard.exists() or waived(visit)

    @invariant()
    def what_is_signed_is_what_was_agreed_and_not_by_its_author(self) -> None:
        for visit in self.visits(stage="sign_off", outcome="sign"):
            agreed = self.visits(stage="draft_review", number__lt=visit.number).order_by("-number")[0]
            assert visit.version_id == agreed.version_id
            assert visit.version
            assert visit.submitted_by
            assert visit.version.author_id != visit.submitted_by.person_id


def test_whatever_people_do() -> None:
    AnybodyDoesAnything.trust = build_trust(BEGINNING, PERSONAS + ALSO)
    walk(AnybodyDoesAnything, walks=12, steps=20)
    came_to = AnybodyDoesAnything.came_to
    assert min(came_to["pass"], came_to["dissent"], came_to["sign"]) > 0, came_to
