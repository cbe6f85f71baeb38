"""Reads everything that the page of a case shows in one statement, whatever the number of rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from audit.compiled import Question, compiled, together
from cases.models import Case, Comment, CommentAnswer, Lapse, PaperVersion, Person, Position, Seat, Waiver
from permissions.eligibility import day_of
from permissions.known import keys_of, known_by
from permissions.scope import marked_papers, open_comments, open_positions
from web.pages.cases.given import WITH_TYPED
from workflows import case_rows
from workflows.doors.measures import has_measures
from workflows.doors.verdicts import verdict_on
from workflows.look import Look
from workflows.sealing import asks_blind

TRAINING = "TRN"


@dataclass
class CaseFacts:
    """A Look, with the answers and lapses of every visit, and the versions and comments as one person may see them."""

    look: Look
    person: Person
    positions: list[Position]
    lapses: list[Lapse]
    readable: list[PaperVersion]
    open_comments: list[Comment]
    to_judge: list[CommentAnswer]
    """Answers to this person's own comments of which they have not said whether they answer them (R7)."""

    def seat(self, pk: object) -> Seat | None:
        return next((seat for seat in self.look.seats if seat.pk == pk), None)

    def name_of(self, seat: object) -> str:
        """The name of whoever sits, or sat, in a seat."""
        found = self.seat(seat)
        return found.person.name if found else "Somebody"


def _asked_of_the_look(look: Look) -> dict[str, Question[Any]]:
    """What the page judges and shows besides: the parts of the Look, by their names; some only where the process knows the kind."""
    case = look.case.pk
    asked: dict[str, Question[Any]] = {
        "visits": case_rows.visits.question(case=case),
        "seats": case_rows.seats.question(case=case, at=look.at),
        "reminders": case_rows.reminders.question(case=case),
        "proposals": case_rows.proposals.question(case=case),
        "actions": case_rows.actions.question(case=case),
        "withholdings": case_rows.withholdings.question(case=case),
    }
    if any(act.effect == "pauses" for act in look.process.any_time):
        asked["holds"] = case_rows.holds.question(case=case)
    if has_measures(look):
        asked["measures"] = case_rows.measures.question(case=case)
    if look.process.code == TRAINING:
        asked["training_items"] = case_rows.training_items.question(case=case)
    return asked


def read_case(look: Look, person: Person) -> CaseFacts:
    """All there is to show, in one statement. The Look is left holding what was read, so that judging by it reads nothing twice."""
    case, keys, asked = look.case.pk, keys_of(person), _asked_of_the_look(look)
    positions, lapses, said, waivers, versions, opened, *rest = together(
        _positions.question(case=case),
        _lapses.question(case=case),
        _comments.question(person=person.pk, case=case),
        _waivers.question(case=case),
        _versions.question(**keys, case=case, at=look.at),
        _opened.question(person=person.pk, case=case),
        *asked.values(),
    )
    for kind, rows in zip(asked, rest, strict=True):
        setattr(look, kind, rows)
    look.positions, look.waivers, look.versions = positions, waivers, versions
    look.lapses = [lapse for lapse in lapses if look.visit and lapse.visit_id == look.visit.pk]
    read = [one for one in positions if one.pk in set(opened)] if asks_blind(look) else positions
    comments = [one for one in said if not hasattr(one, "response")]
    look.unanswered_comments = [comment for comment in comments if comment.seat.is_lay]
    readable = [version for version in look.versions if version.readable]  # type: ignore[attr-defined]
    return CaseFacts(look, person, read, lapses, readable, comments, _to_judge(look, person, said))


@compiled()
def _positions(case: UUID) -> QuerySet[Position]:
    return Position.objects.filter(case=case).select_related(*WITH_TYPED).order_by("at", "number")


@compiled()
def _opened(person: UUID, case: UUID) -> QuerySet[Position, UUID]:
    """The answers that are not sealed to this person."""
    return open_positions(Person(pk=person), Position.objects.filter(case=case)).values_list("pk", flat=True)


@compiled()
def _lapses(case: UUID) -> QuerySet[Lapse]:
    return Lapse.objects.filter(case=case).order_by("at")


@compiled()
def _waivers(case: UUID) -> QuerySet[Waiver]:
    return Waiver.objects.filter(case=case).select_related("asked_by", "granted_by").order_by("granted_at")


@compiled()
def _comments(person: UUID, case: UUID) -> QuerySet[Comment]:
    """Those that wait for an answer, and this person's own, with their answers."""
    said = open_comments(Person(pk=person), Comment.objects.filter(case=case))
    asked = said.filter(Q(response__isnull=True) | Q(person=person))
    return asked.select_related("seat", "person", "version__paper", "response__answered_by", "response__verdict").order_by("at")


def _to_judge(look: Look, person: Person, said: list[Comment]) -> list[CommentAnswer]:
    own = [one for one in said if one.person_id == person.pk and one.seat.is_lay and one.seat.is_active]
    answers = [one.response for one in own if hasattr(one, "response")] if look.stage else []
    return [one for one in answers if verdict_on(one) is None]


@compiled(day_of)
def _versions(person: UUID, account: int, case: UUID, at: datetime) -> QuerySet[PaperVersion]:
    """Every version, for the rules to judge by, marked with whether this person may open it."""
    return marked_papers(known_by(person, account), Case(pk=case), at).order_by("uploaded_at", "number")
