"""What partners could not follow in a version: their words, what became of it, and what this person can do about it (R19)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from cases.models import PaperVersion, Person, Unclear
from web.pages.cases.found import address
from workflows.look import Look
from workflows.standstill import can_be_followed


@dataclass(frozen=True)
class Mark:
    """What one partner could not follow. `ended` says how it was mended; empty while it stands."""

    who: str
    text: str
    at: datetime
    ended: str
    ended_at: datetime | None


class Marks:
    """What was said of one version, ready for its page. `marks` are those of the case."""

    def __init__(self, look: Look, person: Person, version: PaperVersion, marks: list[Unclear]) -> None:
        self._look, self._version = look, version
        found = [one for one in marks if one.version_id == version.pk]
        seats = {seat.pk for seat in look.seats_of(person.pk)}
        self.cards = [_card(one) for one in found]
        self._stands = any(one.stands for one in found)
        self._own = any(one.stands and one.seat_id in seats for one in found)
        self._is_author = bool(seats) and version.author_id == person.pk
        self._is_lay = any(seat.is_lay for seat in look.seats_of(person.pk))

    @property
    def stopped(self) -> bool:
        """Whether the clock of the stage stands still because of this version."""
        return self._stands and not can_be_followed(self._look)

    @property
    def say_href(self) -> str:
        """Where a lay partner says that they cannot follow it; empty for everybody else, and once they have said so."""
        open_ = self._look.stage is not None and self._version.is_released
        return self._at("paper_unclear") if self._is_lay and open_ and not self._own else ""

    @property
    def take_back_href(self) -> str:
        return self._at("paper_clear") if self._own and self._look.stage is not None else ""

    @property
    def mend_href(self) -> str:
        """Where its author writes the summary again, while somebody cannot follow it."""
        return self._at("summary_mend") if self._stands and self._is_author and self._look.stage is not None else ""

    def _at(self, page: str) -> str:
        return address(page, self._look.case, version=self._version.pk)


def _card(mark: Unclear) -> Mark:
    ended = "" if mark.stands else mark.get_ended_by_display()
    return Mark(mark.seat.person.name, mark.text, mark.said_at, ended, mark.ended_at)
