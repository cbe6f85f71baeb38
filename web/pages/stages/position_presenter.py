"""What a person sees when asked what they think."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from cases.models import Person, Position, SafetyAction, Seat, Visit
from permissions.verdict import Verdict
from web.design_system import words
from web.pages.cases.found import address
from web.pages.cases.wording import asked, number
from web.pages.papers.presenter import VersionBlock, version_block
from web.pages.record.withheld import readers_of
from web.pages.stages.consequences import what_follows
from web.pages.stages.fact_form import told, told_before
from web.pages.stages.forms import named
from web.pages.stages.history import CameBack, Said, disagreements_in, said_in, since_last_time
from workflows.definition import Outcome, Stance
from workflows.look import Look
from workflows.may import may_answer, seat_among
from workflows.offers import REASON
from workflows.standing import asked_seats, onward, owing, waits
from workflows.standstill import can_be_followed

ENOUGH_TIME = "I have had enough time."


@dataclass(frozen=True)
class ItemCard:
    """A safety action as it is put to somebody: what, who, how one will know, by when, and what they said of it."""

    number: int
    title: str
    text: str
    owner: str
    measure: str
    due: str
    answer_field: str
    text_field: str
    href: str
    evidence: str = ""
    delay: str = ""
    mine: str = ""
    mine_text: str = ""


class PositionPage:
    """One person's answer, in one visit, on the stage as a whole ([None]) or on each of some items."""

    def __init__(self, look: Look, person: Person, visit: Visit, items: Sequence[SafetyAction | None]) -> None:
        self._look, self._person, self.visit, self.items = look, person, visit, list(items)
        self.stage = look.process.stage(visit.stage)
        self._is_live = look.visit is not None and look.visit.pk == visit.pk and visit.step == Visit.Step.ANSWER
        self.seat: Seat | None = seat_among(asked_seats(look), person) if self._is_live else None

    # May they, and what does the form need

    @property
    def verdicts(self) -> list[Verdict]:
        """Whether the person is asked this now: the same verdicts as the door's."""
        item = self.items[0] if self.items else None
        key, revision = (item.pk, item.revision) if item else (None, 0)
        first = self.stage.asks.answers[0].code
        return may_answer(
            self._look, self._person, self.visit.pk, first, REASON, self.visit.version_id, key, revision
        )[2]  # fmt: skip

    def mine(self, item: SafetyAction | None) -> Position | None:
        """What the person said last in this visit, on the text as it is now."""
        if self.seat is None:
            return None
        last = self._look.latest(self.visit, item.pk if item else None).get(self.seat.pk)
        return last if last is None or item is None or last.item_revision == item.revision else None

    @property
    def open_items(self) -> list[SafetyAction | None]:
        """What must be answered on this page: everything not answered yet, or the one thing that it is about."""
        if not self._is_live or len(self.items) == 1:
            return self.items if self._is_live else []
        return [item for item in self.items if self.mine(item) is None]

    @property
    def options(self) -> dict[str, Any]:
        """What the form is made with. Answer and words begin empty, also for somebody who answers again: old words under a
        new answer would say what nobody meant. That there was time enough is true of either answer, so it stays ticked."""
        initial: dict[str, Any] = {"version": str(self.visit.version_id or "")}
        for item in self.items:
            mine = self.mine(item)
            if mine:
                initial["enough_time"] = mine.enough_time
        return {
            "stage": self.stage, "items": self.items, "open_items": self.open_items, "quick": self.quick, "initial": initial,
        }  # fmt: skip

    @cached_property
    def quick(self) -> str:
        """The words by which a lay partner lets it go on before the notice or the window has run; empty where none runs."""
        if not self._is_live:
            return ENOUGH_TIME  # a page sent twice must ask for the same thing twice, though the first has ended the visit
        if self.seat is None or not self.seat.is_lay:
            return ""
        until = max((wait.until for wait in waits(self._look) if wait.until), default=None)
        if until:
            return f"{ENOUGH_TIME} It need not wait for me until {words.day(until)}."
        said = any(mine.enough_time for item in self.items if (mine := self.mine(item)))
        return f"{ENOUGH_TIME} It need not wait for me." if said else ""

    # What the page says

    @property
    def title(self) -> str:
        has_subject = self.stage.paper or self.stage.on_each or self.stage.asks.dissents
        return asked(self.stage) if has_subject and not self.stage.hears else self.stage.asks.question

    @property
    def due(self) -> str:
        on = self.visit.due_on
        return words.due(on, self._look.calendar.between(self._look.today, on), self._look.today) if on else ""

    @property
    def readers(self) -> str:
        """Who will read what is said here."""
        return readers_of(self._look)

    @property
    def notices(self) -> list[Verdict]:
        """R5 and the window to comment, in words; none where neither runs."""
        return [wait.verdict for wait in waits(self._look) if wait.until]

    @property
    def stopped(self) -> str:
        """R19: that the clock stands still, because somebody cannot follow the paper; empty while it runs."""
        clear = can_be_followed(self._look)
        return "" if clear else clear.reason

    @cached_property
    def paper(self) -> VersionBlock | None:
        version = self._look.version(self.visit.version_id)
        return version_block(self._look, self._person, version) if version else None

    @property
    def follows(self) -> list[tuple[str, str]]:
        return what_follows(self._look, self.stage, bool(self.seat and self.seat.is_lay))

    @property
    def came_back(self) -> list[CameBack]:
        return since_last_time(self._look, self.visit)

    @property
    def set_down(self) -> list[tuple[str, str]]:
        """What the actor set down when it was put to the group."""
        return told(self.stage.records, self.visit.facts)

    @property
    def before_it(self) -> list[tuple[str, str]]:
        """What was set down earlier and matters to the answer: what those affected asked and said."""
        return told_before(self._look, self.stage)

    @property
    def set_down_by(self) -> str:
        seat = self._look.seat(self.visit.submitted_by_id) if self.visit.submitted_by_id else None
        return seat.person.name if seat else ""

    @property
    def so_far(self) -> str:
        """ "Three people are asked. One has answered." """
        people, open_ = asked_seats(self._look), owing(self._look)
        done = len(people) - len(open_)
        is_asked = f"{number(len(people))} {'person is' if len(people) == 1 else 'people are'} asked".capitalize()
        return f"{is_asked}. {number(done).capitalize()} {'has' if done <= 1 else 'have'} answered."

    @property
    def before(self) -> Position | None:
        """What one said already, where the page asks about one thing."""
        return self.mine(self.items[0]) if len(self.items) == 1 else None

    @property
    def before_words(self) -> str:
        option = self.stage.asks.answer(self.before.answer) if self.before else None
        return option.words if option else ""

    @property
    def asked_items(self) -> list[ItemCard]:
        """The items to answer on this page."""
        return [self._card(item) for item in self.open_items if item]

    @property
    def answered_items(self) -> list[ItemCard]:
        """The items answered already, where the page asks about several."""
        return [self._card(item) for item in self.items if item and item not in self.open_items]

    @property
    def evidence(self) -> list[ItemCard]:
        """The safety actions, where the question is about what was done and no paper says it."""
        about_them = not (self.stage.paper or self.stage.on_each or self.stage.hears)
        return [self._card(item) for item in self._look.live_actions] if about_them else []

    def _card(self, item: SafetyAction) -> ItemCard:
        mine = self.mine(item)
        option = self.stage.asks.answer(mine.answer) if mine else None
        return ItemCard(
            number=item.number, title=item.title, text=item.text, owner=item.owner.name, measure=item.measure,
            due=words.day(item.due_on), answer_field=named("answer", item), text_field=named("text", item),
            href=address("position_item", self._look.case, visit=self.visit.pk, item=item.pk), evidence=item.evidence,
            delay=item.delay_reason, mine=option.words if option else "", mine_text=mine.text if mine else "",
        )  # fmt: skip

    @property
    def still_against(self) -> list[Position]:
        """R3: what the person said against an older text, which stands until they answer about this one."""
        last = self._look.last_words(self.visit) if self.seat else {}
        mine = [position for (seat, _), position in last.items() if self.seat and seat == self.seat.pk]
        return [one for one in mine if one.stance == Stance.AGAINST and one.visit_id != self.visit.pk]

    # Where a disagreement was heard

    @cached_property
    def disagreements(self) -> list[Said]:
        """What was said against it, unaltered, where this visit hears it."""
        heard = self._look.heard_visit if self.stage.hears else None
        return disagreements_in(self._look, heard, said_in(self._look, self._person, self._look.stays(heard))) if heard else []

    @property
    def decision(self) -> Outcome | None:
        return onward(self._look) if self.stage.hears else None

    # The quiet links

    @property
    def unclear_href(self) -> str:
        """R19: for a lay partner, where a paper is put to them."""
        version = self.visit.version_id if self.seat and self.seat.is_lay else None
        return address("paper_unclear", self._look.case, version=version) if version else ""

    @property
    def conflict_href(self) -> str:
        leaves = self.seat is not None and not self.seat.office
        return address("seat_leave", self._look.case, seat=self.seat.pk) if self.seat and leaves else ""
