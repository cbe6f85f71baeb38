"""Measures as the pages show them: what, why, how, from where, who proposed each, and whether a partner says that it matters."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from cases.models import Measure, Person
from permissions.roles import title_of
from permissions.verdict import Verdict
from web.pages.cases.found import address
from workflows.doors.measures import (
    agreed_in,
    can_write,
    may_change_measure,
    may_drop_measure,
    may_endorse_measure,
    may_propose_measure,
    may_record_baseline,
)
from workflows.look import Look
from workflows.offers import REASON


@dataclass(frozen=True)
class Act:
    """Something that one can do with a measure. `words` are the link's, and the measure's name follows for the ear."""

    words: str
    href: str


@dataclass(frozen=True)
class MeasureCard:
    """One measure as the list shows it."""

    number: int
    title: str
    why: str
    how: str
    baseline: str
    proposed_by: str
    proposed_at: datetime
    endorsed_by: str
    endorsed_at: datetime | None
    tag: str
    colour: str
    dropped_by_reason: str
    acts: tuple[Act, ...] = ()


def cards(look: Look, person: Person | None = None) -> list[MeasureCard]:
    """The measures that stand; with what one person can do about each."""
    return [card(look, one, person) for one in look.live_measures]


def card(look: Look, one: Measure, person: Person | None = None) -> MeasureCard:
    """One measure as a card."""
    tag, colour = _tag(one)
    return MeasureCard(
        number=one.number, title=one.title, why=one.why, how=one.how, baseline=one.baseline,
        proposed_by=_who(look, one.proposed_by_id), proposed_at=one.proposed_at,
        endorsed_by=_who(look, one.endorsed_by_id) if one.endorsed_by_id else "", endorsed_at=one.endorsed_at,
        tag=tag, colour=colour, dropped_by_reason=one.dropped_reason, acts=tuple(_acts(look, one, person)) if person else (),
    )  # fmt: skip


def _tag(one: Measure) -> tuple[str, str]:
    if one.dropped_at:
        return "Dropped", "grey"
    if one.proposed_by.is_lay:
        return "Proposed by a partner", "green"
    if one.waits_for_its_partner:
        return "Back with the partner who chose it", "orange"
    return ("A partner says it matters", "green") if one.is_a_partners else ("No partner has said it matters", "grey")


def _who(look: Look, seat: object) -> str:
    """ "Pat Mercer, Patient Safety Partner"."""
    found = next((one for one in look.seats if one.pk == seat), None)
    return f"{found.person.name}, {title_of(found.role)}" if found else "Somebody"


def _acts(look: Look, one: Measure, person: Person) -> list[Act]:
    """What stands open to a person now; nothing that would be refused."""
    open_ = [
        (_endorsing_words(one), "measure_endorse", may_endorse_measure(look, person, one.pk)[2]),
        (_baseline_words(one), "measure_baseline", may_record_baseline(look, person, one.pk)[2]),
        ("Change the words", "measure_change", may_change_measure(look, person, one.pk)[2]),
        ("Drop it", "measure_drop", may_drop_measure(look, person, one.pk, REASON)[2]),
    ]
    return [Act(words, address(name, look.case, measure=one.pk)) for words, name, verdicts in open_ if all(verdicts)]


def _endorsing_words(one: Measure) -> str:
    return "Say that it still matters to patients" if one.waits_for_its_partner else "Say that it matters to patients"


def _baseline_words(one: Measure) -> str:
    return "Change the baseline" if one.baseline.strip() else "Write down what it is now"


class MeasuresPage:
    """Every measure of a project."""

    title = "Measures"

    def __init__(self, look: Look, person: Person) -> None:
        self._look, self._person = look, person

    @property
    def propose(self) -> tuple[str, list[Verdict]]:
        """Where to propose one, and what stands in the way; no address for somebody who never may."""
        own, verdicts = may_propose_measure(self._look, self._person)
        return (address("measure_propose", self._look.case), [one for one in verdicts if not one]) if own else ("", [])

    @cached_property
    def cards(self) -> list[MeasureCard]:
        return cards(self._look, self._person)

    @property
    def dropped(self) -> list[MeasureCard]:
        return [card(self._look, one) for one in self._look.measures if one.dropped_at]

    @property
    def missing(self) -> list[str]:
        """What the measures still lack before they can be put to the group, in words; nothing once all is there."""
        live = self._look.live_measures
        no_partner = not any(one.is_a_partners for one in live)
        went_back = [f"{_who(self._look, one.whose)}, has not said yet whether this still matters in its new words: {one.title}."
                     for one in live if one.waits_for_its_partner]  # fmt: skip
        without = [one.title for one in live if not one.baseline.strip()]
        lines = (
            ["No measure is a partner\u2019s yet: one that a partner proposed, or says matters to patients."] if no_partner else []
        )
        return lines + went_back + [f"Nobody has written down yet what this was before any change: {title}." for title in without]


class AskedMeasures:
    """The measures that a stage's question is about, as the safety actions are shown where they are asked about."""

    def __init__(self, look: Look) -> None:
        self._look = look

    @property
    def href(self) -> str:
        """Where they are written, as long as they can be."""
        return address("measures", self._look.case) if self.is_asked and can_write(self._look) else ""

    @property
    def is_asked(self) -> bool:
        """Whether the case stands where the measures are agreed."""
        stage, agreed = self._look.stage, agreed_in(self._look)
        return stage is not None and agreed is not None and agreed.code in (stage.code, stage.hears)

    @cached_property
    def cards(self) -> list[MeasureCard]:
        """None where the question is about something else."""
        return cards(self._look) if self.is_asked else []
