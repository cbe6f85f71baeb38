"""A partner's training for tests: a trust with partners who are new, and two coordinators so that four eyes can be had."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model

from permissions.roles import COORDINATOR, MEMBER
from tests.builders import BEGINNING, a_trust, another_trust
from tests.rig.walked import remembered
from workflows.demo.trust import NEWCOMERS, PERSONAS, Persona, Trust
from workflows.processes.training.story import TrainingStory

ALSO = (Persona("coordinator2", "Colin Marsh", COORDINATOR), Persona("root", "Rae Root", MEMBER))


@remembered
def a_trust_with_newcomers() -> Trust:
    """With a superuser and people of another trust within reach as "root", "far_psp", "far_lead"."""
    trust = a_trust(PERSONAS + NEWCOMERS + ALSO)
    get_user_model().objects.filter(username__startswith="root@").update(is_superuser=True, is_staff=True)
    trust.people.update(another_trust().people)
    return trust


def a_training(**cast: Any) -> TrainingStory:
    """Iris Cole's training for oversight, not yet opened."""
    return TrainingStory(a_trust_with_newcomers(), BEGINNING, **cast)
