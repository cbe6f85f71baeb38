"""The panel that some roles have on their home: empty lay seats, cases at risk, papers to sign, rules waived this month."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from audit.compiled import NOTHING, Question, compiled
from cases.models import Case, Person, Seat, Visit, Waiver
from permissions.eligibility import day_of
from permissions.known import keys_of, known_by
from permissions.roles import (
    AUDITOR,
    CHAIR,
    COORDINATOR,
    DIRECTORATE,
    EXEC,
    EXEC_TEAM,
    LEAD,
    PROJECT_LEAD,
    QUALITY,
    SPECIALIST,
    SPONSOR,
)  # fmt: skip
from permissions.scope import in_sight, open_cases
from web.design_system.words import count, day, due
from web.pages.cases.found import address
from web.pages.home.lines import OF_THE_CASE, Asker, Kind, Row
from web.pages.home.waiting import Waiting
from workflows.calendar import london_day
from workflows.opening import calendar_of
from workflows.registry import all_processes, process_of

MOST = 50
"""Lines in a panel; the most pressing first."""

EXECUTIVES = frozenset({EXEC.code, EXEC_TEAM.code})
AUDITING = frozenset({QUALITY.code, AUDITOR.code})
LEADING = frozenset(role.code for role in (LEAD, COORDINATOR, SPECIALIST, CHAIR, DIRECTORATE, PROJECT_LEAD, SPONSOR))


@dataclass(frozen=True)
class Line:
    """One line of a panel. `apart`: words after the title that only the ear gets, so that no two links are alike."""

    title: str
    href: str
    about: str
    apart: str
    tag: str = ""
    due: str = ""


@dataclass
class Panel:
    """What one panel shows; `empty` is the sentence for when there is nothing."""

    title: str
    empty: str
    lines: list[Line] = field(default_factory=list)
    more: str = ""
    more_href: str = ""


def panels_for(
    roles: frozenset[str], waiting: list[Waiting], needy: list[Case], found: Mapping[str, list[Row]], at: datetime
) -> list[Panel]:  # fmt: skip
    """The panels of a person who holds these roles; none for a lay partner. `needy`: what `needy_cases` found."""
    if roles & EXECUTIVES:
        return [*([_to_sign(waiting)] if EXEC.code in roles else []), _waived(found)]
    panels = _cases_that_need_a_look(needy, at) if roles & (AUDITING | LEADING) else []
    return panels + ([_waived(found)] if roles & AUDITING else [])


def _to_sign(waiting: list[Waiting]) -> Panel:
    lines = [Line(one.title, one.href, one.about, one.apart, one.tag, one.due) for one in waiting if _is_signing(one.case)]
    return Panel("Papers to sign", "There is nothing for you to sign.", lines)


def _is_signing(case: Case) -> bool:
    """Whether the case stands where its signer signs a paper."""
    process = process_of(case.process, case.definition_version)
    stage = process.stage(case.state) if process.has_stage(case.state) else None
    return stage is not None and stage.paper is not None and stage.acts is not None and stage.acts == process.signed_by


def needy_cases(person: Person, roles: frozenset[str], at: datetime) -> Question[Case]:
    """Open cases with an empty lay seat, and open cases that are late; for those who lead or audit."""
    if roles & EXECUTIVES or not roles & (AUDITING | LEADING):
        return NOTHING
    return _needy_cases.question(**keys_of(person), at=at, today=london_day(at), most=_most_lay_seats())


def _cases_that_need_a_look(cases: list[Case], at: datetime) -> list[Panel]:
    today = london_day(at)
    vacant = [_vacancy(case) for case in cases if _vacant(case)]
    late = [_lateness(case, today) for case in cases if case.stage_due and case.stage_due < today]  # type: ignore[attr-defined]
    return [
        Panel("Empty lay seats", "Every lay seat is filled.", vacant),
        Panel("Cases at risk", "No case is late.", late),
    ]


@compiled(day_of)
def _needy_cases(person: UUID, account: int, at: datetime, today: date, most: int) -> QuerySet[Case]:
    lay = Seat.objects.filter(case=OuterRef("pk"), capacity="lay", state=Seat.State.ACTIVE, membership=Seat.Membership.MEMBER)
    number = lay.order_by().values("case").annotate(number=Count("pk")).values("number")
    live = Visit.objects.filter(case=OuterRef("pk"), ended_at__isnull=True).values("due_on")[:1]
    cases = open_cases(known_by(person, account), at).select_related("organisation")
    cases = cases.annotate(lay_seats=Coalesce(Subquery(number), 0), stage_due=Subquery(live))
    needy = Q(lay_seats__lt=most) | Q(stage_due__lt=today)
    return cases.filter(needy).order_by(F("stage_due").asc(nulls_last=True), "id")[:MOST]


def _most_lay_seats() -> int:
    """The highest number of lay seats that any process asks for."""
    processes = (process for entry in all_processes().values() for process in entry.expanded.values())
    return max((sum(seats.target for seats in process.seats if seats.role.lay) for process in processes), default=0)


def _vacant(case: Case) -> int:
    """Empty lay seats; none before the first stage is over, when no group is being formed yet."""
    process = process_of(case.process, case.definition_version)
    target = sum(seats.target for seats in process.seats if seats.role.lay)
    return max(0, target - case.lay_seats) if case.state != process.first.code else 0  # type: ignore[attr-defined]


def _vacancy(case: Case) -> Line:
    process = process_of(case.process, case.definition_version)
    about = f"{case.reference}. {count(_vacant(case), 'empty lay seat')}. {process.title_of(case.state)}."
    return Line(case.title, address("people", case), about, f": the people of {case.reference}", "Empty seat")


def _lateness(case: Case, today: date) -> Line:
    process = process_of(case.process, case.definition_version)
    on = case.stage_due  # type: ignore[attr-defined]
    when = due(on, working_days=calendar_of(case.organisation).between(today, on), today=today)
    return Line(
        case.title,
        address("case", case),
        f"{case.reference}. {process.title_of(case.state)}.",
        f", {case.reference}",
        "Overdue",
        when,
    )


def _newest_waivers(asker: Asker) -> QuerySet[Waiver]:
    """Rules lifted since the first day of this month (R17)."""
    waivers = Waiver.objects.filter(in_sight(asker.person, asker.at, "case_id"), granted_at__gte=asker.month)
    return waivers.order_by("-granted_at")


def _of_waiver(_: Asker) -> dict[str, str]:
    return OF_THE_CASE | {"who": "granted_by__name", "what": "stage", "part": "rule", "on": "until", "since": "granted_at"}


WAIVED = Kind("waiver", _newest_waivers, _of_waiver, MOST, lambda roles: bool(roles & (EXECUTIVES | AUDITING)))


def _waived(found: Mapping[str, list[Row]]) -> Panel:
    lines = [_waiver(row) for row in sorted(found[WAIVED.code], key=lambda row: row.since, reverse=True)]
    return Panel("Rules waived this month", "No rule was waived this month.", lines, "Every rule that was ever waived", "waivers")


def _waiver(row: Row) -> Line:
    case, stage = row.case, process_of(row.process, row.definition_version).title_of(row.what)
    about = f"{row.reference}. Rule {row.part} at \u201c{stage}\u201d, lifted by {row.who} until {day(row.on)}."
    return Line(row.title, address("case", case), about, f", {row.reference}")
