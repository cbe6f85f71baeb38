"""What a person can do about what is held back from lay partners: answer a challenge, decide as Caldicott Guardian."""

from __future__ import annotations

from collections.abc import Iterator

from cases.models import CaldicottDecision, Challenge, Person
from permissions.roles import CALDICOTT
from workflows.doors.renditions import may_decide_as_guardian
from workflows.doors.withholding import may_answer_challenge
from workflows.look import Look
from workflows.may import seat_among, seat_with
from workflows.offers import REASON, Offer


def withheld(look: Look, person: Person) -> Iterator[Offer]:
    """R6, IG2. Nothing is read for somebody who neither answers challenges nor is the guardian."""
    if look.stage is None or not seat_with(look, person, "answer_challenges"):
        return
    for one in look.challenges if look.gives_less else []:
        if one.waits and all(may_answer_challenge(look, person, one.pk, Challenge.Outcome.UPHELD, REASON)[2]):
            yield Offer(
                "withheld_answer", "Answer a partner who challenged something held back", (), {"challenge": str(one.pk)}, main=True
            )
    if not seat_among(look.active(CALDICOTT), person):
        return
    for version in look.versions:
        if all(may_decide_as_guardian(look, person, version.pk, CaldicottDecision.Outcome.ALLOWED, REASON)[2]):
            title = f"Decide whether lay partners may read: {version.paper.title.lower()}, version {version.number}"
            yield Offer("guardian_decide", title, (), {"version": str(version.pk)}, main=True)
