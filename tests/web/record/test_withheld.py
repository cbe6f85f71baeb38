"""IG7, IG10: what was written about a partner's training is for those who look after it; others see that it is withheld."""

from __future__ import annotations

import pytest
from django.utils import timezone

from permissions.traininglife import READ_EVIDENCE
from tests.trainees import a_training
from tests.web.casework import words
from tests.web.training.conftest import TrainingWork
from web.pages.record.withheld import WITHHELD
from workflows.processes.training.story import TALKED

TURNED_DOWN = "The name on it is that of your sister"
WANTED = "Somebody who drives me there, for I do not see well"
MORE = "I lose the thread when people talk across each other"
PERSONAL = (TURNED_DOWN, WANTED, MORE)
PAGES = ("case", "record")


@pytest.fixture
def spoken(db: None, monkeypatch: pytest.MonkeyPatch) -> TrainingWork:
    """Evidence was turned down, support was asked for, and the partner wants more training."""
    story = a_training()
    story.walk_to("learn")
    item = story.item("syllabus_1")
    story.complete(item)
    story.check(item, accepted=False, reason=TURNED_DOWN)
    story.walk_to("readiness")
    story.submit("specialist", facts={**TALKED, "support_wanted": WANTED})
    story.answer("iris", "more_training", MORE)
    monkeypatch.setattr(timezone, "now", lambda: story.at)
    return TrainingWork(story)


@pytest.mark.parametrize("key", ["iris", "coordinator", "specialist", "quality", "auditor"])
def test_those_who_look_after_the_training_read_what_was_written(spoken: TrainingWork, key: str) -> None:
    record = words(spoken.get(key, "record"))
    assert [secret for secret in PERSONAL if secret not in record] == []
    assert WITHHELD not in record


@pytest.mark.parametrize("page", PAGES)
def test_the_executive_team_is_told_that_it_is_withheld_and_who_reads_it(spoken: TrainingWork, page: str) -> None:
    shown = words(spoken.get("exec_team", page))
    assert [secret for secret in PERSONAL if secret in shown] == []
    assert WITHHELD in shown
    assert all(role.title.lower() in WITHHELD.lower() for role in READ_EVIDENCE if not role.lay)
