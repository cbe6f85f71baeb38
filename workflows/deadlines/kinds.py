"""Every kind of deadline, one row each: when it falls due, what is then done, and how a list names it.

`does` names a function of a module of `workflows.deadlines`; each of them goes through a door. Codes are stored data: add,
never rename. Days are working days of the case's organisation, at nine in the morning in London.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from workflows.deadlines import owed
from workflows.deadlines.owed import Due, Waiting


@dataclass(frozen=True)
class Kind:
    """One kind. Of several rows of a `group` about one thing only the newest is done: a week's silence ends in one message.

    `reads`: the facts it needs; an act that has not looked at them has not changed them, so its rows stay as they are.
    `again`: asked every morning until it comes true.
    """

    code: str
    when: Callable[[Waiting], Iterable[Due]]
    does: str
    sentence: str
    group: str = ""
    reads: str = ""
    again: bool = False


KINDS: tuple[Kind, ...] = (
    Kind("reminder_half_way", owed.half_way, "acts.remind", "Remind somebody of an answer, half-way to its day", "reminder"),
    Kind(
        "reminder_two_days",
        owed.two_days_before,
        "acts.remind",
        "Remind somebody of an answer, two working days before",
        "reminder",
    ),
    Kind("reminder_due", owed.on_the_day, "acts.remind", "Remind somebody of an answer, on its day", "reminder"),
    Kind("answer_late", owed.late_answers, "acts.escalate_answer", "Tell the chair that an answer is a day late"),
    Kind("stage_late", owed.late_stage, "acts.escalate_stage", "Tell the next person up that a stage is a day late"),
    Kind(
        "hold_late", owed.unanswered_holds, "acts.escalate_hold", "Tell the next person up that a hold has no answer", reads="holds"
    ),
    Kind(
        "hold_due",
        owed.holds_due_soon,
        "acts.remind_of_hold",
        "Remind those who answer a hold, two working days before",
        reads="holds",
    ),
    Kind(
        "comment_due",
        owed.comments_due_soon,
        "acts.remind_of_comment",
        "Remind those who answer a comment, two working days before",
        reads="unanswered_comments",
    ),
    Kind(
        "comment_late",
        owed.late_comments,
        "acts.escalate_comment",
        "Tell the next person up that a partner\u2019s comment has no answer",
        reads="unanswered_comments",
    ),
    Kind(
        "challenge_late",
        owed.unanswered_challenges,
        "acts.escalate_challenge",
        "Tell the next person up that a challenge has no answer",
        reads="challenges",
    ),
    Kind(
        "withholding_over",
        owed.withholdings_that_run,
        "acts.withholding_over",
        "Say that something is held back past its day",
        reads="withholdings",
    ),
    Kind("waiver_over", owed.waivers_that_run, "acts.end_of_waiver", "Say that a rule is no longer lifted", reads="waivers"),
    Kind(
        "stand_in_over", owed.stand_ins_that_run, "acts.end_of_stand_in", "Give a seat back to its partner when a stand-in is over"
    ),
    Kind("offer_unanswered", owed.offers_without_reply, "acts.offer_unanswered", "Tell who offered a seat that no reply came"),
    Kind(
        "training_90",
        owed.training_in(90),
        "lasting.warn_of_training",
        "Warn that training runs out in 90 days",
        "training",
        "records",
    ),
    Kind(
        "training_30",
        owed.training_in(30),
        "lasting.warn_of_training",
        "Warn that training runs out in 30 days",
        "training",
        "records",
    ),
    Kind("training_0", owed.training_in(0), "lasting.warn_of_training", "Warn that training runs out today", "training", "records"),
    Kind(
        "training_grace",
        owed.training_in(-owed.AFTER_GRACE),
        "lasting.end_of_grace",
        "Ask the chair what follows now",
        reads="records",
    ),
    Kind(
        "promise_90",
        owed.promises_in(90),
        "lasting.warn_of_promise",
        "Warn that a promise runs out in 90 days",
        "promise",
        "records",
    ),
    Kind(
        "promise_30",
        owed.promises_in(30),
        "lasting.warn_of_promise",
        "Warn that a promise runs out in 30 days",
        "promise",
        "records",
    ),
    Kind("promise_0", owed.promises_in(0), "lasting.warn_of_promise", "Warn that a promise runs out today", "promise", "records"),
    Kind("promise_over", owed.promises_in(-1), "lasting.end_of_promise", "Ask the chair what follows now", reads="records"),
    Kind("term_90", owed.terms_in(90), "lasting.warn_of_term", "Warn that a term runs out in 90 days", "term", "records"),
    Kind("term_30", owed.terms_in(30), "lasting.warn_of_term", "Warn that a term runs out in 30 days", "term", "records"),
    Kind("term_0", owed.terms_in(0), "lasting.warn_of_term", "Warn that a term runs out today", "term", "records"),
    Kind("term_over", owed.terms_in(-1), "lasting.end_of_term", "Ask the chair what follows now", reads="records"),
    Kind(
        "training_offer_late",
        owed.training_not_offered,
        "acts.escalate_training_offer",
        "Tell the next person up that a training was not offered in time",
        reads="training_items",
    ),
    Kind("stage_expiry", owed.stages_that_expire, "acts.expire_stage", "See whether a stage ends by the clock", again=True),
)

BY_CODE: dict[str, Kind] = {kind.code: kind for kind in KINDS}

EVERYTHING = frozenset(kind.reads for kind in KINDS if kind.reads)


def in_group(group: str) -> list[str]:
    """The codes of a group."""
    return [kind.code for kind in KINDS if group and kind.group == group]
