"""The trainings of the demo stand where the page that offers them says."""

from __future__ import annotations

from datetime import datetime

import pytest

from cases.models import TrainingItem, TrainingRecord
from permissions.traininglife import is_late
from workflows.calendar import ENGLAND, LONDON, london_day
from workflows.demo.trainings import TRAININGS, TrainingTelling
from workflows.demo.trust import NEWCOMERS, PERSONAS, build_trust
from workflows.standing import owing

NOW = datetime(2026, 11, 22, 20, 30, tzinfo=LONDON)
"""A Sunday evening."""

pytestmark = pytest.mark.django_db

State, Cause = TrainingItem.State, TrainingItem.Cause


@pytest.fixture
def told() -> list[TrainingTelling]:
    trust = build_trust(datetime.combine(ENGLAND.add(london_day(NOW), -150), NOW.timetz()), (*PERSONAS, *NEWCOMERS))
    return [tale.tell(trust, NOW) for tale in TRAININGS]


def test_one_ran_out_one_is_in_force_one_waits_for_a_signature_and_one_for_an_offer(told: list[TrainingTelling]) -> None:
    over, running, signing, waiting = told
    today = london_day(NOW)
    assert [case.case.state for case in told] == ["lapsed", "in_force", "sign", "offer"]
    assert (over.item("data_protection").state, over.item("data_protection").lapse_cause) == (State.REQUIRED, Cause.ORGANISATION)
    assert TrainingRecord.objects.filter(person=running.who("joan"), valid_until__gt=today).exists()
    assert [seat.person.name for seat in owing(signing.look)] == ["Femi Adeleke"]
    late = [item for item in waiting.look.training_items if is_late(item, today)]
    assert {item.state for item in late} == {State.REQUIRED}
    assert len(late) == 3
    assert waiting.item("learning_from_incidents").adjustments


def test_what_waits_is_due_soon_or_a_little_late(told: list[TrainingTelling]) -> None:
    today = london_day(NOW)
    for case in told:
        visit = case.look.visit
        assert visit
        assert visit.due_on is None or -5 <= ENGLAND.between(today, visit.due_on) <= 40, case.partner
        assert case.at < NOW
