"""A project walked from a partner's proposal to its end by the real doors, one plain step at a time: for the demo and for tests."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from cases.models import Case, Evaluation, Hold, Measure, Seat
from workflows import engine
from workflows.demo.trust import Trust
from workflows.doors import evaluations, holds, measures, seats
from workflows.testing import Walk

STAGES = ("propose", "match", "scope", "measures", "testing", "review", "share", "evaluate", "closed")

CYCLE = {
    "cycle": "A card beside each bed says what the person likes to be called. Twelve people were asked; ten had been.",
    "attendance": "Four staff and two partners.",
    "hours": "Three hours each.",
}


class ImprovementStory(Walk):
    """The ordinary road of an improvement project. "lead" and "chair" are the project's own lead and its sponsor."""

    PROFILE: ClassVar[str] = "About four hours a month for half a year. Five meetings, two of them on a ward. Paid at our rate."

    def __init__(self, trust: Trust, at: datetime, partners: tuple[str, ...] = ("pat", "amina"), **cast: str) -> None:
        super().__init__(trust, at, partners, **{"lead": "project_lead", "chair": "sponsor", **cast})

    # A1

    def open(self, title: str = "Being called by the right name", summary: str = "", by: str = "") -> Case:
        """Opened by the first partner unless told otherwise."""
        case = engine.open_case(
            process="IMP", organisation=self.trust.organisation, by=self.who(by or self.partners[0]), at=self.at, title=title,
            summary=summary, people={}, facts=self.idea(),
        )  # fmt: skip
        self.case_id = case.pk
        return case

    def idea(self) -> dict[str, str]:
        """What whoever proposes it sets down."""
        return {
            "theme": "partner_concern",
            "theme_reference": "Raised at the partners' meeting in February",
            "idea": "Patients are called by a name that is not theirs. Older people most of all.",
        }

    def declares(self, key: str) -> Seat:
        """A partner who proposed the project declares their interests: the seat is theirs, and they read it."""
        return self.do(seats.declare_interests, key, seat=self.seat(key).pk, confidential=True, conflict=False)

    def answer_proposal(self, outcome: str = "accept", reason: str = "") -> None:
        self.submit("specialist", outcome=outcome, **({"reason": reason} if reason else {}))

    def accept_proposal(self) -> None:
        for seat in self.look.seats:
            if seat.is_lay and seat.state == Seat.State.ACCEPTED:
                self.declares(next(key for key in self.partners if self.who(key).pk == seat.person_id))
        self.answer_proposal()

    # A2

    def seat_staff(self) -> None:
        self.take_seat("lead", "project_lead", why="You run the ward where it begins.")
        self.take_seat("chair", "sponsor", why="You can decide what becomes of it.")

    def seat_everybody(self) -> None:
        self.seat_staff()
        seated = {seat.person_id for seat in self.look.seats if seat.is_lay and seat.is_active}
        for partner in self.partners:
            if self.who(partner).pk not in seated:
                self.take_seat(partner)

    def match_partners(self) -> None:
        self.seat_everybody()
        self.submit("coordinator", facts=self.matched())

    def matched(self) -> dict[str, str]:
        """Why there is only one partner, where there is."""
        return {} if len(self.partners) > 1 else {"why_fewer_partners": "Three were asked, and two cannot come before the summer."}

    # A3, A4

    def all_answer(self, answer: str = "support", also: tuple[str, ...] = ("lead",), enough_time: bool = True) -> None:
        """Those also asked first, then the lay partners; the notice need not run on."""
        for key in (*also, *self.partners):
            self.answer(key, answer, enough_time=enough_time)

    def put_scope(self) -> None:
        self.paper("scope")
        self.submit("lead")

    def agree_scope(self) -> None:
        self.put_scope()
        self.all_answer()

    def propose_measure(self, key: str, title: str = "Share of patients called by their own name", baseline: str = "") -> Measure:
        return self.do(
            measures.propose_measure, key, title=title, why="Being called by your name is being seen.",
            how="We ask ten patients on each ward, every week.", baseline=baseline,
        )  # fmt: skip

    def record_baseline(self, measure: Measure, baseline: str = "Six of ten") -> None:
        self.do(measures.record_baseline, "lead", measure=measure.pk, baseline=baseline)

    def put_measures(self) -> None:
        self.record_baseline(self.propose_measure(self.partners[0]))
        self.propose_measure("lead", "Time that it takes to ask, in minutes", baseline="Nobody asks, so none")
        self.submit("lead")

    def agree_measures(self) -> None:
        self.put_measures()
        self.all_answer()

    # A5

    def test_change(self, outcome: str = "another_cycle", **facts: str) -> None:
        self.submit("lead", outcome=outcome, facts={**CYCLE, **facts})

    def test_changes(self) -> None:
        self.test_change()
        self.wait(5)
        self.test_change(
            "enough", cycle="The card is filled in with the patient on the first day. Thirty of thirty-two were asked."
        )

    def hold(self, key: str, reason: str = "The cards can be read by every visitor. Ask patients first.") -> Hold:
        return self.do(holds.place_hold, key, act="hold", reason=reason)

    def answer_hold(self, hold: Hold, answer: str = "The name stays; nothing else is on the card from now on.") -> None:
        self.do(holds.answer_hold, "chair", hold=hold.pk, answer=answer)

    # A6 to A8

    def put_results(self, proposed: str = "adopt") -> None:
        self.paper("results")
        self.submit("lead", facts={"proposed": proposed, "proposed_why": "Nine of ten are called by their own name now."})

    def decide_review(self, outcome: str = "adopt", reason: str = "It works, it costs little, and partners asked for it.") -> None:
        self.decide("chair", outcome, reason)

    def review_results(self) -> None:
        self.put_results()
        self.comment(self.partners[0], "Say who fills in the card at night.", kind="results")
        self.all_answer(also=())
        self.decide_review()

    def hear_dissent(self, outcome: str = "pass", reason: str = "It is printed beside the text, word for word.") -> None:
        self.submit("exec", outcome=outcome, reason=reason, facts={
            "met_on": self.at.date().isoformat(), "what_was_said": "We met on the ward and looked at the cards."})  # fmt: skip

    def share(self) -> None:
        self.answer_comments()
        self.submit("lead", facts={
            "you_said_we_did": "You said that the night has no one to ask. The night sister asks now.",
            "shared_where": "The ward boards, the partners' meeting and the trust's web page."})  # fmt: skip

    def offer_evaluations(self) -> list[Evaluation]:
        return [self.do(evaluations.offer_evaluation, "coordinator", seat=seat.pk) for seat in evaluations.took_part(self.look)]

    def answer_evaluation(self, key: str, **answers: str) -> None:
        mine = next(one for one in self.look.evaluations if one.seat_id == self.seat(key).pk)
        given = answers or {"early_enough": "Yes. It was my idea.", "made_a_difference": "Visitors no longer read the cards."}
        self.do(evaluations.answer_evaluation, key, evaluation=mine.pk, answers=given)

    def put_evaluation(self) -> None:
        self.offer_evaluations()
        self.answer_evaluation(self.partners[0])
        self.submit(
            "coordinator", facts={"contribution": "The idea, one measure, and a hold that was right.", "payments_settled": "yes"}
        )

    def evaluate(self) -> None:
        self.put_evaluation()
        self.decide("quality", "close")

    # The whole road

    ROAD: ClassVar[tuple[tuple[str, tuple[str, ...]], ...]] = (
        ("propose", ("accept_proposal",)),
        ("match", ("match_partners",)),
        ("scope", ("agree_scope",)),
        ("measures", ("agree_measures",)),
        ("testing", ("test_changes",)),
        ("review", ("review_results",)),
        ("share", ("share",)),
        ("evaluate", ("evaluate",)),
    )
