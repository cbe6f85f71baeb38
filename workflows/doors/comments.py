"""Comments on a version by section, and the answers they are owed (R7)."""

from __future__ import annotations

from uuid import UUID

from cases.models import Comment, CommentAnswer, PaperVersion, Person, Position, SafetyAction, Seat
from permissions.scope import open_comments
from permissions.verdict import STALE, Verdict, judge
from workflows.door import Doing, door, require
from workflows.look import Look
from workflows.may import GO_BACK, seat_with, seated
from workflows.sealing import asks_blind
from workflows.standing import still_sees


def may_comment(look: Look, person: Person, version: UUID, text: str) -> tuple[PaperVersion | None, Seat | None, list[Verdict]]:
    """The version, the seat from which a person comments on it, and the verdicts."""
    found = look.version(version)
    own = next(iter(look.seats_of(person.pk)), None)
    return found, own, [
        judge(look.stage is not None, STALE, "This case has ended.", GO_BACK),
        seated(own, "R7", "Only somebody with a seat on this case can comment."),
        *still_sees(look, own),
        judge(found is not None and found.is_released, "R6", "There is no such paper.", GO_BACK),
        judge(found is None or not look.is_held_back(found.paper_id), "R6", "This paper is held back from lay partners.",
              "What they cannot read is not talked about on it: comment on a paper that everybody reads."),
        judge(bool(text.strip()), "R7", "Write your comment."),
    ]  # fmt: skip


@door("comment_made")
def comment(doing: Doing, *, version: UUID, text: str, section: str = "") -> Comment:
    """Say something about a released version. Lay comments must be answered before the report is signed (R7)."""
    look = doing.look
    found, own, verdicts = may_comment(look, doing.person, version, text)
    require(*verdicts)
    assert own and found
    doing.acting_as(own)
    row = Comment(
        id=doing.new_id(), case=look.case, version=found, seat=own, person=doing.person, section=section.strip(),
        text=text.strip(), at=look.at,
    )  # fmt: skip
    row.save(force_insert=True)
    doing.says(paper=found.paper.title, version=found.number, section=row.section, text=row.text, comment=str(row.pk))
    count_again(look)
    return row


def keep_words_of(doing: Doing, position: Position, item: SafetyAction | None) -> None:
    """R7: words that a lay partner gives with a yes are a comment like any other, and are owed an answer."""
    look, stage = doing.look, doing.look.stage
    option = stage.asks.answer(position.answer) if stage else None
    if stage is None or option is None or not option.owes_reply or not position.seat.is_lay or not position.text:
        return
    on_item = f"{stage.on_each.title} {item.number}: {item.title}" if item and stage.on_each else stage.title
    row = Comment(
        id=doing.new_id(), case=look.case, version_id=position.version_id, position=position, seat=position.seat,
        person=position.person, section=on_item[:200], text=position.text, at=look.at,
    )  # fmt: skip
    row.save(force_insert=True)
    if not asks_blind(look):  # whoever is told that there are words learns which answer they came with
        doing.says(comment=str(row.pk))
    count_again(look)


def count_again(look: Look) -> list[Comment]:
    """What waits for an answer now: the deadlines of this act go by it (R7). One statement."""
    look.__dict__.pop("unanswered_comments", None)
    return look.unanswered_comments


def may_answer_comment(
    look: Look, person: Person, comment: UUID, outcome: str, text: str
) -> tuple[Comment | None, Seat | None, list[Verdict]]:
    """The comment, the seat that may answer it, and the verdicts."""
    asked = Comment.objects.filter(case=look.case, pk=comment, response__isnull=True)
    found = open_comments(person, asked).select_related("person").first()
    own = seat_with(look, person, "answer_comments")
    return found, own, [
        judge(look.stage is not None, STALE, "This case has ended.", GO_BACK),
        judge(found is not None, STALE, "This comment has been answered, or is not there.", GO_BACK),
        seated(own, "R7", "Comments are answered by those who lead the work."),
        judge(outcome in CommentAnswer.Outcome.values, "R7", "Say whether something was changed."),
        judge(bool(text.strip()), "R7", "Say what was changed and where, or why nothing was."),
    ]  # fmt: skip


@door("comment_answered")
def answer_comment(doing: Doing, *, comment: UUID, outcome: str, text: str) -> CommentAnswer:
    """Answer a comment: changed and where, or not changed and why. The answer stays as it was given."""
    found, own, verdicts = may_answer_comment(doing.look, doing.person, comment, outcome, text)
    require(*verdicts)
    assert found and own
    doing.acting_as(own)
    row = CommentAnswer(
        id=doing.new_id(), case=doing.case, comment=found, outcome=outcome, text=text.strip(), answered_by=doing.person, at=doing.at
    )
    row.save(force_insert=True)
    doing.says(
        person=found.person.name, person_id=str(found.person_id), comment=str(found.pk), outcome=row.get_outcome_display(),
        text=row.text,
    )  # fmt: skip
    count_again(doing.look)
    return row
