"""A case walked through the oversight process by its real doors, one plain step at a time: for the demo and for tests."""

from __future__ import annotations

from cases.models import Case, Incident
from workflows import engine
from workflows.calendar import london_day
from workflows.demo.walk import Walk
from workflows.doors import actions, facts
from workflows.opening import calendar_of

    "sign_off",
    "sharing",
    "follow_up",
    "closed",
)


class Story(Walk):
    """One case, its people and the time it has got to. Every method is something that a person does."""

    # B0

    def open(self, title: str = "Delay in treating sepsis", summary: str = "", incident: Incident | None = None) -> Case:
        case = engine.open_case(
            process="OVS",


class Story(Walk):
    """The ordinary road of an oversight case, stage by stage."""

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
    # B1

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
