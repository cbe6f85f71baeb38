"""A matter in words: what was raised, who answers by when, how long it has waited, what was said."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse

from cases.models import Case, Matter, MatterWord, Person
from permissions.matters import MATTERS, WAITING, answering
from web.design_system.words import due, waited
from web.pages.cases.wording import lower
from workflows.calendar import london_day
from workflows.opening import calendar_of

State = Matter.State
_COLOURS = {State.RAISED: "orange", State.ANSWERED: "blue", State.SETTLED: "green"}
_SAID = {"answer": "answered", "again": "says that this does not answer it", "withhold": "withheld a part, because"}
MOST = 200
"""Matters on a page, the newest first."""


@dataclass(frozen=True)
class Said:
    """What somebody said about a matter."""

    who: str
    what: str
    outcome: str
    text: str
    at: datetime


@dataclass(frozen=True)
class MatterInWords:
    """One matter. `whole`: shown as it was written; otherwise as what everybody is shown of it."""

    key: UUID
    name: str
    kind: str
    title: str
    text: str
    who: str
    body: str
    case: Case | None
    shared: bool
    withheld: bool
    tag: str
    colour: str
    since: datetime
    waits: bool
    is_late: bool
    waited: str
    due_on: date
    due: str
    answered_by: str
    said: tuple[Said, ...]

    @property
    def href(self) -> str:
        return reverse("matter", args=(self.key,))


def whole(matters: QuerySet[Matter]) -> QuerySet[Matter]:
    """With all that is shown of a matter. Two statements."""
    return matters.select_related("organisation", "person", "case__organisation").prefetch_related("said__by")


def in_words(matter: Matter, at: datetime, written: bool) -> MatterInWords:
    """The matter as a page shows it: as it was `written`, or as everybody is shown it."""
    today, calendar, kind = london_day(at), calendar_of(matter.organisation), MATTERS[matter.kind]
    state, waits = State(matter.state), matter.state in WAITING
    late = waits and matter.due_on < today
    said = sorted(matter.said.all(), key=lambda one: (one.at, one.pk))
    return MatterInWords(
        key=matter.pk, name=f"{kind.title} {matter.number}", kind=kind.code, who=matter.person.name, body=matter.body,
        case=matter.case,
        title=matter.title if written else matter.shown_title or matter.title,
        text=matter.text if written else matter.shown_text or matter.text, shared=matter.shared, withheld=bool(matter.shown_text),
        tag=state.label, colour=_COLOURS.get(state, "grey"), since=matter.raised_at, waits=waits, is_late=late,
        due_on=matter.due_on,
        waited=waited(calendar.between(london_day(matter.raised_at), today)),
        due=due(matter.due_on, calendar.between(today, matter.due_on), today) if waits else "",
        answered_by=" or the ".join(lower(role.title) for role in answering(matter)), said=tuple(_said(one) for one in said),
    )  # fmt: skip


def _said(word: MatterWord) -> Said:
    return Said(word.by.name, _SAID[word.act], word.get_outcome_display() if word.outcome else "", word.text, word.at)


def as_read_by(matters: QuerySet[Matter], person: Person, at: datetime, reads_all: bool) -> list[MatterInWords]:
    """The newest of these, the late ones first; one's own as one wrote them."""
    rows = whole(matters).order_by("-raised_at", "-number")[:MOST]
    told = [in_words(one, at, reads_all or one.person_id == person.pk) for one in rows]
    return sorted(told, key=lambda one: (not one.is_late, not one.waits))
