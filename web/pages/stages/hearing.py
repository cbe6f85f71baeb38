"""What the executive sees who hears a disagreement: the partner's own words first, then all that was said."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from cases.models import Visit
from web.pages.cases.wording import names
from web.pages.papers.presenter import VersionBlock, version_block
from web.pages.stages.fact_form import told
from web.pages.stages.history import Said, disagreements_in, not_heard_in, said_in
from web.pages.stages.presenter import SubmitPage
from workflows.standing import asked_seats


@dataclass(frozen=True)
class EarlierHearing:
    """A time that it was heard before: what was set down, and the words of those who said that they were not heard."""

    facts: list[tuple[str, str]]
    who: str
    unheard: list[Said]


class HearingPage(SubmitPage):
    """Hearing a lay disagreement."""

    template = "pages/stages/hearing.jinja"

    @cached_property
    def everything(self) -> list[Said]:
        """Every answer on the stage that is disagreed about, and what was said of earlier hearings, oldest first."""
        visits = [visit for visit in self.look.visits if visit.stage in (self.stage.hears, self.stage.code)]
        return said_in(self.look, self.person, visits)

    @cached_property
    def about(self) -> VersionBlock | None:
        """The text that is disagreed about."""
        heard = self.look.heard_visit
        version = self.look.version(heard.version_id) if heard else None
        return version_block(self.look, self.person, version) if version else None

    @property
    def disagreements(self) -> list[Said]:
        """The words that must be heard, unaltered."""
        heard = self.look.heard_visit
        return disagreements_in(self.look, heard, self.everything) if heard else []

    @property
    def partners(self) -> str:
        """Whom to meet: whoever disagreed, also one who has left since."""
        return names(said.who for said in self.disagreements)

    @property
    def earlier_hearings(self) -> list[EarlierHearing]:
        """What was set down when it was heard before, and who said that they were not heard."""
        before = [one for one in self.look.visits if one.stage == self.stage.code and one.number < self.visit.number]
        return [self._earlier(one) for one in before if one.facts]

    def _earlier(self, visit: Visit) -> EarlierHearing:
        unheard, way = not_heard_in(visit, self.everything), self.stage.outcome(visit.chosen)
        decided = [("What was decided", way.words), ("Why", visit.chosen_reason)] if way else []
        return EarlierHearing([*told(self.stage.records, visit.facts), *decided], names(one.who for one in unheard), unheard)

    @property
    def next_lines(self) -> list[str]:
        asked = names(seat.person.name for seat in asked_seats(self.look))
        reply = f"{asked} will read what you write and say whether they were heard. That is not the same as agreeing."
        stays = "What they wrote stays in the final record, word for word."
        return [reply, stays] if asked_seats(self.look) else [stays]
