"""Improvement projects for tests, made through the real doors."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model

from cases.models import Case
from permissions.roles import MEMBER, PSP
from tests.builders import BEGINNING, a_trust, another_trust
from workflows.demo.trust import PERSONAS, Persona
from workflows.processes.improvement.story import ImprovementStory

ALSO = (
    Persona("rhona", "Rhona Blake", PSP, projects=True),
    Persona("ivy", "Ivy Chen", PSP, projects=True),
    Persona("nell", "Nell Ross", PSP),
    Persona("root", "Rae Root", MEMBER),
)
"""Nell is trained for oversight and not for projects."""


class FullProject(ImprovementStory):
    """A project with an attendee of the lay side, and a partner who recused herself; its proposer has declared."""

    def open(self, title: str = "Being called by the right name", summary: str = "", by: str = "") -> Case:
        case = super().open(title, summary, by)
        self.declares(by or self.partners[0])
        return case

    def seat_everybody(self) -> None:
        self.take_seat("ivy", membership="attendee", membership_reason="She asked to listen first.")
        self.take_seat("rhona")
        self.recuse("rhona")
        super().seat_everybody()


def a_project(**cast: Any) -> ImprovementStory:
    """A project not yet proposed, in a trust as it stood at the beginning."""
    return ImprovementStory(a_trust(PERSONAS + ALSO), BEGINNING, **cast)


def a_full_project() -> FullProject:
    """As `FullProject`, with a superuser and people of another trust within reach as "root", "far_psp", "far_lead"."""
    trust = a_trust(PERSONAS + ALSO)
    get_user_model().objects.filter(username__startswith="root@").update(is_superuser=True, is_staff=True)
    trust.people.update(another_trust().people)
    return FullProject(trust, BEGINNING)
