"""Searching the record across an organisation: what a reader may read of it, by person, act, rule, stage, day and words.

A page begins where the one before ended (keyset, by time and key, newest first), so the thousandth is no slower than the first.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import NamedTuple
from uuid import UUID

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet, TextField
from django.db.models.functions import Cast

from audit.compiled import Compiled, compiled, padded
from audit.kinds import tell
from audit.models import Event
from cases.models import Case, Organisation, Person, Seat
from cases.tables import Sheet
from permissions.eligibility import day_of
from permissions.known import keys_of, known_by
from permissions.roles import title_of
from permissions.scope import open_event
from permissions.traininglife import NEEDED_BY_A_SECOND_PERSON, READ_EVIDENCE
from workflows.calendar import LONDON
from workflows.evidence.timeline import NOT_TOLD
from workflows.registry import all_processes

LINES = 50
"""Events on one page."""

MOST = 5_000
"""Rows in a file."""

WINDOW = 200
"""Acts that are looked at together, at least."""

ROUNDS = 5
"""Windows that one page looks through; the next page goes on behind them."""

WITHHELD = "Withheld: about one partner's training"


class Place(NamedTuple):
    """Where a page ends: the next one begins after it."""

    at: datetime
    key: UUID


@dataclass(frozen=True)
class Wanted:
    """What is looked for; empty: anything. `name`: a part of a name. `first`, `last`: days in London, both included."""

    name: str = ""
    kind: str = ""
    rule: str = ""
    stage: str = ""
    first: date | None = None
    last: date | None = None
    words: str = ""

    def __bool__(self) -> bool:
        return any((self.name, self.kind, self.rule, self.stage, self.first, self.last, self.words))


@dataclass(frozen=True)
class Found:
    """One page of what was found, newest first. `older`: where the next page begins; None on the last."""

    events: tuple[Event, ...]
    older: Place | None
    cases: dict[UUID, Case]


def search(reader: Person, organisation: Organisation, wanted: Wanted, at: datetime, after: Place | None = None) -> Found:
    """One page of the acts on cases that `reader` may read about (`open_event`). Two statements; one more with a name.

    Where most of what fits is not for the reader, a page may be short, and still have one after it.
    """
    walk = _walk(reader, organisation, wanted, at, after, LINES)
    events = tuple(walk.events[:LINES])
    more = Place(events[-1].at, events[-1].pk) if len(walk.events) > LINES else walk.ended
    return Found(events, more, _cases_of(events, organisation))


def _cases_of(events: tuple[Event, ...], organisation: Organisation) -> dict[UUID, Case]:
    keys = {one.case_id for one in events if one.case_id}
    cases = {one.pk: one for one in _cases(keys=padded(keys, LINES))} if keys else {}
    for one in cases.values():
        if one.organisation_id == organisation.pk:
            one.organisation = organisation
    return cases


@compiled()
def _cases(keys: tuple[UUID, ...]) -> QuerySet[Case]:
    return Case.objects.filter(pk__in=keys).only(*SHOWN_OF_A_CASE)


SHOWN_OF_A_CASE = ("organisation", "reference", "title", "process", "definition_version", "state")
"""What a line of a search shows of a case, and what its address takes; the rest is not read."""


class _Walk(NamedTuple):
    """What was found on the way, and where it ended; None: there is nothing after it."""

    events: list[Event]
    ended: Place | None


def _walk(
    reader: Person, organisation: Organisation, wanted: Wanted, at: datetime, after: Place | None, enough: int
) -> _Walk:  # fmt: skip
    """Window by window: what fits, and of that what the reader may read."""
    found, ended = list[Event](), after
    for number in range(ROUNDS):
        size = max(enough + 1, WINDOW) if number else enough + 1  # whoever reads most of it has a page with the first look
        window = _window(reader, organisation, wanted, at, ended or NEWEST, size)
        found += [one for one in window if one.readable and (one.words_open or not wanted.words)]  # type: ignore[attr-defined]
        ended = Place(window[-1].at, window[-1].pk) if len(window) == size else None
        if ended is None or len(found) > enough:
            break
    return _Walk(found, ended)


NEWEST = Place(datetime.max.replace(tzinfo=UTC) - timedelta(days=2), UUID(int=2**128 - 1))
"""A place before every act."""


def _window(
    reader: Person, organisation: Organisation, wanted: Wanted, at: datetime, after: Place, size: int
) -> list[Event]:  # fmt: skip
    if wanted:
        return list(_marked(_fitting(organisation.pk, wanted), reader, at, after, size))
    return _of_anything(size)(**keys_of(reader), organisation=organisation.pk, at=at, since=after.at, key=after.key)


@cache
def _of_anything(size: int) -> Compiled[..., Event]:
    """A window where nothing is looked for, which is how everybody begins: compiled once."""

    def window(person: UUID, account: int, organisation: UUID, at: datetime, since: datetime, key: UUID) -> QuerySet[Event]:
        return _marked(_fitting(organisation, Wanted()), known_by(person, account), at, Place(since, key), size)

    return compiled(day_of)(window)


def _marked(fits: QuerySet[Event], reader: Person, at: datetime, after: Place, size: int) -> QuerySet[Event]:
    """The next of what fits, whoever may read it, by an index and nothing else; each of those few marked with whether the
    reader may read it (`readable`), and its words (`words_open`).

    Which few they are is asked inside, or the database would judge every act of the organisation before it sorts them.
    """
    few = _from(fits, after).order_by("-at", "-id").values("pk")[:size]
    marks = {"readable": _true(open_event(reader, at)), "words_open": _true(_words_open(reader))}
    return Event.objects.filter(pk__in=few).annotate(**marks).defer(*NOT_TOLD).order_by("-at", "-id")


def _true(condition: Q) -> ExpressionWrapper:
    return ExpressionWrapper(condition, output_field=BooleanField())


def _fitting(organisation: UUID, wanted: Wanted) -> QuerySet[Event]:
    """The acts on cases of the organisation that fit, whoever may read them."""
    found = Event.objects.filter(organisation_id=organisation, case_id__isnull=False)
    if wanted.name:
        people = Person.objects.filter(organisation=organisation, name__icontains=wanted.name).values_list("pk", flat=True)
        found = found.filter(person_id__in=list(people))
    if wanted.kind:
        found = found.filter(kind=wanted.kind)
    if wanted.rule or wanted.stage:
        found = found.annotate(told=Cast("facts", TextField())).filter(_names_rule(wanted.rule), _names_stage(wanted.stage))
    if wanted.words:
        found = found.filter(reason__icontains=wanted.words)
    return found.filter(_between(wanted.first, wanted.last))


def _from(found: QuerySet[Event], after: Place) -> QuerySet[Event]:
    """The first condition is for the index, the second for acts of one moment."""
    return found.filter(Q(at__lte=after.at), Q(at__lt=after.at) | Q(id__lt=after.key))


def _names_rule(rule: str) -> Q:
    """In a refusal, in what a guard said when a case moved, in a waiver: wherever the facts name the rule by its number."""
    return Q(told__contains=f'"{rule}"') if rule else Q()


def _names_stage(stage: str) -> Q:
    return Q(told__contains=f'"stage": "{stage}"') | Q(told__contains=f'"from": "{stage}"') if stage else Q()


def _between(first: date | None, last: date | None) -> Q:
    found = Q(at__gte=datetime.combine(first, time(), LONDON)) if first else Q()
    return found & Q(at__lt=datetime.combine(last + timedelta(days=1), time(), LONDON)) if last else found


def _words_open(reader: Person) -> Q:
    """As `traininglife.may_read_evidence`: words about one partner's training are not for every seat on that case (IG7, IG10)."""
    codes = [
        code for code, entry in all_processes().items() if any(i.code == "training" for i in entry.expanded[entry.newest].items)
    ]
    about = Exists(Case.objects.filter(pk=OuterRef("case_id"), process__in=codes))
    own = Seat.objects.filter(case=OuterRef("case_id"), person=reader, state=Seat.State.ACTIVE)
    reads = ~Exists(own) | Exists(own.filter(role__in=[role.code for role in READ_EVIDENCE]))
    return ~about | reads | Q(kind__in=NEEDED_BY_A_SECOND_PERSON)


COLUMNS = ("When", "Case", "Act", "Who", "Lay or staff", "Role", "Reason", "Number in the record", "Seal")


def sheet_of(reader: Person, organisation: Organisation, wanted: Wanted, at: datetime) -> Sheet:
    """What was found as a table, the newest `MOST`; the last row says so where there may be more."""
    walk = _walk(reader, organisation, wanted, at, None, MOST)
    events = walk.events[:MOST]
    references = dict(Case.objects.filter(pk__in={one.case_id for one in events}).values_list("pk", "reference"))
    rows: list[tuple[object, ...]] = [
        (one.at, references.get(one.case_id), tell(one), one.person_name, one.capacity, title_of(one.role) if one.role else "",
         one.reason if one.words_open else WITHHELD if one.reason else "", one.seq, one.digest)  # type: ignore[attr-defined]
        for one in events
    ]  # fmt: skip
    if len(walk.events) > MOST or walk.ended:
        rows.append((f"Only the newest {len(events)} are here. Ask for fewer days to see more.", *[""] * (len(COLUMNS) - 1)))
    return Sheet("What was found", COLUMNS, rows, f"The newest {MOST} at most.")
