"""A case walked through the oversight process by its real doors, one plain step at a time: for the demo and for tests."""

from __future__ import annotations

from typing import ClassVar

from cases.models import Case, Incident
from workflows import engine
from workflows.calendar import london_day
from workflows.doors import actions, facts
from workflows.opening import calendar_of
from workflows.testing import Walk

STAGES = (
    "response",
    "form_group",
    "terms",
    "planning",
    "gathering",
    "synthesis",
    "affected",
    "draft_review",
    "actions",
    "sign_off",
    "sharing",
    "follow_up",
    "closed",
)


class Story(Walk):
    """The ordinary road of an oversight case, stage by stage."""

    # B0

    def open(self, title: str = "Delay in treating sepsis", summary: str = "", incident: Incident | None = None) -> Case:
        case = engine.open_case(
            process="OVS",
            organisation=self.trust.organisation,
            by=self.who("lead"),
            at=self.at,
            title=title,
            summary=summary,
            incident=incident,
            people={"lead": self.who("lead"), "directorate": self.who("directorate")},
        )
        self.case_id = case.pk
        return case

    def propose_response(self, trigger: str = "local_priority", response: str = "psii") -> None:
        self.submit(
            "directorate",
            facts={
                "trigger": trigger,
                "response": response,
                "plan_priority": "Deteriorating patients",
                "why_this": "Several things went wrong together and we do not yet understand why.",
                "why_not_others": "A review of one shift would miss how the teams work together.",
            },
        )

    def decide_response(self, outcome: str = "investigate", by: str = "exec_team", reason: str = "") -> None:
        self.decide(by, outcome, reason)

    # B1

    def seat_group(self) -> None:
        self.take_seat("chair", "chair", why="You chair the safety group.")
        self.take_seat("engagement", "engagement", why="You look after those affected.")
        for partner in self.partners:
            self.take_seat(partner)

    def form_group(self) -> None:
        self.seat_group()
        self.submit("lead")

    def confirm_group(self) -> None:
        self.decide("coordinator", "confirm")

    def all_answer(self, answer: str = "support", also: tuple[str, ...] = ("chair",), enough_time: bool = True) -> None:
        """Those also asked first, then the lay partners; the notice need not run on."""
        for key in (*also, *self.partners):
            self.answer(key, answer, enough_time=enough_time)

    # B2 to B6

    def record_questions(self, status: str = "attached") -> None:
        given = {"questions_status": status, "questions": "Why did nobody come when we called?"}
        self.do(facts.record_facts, "engagement", act="record_questions", facts=given)

    def agree_terms(self) -> None:
        self.record_questions()
        self.paper("terms")
        self.submit("lead")
        self.all_answer()

    def note_plan(self) -> None:
        self.paper("plan")
        end = calendar_of(self.trust.organisation).add(london_day(self.at), 90)
        self.submit("lead", facts={"agreed_end": end.isoformat(), "timetable_shared": "yes"})
        self.all_answer("seen")

    def gather(self) -> None:
        self.paper("progress")
        self.submit("lead")

    def share_findings(self) -> None:
        self.paper("findings")
        self.submit("lead")
        self.all_answer("seen")

    def share_draft(self) -> None:
        self.paper("report")
        self.submit(
            "engagement",
            facts={
                "candour_status": "done",
                "candour_note": "Letter sent.",
                "affected_comments": "They asked that the night shift be described fairly.",
            },
        )

    # B7, B7a

    def put_draft_to_group(self) -> None:
        self.submit("lead", facts={"affected_answer": "The part about the night shift was written again."})

    def review_draft(self) -> None:
        self.put_draft_to_group()
        self.all_answer()

    def dissent(self, key: str, text: str = "The report does not say why families were not listened to.") -> None:
        self.answer(key, "do_not_support", text)

    def hear_dissent(self, outcome: str = "pass", reason: str = "The report now says so on page 4.") -> None:
        day = london_day(self.at).isoformat()
        self.submit(
            "exec",
            outcome=outcome,
            reason=reason,
            facts={"met_on": day, "what_was_said": "We met and went through it line by line."},
        )

    # B8 to B11

    def draft_action(self, title: str = "Answer every call bell within five minutes") -> None:
        due = calendar_of(self.trust.organisation).add(london_day(self.at), 60)
        self.do(
            actions.draft_action,
            "directorate",
            title=title,
            measure="Audit of call bell times each month",
            owner=self.who("directorate"),
            due_on=due,
        )

    def put_actions_to_group(self) -> None:
        self.draft_action()
        self.draft_action("Families can call for a second opinion")
        self.submit("directorate")

    def agree_actions(self) -> None:
        self.put_actions_to_group()
        self.all_answer(also=())

    def sign(self) -> None:
        self.submit("exec", outcome="sign")

    def share_learning(self) -> None:
        day = calendar_of(self.trust.organisation).add(london_day(self.at), 5).isoformat()
        self.submit(
            "quality",
            facts={
                "board_on": day,
                "icb_report": "Quarter 4",
                "feedback": "Page 4 and the second action are there because of you.",
            },
        )

    def give_evidence(self) -> None:
        for action in self.look.live_actions:
            self.do(actions.give_evidence, "directorate", action=action.pk, evidence="Audit attached: 96 % within five minutes.")

    def follow_up(self) -> None:
        self.give_evidence()
        self.submit("directorate")
        self.all_answer("shown", also=("quality",))

    # The whole road

    ROAD: ClassVar[tuple[tuple[str, tuple[str, ...]], ...]] = (
        ("response", ("propose_response", "decide_response")),
        ("form_group", ("form_group", "confirm_group")),
        ("terms", ("agree_terms",)),
        ("planning", ("note_plan",)),
        ("gathering", ("gather",)),
        ("synthesis", ("share_findings",)),
        ("affected", ("share_draft",)),
        ("draft_review", ("review_draft",)),
        ("actions", ("agree_actions",)),
        ("sign_off", ("sign",)),
        ("sharing", ("share_learning",)),
        ("follow_up", ("follow_up",)),
    )
