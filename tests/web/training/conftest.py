"""A training to work on, and a browser for each of its people."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from django.utils import timezone

from cases.models import TrainingItem
from tests.trainees import a_training
from tests.web.casework import Casework
from workflows.processes.training.story import TrainingStory


@dataclass
class TrainingWork(Casework):
    """A partner's training, and a browser for each of its people."""

    story: TrainingStory  # type: ignore[assignment]

    def item(self, number: int = 1) -> TrainingItem:
        """The training with this number, as it stands now."""
        return self.story.look.training_items[number - 1]


@pytest.fixture
def work(db: None, monkeypatch: pytest.MonkeyPatch) -> TrainingWork:
    """A training that has yet to begin; the pages read the story's clock."""
    made = TrainingWork(a_training())
    monkeypatch.setattr(timezone, "now", lambda: made.story.at)
    return made


@pytest.fixture
def offering(work: TrainingWork) -> TrainingWork:
    """What is required is confirmed, and nothing is offered yet."""
    work.story.walk_to("offer")
    return work


@pytest.fixture
def learning(work: TrainingWork) -> TrainingWork:
    """Everything is offered."""
    work.story.walk_to("learn")
    return work
