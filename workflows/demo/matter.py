"""What a demo case is about, and the papers that people would write about it. Everything is made up."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from cases.models import Comment

NOBODY_BLAMED = (
    "This investigation looks for what can be learned. It does not look for somebody to blame, and it does not decide what "
    "caused a death or an injury. No patient, relative or member of staff is named in this paper."
)


@dataclass(frozen=True)
class Planned:
    """A safety action: what will be done, how we will know, and, once it is done, what shows it."""

    title: str
    measure: str
    evidence: str = ""


@dataclass(frozen=True)
class Matter:
    """The content of one case, in the order in which the process asks for it. Later parts are empty in a young case.

    `words` is what somebody says with their answer, by stage and person; `replies` what the lead answers, as (outcome, text),
    where it is more than thanks.
    """

    title: str
    summary: str
    incident: str = ""
    severity: str = "Moderate"
    trigger: str = "local_priority"
    priority: str = ""
    why_this: str = ""
    why_not_others: str = ""
    questions: str = ""
    scope: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    progress: str = ""
    findings: tuple[str, ...] = ()
    affected_said: str = ""
    affected_answer: str = ""
    actions: tuple[Planned, ...] = ()
    feedback: str = ""
    words: Mapping[tuple[str, str], str] = field(default_factory=dict)
    replies: Mapping[tuple[str, str], tuple[str, str]] = field(default_factory=dict)

    def text_of(self, kind: str, number: int = 1) -> str:
        """The whole text of a version of a paper; the first report is written before those affected have read it."""
        heading, sections = PAPERS["draft" if (kind, number) == ("report", 1) else kind](self)
        parts = [f"{number}. {title}\n\n{text}" for number, (title, text) in enumerate(sections, start=1)]
        return "\n\n".join([f"Harbour and Vale NHS Foundation Trust\n{heading}: {self.title}", *parts, NOBODY_BLAMED]) + "\n"

    def plain_of(self, kind: str) -> str:
        """Its summary in plain language."""
        return PLAIN[kind](self)


THANKS = ("not_changed", "Thank you. It stays as you read it.")


def reply_in(
    replies: Mapping[tuple[str, str], tuple[str, str]], partners: Mapping[object, str], comment: Comment
) -> tuple[str, str]:
    """What the lead answers to words that came with an answer; `partners` are the keys of people by their primary key."""
    stage = comment.position.visit.stage if comment.position else ""
    return replies.get((stage, partners.get(comment.person_id, "")), THANKS)


Sections = list[tuple[str, str]]


def _list(items: tuple[str, ...]) -> str:
    return "\n".join(f"  {chr(ord('a') + place)}) {item}" for place, item in enumerate(items))


def _paragraphs(items: tuple[str, ...]) -> str:
    return "\n\n".join(items)


def _terms(matter: Matter) -> tuple[str, Sections]:
    return "Terms of reference", [
        ("Why we are looking into this", f"{matter.summary}\n\n{matter.why_this}"),
        ("What we will look at", _list(matter.scope)),
        ("What those affected have asked", matter.questions),
        ("What we will not do", f"{matter.why_not_others} We will not repeat what a coroner, a court or an employer must do."),
        (
            "Who takes part",
            "The group has a chair, the investigation lead, the engagement lead, the directorate lead and two Patient Safety "
            "Partners. The partners read what everybody reads, on the same day, and nothing is passed without them.",
        ),
    ]


def _plan(matter: Matter) -> tuple[str, Sections]:
    return "Investigation plan and timetable", [
        ("What we will look at and how", _list(matter.sources)),
        (
            "How we will talk to people",
            "Everybody is asked as somebody who knows the work, not as a witness. Conversations last about an hour. People may "
            "bring a colleague and will see the notes before they are used.",
        ),
        (
            "When",
            "Weeks 1 to 4: reading and conversations. Weeks 5 and 6: putting it together with the group. Weeks 7 and 8: the draft "
            "goes to those affected. Weeks 9 to 12: the group reviews it and agrees the safety actions.",
        ),
    ]


def _progress(matter: Matter) -> tuple[str, Sections]:
    return "Progress note", [
        ("Where we have got to", matter.progress),
        ("What comes next", "The remaining conversations are booked. The next note comes within twenty working days."),
    ]


def _findings(matter: Matter) -> tuple[str, Sections]:
    return "Findings", [
        ("What was meant to happen and what usually happens", matter.findings[0]),
        ("Why it made sense at the time", matter.findings[1]),
        ("What we think matters most", _paragraphs(matter.findings[2:])),
        ("What the group is asked", "Does this match what you would expect? What is missing? What would a patient want to know?"),
    ]


def _draft(matter: Matter) -> tuple[str, Sections]:
    return "Draft investigation report", _told(matter, "They are reading this draft, and will be asked what they think of it.")


def _report(matter: Matter) -> tuple[str, Sections]:
    return "Investigation report", _told(matter, f"{matter.affected_said}\n\n{matter.affected_answer}")


def _told(matter: Matter, said: str) -> Sections:
    return [
        ("What happened", matter.summary),
        ("What we looked at", f"{_list(matter.scope)}\n\nWe used:\n\n{_list(matter.sources)}"),
        ("What we found", _paragraphs(matter.findings)),
        ("What those affected asked, and the answers", matter.questions),
        ("What those affected said about the draft", said),
        ("Where things should change", _list(tuple(action.title for action in matter.actions)) or "To be agreed with the group."),
    ]


PAPERS: dict[str, Callable[[Matter], tuple[str, Sections]]] = {
    "terms": _terms, "plan": _plan, "progress": _progress, "findings": _findings, "draft": _draft, "report": _report,
}  # fmt: skip

PLAIN: dict[str, Callable[[Matter], str]] = {
    "terms": lambda matter: (
        f"{matter.summary} This paper says what we will look at: {'; '.join(matter.scope)}. The questions of those affected are in "
        "section 3. You are asked whether these are the right questions."
    ),
    "plan": lambda matter: (
        f"This is how we will find out, and when. We will look at: {'; '.join(matter.sources)}. It should take about twelve weeks."
    ),
    "progress": lambda matter: f"{matter.progress} Nobody has been blamed and nothing has been decided.",
    "findings": lambda matter: f"What we found, in short. {matter.findings[-1]} You have ten working days to read it and comment.",
    "report": lambda matter: (
        f"{matter.summary} The main thing that we learned: {matter.findings[-1]} You are asked whether the report is right."
    ),
}
