"""The improvement projects of the demo: one in which a partner has stopped the testing, one at \u201cyou said, we did\u201d."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time

from cases.models import Case, Comment, PaperVersion
from workflows.calendar import LONDON, london_day
from workflows.demo.matter import reply_in
from workflows.demo.matters.projects import LEAVING, NAMES, Aim, Project
from workflows.demo.telling import TIME_TO_READ
from workflows.demo.trust import Trust
from workflows.doors import comments, measures
from workflows.opening import calendar_of
from workflows.processes.improvement.story import ImprovementStory


class ProjectTelling(ImprovementStory):
    """One project of the demo, at the pace of real people. `now` is the end of time: nothing may happen after it."""

    def __init__(self, trust: Trust, at: datetime, now: datetime, matter: Project, partners: tuple[str, ...]) -> None:
        super().__init__(trust, at, partners)
        self.now = now
        self.matter = matter

    def wait(self, working_days: int = 0, minutes: int = 7) -> None:
        super().wait(working_days, minutes)
        if self.at > self.now:
            raise LookupError(f"\u201c{self.matter.title}\u201d would run past {self.now:%d %B %Y}: let it begin earlier.")

    def idea(self) -> dict[str, str]:
        matter = self.matter
        return {"theme": matter.theme, "theme_reference": matter.theme_reference, "idea": matter.idea}

    def open(self, title: str = "", summary: str = "", by: str = "") -> Case:
        return super().open(title or self.matter.title, summary or self.matter.summary, by)

    def paper(self, kind: str, text: str = "", summary: str = "", note: str = "", release: bool = True) -> PaperVersion:
        self.wait(2)
        return super().paper(kind, text or self.matter.text_of(kind), summary or self.matter.plain_of(kind), note, release)

    def all_answer(self, answer: str = "support", also: tuple[str, ...] = ("lead",), enough_time: bool = False) -> None:
        """Each on a day of their own, once the notice has run."""
        stage = self.look.stage
        self.wait(stage.notice.days if stage and stage.notice else TIME_TO_READ)
        for key in (*also, *self.partners):
            self.answer(key, answer, enough_time=enough_time)
            self.wait(1)
        self.answer_comments()

    def reply_to(self, comment: Comment) -> tuple[str, str]:
        return reply_in(self.matter.replies, {self.who(key).pk: key for key in self.partners}, comment)

    def answer(self, key: str, answer: str = "support", text: str = "", enough_time: bool = False) -> None:
        """Read the paper, then answer; with what the matter has them say here, if anything."""
        stage = self.look.stage
        assert stage
        said = text or self.matter.words.get((stage.code, key), "")
        if stage.paper:
            self.read(key, stage.paper.code)
        super().answer(key, f"{answer}_with_comments" if said else answer, said, enough_time)

    def put_measures(self) -> None:
        self.wait(2)
        for who, aim in ((self.partners[0], self.matter.of_partners), ("lead", self.matter.of_the_lead)):
            self._propose(who, aim)
        self.submit("lead")

    def _propose(self, who: str, aim: Aim) -> None:
        made = self.do(measures.propose_measure, who, title=aim.title, why=aim.why, how=aim.how)
        self.wait(1)
        self.record_baseline(made, aim.baseline)

    def test_cycles(self, last: str = "another_cycle") -> None:
        """One after another, some three weeks each."""
        for number, cycle in enumerate(self.matter.cycles, start=1):
            self.wait(10)
            self.test_change(last if number == len(self.matter.cycles) else "another_cycle", cycle=cycle)

    def test_changes(self) -> None:
        self.test_cycles("enough")

    def review_results(self) -> None:
        """The comments that the matter has are made and answered here, before the partners say what they think."""
        self.paper("results")
        self.submit("lead", facts={"proposed": "adopt", "proposed_why": self.matter.proposed_why})
        for key, said, answer in self.matter.comments:
            self.wait(1)
            self.comment(key, said, kind="results", section="What we saw")
            oldest = self.look.unanswered_comments[0]
            self.do(comments.answer_comment, "lead", comment=oldest.pk, outcome="changed", text=answer)
        self.all_answer(also=())
        self.decide_review("adopt", self.matter.decision)


def is_stopped_by_a_partner(case: ProjectTelling) -> None:
    """A5: a change is being tested; a partner has stopped it, and the sponsor has two days left to answer."""
    case.walk_to("testing")
    case.test_cycles()
    case.wait(4)
    case.hold(case.partners[0], case.matter.hold)


def tells_what_changed(case: ProjectTelling) -> None:
    """A7: adopted; every comment has its answer, and the lead writes what changed because of the partners."""
    case.walk_to("share")


@dataclass(frozen=True)
class ProjectTale:
    """One project: what it is about, how it goes, how many working days ago it began, and its partners."""

    matter: Project
    goes: Callable[[ProjectTelling], None]
    began: int
    partners: tuple[str, ...]

    def tell(self, trust: Trust, now: datetime) -> ProjectTelling:
        """Walk it from its beginning to where it stands now. Raises LookupError if it would run past `now`."""
        day = calendar_of(trust.organisation).add(london_day(now), -self.began)
        telling = ProjectTelling(trust, datetime.combine(day, time(9), LONDON), now, self.matter, self.partners)
        self.goes(telling)
        return telling


PROJECTS = (
    ProjectTale(LEAVING, tells_what_changed, 71, ("amina", "gwen")),
    ProjectTale(NAMES, is_stopped_by_a_partner, 41, ("pat", "gwen")),
)
