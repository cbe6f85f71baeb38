"""Who opened the papers that a partner wrote or wrote about, or that were decided with them: from the ledger (R15, IG7)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from audit.models import Event
from cases.models import Comment, PaperVersion, Person, Position
from permissions.roles import STAFF, title_of
from permissions.scope import in_sight
from web.pages.cases.found import address

MOST = 50
"""Openings on the page, the newest first."""

VERSIONS = 200
"""The newest versions that are asked about."""


IN_EMERGENCY = "No seat: saw it in an emergency"
"""As what somebody opened a paper who has no seat on the case."""


@dataclass(frozen=True)
class Look:
    """One opening of one version."""

    at: datetime
    who: str
    role: str
    paper: str
    case: str
    href: str


def who_looked(person: Person, at: datetime) -> list[Look]:
    """Staff who opened them, on the cases that the partner sees; and whoever did in an emergency. Two statements."""
    versions = {str(one.pk): one for one in _versions(person, at)}
    if not versions:
        return []
    others = Q(capacity=STAFF) | Q(facts__has_key="emergency")
    reads = Event.objects.filter(others, kind="paper_read", facts__version_id__in=list(versions))
    reads = reads.filter(in_sight(person, at, "case_id")).exclude(person_id=person.pk)
    return [_look(event, versions[event.facts["version_id"]]) for event in reads.order_by("-at", "-seq")[:MOST]]


def _versions(person: Person, at: datetime) -> Iterable[PaperVersion]:
    """The versions that they wrote, answered or commented on, on the cases that they see."""
    wrote = PaperVersion.objects.filter(author=person).values_list("pk")
    answered = Position.objects.filter(person=person, version__isnull=False).values_list("version")
    commented = Comment.objects.filter(person=person, version__isnull=False).values_list("version")
    theirs = PaperVersion.objects.filter(pk__in=wrote.union(answered, commented))
    seen = theirs.filter(in_sight(person, at, "paper__case_id"))
    return seen.select_related("paper__case__organisation").order_by("-uploaded_at")[:VERSIONS]


def _look(event: Event, version: PaperVersion) -> Look:
    case = version.paper.case
    return Look(
        event.at, event.person_name, IN_EMERGENCY if "emergency" in event.facts else title_of(event.role) if event.role else "",
        f"{version.paper.title}, version {version.number}", f"{case.title}, {case.reference}", address("case", case),
    )  # fmt: skip
