"""What it is like to be a partner: asked once a quarter, answered by whoever likes to (T24). The questions are our own.

Four follow the principles that public involvement is judged by (design, influence, culture, working together), one asks for the
whole. Nobody reads what one partner answered: the report shows means, of five answers or more, once the time is over.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from audit.ids import uuid7
from audit.record import Act
from cases.models import Experience, ExperienceRound, Organisation, Person
from permissions.eligibility import day_of
from permissions.roles import COORDINATOR, PSP, QUALITY
from permissions.scope import running_appointments
from permissions.verdict import STALE, Verdict, judge, require
from workflows.opening import calendar_of
from workflows.organisation_door import organisation_door
from workflows.signals.quarters import quarter_of
from workflows.standing_offices import holders_of

ITEMS = (
    ("in_time", "I am asked in time, and given what I need to take part."),
    ("counts", "What I say has changed what was done."),
    ("free", "I can say what I think, also when nobody else thinks so."),
    ("together", "Staff and partners here want the same thing, and work on it together."),
    ("worth", "I would tell a friend that being a partner here is worth it."),
)
"""Code and sentence of each question. Codes are stored data: add, never rename."""

SCALE = ((1, "Not at all"), (2, "A little"), (3, "Partly"), (4, "Mostly"), (5, "Fully"))
OPEN_FOR = 20
"""Working days in which a partner can answer."""


def may_ask_partners(organisation: Organisation, by: Person | None, at: datetime) -> list[Verdict]:
    """Whether somebody can put the questions to the partners now: the coordinator or the quality team, once a quarter."""
    asks = (COORDINATOR.code, QUALITY.code)
    held = running_appointments(at).filter(person=by, organisation=organisation, role__in=asks) if by else None
    asked = ExperienceRound.objects.filter(organisation=organisation, quarter=quarter_of(at).first)
    return [
        judge(held is not None and held.exists(), "T24", "The coordinator or the quality team asks the partners."),
        judge(not asked.exists(), "T24", "The partners have been asked in this quarter already.", "Ask again in the next one."),
    ]


def _this(organisation: Organisation, **_: Any) -> UUID:
    return organisation.pk


@organisation_door("experience_asked", _this)
def ask_partners(act: Act, *, by: Person | None, organisation: Organisation) -> ExperienceRound:
    """Put the questions to everybody who is a partner today. They are told, and by when. Raises Refused."""
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    partners = holders_of(organisation.pk, [PSP], act.at)
    there = judge(bool(partners), "T24", "Nobody is a partner here today.")
    require(*may_ask_partners(organisation, by, act.at), there)
    closes_on = calendar_of(organisation).add(day_of(act.at), OPEN_FOR)
    quarter = quarter_of(act.at).first
    made = ExperienceRound(id=uuid7(act.at), organisation=organisation, quarter=quarter, closes_on=closes_on)
    made.save(force_insert=True)
    for partner in partners:
        Experience(id=uuid7(act.at), round=made, person=partner).save(force_insert=True)
    act.facts.update(count=len(partners), until=closes_on, tell=[str(one.pk) for one in partners])
    return made


def may_answer_experience(asked: Experience | None, by: Person | None, at: datetime) -> list[Verdict]:
    """Whether somebody can answer: whoever was asked, and nobody for them (R2), until the last day."""
    own = asked is not None and by is not None and asked.person_id == by.pk
    in_time = asked is None or day_of(at) <= asked.round.closes_on
    return [
        judge(own, "R2", "You were not asked.", "The partners of that day were asked, each for themselves."),
        judge(in_time, STALE, "The time to answer is over.", "You are asked again in the next quarter."),
    ]


def _of_experience(experience: UUID, **_: Any) -> UUID:
    return Experience.objects.values_list("round__organisation_id", flat=True).get(pk=experience)


@organisation_door("experience_answered", _of_experience)
def answer_experience(act: Act, *, by: Person | None, experience: UUID, answers: Mapping[str, int]) -> Experience:
    """Answer some of the questions or all, from 1 to 5, and anew until the last day. Raises Refused."""
    rows = Experience.objects.select_for_update(of=("self",)).select_related("round")
    found = rows.get(pk=experience)
    known = set(answers) <= {code for code, _ in ITEMS} and set(answers.values()) <= {number for number, _ in SCALE}
    require(
        *may_answer_experience(found, by, act.at),
        judge(known, "T24", "Choose from the answers that are offered."),
        judge(bool(answers), "T24", "Answer one question at least.", "Or leave it: answering is up to you."),
    )
    found.answers, found.answered_at = dict(answers), act.at
    found.save()
    return found
