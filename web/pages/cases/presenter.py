"""The page of a case: where it stands, what one can do, who sits, what there is to read, what was said, what happened."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from cases.models import Comment, Person, Proposal, SafetyAction
from permissions.roles import Role
from web.design_system.words import day, due
from web.pages.cases.disagreements import Disagreement, disagreements
from web.pages.cases.doing import Doings, doings
from web.pages.cases.found import address
from web.pages.cases.papers import PaperLine, papers
from web.pages.cases.parity import Parity, parity
from web.pages.cases.path import Step, path
from web.pages.cases.people import Group, group
from web.pages.cases.reading import read_case
from web.pages.cases.stand import Stand, where_it_stands
from web.pages.cases.story import Chapter, chapters
from web.pages.cases.wording import lower, one_of
from web.pages.emergency.presenter import EmergencyCard, card
from web.pages.projects.holds import HoldCard, answered_holds, open_holds
from web.pages.projects.links import ProjectLink, project_links
from web.pages.record.telling import Entry, entry
from web.pages.record.withheld import reads_words
from web.pages.stages.fact_form import told
from web.pages.withheld.presenter import is_known
from workflows.evidence.timeline import newest_events
from workflows.look import Look

LINES = 20
"""Lines of the timeline on this page; the record has the rest."""


@dataclass(frozen=True)
class ActionLine:
    """A safety action as it reads today."""

    title: str
    text: str
    tag: str
    colour: str
    facts: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Exemption:
    """A rule lifted, or something asked for that waits for a second person."""

    title: str
    tag: str
    colour: str
    reason: str
    who: str


class CasePage:
    """One case as one person may see it. Two statements, whatever the process and the number of rows; a few more where
    something is held back or was seen in an emergency."""

    def __init__(self, look: Look, person: Person) -> None:
        self._look = look
        self._person = person
        self._facts = read_case(look, person)

    def link(self, name: str) -> str:
        """The address of another page of this case, by its name."""
        return address(name, self._look.case)

    @property
    def title(self) -> str:
        return self._look.case.title

    @property
    def reference(self) -> str:
        return self._look.case.reference

    @property
    def summary(self) -> str:
        return self._look.case.summary

    @property
    def process(self) -> tuple[str, str]:
        return self._look.process.code, self._look.process.title

    @property
    def opening(self) -> list[tuple[str, str]]:
        """What is known of the case from its first day."""
        case = self._look.case
        rows = [("Opened", day(case.opened_at)), ("Should end by", day(case.due_on)), ("Incident", case.incident_reference)]
        rows += [("It happened on", day(case.incident_on)), ("Closed", day(case.closed_at))]
        rows += told(self._look.process.begins_with, case.facts)
        return [(what, value) for what, value in rows if value]

    @property
    def recorded(self) -> list[tuple[str, list[tuple[str, str]], str]]:
        """What may be set down at any time, as (heading, facts, whose part it is): what those affected asked, first of all."""
        cards = [act for act in self._look.process.any_time if act.effect == "records" and act.heading]
        return [(act.heading, told(act.records, self._look.case.facts), one_of(_title(role) for role in act.by)) for act in cards]

    # Where it stands

    @cached_property
    def steps(self) -> list[Step]:
        return path(self._look)

    @cached_property
    def stand(self) -> Stand | None:
        """Where it stands; None once it has ended."""
        return where_it_stands(self._look, self._person) if self._look.stage else None

    @property
    def open_holds(self) -> list[HoldCard]:
        """What stops it now, said before anything else."""
        return open_holds(self._look, self._person)

    @property
    def answered_holds(self) -> list[HoldCard]:
        """What stopped it in this stage and was answered: who placed it sees the answer where they saw it wait."""
        return answered_holds(self._look, self._person)

    @property
    def project_links(self) -> list[ProjectLink]:
        """The pages that only some processes have: measures, holds, what it was like, "you said, we did"."""
        return project_links(self._look)

    @property
    def ending(self) -> str:
        """How a case that has ended says so; empty while it is open."""
        case, process = self._look.case, self._look.process
        if case.is_open:
            return ""
        over = " over a disagreement" if self.closed_over else ""
        return f"{process.title_of(case.state)}{over} on {day(case.closed_at)}"

    @property
    def ending_reason(self) -> str:
        """The reason that was given for the way in which it ended, where one had to be."""
        last = self._look.visits[-1] if self._look.visits else None
        return last.chosen_reason if last and not self._look.case.is_open else ""

    @property
    def why_without_lay(self) -> str:
        """Why the case could end as it did with no lay voice, where that is so."""
        final = self._look.process.final(self._look.case.state)
        return final.without_lay if final else ""

    @property
    def closed_over(self) -> list[Disagreement]:
        """Disagreements that were decided against and stand to the end."""
        return [one for one in self.disagreements if one.decided_against]

    @cached_property
    def disagreements(self) -> list[Disagreement]:
        return disagreements(self._facts)

    @cached_property
    def doings(self) -> Doings:
        return doings(self._look, self._person)

    # Who, and what there is to read

    @cached_property
    def group(self) -> Group:
        return group(self._facts)

    @cached_property
    def papers(self) -> list[PaperLine]:
        return papers(self._facts)

    @cached_property
    def parity(self) -> Parity | None:
        """Whether lay partners could open the papers when staff could (R6)."""
        return parity(self._look, {one.pk for one in self._facts.readable})

    @property
    def held_back(self) -> list[str]:
        """What lay partners do not see now, in the words that they read."""
        look = self._look
        return [one.what for one in look.withholdings if one.in_force and is_known(look, one)] if look.gives_less else []

    @property
    def open_comments(self) -> list[tuple[str, str, str]]:
        """(who and on what, the words, when)."""
        return [(_on_what(one), one.text, day(one.at)) for one in self._facts.open_comments]

    @property
    def to_judge(self) -> list[tuple[str, str]]:
        """Answers to one's own comments: (whose answer to what, where to say whether it answers one)."""
        look = self._look
        return [
            (f"{one.answered_by.name} answered: {one.comment.text}", address("answer_verdict", look.case, answer=one.pk))
            for one in self._facts.to_judge
        ]

    @property
    def actions(self) -> list[ActionLine]:
        return [self._action(one) for one in self._look.actions]

    def _action(self, action: SafetyAction) -> ActionLine:
        look = self._look
        late = action.state == SafetyAction.State.DRAFTED and action.due_on < look.today and not action.evidence
        colours = {SafetyAction.State.DONE: "green", SafetyAction.State.DROPPED: "grey"}
        until = due(action.due_on, working_days=look.calendar.between(look.today, action.due_on), today=look.today)
        rows = (("Who", str(action.owner)), ("By", until), ("How we will know", action.measure), ("Evidence", action.evidence),
                ("Why it is late", action.delay_reason))  # fmt: skip
        tag = "Overdue" if late else "To do" if action.state == SafetyAction.State.DRAFTED else action.get_state_display()
        colour = "red" if late else colours.get(SafetyAction.State(action.state), "blue")
        return ActionLine(f"{action.number}. {action.title}", action.text, tag, colour, tuple((k, v) for k, v in rows if v))

    # What was said and done

    @cached_property
    def chapters(self) -> list[Chapter]:
        return chapters(self._facts)

    @property
    def exemptions(self) -> list[Exemption]:
        """Requests that wait for a second person, then rules that were lifted, newest first (R8, R9, R17)."""
        asked = [self._request(one) for one in self._look.proposals if one.state == Proposal.State.OPEN]
        return asked + [self._waiver(number) for number in range(len(self._look.waivers) - 1, -1, -1)]

    def _request(self, proposal: Proposal) -> Exemption:
        seat = self._look.seat(proposal.seat_id) if proposal.seat_id else None
        title = proposal.get_kind_display() + (f": {seat.person.name}" if seat else "")
        who = f"Asked by {proposal.asked_by}, {day(proposal.asked_at)}"
        return Exemption(title, "Waiting for a second person", "yellow", proposal.reason, who)

    def _waiver(self, number: int) -> Exemption:
        one = self._look.waivers[number]
        runs = self._look.in_force(one)
        title = f"Rule {one.rule} lifted for \u201c{self._look.process.title_of(one.stage)}\u201d until {day(one.until)}"
        who = f"Asked for by {one.asked_by}, lifted by {one.granted_by}, {day(one.granted_at)}"
        return Exemption(title, "In force" if runs else "Over", "orange" if runs else "grey", one.reason, who)

    @cached_property
    def emergencies(self) -> list[EmergencyCard]:
        """Who asked to see it in an emergency, and saw it. No statement where nobody ever asked."""
        look = self._look
        asked = look.emergencies if getattr(look.case, "asked_in_emergency", False) else []
        return [card(one, look.at) for one in asked if one.opens_at or one.waits_at(look.at)]

    @cached_property
    def timeline(self) -> list[Entry]:
        """What this person may read of what happened, newest first."""
        events = newest_events(self._person, self._look.case.pk, self._look.at)[:LINES]
        words = reads_words(self._look, self._person)
        return [entry(event, self._look.process, words=words) for event in events]


def _title(role: Role) -> str:
    return f"the {lower(role.title)}"


def _on_what(comment: Comment) -> str:
    part = f", {comment.part}" if comment.part else ""
    return f"{comment.person}, on {comment.about}{part}"
