"""Home as the page shows it: what waits, the person's cases, what changed, and the panel of their role."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property
from itertools import cycle, islice
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery

from audit.compiled import compiled, together
from audit.models import Event
from cases.models import Case, Person, Visit
from permissions.eligibility import day_of
from permissions.known import keys_of, known_by
from permissions.scope import KEPT_FROM_OTHERS, newest_visible, visible_events
from web.design_system.words import due
from web.pages.cases.found import address
from web.pages.cases.opened import openable
from web.pages.cases.wording import number, to_open
from web.pages.claims.panel import CLAIMS, claims_panels
from web.pages.home.asked import ANSWERS, HOLDS, QUESTIONS, asked_of
from web.pages.home.lines import by_kind, question_of
from web.pages.home.looked import Looked
from web.pages.home.outside import EMERGENCIES, SETS, Outside, outside
from web.pages.home.panels import WAIVED, Panel, needy_cases, panels_for
from web.pages.home.waiting import OWN_SEATS, SECOND_KEYS, TASKS, Waiting, waiting_for
from web.pages.matters.panel import WAITING_MATTERS, matters_panels
from web.pages.record.telling import Entry, entry
from web.pages.training.panel import partners_to_look_after, training_panels
from workflows.calendar import london_day
from workflows.opening import calendar_of
from workflows.registry import all_processes, process_of

_EVER = datetime(1900, 1, 1, tzinfo=UTC)

NEWEST = 25
"""Cases on home."""

LINES = 10
"""Things that changed, on home."""

KINDS = (TASKS, OWN_SEATS, SECOND_KEYS, HOLDS, QUESTIONS, ANSWERS, EMERGENCIES, SETS, CLAIMS, WAITING_MATTERS, WAIVED)
"""Every kind of line that is read with the others, in one statement."""

OF_THE_CLOCK = (
    "reminded", "escalated", "answer_due", "offer_overdue",
    "waiver_expired", "training_warned", "sight_over", "end_warned", "sight_ended", "sight_renewed", "settled",
    "route_rebuilt",
)  # fmt: skip
"""Kinds of event that nobody did, and that whom they concern is told of: home tells what people did."""


@dataclass(frozen=True)
class CaseLine:
    """One of the person's cases: where it stands, and by when that should be done."""

    reference: str
    title: str
    href: str
    stands: str
    due: str


@compiled(day_of)
def _newest(person: UUID, account: int, at: datetime) -> QuerySet[Case]:
    who = known_by(person, account)
    live = Visit.objects.filter(case=OuterRef("pk"), ended_at__isnull=True).values("due_on")[:1]
    newest = newest_visible(who, at, NEWEST).select_related("organisation")
    return newest.annotate(stage_due=Subquery(live))[:NEWEST]


@compiled(day_of)
def _done_by_others(person: UUID, account: int, at: datetime, since: datetime, cases: tuple[UUID, ...]) -> QuerySet[Event]:
    events = visible_events(known_by(person, account), at).filter(case_id__in=cases, at__gt=since).exclude(person_id=person)
    events = events.exclude(kind__in=KEPT_FROM_OTHERS).exclude(kind__in=OF_THE_CLOCK, person_id=None)
    return events.order_by("-at", "-seq")[:LINES]


class Home:
    """What one person finds on their first page. Three statements at most, whatever they hold and whatever the number of rows."""

    def __init__(self, person: Person, roles: Sequence[str], looked: Looked, at: datetime) -> None:
        self._person = person
        self._roles = frozenset(roles)
        self._looked = looked
        self._at = at
        lines, self._cases, self._needy, self._partners = together(
            question_of(KINDS, person, self._roles, at),
            _newest.question(**keys_of(person), at=at),
            needy_cases(person, self._roles, at),
            partners_to_look_after(person, self._roles, at),
        )
        self._lines = by_kind(lines)

    @cached_property
    def waiting(self) -> list[Waiting | Outside]:
        """Everything, soonest first: an emergency before all; what waits on no case, and for no day, at the end."""
        found = outside(self._lines)
        urgent = [one for one in found if one.until]
        return [*urgent, *self._on_cases, *(one for one in found if not one.until)]

    @cached_property
    def _on_cases(self) -> list[Waiting]:
        found = [*waiting_for(self._lines, self._at), *asked_of(self._person, self._cases, self._lines, self._at)]
        return sorted(found, key=lambda one: (one.due_on or date.max, one.since))

    @property
    def in_short(self) -> str:
        """ "Two things wait for you, the soonest first. Open one to see what is asked of you." """
        many = len(self.waiting)
        if many == 1:
            return "One thing waits for you. Open it to see what is asked of you."
        return f"{number(many).capitalize()} things wait for you, the soonest first. Open one to see what is asked of you."

    @property
    def cases(self) -> list[CaseLine]:
        return [self._line(case) for case in self._cases]

    @property
    def there_may_be_more(self) -> bool:
        return len(self._cases) == NEWEST

    def _line(self, case: Case) -> CaseLine:
        process = process_of(case.process, case.definition_version)
        today = london_day(self._at)
        on = case.stage_due  # type: ignore[attr-defined]
        when = due(on, working_days=calendar_of(case.organisation).between(today, on), today=today) if on else ""
        return CaseLine(case.reference, case.title, address("case", case), process.title_of(case.state), when)

    @property
    def since(self) -> datetime | None:
        """When the person last looked; None the first time."""
        return self._looked.since

    @cached_property
    def changes(self) -> list[Entry]:
        """What others did on these cases since the last look; the first time, what they did last."""
        cases = {case.pk: case for case in self._cases}
        if not cases:
            return []
        keys = tuple(islice(cycle(cases), NEWEST))  # always as many, so that the question is always the same
        events = _done_by_others(**keys_of(self._person), at=self._at, since=self.since or _EVER, cases=keys)
        return [self._change(event, cases[event.case_id]) for event in events if event.case_id]

    def _change(self, event: Event, case: Case) -> Entry:
        process = process_of(case.process, case.definition_version)
        return entry(event, process, words=False, about=f"{case.title}, {case.reference}", href=address("case", case))

    @cached_property
    def panels(self) -> list[Panel]:
        panels = training_panels(self._partners, self._roles, self._at)
        panels += claims_panels(self._roles, self._lines, self._at)
        panels += matters_panels(self._roles, self._lines, self._at)
        return panels + panels_for(self._roles, self._on_cases, self._needy, self._lines, self._at)

    @property
    def may_open(self) -> list[tuple[str, str]]:
        """Code and words of each process of which the person can open a case."""
        return [(process.code, to_open(process)) for process in openable(self._roles)]

    @property
    def processes(self) -> list[tuple[str, str]]:
        """Code and title of every process, for whoever wants to know the rules of the game."""
        return [(code, found.expanded[found.newest].title) for code, found in all_processes().items()]
