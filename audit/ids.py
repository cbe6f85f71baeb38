"""Makes the identifiers of acts and facts: UUIDs of version 7, which sort by the moment they were made for."""

from datetime import datetime
from secrets import randbits
from threading import Lock
from uuid import UUID

_TAIL_BITS = 74  # what RFC 9562 leaves besides time, version and variant
_turn = Lock()
_last = (-1, 0)  # the millisecond and tail of the newest identifier


def uuid7(at: datetime) -> UUID:
    """Return a new identifier that sorts by `at` (to the millisecond), then in the order this process made them.

    The rest is random, so that identifiers of other cases cannot be guessed (RFC 9562, section 5.7 and 6.2, method 2).
    Raises ValueError when `at` carries no time zone: it would mean another moment on another machine.
    """
    if at.utcoffset() is None:
        raise ValueError(f"An identifier is made for a moment with a time zone, not for {at.isoformat()}.")
    millisecond = int(at.timestamp() * 1000)
    tail = _next_tail(millisecond)
    above, below = tail >> 62, tail & ((1 << 62) - 1)
    return UUID(int=millisecond << 80 | 7 << 76 | above << 64 | 2 << 62 | below)


def _next_tail(millisecond: int) -> int:
    global _last  # noqa: PLW0603 - one order for the whole process is what is asked for
    with _turn:
        before, tail = _last
        # The top bit starts at nought, so that counting on from it within a millisecond cannot run over.
        tail = tail + 1 + randbits(32) if before == millisecond else randbits(_TAIL_BITS - 1)
        _last = (millisecond, tail)
        return tail
