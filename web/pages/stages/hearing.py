"""What the executive sees who hears a disagreement: the partner's own words first, then all that was said."""

from __future__ import annotations

from functools import cached_property

from web.pages.cases.wording import names
from web.pages.stages.fact_form import told
from web.pages.stages.history import Said, disagreements_in, said_in
from web.pages.stages.presenter import SubmitPage
from workflows.standing import asked_seats


class HearingPage(SubmitPage):
    """Hearing a lay disagreement."""

    template = "pages/stages/hearing.jinja"

    @cached_property
    def everything(self) -> list[Said]:
        """Every answer on the stage that is disagreed about, and what was said of earlier hearings, oldest first."""
        visits = [visit for visit in self.look.visits if visit.stage in (self.stage.hears, self.stage.code)]
        return said_in(self.look, visits)

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
    def earlier_hearings(self) -> list[list[tuple[str, str]]]:
        """What was set down when it was heard before, and the partner did not feel heard."""
        before = [one for one in self.look.visits if one.stage == self.stage.code and one.number < self.visit.number]
        return [told(self.stage.records, one.facts) for one in before if one.facts]

    @property
    def next_lines(self) -> list[str]:
        asked = names(seat.person.name for seat in asked_seats(self.look))
        reply = f"{asked} will read what you write and say whether they were heard. That is not the same as agreeing."
        stays = "What they wrote stays in the final record, word for word."
        return [reply, stays] if asked_seats(self.look) else [stays]
