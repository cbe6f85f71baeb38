"""What waits for a person on no case of theirs: somebody asks to see a case in an emergency, training waits to be agreed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from permissions.eligibility import subject_title
from permissions.emergency import waiting_for as emergencies_waiting_for
from web.design_system.words import day_and_time
from web.pages.home.lines import Kind, Row
from workflows.doors.requirements import sets_waiting_for

MOST = 25
"""Lines on home."""


@dataclass(frozen=True)
class Outside:
    """One line of home. `until`: it is over at this time if nobody answers; None where it waits for as long as it takes."""

    title: str
    href: str
    about: str
    until: datetime | None
    tag: str = ""
    apart: str = ""

    @property
    def due(self) -> str:
        return day_and_time(self.until)


EMERGENCIES = Kind(
    "emergency",
    lambda asker: emergencies_waiting_for(asker.person, asker.at).order_by("asked_until"),
    lambda _: {"who": "asked_by__name", "reference": "case__reference", "until": "asked_until"},
    MOST,
)
SETS = Kind(
    "requirements",
    lambda asker: sets_waiting_for(asker.person, asker.at).order_by("pk"),
    lambda _: {"who": "written_by__name", "what": "task", "number": "version"},
    MOST,
)


def outside(found: Mapping[str, list[Row]]) -> list[Outside]:
    """Everything on no case of this person that they may answer as the second person."""
    return [*map(_emergency, found[EMERGENCIES.code]), *map(_training, found[SETS.code])]


def _emergency(row: Row) -> Outside:
    """Whoever agrees does not see the case either, so its reference is all that they read of it."""
    title = f"{row.who} asks to see a case in an emergency: agree, or say no"
    return Outside(title, reverse("emergency", args=(row.key,)), row.reference, row.until, "Urgent", f", {row.reference}")


def _training(row: Row) -> Outside:
    title = f"Agree, or refuse, what training we ask for: {subject_title(row.what)}, version {row.number}"
    about = f"{row.who} wrote it. It is not in force until a second person agrees." if row.who else ""
    return Outside(title, reverse("requirement_set_answer", args=(row.key,)), about, None)
