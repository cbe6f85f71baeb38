"""Question 3: what did they say, on which version, and what was changed or refused in reply, by whom, why?"""

from __future__ import annotations

from collections.abc import Iterator

from cases.models import CommentAnswer, Position, Visit
from cases.tables import Sheet
from workflows.evidence.answers.answer import Answer, how_many
from workflows.evidence.then import Then
from workflows.questions import Stance

ANSWERS = (
    "Partner",
    "Stage",
    "Answer",
    "In their words",
    "Version",
    "SHA-256",
    "Had it for (working days)",
    "When",
    "Still counts",
)
COMMENTS = (
    "Partner", "Of what", "Part", "Comment", "When", "Reply", "Why, or what was changed", "Replied by", "Replied",
    "It answers them",
)  # fmt: skip
DISSENTS = ("Partner", "Stage", "In their words", "When", "Heard by", "What was decided", "Why", "Decided")
NO_REPLY = "No reply yet"
UNHEARD = "Not decided yet"


def what_they_said(then: Then) -> Answer:
    """Every answer and comment of a lay seat, with what came of it (R3, R4, R7)."""
    answers, comments, dissents = list(_answers(then)), list(_comments(then)), list(_dissents(then))
    changed = [row for row in comments if row[5] == CommentAnswer.Outcome.CHANGED.label]
    refused = [row for row in comments if row[5] == CommentAnswer.Outcome.NOT_CHANGED.label]
    unheard = [row for row in dissents if row[5] == UNHEARD]
    sentences = (
        f"Lay partners gave {how_many(len(answers), 'answer')} and made {how_many(len(comments), 'comment')}.",
        f"Changed in reply: {len(changed)}. Not changed, with a reason: {len(refused)}. "
        f"Without a reply: {len(comments) - len(changed) - len(refused)}.",
        f"Did not support it: {how_many(len(dissents), 'time')}, of which {len(unheard)} not decided yet.",
    )
    sheets = (
        Sheet("Answers", ANSWERS, answers, "An answer that was given again stays; the last one counts."),
        Sheet("Comments and replies", COMMENTS, comments),
        Sheet("Disagreements", DISSENTS, dissents, "What a partner wrote against something travels with the final record."),
    )
    return Answer(sentences, sheets)


def _lay_positions(then: Then) -> list[Position]:
    lay = {seat.pk for seat in then.lay_seats}
    return [one for one in then.positions if one.seat_id in lay]


def _last_words(then: Then) -> set[object]:
    """The keys of the positions that no later one of the same seat in the same visit replaced."""
    return set({(one.visit_id, one.seat_id, one.item_id): one.pk for one in then.positions}.values())


def _answers(then: Then) -> Iterator[tuple[object, ...]]:
    last = _last_words(then)
    for one in _lay_positions(then):
        version, visit = then.version(one.version_id), then.stay(one.visit_id)
        yield (
            then.name(one.person_id), then.stage_title(visit.stage) if visit else "", _in_words(then, one, visit), one.text,
            then.called(one.version_id), version.sha256 if version else "", one.version_held_days, one.at, one.pk in last,
        )  # fmt: skip


def _in_words(then: Then, one: Position, visit: Visit | None) -> str:
    stage = then.stage(visit.stage) if visit else None
    option = stage.asks.answer(one.answer) if stage else None
    return option.words if option else one.answer


def _comments(then: Then) -> Iterator[tuple[object, ...]]:
    lay = {seat.pk for seat in then.lay_seats}
    for one in then.comments:
        if one.seat_id not in lay:
            continue
        reply = then.replies.get(one.pk)
        verdict = getattr(reply, "verdict", None)
        judged = None if verdict is None or verdict.at > then.at else verdict.satisfied
        yield (
            then.name(one.person_id), then.called(one.version_id) or one.section, one.section if one.version_id else "", one.text,
            one.at, reply.get_outcome_display() if reply else NO_REPLY, reply.text if reply else "",
            then.name(reply.answered_by_id) if reply else "", reply.at if reply else None, judged,
        )  # fmt: skip


def _dissents(then: Then) -> Iterator[tuple[object, ...]]:
    last = _last_words(then)
    for one in _lay_positions(then):
        visit = then.stay(one.visit_id)
        stage = then.stage(visit.stage) if visit else None
        if not (visit and stage and stage.asks.dissents) or one.stance != Stance.AGAINST.value or one.pk not in last:
            continue
        heard = _hearing(then, visit)
        way = then.stage(heard.stage) if heard else None
        outcome = way.outcome(heard.outcome) if way and heard else None
        decided = outcome.words or outcome.code if outcome else heard.outcome if heard else UNHEARD
        yield (
            then.name(one.person_id), then.stage_title(visit.stage), one.text, one.at,
            then.sitting(heard.chosen_by_id or heard.submitted_by_id) if heard else "", decided,
            heard.chosen_reason if heard else "", heard.ended_at if heard else None,
        )  # fmt: skip


def _hearing(then: Then, visit: Visit) -> Visit | None:
    """The stay in which the disagreement of a stay was heard and decided."""
    for later in then.visits:
        stage = then.stage(later.stage)
        if later.number > visit.number and stage and stage.hears == visit.stage:
            return later if later.ended_at else None
    return None
