"""A kit for authors of processes: a case walked by its real doors, one plain step at a time, for the demo and for tests.

`Walk` has what people do on a case of any process; a process adds its own road (see `processes.oversight.story`).
Time passes in working days, as it would; nothing here reaches into a table.
"""

from __future__ import annotations

import io
from datetime import datetime, time, timedelta
from typing import Any, ClassVar, Self
from uuid import UUID

from django.core.files.base import File

from cases.models import Case, Challenge, Comment, PaperVersion, Person, Proposal, Seat, Withholding
from permissions.roles import ROLES
from workflows import engine
from workflows.calendar import LONDON, london_day
from workflows.demo.trust import Trust
from workflows.doors import comments, papers, reminders, renditions, seats, second_key, waivers, withholding
from workflows.doors.withholding import HeldBack
from workflows.look import Look
from workflows.opening import calendar_of
from workflows.registry import process_of

PROFILE = "About six hours a month until the report is signed. Four meetings, mostly online. Paid at our involvement rate."


class Walk:
    """One case, its people and the time it has got to. Every method is something that a person does.

    `ROAD` names, for each stage in order, the methods that pass it.
    """

    ROAD: ClassVar[tuple[tuple[str, tuple[str, ...]], ...]] = ()
    PROFILE: ClassVar[str] = PROFILE

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

    def do(self, act: Any, part: str, /, **particulars: Any) -> Any:
        self.wait()
        return act(case=self.case_id, by=self.who(part), at=self.at, **particulars).result

    # Seats

    def offer(self, key: str, role: str = "psp", **particulars: Any) -> Seat:
        """An offer by whoever the process says makes it."""
        card = self.look.process.seats_of(ROLES[role])
        by = card.offered_by.code if card and card.offered_by else "lead"
        given = {"why": "You know how it feels to wait for help on a ward.", "task_profile": self.PROFILE, **particulars}
        (seat,) = self.do(seats.offer_seats, by, people=[self.who(key)], role=role, **given)
        return seat

    def take_seat(self, key: str, role: str = "psp", **particulars: Any) -> Seat:
        """Offer, accept, declare: the person sits."""
        self.offer(key, role, **particulars)
        return self.joins(key)

    def joins(self, key: str) -> Seat:
        """Accept the newest offer, declare: the person sits."""
        seat = self.seat(key)
        self.do(seats.accept_seat, key, seat=seat.pk)
        return self.do(seats.declare_interests, key, seat=seat.pk, confidential=True, conflict=False)

    # Papers, submissions, answers

    def paper(self, kind: str, text: str = "", summary: str = "", note: str = "", release: bool = True) -> PaperVersion:
        """A new version, by the lead, released at once unless told otherwise."""
        number = len(self.look.versions_of(kind)) + 1
        body = (text or f"{kind.title()}, version {number}. {self.case.title}.").encode()
        version = self.do(
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

    def release(self, version: PaperVersion, summary: str = "", lay_reads: str = papers.SAME, **particulars: Any) -> None:
        words = summary or "This says what happened, what we found and what we will do. Nobody is blamed."
        self.do(papers.release_paper, "lead", version=version.pk, plain_summary=words, lay_reads=lay_reads, **particulars)

    def hold_back(self, version: PaperVersion, what: str = "Two names on page 3", **particulars: Any) -> Withholding:
        """The author leaves a part of a draft out of what lay partners read, for twenty working days."""
        return self.do(renditions.hold_back_part, "lead", version=version.pk, given=self.reason_to_hold_back(what, **particulars))

    def reason_to_hold_back(self, what: str, category: str = "patient", working_days: int = 20, reason: str = "") -> HeldBack:
        until = calendar_of(self.trust.organisation).add(london_day(self.at), working_days)
        return HeldBack(what, category, reason or "They asked us not to share their names.", until)

    def lay_file(self, version: PaperVersion, text: str = "The same, without the names.") -> None:
        body = text.encode()
        file = File(io.BytesIO(body))
        self.do(renditions.add_lay_rendition, "lead", version=version.pk, file=file, name="for-everyone.txt", size=len(body))

    def paper_in_part(self, kind: str = "report", *what: str) -> PaperVersion:
        """A version of which lay partners read a file of their own, released."""
        version = self.paper(kind, "Mrs Jones came in at nine.", release=False)
        for one in what or ("Two names on page 3",):
            self.hold_back(version, one)
        self.lay_file(version, "A patient came in at nine.")
        self.release(version, lay_reads=papers.OWN)
        return version

    def paper_held_back(
        self, title: str = "Letter from the national body", category: str = "legal", what: str = "", reason: str = "",
        text: str = "Not for everybody.",
    ) -> PaperVersion:  # fmt: skip
        """A paper that staff were given and lay partners were not."""
        body = text.encode()
        given = self.reason_to_hold_back(what or "A letter that we were sent", category, reason=reason)
        version: PaperVersion = self.do(
            papers.upload_paper, "lead", kind=papers.OTHER, title=title, file=File(io.BytesIO(body)), name="letter.txt",
            size=len(body), hold_back=given,
        )  # fmt: skip
        self.do(papers.release_paper, "lead", version=version.pk, lay_reads=papers.NOTHING)
        return version

    def challenge(self, key: str, held: Withholding, reason: str = "We cannot judge it without that.") -> Challenge:
        return self.do(withholding.challenge, key, withholding=held.pk, reason=reason)

    def submit(self, part: str, **particulars: Any) -> None:
        stage = self.look.stage
        latest = self.look.latest_released(stage.paper.code) if stage and stage.paper else None
        particulars.setdefault("version", latest.pk if latest else None)
        self.do(engine.submit, part, visit=self.visit, **particulars)

    def decide(self, part: str, outcome: str, reason: str = "") -> None:
        self.do(engine.decide, part, visit=self.visit, outcome=outcome, **({"reason": reason} if reason else {}))

    def answer(self, key: str, answer: str = "support", text: str = "", enough_time: bool = False) -> None:
        """Answer on the version in hand and, where the stage asks on each item, on every item."""
        look = self.look
        visit, stage = look.visit, look.stage
        assert visit
        assert stage
        for item in look.live_actions if stage.on_each else [None]:
            self.do(
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

    # Things that happen on the way

    def comment(self, key: str, text: str, kind: str = "findings", section: str = "Page 2") -> Comment:
        version = self.look.latest_released(kind)
        assert version
        return self.do(comments.comment, key, version=version.pk, text=text, section=section)

    def answer_comments(self) -> None:
        for one in self.look.unanswered_comments:
            outcome, text = self.reply_to(one)
            self.do(comments.answer_comment, "lead", comment=one.pk, outcome=outcome, text=text)

    def reply_to(self, comment: Comment) -> tuple[str, str]:
        """What the lead answers to a comment: the outcome, and the words."""
        return "changed", "Page 2 now says so."

    def read(self, key: str, kind: str) -> None:
        version = self.look.latest_released(kind)
        assert version
        self.do(papers.open_paper, key, version=version.pk)

    def remind(self, key: str) -> None:
        self.do(reminders.remind, "chair", visit=self.visit, seat=self.seat(key).pk)

    def lapse(self, key: str, reason: str = "No answer to two reminders and a phone call.") -> None:
        self.do(reminders.lapse, "chair", visit=self.visit, seat=self.seat(key).pk, reason=reason)

    def recuse(self, key: str, text: str = "My neighbour was on that ward.") -> None:
        self.do(seats.recuse, key, seat=self.seat(key).pk, text=text)

    def step_down(self, key: str) -> None:
        self.do(seats.step_down, key, seat=self.seat(key).pk)

    def waive(self, reason: str = "One partner is ill and the family cannot wait.") -> None:
        until = calendar_of(self.trust.organisation).add(london_day(self.at), 20)
        asked: Proposal = self.do(waivers.ask_for_waiver, "lead", rule="R9", until=until, reason=reason)
        self.do(waivers.grant_waiver, "exec_team", proposal=asked.pk)

    def withdraw(self, reason: str = "It was opened twice.") -> None:
        asked: Proposal = self.do(second_key.ask_to_withdraw, "lead", reason=reason)
        self.do(second_key.confirm_withdrawal, "exec_team", proposal=asked.pk)

    # The whole road

    def walk_to(self, state: str, working_days: int = 1) -> Self:
        """Open the case if need be and walk the ordinary road until it stands in `state`; days pass between stages."""
        if self.case_id is None:
            getattr(self, "open")()  # noqa: B009 - every process opens with people of its own
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
