"""A case of the demo, walked at the pace of real people: they take days to answer, read before they do, and say why."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from cases.models import Case, Comment, Incident, PaperVersion, Seat
from workflows import engine
from workflows.calendar import london_day
from workflows.demo.matter import Matter, reply_in
from workflows.demo.trust import Trust
from workflows.doors import actions, comments, facts, seats
from workflows.doors.people import record_incident
from workflows.opening import calendar_of
from workflows.processes.oversight.story import Story

TIME_TO_READ = 2
"""Working days that people take over a paper where no notice runs."""

WHY = {
    "pat": "You looked after your father through three admissions, and you ask what others do not.",
    "amina": "You have taught in schools for twenty years and you hear what is not being said.",
    "gwen": "You nurse in the community elsewhere and know what a patient needs on the day after.",
    "chair": "You chair the safety group and are not from the service where it happened.",
    "chair2": "You chair the safety group and are not from the service where it happened.",
    "engagement": "You are in touch with those affected.",
}


class Telling(Story):
    """One demo case. `now` is the end of time: nothing may happen after it."""

    def __init__(self, trust: Trust, at: datetime, now: datetime, matter: Matter, partners: tuple[str, ...], **cast: str) -> None:
        super().__init__(trust, at, partners, **cast)
        self.now = now
        self.matter = matter

    def wait(self, working_days: int = 0, minutes: int = 7) -> None:
        super().wait(working_days, minutes)
        if self.at > self.now:
            raise LookupError(f"“{self.matter.title}” would run past {self.now:%d %B %Y}: let it begin earlier.")

    # B0, B1

    def open(self, title: str = "", summary: str = "", incident: Incident | None = None) -> Case:
        """Open it for the incident that the matter tells of."""
        matter, calendar = self.matter, calendar_of(self.trust.organisation)
        happened = calendar.add(london_day(self.at), -6)
        known = record_incident(
            organisation=self.trust.organisation, reference=matter.incident, incident_on=happened, summary=matter.summary,
            reported_on=calendar.add(happened, 1), severity=matter.severity, trigger=matter.trigger, at=self.at,
        )  # fmt: skip
        return super().open(title or matter.title, summary or matter.summary, incident or known)

    def propose_response(self, trigger: str = "", response: str = "psii") -> None:
        self.wait(1)
        given = {"trigger": trigger or self.matter.trigger, "response": response, "why_this": self.matter.why_this}
        given |= {"plan_priority": self.matter.priority, "why_not_others": self.matter.why_not_others}
        self.submit("directorate", facts=given)

    def decide_response(self, outcome: str = "investigate", by: str = "exec_team", reason: str = "") -> None:
        self.wait(1)
        if self.matter.trigger == "emergent_risk":
            outcome, by = "investigate_risk", "exec"
        super().decide_response(outcome, by, reason)

    def offer(self, key: str, role: str = "psp", **particulars: Any) -> Seat:
        return super().offer(key, role, **{"why": WHY[self.cast.get(key, key)], **particulars})

    def take_seat(self, key: str, role: str = "psp", **particulars: Any) -> Seat:
        seat = self.offer(key, role)
        self.wait(minutes=95)
        return self.accept(key, seat)

    def accept(self, key: str, seat: Seat) -> Seat:
        """Accept and declare."""
        self.do(seats.accept_seat, key, seat=seat.pk)
        return self.do(seats.declare_interests, key, seat=seat.pk, confidential=True, conflict=False)

    def confirm_group(self) -> None:
        self.wait(1)
        super().confirm_group()

    # What people read and say

    def paper(self, kind: str, text: str = "", summary: str = "", note: str = "", release: bool = True) -> PaperVersion:
        self.wait(3)
        number = len(self.look.versions_of(kind)) + 1
        return super().paper(kind, text or self.matter.text_of(kind, number), summary or self.matter.plain_of(kind), note, release)

    def all_answer(self, answer: str = "support", also: tuple[str, ...] = ("chair",), enough_time: bool = False) -> None:
        """Each on a day of their own, once the notice has run."""
        self.let_it_be_read()
        for key in (*also, *self.partners):
            self.answer(key, answer, enough_time=enough_time)
            self.wait(1)
        self.answer_comments()

    def reply_to(self, comment: Comment) -> tuple[str, str]:
        return reply_in(self.matter.replies, {self.who(key).pk: key for key in self.partners}, comment)

    def let_it_be_read(self) -> None:
        """The days that the rules give people to read and comment."""
        stage = self.look.stage
        lengths = [length.days for length in (stage.notice, stage.window) if length] if stage else []
        self.wait(max(lengths, default=TIME_TO_READ))

    def answer(self, key: str, answer: str = "support", text: str = "", enough_time: bool = False) -> None:
        """Read the paper, then answer; with what the matter has them say here, if anything."""
        stage = self.look.stage
        assert stage
        said = text or self.matter.words.get((stage.code, key), "")
        with_words = f"{answer}_with_comments" if said else ""
        plain, answer = answer, with_words if stage.asks.answer(with_words) else answer
        if stage.paper:
            self.read(key, stage.paper.code)
        if stage.on_each:
            self._answer_on_each(key, answer, plain, said)
        else:
            super().answer(key, answer, said, enough_time)

    def _answer_on_each(self, key: str, answer: str, plain: str, said: str) -> None:
        """People say what they have to say once, on the last item."""
        look = self.look
        visit, last = self.visit, look.live_actions[-1]
        for item in look.live_actions:
            words, chosen = (said, answer) if item == last else ("", plain)
            self.do(
                engine.take_position, key, visit=visit, answer=chosen, text=words, item=item.pk, item_revision=item.revision
            )  # fmt: skip

    def answer_comment(self, outcome: str, text: str) -> None:
        """The lead answers the oldest comment that waits."""
        oldest = self.look.unanswered_comments[0]
        self.do(comments.answer_comment, "lead", comment=oldest.pk, outcome=outcome, text=text)

    # B2 to B7

    def record_questions(self, status: str = "attached") -> None:
        given = {"questions_status": status, "questions": self.matter.questions}
        self.do(facts.record_facts, "engagement", act="record_questions", facts=given)

    def gather(self) -> None:
        self.wait(10)
        self.paper("progress")
        self.wait(4)
        self.submit("lead")

    def share_draft(self) -> None:
        self.paper("report")
        self.wait(5)
        self.submit("engagement", facts={
            "candour_status": "done", "affected_comments": self.matter.affected_said,
            "candour_note": "Spoken to in person in the first week, letter sent, draft shared."})  # fmt: skip

    def put_draft_to_group(self) -> None:
        self.paper("report", note=self.matter.affected_answer)
        self.submit("lead", facts={"affected_answer": self.matter.affected_answer})

    # B8 to B11

    def put_actions_to_group(self) -> None:
        self.wait(3)
        due = calendar_of(self.trust.organisation).add(london_day(self.at), 40)
        for planned in self.matter.actions:
            self.do(
                actions.draft_action, "directorate", title=planned.title, measure=planned.measure,
                owner=self.who("directorate"), due_on=due,
            )  # fmt: skip
        self.submit("directorate")

    def sign(self) -> None:
        self.wait(2)
        self.read("exec", "report")
        super().sign()

    def share_learning(self) -> None:
        self.wait(6)
        board = calendar_of(self.trust.organisation).add(london_day(self.at), 8).isoformat()
        self.submit("quality", facts={
            "board_on": board, "icb_report": "The report of the quarter in which the board meets",
            "feedback": self.matter.feedback})  # fmt: skip

    def give_evidence(self) -> None:
        """Show what was done, where the matter says that something was."""
        self.wait(20)
        for action, planned in zip(self.look.live_actions, self.matter.actions, strict=True):
            if planned.evidence:
                self.do(actions.give_evidence, "directorate", action=action.pk, evidence=planned.evidence)
