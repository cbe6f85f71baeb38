"""The life of a claim: which move leads from which state to which. The doors ask this table and nothing else."""

from __future__ import annotations

from cases.models import Claim
from permissions.life import Move, life
from permissions.verdict import STALE, Verdict, judge

State = Claim.State

UNDECIDED = (State.CLAIMED, State.QUESTIONED)
UNPAID = (*UNDECIDED, State.APPROVED)
"""What the organisation still owes an end, whoever is asked meanwhile: a question does not stop the clock (R20)."""

LIFE = life(
    Move("question", "ask about it", (State.CLAIMED,), State.QUESTIONED),
    Move("answer", "answer", (State.QUESTIONED, State.DECLINED), State.CLAIMED),
    Move("approve", "approve it", UNDECIDED, State.APPROVED),
    Move("decline", "decline it", UNDECIDED, State.DECLINED),
    Move("pay", "say that it is paid", (State.APPROVED,), State.PAID),
    Move("take_back", "take it back", UNDECIDED, State.TAKEN_BACK),
)


def may_move(claim: Claim, code: str) -> Verdict:
    """Whether this claim can make this move from where it stands."""
    move, now = LIFE[code], State(claim.state)
    reason = f"You cannot {move.title}: claim {claim.number} is now \u201c{now.label.lower()}\u201d."
    return judge(now in move.source, STALE, reason, "Look at the claim again to see how it stands.")
