"""The life of a seat: which move leads from which state to which. The doors ask this table and nothing else."""

from __future__ import annotations

from cases.models import Seat
from permissions.life import Move, life
from permissions.verdict import STALE, Verdict, judge

State = Seat.State


LIFE = life(
    Move("accept", "accept", (State.OFFERED,), State.ACCEPTED),
    Move("decline", "decline", (State.OFFERED,), State.DECLINED),
    Move("withdraw_offer", "withdraw the offer", (State.OFFERED,), State.WITHDRAWN),
    Move("take", "take the seat", (State.ACCEPTED,), State.ACTIVE),
    Move("recuse", "declare a conflict", (State.ACCEPTED, State.ACTIVE, State.AWAY), State.RECUSED),
    Move("step_down", "step down", (State.ACCEPTED, State.ACTIVE, State.AWAY), State.STEPPED_DOWN),
    Move("end", "end the seat", (State.ACCEPTED, State.ACTIVE, State.AWAY), State.ENDED),
)


def may_move(seat: Seat, code: str) -> Verdict:
    """Whether this seat can make this move from where it stands."""
    move = LIFE[code]
    reason = f"It is too late to {move.title}: the seat is now \u201c{seat.get_state_display().lower()}\u201d."
    return judge(seat.state in move.source, STALE, reason, "Go back to the case to see how it stands.")
