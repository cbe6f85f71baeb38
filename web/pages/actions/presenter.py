"""What the pages of the safety actions show: each action, what was said of it, and what one can do with it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from cases.models import Person, SafetyAction
from permissions.roles import QUALITY, STAFF, reading_all_codes
from permissions.scope import running_appointments
from permissions.verdict import Verdict
from web.design_system import words
from web.pages.cases.found import address
from web.pages.stages.history import Said, said_in
from workflows.doors.actions import may_give_evidence, may_write
from workflows.look import Look
from workflows.standing import owing


@dataclass(frozen=True)
class ActionCard:
    """One action as the list shows it."""

    key: str
    number: int
    title: str
    text: str
    owner: str
    measure: str
    due: str
    tag: str
    evidence: str
    delay: str
    said: list[Said]
    change_href: str
    evidence_href: str


class ActionsPage:
    """Every safety action of a case."""

    title = "Safety actions"

    def __init__(self, look: Look, person: Person) -> None:
        self._look, self._person = look, person

    @property
    def draft(self) -> tuple[str, list[Verdict]]:
        """Where to add one, and what stands in the way; no address for somebody who never may."""
        own, verdicts = may_write(self._look, self._person)
        refusing = [verdict for verdict in verdicts if not verdict]
        return (address("action_draft", self._look.case), refusing) if own else ("", [])

    @property
    def waits_for_mine(self) -> bool:
        """Others' answers are shown once one has given one's own."""
        return any(seat.person_id == self._person.pk for seat in owing(self._look)) and self._asks_now

    @property
    def _asks_now(self) -> bool:
        return bool(self._look.stage and self._look.stage.on_each and self._look.visit and self._look.visit.step == "answer")

    @cached_property
    def _said(self) -> list[Said]:
        """The answers of the last visit in which the actions were put to the group. One statement."""
        stages = [stage.code for stage in self._look.process.stages if stage.on_each]
        last = next((visit for visit in reversed(self._look.visits) if visit.stage in stages and visit.submitted_at), None)
        return said_in(self._look, self._person, [last]) if last and not self.waits_for_mine else []

    @property
    def cards(self) -> list[ActionCard]:
        """Those that stand, then those that were dropped."""
        live = self._look.live_actions
        return [self._card(action) for action in (*live, *(one for one in self._look.actions if one not in live))]

    def _card(self, action: SafetyAction) -> ActionCard:
        case, open_ = self._look.case, action.state != SafetyAction.State.DROPPED
        writes = open_ and all(may_write(self._look, self._person)[1])
        shows = open_ and all(may_give_evidence(self._look, self._person, action.pk)[2])
        last = {said.who: said for said in self._said if said.item_id == action.pk}
        return ActionCard(
            key=str(action.pk), number=action.number, title=action.title, text=action.text, owner=action.owner.name,
            measure=action.measure, due=words.day(action.due_on), tag=self._tag(action), evidence=action.evidence,
            delay=action.delay_reason, said=list(last.values()),
            change_href=address("action_change", case, action=action.pk) if writes else "",
            evidence_href=address("action_evidence", case, action=action.pk) if shows else "",
        )  # fmt: skip

    def _tag(self, action: SafetyAction) -> str:
        if action.state == SafetyAction.State.DRAFTED:
            return "Overdue" if action.due_on < self._look.today else "To be done"
        return "Done" if action.state == SafetyAction.State.DONE else "Dropped"


def owners(look: Look) -> list[tuple[str, str]]:
    """The staff of the organisation who can do an action, by name: (key, name). One statement.

    Not those who only check that it was done: the quality team looks at the evidence, an auditor at everything.
    """
    held = running_appointments(look.at).filter(organisation=look.case.organisation_id, capacity=STAFF)
    held = held.exclude(role__in={QUALITY.code, *reading_all_codes()})
    rows = held.order_by("person__name").values_list("person_id", "person__name")
    return list(dict.fromkeys((str(key), name) for key, name in rows))


def owner_called(look: Look, key: str) -> Person:
    """The person chosen in the form. Raises Person.DoesNotExist."""
    return Person.objects.get(pk=key, organisation=look.case.organisation_id)


def answered_on(look: Look, action: SafetyAction) -> int:
    """How many people have answered on this action's text in the visit in hand, and will be asked again (R4)."""
    visit = look.visit
    last = look.latest(visit, action.pk) if visit else {}
    return sum(position.item_revision == action.revision for position in last.values())
