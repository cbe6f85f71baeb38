"""Who one lead asks again and again (R14): counted from the offers made, pointed out and never forbidden."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from cases.models import Case, Person, Seat
from permissions.roles import Role

LOOKS_BACK = timedelta(days=365)
FEWEST = 3
"""Of fewer cases than this nothing can be said."""


@dataclass(frozen=True)
class Repeat:
    """One person was asked on `times` of the last `of` cases."""

    times: int
    of: int

    def __str__(self) -> str:
        return (
            f"You asked this person on {self.times} of your {self.of} other cases of this year. "
            "That is fine when they fit best. Asking others too brings in more voices."
        )


def often_asked(by: Person, role: Role, case: Case, at: datetime) -> dict[UUID, Repeat]:
    """Those whom `by` asked on more than half of the other cases for which they filled this role. One statement."""
    offers = Seat.objects.filter(offered_by=by, role=role.code, office=False, offered_at__gte=at - LOOKS_BACK)
    pairs = set(offers.exclude(case=case.pk).values_list("person_id", "case_id"))
    of = len({case_id for _, case_id in pairs})
    asked = Counter(person_id for person_id, _ in pairs)
    return {person: Repeat(times, of) for person, times in asked.items() if of >= FEWEST and times * 2 > of}
