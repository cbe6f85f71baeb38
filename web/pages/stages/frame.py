"""What stands around every page of a case: which case it is, and the way back to it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.urls import reverse

from cases.models import Person, Visit
from web.pages.cases.found import address, found_among
from web.pages.projects.measures import AskedMeasures
from workflows.look import Look
from workflows.standing import asked_seats, owing


def frame(look: Look, reader: Person | None = None) -> dict[str, Any]:
    """The caption, the way home and the way back, as the layout names them; for a `reader` whose answer is owed, to that."""
    case = look.case
    back, back_text = address("case", case), "Back to the case"
    crumbs = [{"text": "Home", "href": reverse("home")}, {"text": case.reference, "href": back}]
    if reader and (question := question_for(look, reader)):
        back, back_text = question, "Back to your decision"
        crumbs.append({"text": back_text, "href": question})
    told = {"caption": f"{case.reference}: {case.title}", "back": back, "back_text": back_text, "crumbs": crumbs}
    return {**told, "measures": AskedMeasures(look)}


def frame_from_outside(look: Look) -> dict[str, Any]:
    """The same for somebody who has left the case: no way leads there."""
    home = reverse("home")
    crumbs = [{"text": "Home", "href": home}]
    return {**frame(look), "back": home, "back_text": "Go to what is waiting for you", "crumbs": crumbs}


def question_for(look: Look, person: Person) -> str:
    """Where a person says what they think of the stage in hand; empty for somebody whose answer is not awaited."""
    if not any(seat.person_id == person.pk for seat in asked_seats(look)):
        return ""
    visit = look.visit
    owes = visit is not None and look.is_answering and any(seat.person_id == person.pk for seat in owing(look))
    return address("position", look.case, visit=visit.pk) if visit and owes else ""


def found_visit(look: Look, key: UUID) -> Visit:
    """The visit of this case that an address names, live or ended. Raises Http404 for any other."""
    return found_among(look.visits, key)


def as_key(text: str) -> UUID | None:
    """The key that a hidden field carried; None for an empty one and for anything that is no key."""
    try:
        return UUID(text)
    except ValueError:
        return None
