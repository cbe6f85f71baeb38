"""Reads everything that the page of a case shows: one statement for each kind of fact, whatever the number of rows."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q

from cases.models import Comment, CommentAnswer, Lapse, PaperVersion, Person, Position, Seat, Waiver
from permissions.scope import marked_papers, open_comments, open_positions
from web.pages.cases.given import WITH_TYPED
from workflows.doors.verdicts import verdict_on
from workflows.look import Look
from workflows.sealing import asks_blind


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


def read_case(look: Look, person: Person) -> CaseFacts:
    """All there is to show. The Look is left holding what was read, so that judging by it reads nothing twice."""
    positions = list(Position.objects.filter(case=look.case).select_related(*WITH_TYPED).order_by("at", "number"))
    read = positions
    if asks_blind(look):
        opened = set(open_positions(person, Position.objects.filter(case=look.case)).values_list("pk", flat=True))
        read = [one for one in positions if one.pk in opened]
    lapses = list(Lapse.objects.filter(case=look.case).order_by("at"))
    said = _comments(look, person)
    comments = [one for one in said if not hasattr(one, "response")]
    look.positions = positions
    look.lapses = [lapse for lapse in lapses if look.visit and lapse.visit_id == look.visit.pk]
    look.unanswered_comments = [comment for comment in comments if comment.seat.is_lay]
    look.waivers = list(Waiver.objects.filter(case=look.case).select_related("asked_by", "granted_by").order_by("granted_at"))
    look.versions = _versions(look, person)
    readable = [version for version in look.versions if version.readable]  # type: ignore[attr-defined]
    return CaseFacts(look, person, read, lapses, readable, comments, _to_judge(look, person, said))


def _comments(look: Look, person: Person) -> list[Comment]:
    """Those that wait for an answer, and this person's own, with their answers."""
    asked = open_comments(person, Comment.objects.filter(case=look.case)).filter(Q(response__isnull=True) | Q(person=person))
    return list(
        asked.select_related("seat", "person", "version__paper", "response__answered_by", "response__verdict").order_by("at")
    )


def _to_judge(look: Look, person: Person, said: list[Comment]) -> list[CommentAnswer]:
    own = [one for one in said if one.person_id == person.pk and one.seat.is_lay and one.seat.is_active]
    answers = [one.response for one in own if hasattr(one, "response")] if look.stage else []
    return [one for one in answers if verdict_on(one) is None]


def _versions(look: Look, person: Person) -> list[PaperVersion]:
    """Every version, for the rules to judge by, marked with whether this person may open it."""
    return list(marked_papers(person, look.case, look.at).order_by("uploaded_at", "number"))
