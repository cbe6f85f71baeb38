"""The eight questions that an auditor must be able to answer of any case and any moment, without asking anybody (R16)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from cases.models import Case
from workflows.evidence.answers.altered import whether_altered
from workflows.evidence.answers.answer import Answer
from workflows.evidence.answers.gave_way import what_gave_way
from workflows.evidence.answers.identifiable import who_saw_identifiable
from workflows.evidence.answers.partners import who_they_were
from workflows.evidence.answers.reading import when_they_could_read
from workflows.evidence.answers.rules_then import how_the_rules_were
from workflows.evidence.answers.said import what_they_said
from workflows.evidence.answers.signing import who_signed
from workflows.evidence.then import Then


@dataclass(frozen=True)
class Question:
    """One of the eight. `asks`: in full, as an auditor asks it; `short`: the words for a link."""

    number: int
    short: str
    asks: str
    answer_from: Callable[[Then], Answer]

    def answer(self, case: Case, at: datetime) -> Answer:
        """The answer for this case as it stood at `at` (an aware time). Writes nothing."""
        return self.answer_from(Then(case, at))


QUESTIONS: dict[int, Question] = {
    one.number: one
    for one in (
        Question(
            1, "Who the lay partners were",
            "Who were the lay partners, on what basis, member or attendee, trained to what, with what declared conflicts?",
            who_they_were,
        ),
        Question(
            2, "When they could read, and did",
            "When could each of them first open each paper, and did they, before the decision?", when_they_could_read,
        ),
        Question(
            3, "What they said, and what came of it",
            "What did they say, on which version, and what was changed or refused in reply, by whom, why?", what_they_said,
        ),
        Question(
            4, "Which lay rules gave way", "Which lay rules were waived, by whom, with what reason, and for how long?",
            what_gave_way,
        ),
        Question(
            5, "Who signed what",
            "Who signed which exact version, in which capacity, and were all conditions met at that instant?", who_signed,
        ),
        Question(
            6, "Who saw identifiable data", "Who saw data that points to somebody, under which Caldicott decision?",
            who_saw_identifiable,
        ),
        Question(7, "How the rules were that day", "What did the process itself look like that day?", how_the_rules_were),
        Question(8, "Whether anything was altered", "Has anything been altered since?", whether_altered),
    )
}  # fmt: skip
"""By number."""
