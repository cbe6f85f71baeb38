"""Cases that are past their term, and the people who decide on them, for the tests of how long records are kept."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from cases.models import Case, Disposal, Person
from permissions.roles import PSP
from workflows.calendar import LONDON, london_day
from workflows.doors import disposal, people
from workflows.processes.oversight.story import Story

LONG_AFTER = datetime(2047, 3, 4, 10, tzinfo=LONDON)
"""A Monday, more than twenty years after what the case is about."""


def years_later(story: Story, at: datetime = LONG_AFTER) -> Story:
    """Let the years pass. The partners' terms have run out, and somebody else is a lay partner now."""
    story.at = at
    story.trust.people["newcomer"] = appointed(story, "Nell Archer")
    return story


def appointed(story: Story, name: str) -> Person:
    person: Person = people.record_person(organisation=story.trust.organisation, name=name, email="", at=story.at)
    people.appoint(person=person, role=PSP.code, starts_on=london_day(story.at), ends_on=None, at=story.at)
    return person


def proposed(story: Story) -> Disposal:
    one: Disposal = story.do(disposal.propose_disposal, "quality")
    return one


def agreed(story: Story, second: str = "caldicott") -> Disposal:
    """Proposed, the time to object over, agreed."""
    one = proposed(story)
    story.wait(working_days=21)
    made: Disposal = story.do(disposal.agree_to_disposal, second, disposal=one.pk)
    return made


def disposed(story: Story) -> Disposal:
    """All of it, carried out."""
    one = agreed(story)
    made: Disposal = carry_out(story, one)
    return made


def carry_out(story: Story, one: Disposal) -> Any:
    story.wait()
    return disposal.carry_out_disposal(case=story.case_id, by=None, at=story.at, disposal=one.pk).result


def fresh(story: Story) -> Case:
    return Case.objects.get(pk=story.case_id)


def day(text: str) -> date:
    return date.fromisoformat(text)
