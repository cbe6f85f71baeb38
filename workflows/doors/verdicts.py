"""Whether an answer answers whoever commented (R7): they say so themselves, and nobody else can (R2)."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from cases.models import AnswerVerdict, Comment, CommentAnswer, Person, Seat
from permissions.verdict import STALE, Verdict, judge
from workflows.door import Doing, door, require
from workflows.doors.comments import count_again
from workflows.look import Look
from workflows.may import GO_BACK, seated
from workflows.standing import still_sees

ONE_MORE, STANDS = "one more answer is owed", "it was the second answer, and so it stands"
"""What follows from a no, in words."""


def may_say_whether_answered(
    look: Look, person: Person, answer: UUID, satisfied: bool, text: str
) -> tuple[CommentAnswer | None, Seat | None, list[Verdict]]:
    """The answer, the lay seat from which its commenter speaks, and the verdicts."""
    theirs = CommentAnswer.objects.filter(case=look.case, pk=answer, comment__person=person, comment__seat__capacity="lay")
    found = theirs.select_related("comment__follows", "verdict", "answered_by").first()
    own = next((seat for seat in look.seats_of(person.pk) if seat.is_lay), None)
    return found, own, [
        judge(look.stage is not None, STALE, "This case has ended.", GO_BACK),
        seated(own, "R2", "Only the lay partner who commented says whether an answer answers them."),
        *still_sees(look, own),
        judge(found is not None, "R2", "Only whoever made the comment says whether the answer answers them."),
        judge(verdict_on(found) is None, STALE, "You have said whether this answers you.", GO_BACK),
        judge(satisfied or bool(text.strip()), "R7", "Say what is not answered.", "A sentence is enough."),
    ]  # fmt: skip


def verdict_on(answer: CommentAnswer | None) -> AnswerVerdict | None:
    """What the commenter said of an answer; None while they have not. No statement where it was read with the answer."""
    return getattr(answer, "verdict", None)


def is_second(answer: CommentAnswer) -> bool:
    """Whether it answers a comment that followed an answer: after this one none is owed."""
    return getattr(answer.comment, "follows", None) is not None


@dataclass(frozen=True)
class AnswersGiven:
    """The newest answers to the comments of lay partners on a case, by what the partners said of them."""

    satisfied: list[CommentAnswer]
    not_satisfied: list[CommentAnswer]
    unsaid: list[CommentAnswer]


def answers_on(look: Look) -> AnswersGiven:
    """What the partners said of the answers to their comments, but for those after which they asked again. One statement."""
    theirs = CommentAnswer.objects.filter(case=look.case, comment__seat__capacity="lay", verdict__further__isnull=True)
    found = list(theirs.select_related("comment__person", "verdict").order_by("at"))
    said = [(one, verdict_on(one)) for one in found]
    return AnswersGiven(
        [one for one, verdict in said if verdict and verdict.satisfied],
        [one for one, verdict in said if verdict and not verdict.satisfied],
        [one for one, verdict in said if verdict is None],
    )


@door("answer_satisfies")
def say_whether_answered(doing: Doing, *, answer: UUID, satisfied: bool, text: str = "") -> AnswerVerdict:
    """Say whether an answer answers oneself, with what is missing where it does not.

    The first no is a comment anew: it waits for one more answer, by a day of its own, and the report waits for it.
    The second stands: nobody is held up, and whoever signs reads it.
    """
    found, own, verdicts = may_say_whether_answered(doing.look, doing.person, answer, satisfied, text)
    require(*verdicts)
    assert found and own
    doing.acting_as(own)
    further = None if satisfied or is_second(found) else _asked_again(doing, found, own, text.strip())
    row = AnswerVerdict(
        id=doing.new_id(), case=doing.case, answer=found, satisfied=satisfied, text=text.strip(), further=further, seat=own,
        person=doing.person, at=doing.at,
    )  # fmt: skip
    row.save(force_insert=True)
    by = found.answered_by
    doing.says(person=by.name, person_id=str(by.pk), comment=str(found.comment_id), text=row.text)
    if not satisfied:
        doing.act.kind = "answer_does_not_satisfy"
        doing.says(asks=ONE_MORE if further else STANDS)
    count_again(doing.look)
    return row


def _asked_again(doing: Doing, answer: CommentAnswer, own: Seat, text: str) -> Comment:
    """The comment that follows an answer: about the same part of the same version."""
    before = answer.comment
    row = Comment(
        id=doing.new_id(), case=doing.case, version_id=before.version_id, seat=own, person=doing.person, section=before.section,
        text=text, at=doing.at,
    )  # fmt: skip
    row.save(force_insert=True)
    return row
