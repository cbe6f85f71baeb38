"""What stands around every page of a case: which case it is, and the way back to it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.urls import reverse

from cases.models import Visit
from web.pages.cases.found import address, found_among
from web.pages.projects.measures import AskedMeasures
from workflows.look import Look


def frame(look: Look) -> dict[str, Any]:
    """The caption, the way home and the way back, as the layout names them."""
    case = look.case
    back = address("case", case)
    crumbs = [{"text": "Home", "href": reverse("home")}, {"text": case.reference, "href": back}]
    told = {"caption": f"{case.reference}: {case.title}", "back": back, "back_text": "Back to the case", "crumbs": crumbs}
    return {**told, "measures": AskedMeasures(look)}


def frame_from_outside(look: Look) -> dict[str, Any]:
    """The same for somebody who has left the case: no way leads there."""
    home = reverse("home")
    crumbs = [{"text": "Home", "href": home}]
    return {**frame(look), "back": home, "back_text": "Go to what is waiting for you", "crumbs": crumbs}


def found_visit(look: Look, key: UUID) -> Visit:
    """The visit of this case that an address names, live or ended. Raises Http404 for any other."""
    return found_among(look.visits, key)


def as_key(text: str) -> UUID | None:
    """The key that a hidden field carried; None for an empty one and for anything that is no key."""
    try:
        return UUID(text)
    except ValueError:
        return None
