"""A case as it stood at any past moment, read from history and from rows that are only ever added: never from live rows.

Each kind of fact is one statement, made when first asked for, whatever the number of rows. The page, the command and the
tests ask this one function.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from functools import cache, cached_property
from typing import Any, TypeVar
from uuid import UUID

from django.db import models
from django.db.models import Exists, OuterRef, QuerySet

from audit.compiled import compiled
from audit.history import as_it_stood
from audit.models import Event
from cases.models import (
    AnswerVerdict,
    Case,
    Comment,
    CommentAnswer,
    EmergencySight,
    Hold,
    Lapse,
    LayRendition,
    Organisation,
    Paper,
    PaperVersion,
    Person,
    Position,
    Proposal,
    SafetyAction,
    Seat,
    StoredDefinition,
    Visit,
    Waiver,
    Withholding,
)
from permissions.eligibility import day_of
from permissions.models import CaseGrant
from workflows.calendar import LONDON, last_moment_of
from workflows.evidence.rules_then import RulesThen

Row = TypeVar("Row", bound=models.Model)


def case_as_it_stood(case: Case | UUID | None, at: datetime) -> CaseThen:
    """The whole case as it stood at `at` (an aware time, included). Of `case` only the key is used.

    One statement here, and one for each kind of fact that is asked for. Raises Case.DoesNotExist for a time before the case
    was opened (what the history must be able to prove).
    """
    key = case.pk if isinstance(case, Case) else case
    found = rows_that_stood(Case, at, "pk", id=key) if key else []
    if not found:
        raise Case.DoesNotExist(f"There was no such case at {at.isoformat()}.")
    return CaseThen(found[0], at)


def moment_of(typed: str) -> datetime:
    """The moment that somebody wrote: 2026-11-23T14:05 (London time unless it names a zone), or a day, which is its last moment.

    Raises ValueError.
    """
    if len(typed) == len("2026-11-23"):
        return last_moment_of(date.fromisoformat(typed))
    found = datetime.fromisoformat(typed)
    return found if found.utcoffset() is not None else found.replace(tzinfo=LONDON)


def rows_that_stood(model: type[Row], at: datetime, order: str, **of: Any) -> list[Row]:
    """The rows of a recorded model as they stood, in order, by what they belonged to: one key, or by `__in` a tuple of keys.

    `audit.history.as_it_stood`, compiled once per process; one statement, none for an empty tuple. No row can be saved.
    """
    ((path, keys),) = of.items()
    if keys == ():
        return []
    rows = _stood_along(model, path, order)(**{"keys" if isinstance(keys, tuple) else "key": keys}, at=at)
    return [model(*row) for row in rows]


@cache
def _stood_along(model: type[models.Model], path: str, order: str) -> Any:
    columns = [field.attname for field in model._meta.concrete_fields]

    def found(at: datetime, of: Any) -> QuerySet[Any]:
        rows = as_it_stood(model, at, **{path: of})
        return rows.order_by("id" if order == "pk" else order, "id").values_list(*columns)

    def of_one(key: UUID, at: datetime) -> QuerySet[Any]:
        return found(at, key)

    def of_several(keys: tuple[UUID, ...], at: datetime) -> QuerySet[Any]:
        return found(at, keys)

    return compiled()(of_several if path.endswith("__in") else of_one)


@cache
def said(model: type[models.Model], *order: str) -> Any:
    """What gives the rows of an insert-only model that there were of a case at a moment, oldest first; compiled once."""

    def rows(case: UUID, at: datetime) -> QuerySet[Any]:
        return model._default_manager.filter(case=case, at__lte=at).order_by("at", *order, "pk")

    return compiled()(rows)


@compiled()
def _open_comments(case: UUID, at: datetime) -> QuerySet[Comment]:
    answers = CommentAnswer.objects.filter(comment=OuterRef("pk"), at__lte=at)
    return Comment.objects.filter(~Exists(answers), case=case, at__lte=at).order_by("at", "pk")


@compiled()
def _newest_event(chain: str, at: datetime) -> QuerySet[Event]:
    return Event.objects.filter(chain=chain, at__lte=at).order_by("-seq")[:1]


class CaseThen:
    """One case at a past moment. Its rows carry the values of that moment; follow no foreign key of theirs, ask here by key."""

    def __init__(self, case: Case, at: datetime) -> None:
        self.case, self.at = case, at

    def _stood(self, model: type[Row], order: str, **found: Any) -> list[Row]:
        return rows_that_stood(model, self.at, order, **(found or {"case": self.case.pk}))

    def _said(self, model: type[Row], *order: str) -> list[Row]:
        """Rows that are added and never changed, as many as there were, oldest first."""
        return said(model, *order)(case=self.case.pk, at=self.at)

    # Where it stood

    @cached_property
    def newest(self) -> Event | None:
        """The last event on the case's chain until then: the moment is that of its place and its seal."""
        return _newest_event.first(chain=f"case:{self.case.pk}", at=self.at)

    @cached_property
    def organisation(self) -> Organisation:
        (found,) = rows_that_stood(Organisation, self.at, "pk", id=self.case.organisation_id)
        return found

    @cached_property
    def definition(self) -> StoredDefinition | None:
        """The stored text of the definition then in force: the one whose fingerprint the last event names."""
        mark = self.newest.fingerprint if self.newest else ""
        stored: StoredDefinition | None = as_it_stood(StoredDefinition, self.at).filter(fingerprint=mark).first()
        return stored

    @cached_property
    def rules(self) -> RulesThen:
        """That definition in words."""
        return RulesThen(self.definition.definition if self.definition else {})

    @cached_property
    def visits(self) -> list[Visit]:
        return self._stood(Visit, "number")

    @property
    def visit(self) -> Visit | None:
        """The stay in the stage that was live then; None once the case had ended."""
        return next((one for one in reversed(self.visits) if one.is_live), None)

    @property
    def due_on(self) -> date | None:
        """The day by which something was due then."""
        return self.visit.due_on if self.visit else None

    # Who sat, and who could see it

    @cached_property
    def seats(self) -> list[Seat]:
        return self._stood(Seat, "offered_at")

    def seat(self, key: UUID | None) -> Seat | None:
        return self._seats.get(key) if key else None

    @cached_property
    def _seats(self) -> Mapping[UUID, Seat]:
        return {one.pk: one for one in self.seats}

    @cached_property
    def grants(self) -> list[CaseGrant]:
        """The grants of sight that had been given and not taken away, whether or not their last day had passed."""
        return self._stood(CaseGrant, "granted_at", content_object=self.case.pk)

    @property
    def running_grants(self) -> list[CaseGrant]:
        """Those whose last day had not passed."""
        return [one for one in self.grants if one.until is None or one.until >= day_of(self.at)]

    @cached_property
    def emergencies(self) -> list[EmergencySight]:
        return self._stood(EmergencySight, "asked_at")

    @cached_property
    def people(self) -> Mapping[UUID, Person]:
        """Everybody whom these rows name, by key, as they were called then."""
        return {one.pk: one for one in self._stood(Person, "name", id__in=tuple(sorted(self._named)))}

    @property
    def _named(self) -> set[UUID]:
        seated = {seat.person_id for seat in self.seats} | {seat.offered_by_id for seat in self.seats}
        wrote = {one.author_id for one in self.versions} | {one.released_by_id for one in self.versions}
        asked = {one.asked_by_id for one in self.proposals} | {one.asked_by_id for one in self.emergencies}
        owned = {one.owner_id for one in self.actions}
        agreed = {one.granted_by_id for one in self.waivers} | {one.asked_by_id for one in self.waivers}
        return {key for key in seated | wrote | asked | owned | agreed | {self.case.opened_by_id} if key}

    def name_of(self, person: UUID | None) -> str:
        """The name of that time; "somebody" where the history knows none."""
        known = self.people.get(person) if person else None
        return known.name if known else "somebody"

    # What they read

    @cached_property
    def papers(self) -> list[Paper]:
        return self._stood(Paper, "title")

    @cached_property
    def versions(self) -> list[PaperVersion]:
        return self._stood(PaperVersion, "uploaded_at", paper__in=tuple(one.pk for one in self.papers))

    def version(self, key: UUID | None) -> PaperVersion | None:
        return self._versions.get(key) if key else None

    @cached_property
    def _versions(self) -> Mapping[UUID, PaperVersion]:
        return {one.pk: one for one in self.versions}

    @cached_property
    def lay_renditions(self) -> list[LayRendition]:
        return self._stood(LayRendition, "made_at", version__in=tuple(one.pk for one in self.versions))

    @cached_property
    def withholdings(self) -> list[Withholding]:
        return self._stood(Withholding, "decided_at")

    # What was said

    @cached_property
    def positions(self) -> list[Position]:
        """Every answer so far, oldest first; the last of a seat in a visit is the one that counted."""
        return self._said(Position, "number")

    @cached_property
    def open_comments(self) -> list[Comment]:
        """Comments that nobody had answered yet."""
        return _open_comments(case=self.case.pk, at=self.at)

    @cached_property
    def verdicts(self) -> list[AnswerVerdict]:
        return self._said(AnswerVerdict)

    @cached_property
    def lapses(self) -> list[Lapse]:
        return self._said(Lapse)

    # What stood in the way, and what was lifted

    @cached_property
    def holds(self) -> list[Hold]:
        return self._stood(Hold, "placed_at")

    @cached_property
    def waivers(self) -> list[Waiver]:
        return self._stood(Waiver, "granted_at")

    @cached_property
    def proposals(self) -> list[Proposal]:
        return self._stood(Proposal, "asked_at")

    @cached_property
    def actions(self) -> list[SafetyAction]:
        return self._stood(SafetyAction, "number")

    # Since then

    def since(self, until: datetime) -> QuerySet[Event]:
        """What was done on the case after this moment and not after `until`, oldest first."""
        after = self.newest.seq if self.newest else 0
        return Event.objects.filter(chain=f"case:{self.case.pk}", seq__gt=after, at__lte=until).order_by("seq")
