"""The cases that are walked, each to another place and end, and how often each is met in the set of data."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time

from cases.models import Case
from tests.bench.filling.gaps import TITLE
from tests.bench.filling.sizes import Size
from workflows.calendar import ENGLAND, LONDON, london_day
from workflows.demo.trust import Trust
from workflows.processes.improvement.story import ImprovementStory
from workflows.processes.oversight.story import Story
from workflows.processes.training.story import TrainingStory
from workflows.testing import Walk

Teller = Callable[[Trust, datetime], Walk]


@dataclass(frozen=True)
class Tale:
    """A case to walk. `began`: working days ago. `share`: how many of a thousand cases go so.

    `weeks`: how many weeks earlier than it was walked a copy may stand, at the most; 0 for a case that is open now.
    `waits`: what the next answer does there, "waits" for others or "completes" the stage; empty where none is asked for.
    """

    name: str
    began: int
    tell: Teller
    share: float = 0
    weeks: int = 0
    waits: str = ""

    def walk(self, trust: Trust, now: datetime) -> Case:
        """Walk it, so that it stands where it should by `now`."""
        day = ENGLAND.add(london_day(now), -self.began)
        walked = self.tell(trust, datetime.combine(day, time(9), LONDON))
        if walked.at > now:
            raise ValueError(f"“{self.name}” runs past {now:%d %B %Y}: let it begin earlier.")
        return walked.case


def _investigation(trust: Trust, at: datetime) -> Story:
    story = Story(trust, at)
    story.PROFILE = "Six hours a month, four meetings, paid."  # type: ignore[misc]
    story.open(TITLE)
    return story


def _project(trust: Trust, at: datetime, by: str = "") -> ImprovementStory:
    story = ImprovementStory(trust, at)
    story.open(TITLE, by=by)
    return story


def _training(trust: Trust, at: datetime) -> TrainingStory:
    story = TrainingStory(trust, at)
    story.open(title=TITLE)
    return story


def took_another_road(trust: Trust, at: datetime) -> Walk:
    """Closed within a day: the directorate chose an after action review."""
    story = _investigation(trust, at)
    story.propose_response(response="after_action_review")
    story.wait(1)
    story.decide("directorate", "other_response", "The team knows what happened and can mend it.")
    return story


def was_withdrawn(trust: Trust, at: datetime) -> Walk:
    """Closed early: it was opened twice."""
    story = _investigation(trust, at)
    story.withdraw()
    return story


def was_declined(trust: Trust, at: datetime) -> Walk:
    """A project that somebody of the staff proposed, and that was not taken up."""
    story = _project(trust, at, by="project_lead")
    story.wait(2)
    story.answer_proposal("decline", "Another ward does the same already. Join them.")
    return story


def training_was_withdrawn(trust: Trust, at: datetime) -> Walk:
    """A training that was opened for the wrong partner."""
    story = _training(trust, at)
    story.withdraw("It was opened for somebody else.")
    return story


def to(state: str, start: Callable[[Trust, datetime], Walk]) -> Teller:
    """The ordinary road to a stage or an end."""

    def tell(trust: Trust, at: datetime) -> Walk:
        return start(trust, at).walk_to(state)

    return tell


def had_a_disagreement(trust: Trust, at: datetime) -> Walk:
    """Closed: one partner did not support the draft, was heard, and a new partner came after another's recusal."""
    story = _investigation(trust, at).walk_to("draft_review")
    story.put_draft_to_group()
    story.read("amina", "report")
    story.comment("pat", "Say tap in place of outlet.", "report")
    story.answer_comments()
    story.answer("chair", enough_time=True)
    story.answer("pat", enough_time=True)
    story.dissent("amina")
    story.wait(3)
    story.hear_dissent()
    story.answer("amina", "heard", "I still disagree, and both can be read.")
    return story.walk_to("closed")


def had_a_lapse(trust: Trust, at: datetime) -> Walk:
    """Closed: begun with one partner by leave, and one answer lapsed after two reminders."""
    story = _investigation(trust, at).walk_to("draft_review")
    story.put_draft_to_group()
    story.answer("pat", enough_time=True)
    for days in (3, 13):
        story.wait(days)
        story.remind("amina")
    story.wait(3)
    story.lapse("amina")
    story.answer("chair")
    return story.walk_to("closed")


def draft_waits(*answered: str) -> Teller:
    """The draft is with the group; these have answered."""

    def tell(trust: Trust, at: datetime) -> Walk:
        story = _investigation(trust, at).walk_to("draft_review")
        story.put_draft_to_group()
        for key in answered:
            story.answer(key, enough_time=True)
        return story

    return tell


def terms_wait(trust: Trust, at: datetime) -> Walk:
    """The terms of reference are with the group, and nobody has answered."""
    story = _investigation(trust, at).walk_to("terms")
    story.record_questions()
    story.paper("terms")
    story.submit("lead")
    return story


def scope_waits(trust: Trust, at: datetime) -> Walk:
    """The scope of a project is with lead and partners, and nobody has answered."""
    story = _project(trust, at).walk_to("scope")
    story.put_scope()
    return story


def is_busy(reads: int, comments: int) -> Teller:
    """A case that everybody reads and writes about, day after day; the draft is with the group."""

    def tell(trust: Trust, at: datetime) -> Walk:
        story = _investigation(trust, at).walk_to("synthesis")
        story.paper("findings")
        for number in range(comments):
            story.comment(("pat", "amina")[number % 2], f"Page {number + 1}: who told the family, and when?")
        story.answer_comments()
        for number in range(reads):
            story.wait(minutes=1)
            story.read(("pat", "amina", "chair", "engagement")[number % 4], "findings")
        return story

    return tell


YEARS = 52
TALES = (
    Tale("other", 30, took_another_road, share=650, weeks=20 * YEARS),
    Tale("withdrawn", 30, was_withdrawn, share=90, weeks=20 * YEARS),
    Tale("declined", 30, was_declined, share=110, weeks=20 * YEARS),
    Tale("training_withdrawn", 30, training_was_withdrawn, share=80, weeks=20 * YEARS),
    Tale("investigated", 160, to("closed", _investigation), share=4, weeks=18 * YEARS),
    Tale("disagreed", 160, had_a_disagreement, share=1.5, weeks=18 * YEARS),
    Tale("lapsed", 160, had_a_lapse, share=1, weeks=18 * YEARS),
    Tale("improved", 160, to("closed", _project), share=3, weeks=18 * YEARS),
    Tale("trained", 60, to("in_force", _training), share=8, weeks=2 * YEARS),
    Tale("opened", 3, _investigation, share=12),
    Tale("proposed", 4, _project, share=5),
    Tale("to_train", 5, to("offer", _training), share=4),
    Tale("to_sign", 30, to("sign_off", _investigation), share=0.7),
    Tale("to_share", 40, to("sharing", _investigation), share=0.7),
    Tale("followed_up", 45, to("follow_up", _investigation), share=0.7),
    Tale("terms", 9, terms_wait, waits="waits"),
    Tale("scope", 9, scope_waits, waits="waits"),
    Tale("draft", 26, draft_waits("chair"), waits="waits"),
    Tale("draft_last", 24, draft_waits("chair", "pat"), waits="completes"),
)
BUSY = Tale("busy", 60, is_busy(reads=400, comments=60))
FEW = ("other", "withdrawn", "training_withdrawn", "opened", "terms", "draft_last")


def tales_of(size: Size) -> tuple[Tale, ...]:
    """Those that a set of this size is made of: for the smallest, those that are soon walked."""
    if size.name == "tiny":
        return tuple(tale for tale in TALES if tale.name in FEW)
    return (*TALES, BUSY)
