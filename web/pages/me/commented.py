"""What a person wrote about papers, and the answer to each (R7, R15). Their own words stay theirs when a seat has ended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef

from cases.models import Comment, CommentAnswer, Person
from permissions.scope import cases_left, in_sight
from web.pages.cases.found import address
from workflows.doors.verdicts import verdict_on

MOST = 50
"""Comments on the page, the newest first."""


@dataclass(frozen=True)
class Commented:
    """One comment. The answer is empty while there is none, and where the person declared a conflict and sees nothing any more.

    Whoever left the case without one is owed the answer all the same, and nothing else of the case.
    """

    at: datetime
    text: str
    about: str
    case: str
    href: str
    outcome: str
    answer: str
    answered_by: str
    waits: bool
    verdict: str
    say_href: str


def what_was_commented(person: Person, at: datetime) -> list[Commented]:
    """The newest comments. One statement."""
    left = cases_left(person).filter(pk=OuterRef("case_id"))
    found = Comment.objects.filter(person=person).annotate(may_open=in_sight(person, at, "case_id"), is_owed=Exists(left))
    found = found.select_related("version__paper", "case__organisation", "response__answered_by", "response__verdict", "seat")
    return [_told(one) for one in found.order_by("-at", "-id")[:MOST]]


def _told(one: Comment) -> Commented:
    opens = one.may_open  # type: ignore[attr-defined]
    told = opens or one.is_owed  # type: ignore[attr-defined]
    answer = getattr(one, "response", None) if told else None
    part = f" ({one.part})" if one.part else ""
    return Commented(
        at=one.at, text=one.text, about=f"{one.about}{part}" if opens else "",
        case=f"{one.case.title}, {one.case.reference}" if opens else f"{one.case.reference}, a case that you no longer see",
        href=address("case", one.case) if opens else "", outcome=answer.get_outcome_display() if answer else "",
        answer=answer.text if answer else "", answered_by=answer.answered_by.name if answer else "",
        waits=told and answer is None, verdict=_said(answer), say_href=_say(one, answer) if opens else "",
    )  # fmt: skip


def _said(answer: CommentAnswer | None) -> str:
    """What one said of the answer, in one's own person; empty while one has not."""
    found = verdict_on(answer)
    if found is None:
        return ""
    return "I said: this answers me" if found.satisfied else "I said: this does not answer me"


def _say(one: Comment, answer: CommentAnswer | None) -> str:
    """Where to say whether it answers one; empty where that was said, or the case has ended."""
    asks = answer is not None and verdict_on(answer) is None and one.seat.is_lay and one.case.is_open
    return address("answer_verdict", one.case, answer=answer.pk) if asks and answer else ""
