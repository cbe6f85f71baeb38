"""Guards that more than one process names. When one changes, raise its `revision`: the fingerprint and CI hold you to it."""

from __future__ import annotations

from workflows.definition import guard
from workflows.look import Look


@guard("R7", "Every comment of a lay partner is answered", "Answer each open comment: changed, or not changed and why.")
def comments_are_answered(look: Look) -> bool:
    return not look.unanswered_comments
