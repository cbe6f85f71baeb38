"""Who one lead asks again and again (R14): counted from the offers made, pointed out and never forbidden."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from cases.models import Person, Seat
from permissions.roles import Role

LOOKS_BACK = timedelta(days=365)
FEWEST = 3
"""Of fewer offers than this nothing can be said."""


@dataclass(frozen=True)
class Repeat:
    """One person was asked in `times` of the last `of` offers."""

    times: int
    of: int

    def __str__(self) -> str:
        return (
            f"You asked this person in {self.times} of your last {self.of} offers. That is fine when they fit best. "
            "Asking others too brings in more voices."
        )


def often_asked(by: Person, role: Role, at: datetime) -> dict[UUID, Repeat]:
    """Those who got at least half of the offers that `by` made in this role within the last year. One statement."""
    offers = Seat.objects.filter(offered_by=by, role=role.code, office=False, offered_at__gte=at - LOOKS_BACK)
    asked = Counter(offers.values_list("person_id", flat=True))
    of = sum(asked.values())
    often = {person: Repeat(times, of) for person, times in asked.items() if times > 1 and times * 2 >= of}
    return often if of >= FEWEST else {}
