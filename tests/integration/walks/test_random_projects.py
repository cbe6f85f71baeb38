"""Random people do random things to an improvement project, and what is promised to its partners holds all the while.

What must hold is read from the tables by this test's own code: not by the guards, the count or the doors under test.
"""

from __future__ import annotations

import contextlib
from typing import Any

import pytest
from django.db.models import F, Q
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule

from audit.models import Event
from cases.models import Hold, Measure, Position, Seat, Visit
from permissions.roles import QUALITY
from permissions.verdict import Refused
from tests.builders import BEGINNING, second_key_on
from tests.integration.walks.walking import TEXT, RandomWalk, nobody_is_passed_over, unheard, waived, walk
from tests.projects import ALSO
from workflows import engine
from workflows.calendar import london_day
from workflows.demo.trust import PERSONAS, build_trust
from workflows.doors import evaluations, holds, measures, offices, seats, second_key
from workflows.doors.people import appoint
from workflows.processes.improvement.story import CYCLE, ImprovementStory

pytestmark = pytest.mark.django_db

LAY_REQUIRED = ("scope", "measures", "review")
PASSES = ("pass", "adopt", "abandon", "adapt")
PARTNERS = ("pat", "amina", "ivy", "rhona")
STAFF = ("lead", "chair", "specialist", "coordinator", "exec", "exec_team", "quality", "root")
ANYBODY = (*PARTNERS, *STAFF)
FACTS: dict[str, dict[str, str]] = {
    "testing": CYCLE,
    "review": {"proposed": "adopt", "proposed_why": "It helps."},
    "share": {"you_said_we_did": "You said, we did.", "shared_where": "On the ward."},
    "evaluate": {"contribution": "A measure and a hold.", "payments_settled": "yes"},
}
PAPERS = {"scope": "scope", "review": "results"}
OUTCOMES = ("", "another_cycle", "enough", "accept", "pass", "adopt", "close")
WORDS = ("title", "why", "how")


class AnybodyDoesAnythingToAProject(RandomWalk):
    """A project somewhere on its road."""

    story = ImprovementStory
    counted = (*LAY_REQUIRED, "testing", "evaluate", "review__dissent", "measures__dissent", "scope__dissent")

    @initialize(stage=st.sampled_from(("scope", "measures", "measures", "testing", "review", "evaluate", "evaluate")))
    def begins(self, stage: str) -> None:
        self.walks_to(stage)

    @rule(seed=st.integers(0, 999_999))
    def something_happens(self, seed: int) -> None:
        self.dice.seed(seed)
        asides = (
            self.somebody_submits, self.somebody_decides, self.somebody_answers, self.a_measure_is_meddled_with,
            self.somebody_stops_the_work, self.somebody_answers_a_hold, self.a_partner_comes_or_goes,
            self.somebody_gets_another_office, self.somebody_withdraws_it, self.what_it_was_like,
        )  # fmt: skip
        if self.dice.random() < 0.5:
            self.a_stage_runs()
        else:
            self.dice.choice(asides)()
        self.case.wait(self.dice.choice((0, 1, 6)))

    # The ordinary road, with something left out now and then

    def a_stage_runs(self) -> None:
        live = self.live
        if live is None:
            return
        with contextlib.suppress(Refused, LookupError, StopIteration):
            self.prepares(live.stage) if live.step == "prepare" else None
        no = self.dice.choice(("", "", "", *PARTNERS))
        for who in self.dice.sample(("lead", *PARTNERS), 5):
            self.says(who, "do_not_support" if who == no else "heard" if live.stage.endswith("__dissent") else "support")
        if live.stage in ("review", "evaluate"):
            self.somebody_decides()

    def prepares(self, stage: str) -> None:
        if stage.endswith("__dissent"):
            onward = "adopt" if stage.startswith("review") else "pass"
            self.case.hear_dissent(self.dice.choice((onward, onward, "send_back")))
        elif stage == "measures":
            with contextlib.suppress(Refused):
                self.case.put_measures()
        elif stage == "evaluate":
            self.case.offer_evaluations()
            self.case.submit("coordinator", facts=FACTS[stage])
        else:
            if stage in PAPERS:
                self.case.paper(PAPERS[stage])
            if stage == "share":
                self.case.answer_comments()
            way = {"outcome": self.dice.choice(("another_cycle", "enough"))} if stage == "testing" else {}
            self.case.submit("lead", facts=FACTS.get(stage, {}), **way)

    def says(self, who: str, answer: str) -> None:
        live = self.live
        if live:
            given = {"visit": live.pk, "version": live.version_id, "enough_time": True}
            self.attempt(engine.take_position, who, answer=answer, text=TEXT, **given)

    # Asides: what anybody may try at any time

    def somebody_submits(self) -> None:
        live, look = self.live, self.case.look
        if live:
            latest = look.latest_released(look.stage.paper.code) if look.stage.paper else None
            self.attempt(
                engine.submit, self.dice.choice(ANYBODY), visit=live.pk, outcome=self.dice.choice(OUTCOMES), reason=TEXT,
                facts=FACTS.get(live.stage, {}), version=latest.pk if latest else None,
            )  # fmt: skip

    def somebody_decides(self) -> None:
        if live := self.live:
            outcome = self.dice.choice(
                ("close", "close", "send_back") if live.stage == "evaluate" else ("adopt", "adapt", "abandon")
            )
            for who in (self.dice.choice(ANYBODY), "chair", self.dice.choice(("lead", "quality")), "quality"):
                self.attempt(engine.decide, who, visit=live.pk, outcome=outcome, reason=TEXT)

    def somebody_answers(self) -> None:
        self.says(self.dice.choice(ANYBODY), self.dice.choice(("support", "do_not_support", "abstain", "heard", "not_heard")))

    def a_measure_is_meddled_with(self) -> None:
        """The lead would be rid of what a partner chose; a partner chooses; anybody tries anything."""
        given = {name: f"{name} {self.dice.random()}" for name in WORDS}
        self.attempt(measures.propose_measure, self.dice.choice(("lead", "lead", *ANYBODY)), baseline="Six", **given)
        live = list(Measure.objects.filter(case=self.case.case_id, dropped_at=None))
        for one in self.dice.sample(live, min(2, len(live))):
            about = {"measure": one.pk}
            self.attempt(measures.endorse_measure, self.dice.choice(PARTNERS), **about)
            self.attempt(measures.change_measure, self.dice.choice(("lead", *ANYBODY)), **about, **given)
            if self.dice.random() < 0.5:
                self.attempt(measures.endorse_measure, self.dice.choice(PARTNERS), **about)
            self.attempt(measures.drop_measure, self.dice.choice(("lead", "lead", *ANYBODY)), reason=TEXT, **about)

    def somebody_stops_the_work(self) -> None:
        self.attempt(holds.place_hold, self.dice.choice(ANYBODY), act="hold", reason=TEXT)

    def somebody_answers_a_hold(self) -> None:
        for one in Hold.objects.filter(case=self.case.case_id):
            act, given = self.dice.choice(((holds.answer_hold, {"answer": TEXT}), (holds.take_back_hold, {})))
            self.attempt(act, self.dice.choice(("chair", *ANYBODY)), hold=one.pk, **given)

    def a_partner_comes_or_goes(self) -> None:
        who = self.dice.choice(PARTNERS)
        with contextlib.suppress(Refused, Seat.DoesNotExist):
            self.dice.choice((self.case.take_seat, self.case.take_seat, self.case.recuse, self.is_removed))(who)

    def is_removed(self, who: str) -> None:
        asked = self.case.do(seats.ask_to_end_seat, self.dice.choice(("chair", "lead")), seat=self.case.seat(who).pk, reason=TEXT)
        second_key_on(self.case, asked, self.dice.choice(STAFF))

    def somebody_gets_another_office(self) -> None:
        """The lead or the sponsor comes into the quality team, or the other way round."""
        who = self.case.who(self.dice.choice(("lead", "chair")))
        appoint(person=who, role=QUALITY.code, starts_on=london_day(self.case.at), at=self.case.at)
        self.attempt(offices.fill_offices, "coordinator")
        with contextlib.suppress(Refused):
            self.case.take_seat("lead", self.dice.choice(("sponsor", "project_lead")))

    def somebody_withdraws_it(self) -> None:
        asked = self.attempt(second_key.ask_to_withdraw, self.dice.choice(("lead", "chair", "pat")), reason=TEXT)
        if asked and self.dice.random() < 0.5:
            self.somebody_stops_the_work()
            with contextlib.suppress(Refused):
                second_key_on(self.case, asked, self.dice.choice(("exec", "lead", "pat", "quality")))

    def what_it_was_like(self) -> None:
        for seat in Seat.objects.filter(case=self.case.case_id, capacity="lay"):
            self.attempt(evaluations.offer_evaluation, self.dice.choice(("coordinator", *ANYBODY)), seat=seat.pk)

    # What holds

    @invariant()
    def nothing_is_agreed_without_its_partners(self) -> None:
        for visit in self.visits(outcome__in=PASSES, stage__in=LAY_REQUIRED):
            nobody_is_passed_over(visit)
            assert not unheard(visit), f"{visit}: passed over a partner who does not support it"

    @invariant()
    def a_no_is_heard_by_the_executive_who_gives_reasons(self) -> None:
        for visit in self.visits(outcome__in=PASSES, stage__endswith="__dissent"):
            assert visit.chosen_reason.strip()
            assert (visit.chosen_by and visit.chosen_by.role) == "exec"
            heard = Position.objects.filter(visit=visit, seat__capacity="lay", answer__in=("heard", "heard_withdrawn"))
            assert heard.exists() or waived(visit)

    @invariant()
    def no_testing_goes_on_and_nothing_is_withdrawn_over_a_hold(self) -> None:
        for visit in self.visits().filter(Q(stage="testing", outcome__in=("another_cycle", "enough")) | Q(outcome="withdraw")):
            placed = Hold.objects.filter(case=visit.case_id, placed_at__lt=visit.ended_at)
            answered = Q(answered_at__lte=visit.ended_at, answered_by__role="sponsor") & ~Q(
                answered_by__person=F("placed_by__person")
            )
            assert not placed.exclude(answered).exclude(taken_back_at__lte=visit.ended_at).exists(), f"{visit}: over a hold"

    @invariant()
    def a_measure_that_is_agreed_is_a_partners_and_none_is_taken_from_them(self) -> None:
        for visit in self.visits(stage="measures", outcome="pass"):
            then = measures_at(visit)
            lay = lay_seats(visit.case_id)
            assert any(row["proposed_by_id"] in lay or row["endorsed_at"] for row in then), f"{visit}: no measure of a partner"
            assert not [row for row in then if row["endorsed_by_id"] and not row["endorsed_at"]], f"{visit}: reworded behind one"
        for event in Event.objects.filter(case_id=self.case.case_id, kind="measure_dropped"):
            if was_a_partners(event):
                assert event.capacity == "lay", f"{event.facts['measure']}: a partner's, dropped by {event.person_name}"

    @invariant()
    def nobody_passes_their_own_work(self) -> None:
        opened_by = self.case.case.opened_by_id
        assert not self.visits(stage="propose", outcome="accept", submitted_by__person=opened_by).exists()
        sat = Seat.objects.filter(case=self.case.case_id, active_from__isnull=False)
        kept = {"close": ("project_lead", "sponsor"), "adopt": ("project_lead",), "abandon": ("project_lead",)}
        for visit in self.visits(outcome__in=kept, stage__in=("review", "evaluate")):
            own = sat.filter(role__in=kept[visit.outcome], person=visit.chosen_by.person_id, active_from__lte=visit.ended_at)
            assert not own.exists(), f"{visit}: {visit.outcome} by {own.first()}"


def lay_seats(case: Any) -> set[Any]:
    return set(Seat.objects.filter(case=case, capacity="lay").values_list("pk", flat=True))


def measures_at(visit: Visit) -> list[dict[str, Any]]:
    """The measures that stood when a stay ended, from the newest version of each until then."""
    newest: dict[Any, dict[str, Any]] = {}
    for row in Measure.history.filter(case_id=visit.case_id, history_date__lte=visit.ended_at).order_by("history_id").values():
        newest[row["id"]] = row
    return [row for row in newest.values() if row["dropped_at"] is None]


def was_a_partners(dropped: Event) -> bool:
    """Whether a partner proposed the measure or chose it, at any time before."""
    versions = Measure.history.filter(id=dropped.facts["measure_id"])
    return versions.filter(Q(endorsed_by__isnull=False) | Q(proposed_by__in=lay_seats(dropped.case_id))).exists()


def test_whatever_people_do_to_a_project() -> None:
    AnybodyDoesAnythingToAProject.trust = build_trust(BEGINNING, PERSONAS + ALSO)
    walk(AnybodyDoesAnythingToAProject, walks=8, steps=14)
    came_to = AnybodyDoesAnythingToAProject.came_to
    assert min(came_to["pass"], came_to["dissent"], came_to["another_cycle"] + came_to["enough"], came_to["close"]) > 0, came_to
