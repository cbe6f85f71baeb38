"""The questions that a stage can put to its seats, each option with what it does to the count. Imports no Django."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from workflows.sentences import later


class Stance(StrEnum):
    """What an answer does to the count."""

    FOR = "for"
    AGAINST = "against"
    NEITHER = "neither"


@dataclass(frozen=True)
class Answer:
    """One option of a question. `needs_text`: the record must say why. `owes_reply`: words of a lay partner that come with
    it are a comment, and every comment of theirs is owed an answer (R7)."""

    code: str
    words: str
    stance: Stance
    needs_text: bool = False
    owes_reply: bool = later(False)


@dataclass(frozen=True)
class Ask:
    """A question put to seats. `weighs`: its answer weighs on a decision, so notice runs (R5) and, for
    `dissents`, a lay "against" is heard by an executive (R3)."""

    code: str
    question: str
    answers: tuple[Answer, ...]
    weighs: bool = False
    dissents: bool = False

    def answer(self, code: str) -> Answer | None:
        """The option with this code, or None."""
        return next((option for option in self.answers if option.code == code), None)


_ABSTAIN = Answer("abstain", "I would rather not say", Stance.NEITHER, needs_text=True)

SUPPORT = Ask(
    "support", "What do you think of it?",
    (
        Answer("support", "I support it", Stance.FOR, owes_reply=True),
        Answer("support_with_comments", "I support it, with comments", Stance.FOR, needs_text=True, owes_reply=True),
        Answer("do_not_support", "I do not support it", Stance.AGAINST, needs_text=True),
        _ABSTAIN,
    ),
    weighs=True, dissents=True,
)  # fmt: skip
SEEN = Ask(
    "seen", "Have you read it?",
    (
        Answer("seen", "I have read it", Stance.FOR, owes_reply=True),
        Answer("seen_with_comments", "I have read it, and I have comments", Stance.FOR, needs_text=True, owes_reply=True),
        _ABSTAIN,
    ),
)  # fmt: skip
HEARD = Ask(
    "heard", "Were you heard?",
    (
        Answer("heard", "Yes, I was heard. My disagreement stands", Stance.FOR),
        Answer("heard_withdrawn", "Yes, and I withdraw my disagreement", Stance.FOR, needs_text=True),
        Answer("not_heard", "No, I was not heard", Stance.AGAINST, needs_text=True),
    ),
)  # fmt: skip
READY = Ask(
    "ready", "Are you ready?",
    (
        Answer("ready", "Yes, ready", Stance.FOR),
        Answer("more_training", "Not yet, more training is wanted", Stance.AGAINST, needs_text=True),
    ),
)  # fmt: skip
SIGN = Ask("sign", "Do you sign?", (Answer("sign", "I sign", Stance.FOR), _ABSTAIN), weighs=True)
EVIDENCE = Ask(
    "evidence", "Does the evidence show that it was done?",
    (
        Answer("shown", "Yes, I have seen that it was done", Stance.FOR),
        Answer("more_evidence", "No, I need to see more", Stance.AGAINST, needs_text=True),
        _ABSTAIN,
    ),
    weighs=True,
)  # fmt: skip
ASKS: dict[str, Ask] = {ask.code: ask for ask in (SUPPORT, SEEN, HEARD, READY, SIGN, EVIDENCE)}
