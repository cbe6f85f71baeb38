"""A case walked through the oversight process by its real doors, one plain step at a time: for the demo and for tests.

Time passes in working days, as it would; nothing here reaches into a table.
"""

from __future__ import annotations

import io
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.core.files.base import File

from cases.models import Case, Incident, PaperVersion, Person, Proposal, Seat
from workflows import engine
from workflows.calendar import LONDON, london_day
from workflows.demo.trust import Trust
from workflows.doors import actions, comments, facts, papers, reminders, seats, second_key
from workflows.look import Look
from workflows.opening import calendar_of
from workflows.registry import process_of

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
PROFILE = "About six hours a month until the report is signed. Four meetings, mostly online. Paid at our involvement rate."


class Story:
    """One case, its people and the time it has got to. Every method is something that a person does."""

    def __init__(self, trust: Trust, at: datetime, partners: tuple[str, ...] = ("pat", "amina"), **cast: str) -> None:
        self.trust = trust
        self.at = at
        self.partners = partners
        self.cast = {
            "lead": "lead",
            "chair": "chair",
            "engagement": "engagement",
            "directorate": "directorate",
            "exec": "exec",
            "exec_team": "exec_team",
            "coordinator": "coordinator",
            "quality": "quality",
            **cast,
        }
        self.case_id: UUID | None = None

    # Time and sight

    def wait(self, working_days: int = 0, minutes: int = 7) -> None:
        """Let working days pass (to ten in the morning of the last), then some minutes."""
        if working_days:
            day = calendar_of(self.trust.organisation).add(london_day(self.at), working_days)
            self.at = datetime.combine(day, time(10), LONDON)
        self.at += timedelta(minutes=minutes)

    @property
    def case(self) -> Case:
        return Case.objects.select_related("organisation").get(pk=self.case_id)

    @property
    def look(self) -> Look:
        case = self.case
        return Look(case, process_of(case.process, case.definition_version), self.at)

    def who(self, part: str) -> Person:
        """A person by their part in the case, or by their key in the trust."""
        return self.trust[self.cast.get(part, part)]

    @property
    def visit(self) -> UUID:
        visit = self.look.visit
        if visit is None:
            raise LookupError("The case has ended.")
        return visit.pk

    def seat(self, key: str, role: str = "") -> Seat:
        """The newest seat of a person on the case."""
        held = Seat.objects.filter(case=self.case_id, person=self.who(key), **({"role": role} if role else {}))
        return held.latest("offered_at", "id")

    def _do(self, act: Any, part: str, /, **particulars: Any) -> Any:
        self.wait()
        return act(case=self.case_id, by=self.who(part), at=self.at, **particulars).result

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

    def propose_response(self, trigger: str = "local_priority") -> None:
        self.submit(
            "directorate",
            facts={
                "trigger": trigger,
                "plan_priority": "Deteriorating patients",
                "why_this": "Several things went wrong together and we do not yet understand why.",
                "why_not_others": "A review of one shift would miss how the teams work together.",
            },
        )

    def decide_response(self, outcome: str = "investigate", by: str = "exec_team", reason: str = "") -> None:
        self.decide(by, outcome, reason)

    # B1

    def offer(self, key: str, role: str = "psp", **particulars: Any) -> Seat:
        why = particulars.pop("why", "You know how it feels to wait for help on a ward.")
        return self._do(seats.offer_seat, "lead", person=self.who(key), role=role, why=why, task_profile=PROFILE, **particulars)

    def take_seat(self, key: str, role: str = "psp", **particulars: Any) -> Seat:
        """Offer, accept, declare: the person sits."""
        seat = self.offer(key, role, **particulars)
        self._do(seats.accept_seat, key, seat=seat.pk)
        return self._do(seats.declare_interests, key, seat=seat.pk, confidential=True, conflict=False)

    def form_group(self) -> None:
        self.take_seat("chair", "chair", why="You chair the safety group.")
        self.take_seat("engagement", "engagement", why="You look after those affected.")
        for partner in self.partners:
            self.take_seat(partner)
        self.submit("lead")

    def confirm_group(self) -> None:
        self.decide("coordinator", "confirm")

    # Papers, submissions, answers

    def paper(self, kind: str, text: str = "", summary: str = "", note: str = "", release: bool = True) -> PaperVersion:
        """A new version, by the lead, released at once unless told otherwise."""
        number = len(self.look.versions_of(kind)) + 1
        body = (text or f"{kind.title()}, version {number}. {self.case.title}.").encode()
        version = self._do(
            papers.upload_paper,
            "lead",
            kind=kind,
            file=File(io.BytesIO(body)),
            name=f"{kind}-{number}.txt",
            size=len(body),
            change_note=note or ("" if number == 1 else "Changed after comments."),
        )
        if release:
            self.release(version, summary)
        return version

    def release(self, version: PaperVersion, summary: str = "") -> None:
        words = summary or "This says what happened, what we found and what we will do. Nobody is blamed."
        self._do(papers.release_paper, "lead", version=version.pk, plain_summary=words)

    def submit(self, part: str, **particulars: Any) -> None:
        stage = self.look.stage
        latest = self.look.latest_released(stage.paper.code) if stage and stage.paper else None
        particulars.setdefault("version", latest.pk if latest else None)
        self._do(engine.submit, part, visit=self.visit, **particulars)

    def decide(self, part: str, outcome: str, reason: str = "") -> None:
        self._do(engine.decide, part, visit=self.visit, outcome=outcome, **({"reason": reason} if reason else {}))

    def answer(self, key: str, answer: str = "support", text: str = "", enough_time: bool = False) -> None:
        """Answer on the version in hand and, where the stage asks on each item, on every item."""
        look = self.look
        visit, stage = look.visit, look.stage
        assert visit
        assert stage
        for item in look.live_actions if stage.on_each else [None]:
            self._do(
                engine.take_position,
                key,
                visit=visit.pk,
                answer=answer,
                text=text,
                version=visit.version_id,
                item=item.pk if item else None,
                item_revision=item.revision if item else 0,
                enough_time=enough_time,
            )

    def all_answer(self, answer: str = "support", also: tuple[str, ...] = ("chair",), enough_time: bool = True) -> None:
        """Those also asked first, then the lay partners; the notice need not run on."""
        for key in (*also, *self.partners):
            self.answer(key, answer, enough_time=enough_time)

    # B2 to B6

    def record_questions(self, status: str = "attached") -> None:
        given = {"questions_status": status, "questions": "Why did nobody come when we called?"}
        self._do(facts.record_facts, "engagement", act="record_questions", facts=given)

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
        self._do(
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
            self._do(actions.give_evidence, "directorate", action=action.pk, evidence="Audit attached: 96 % within five minutes.")

    def follow_up(self) -> None:
        self.give_evidence()
        self.submit("directorate")
        self.all_answer("shown", also=("quality",))

    # Things that happen on the way

    def comment(self, key: str, text: str, kind: str = "findings", section: str = "Page 2") -> None:
        version = self.look.latest_released(kind)
        assert version
        self._do(comments.comment, key, version=version.pk, text=text, section=section)

    def answer_comments(self) -> None:
        for one in self.look.unanswered_comments:
            self._do(comments.answer_comment, "lead", comment=one.pk, outcome="changed", text="Page 2 now says so.")

    def read(self, key: str, kind: str) -> None:
        version = self.look.latest_released(kind)
        assert version
        self._do(papers.open_paper, key, version=version.pk)

    def remind(self, key: str) -> None:
        self._do(reminders.remind, "chair", visit=self.visit, seat=self.seat(key).pk)

    def lapse(self, key: str, reason: str = "No answer to two reminders and a phone call.") -> None:
        self._do(reminders.lapse, "chair", visit=self.visit, seat=self.seat(key).pk, reason=reason)

    def recuse(self, key: str, text: str = "My neighbour was on that ward.") -> None:
        self._do(seats.recuse, key, seat=self.seat(key).pk, text=text)

    def step_down(self, key: str) -> None:
        self._do(seats.step_down, key, seat=self.seat(key).pk)

    def waive(self, reason: str = "One partner is ill and the family cannot wait.") -> None:
        until = calendar_of(self.trust.organisation).add(london_day(self.at), 20)
        asked: Proposal = self._do(second_key.ask_for_waiver, "lead", rule="R9", until=until, reason=reason)
        self._do(second_key.grant_waiver, "exec_team", proposal=asked.pk)

    def withdraw(self, reason: str = "It was opened twice.") -> None:
        asked: Proposal = self._do(second_key.ask_to_withdraw, "lead", reason=reason)
        self._do(second_key.confirm_withdrawal, "exec_team", proposal=asked.pk)

    # The whole road

    ROAD = (
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

    def walk_to(self, state: str, working_days: int = 1) -> Story:
        """Open the case if need be and walk the ordinary road until it stands in `state`; days pass between stages."""
        if self.case_id is None:
            self.open()
        for stage, walk in self.ROAD:
            now = self.case.state
            if now == state:
                break
            if now == stage:
                for step in walk:
                    getattr(self, step)()
                self.wait(working_days)
        if self.case.state != state:
            raise LookupError(f"The ordinary road does not lead to {state!r}; the case stands in {self.case.state!r}.")
        return self
