"""What a partner said of the answer to their comment, in words for every page that shows one (R7)."""

from __future__ import annotations

from dataclasses import dataclass

from cases.models import CommentAnswer, Person
from web.pages.cases.found import address
from workflows.doors.verdicts import verdict_on
from workflows.look import Look


@dataclass(frozen=True)
class VerdictInWords:
    """`said` is empty while they have not said it; `say_href` is for them alone."""

    said: str = ""
    text: str = ""
    satisfied: bool = False
    stands: bool = False
    say_href: str = ""

    @property
    def colour(self) -> str:
        return "green" if self.satisfied else "orange"


UNSAID = VerdictInWords()


def in_words(look: Look, answer: CommentAnswer | None, person: Person) -> VerdictInWords:
    """What the commenter said of an answer; `answer.verdict` and `answer.comment` were read with it."""
    if answer is None:
        return UNSAID
    found, comment = verdict_on(answer), answer.comment
    if found is None:
        own = comment.person_id == person.pk and comment.seat.is_lay and comment.seat.is_active and look.stage is not None
        return VerdictInWords(say_href=address("answer_verdict", look.case, answer=answer.pk) if own else "")
    who = "I say" if found.person_id == person.pk else f"{comment.person.name} says"
    said = f"{who}: this answers me" if found.satisfied else f"{who}: this does not answer me"
    return VerdictInWords(said, found.text, found.satisfied, not found.satisfied and found.further_id is None)
