"""A new partner, from the appointment to the two signatures, and on to a seat in an oversight group."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page

from cases.models import Case
from tests.system.conftest import TELEPHONE, Cast
from tests.system.people.staff import Lead
from tests.system.people.trainees import Trainee, TrainingCoordinator
from tests.web.casework import BEGINNING
from workflows.demo.trust import NEWCOMERS, PERSONAS, build_trust
from workflows.processes.oversight.story import Story
from workflows.processes.training.story import TrainingStory

ESSENTIALS = "Patient safety syllabus, level 1: Essentials"
NEED = "Subtitles, please: I wear hearing aids."


@pytest.fixture
def training(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> TrainingStory:
    """Iris Cole was appointed and has no training. The pages go by the clock of her story."""
    begun = TrainingStory(build_trust(BEGINNING, PERSONAS + NEWCOMERS), BEGINNING)
    monkeypatch.setattr(timezone, "now", lambda: begun.at)
    return begun


@pytest.fixture
def cast(training: TrainingStory, new_page: Callable[..., Page], axe: Callable[[Page], None], live_server: Any) -> Cast:
    return Cast(training, new_page, axe, live_server.url)  # type: ignore[arg-type]


def test_a_new_partner_is_trained_signed_off_by_both_and_seated(
    cast: Cast, training: TrainingStory, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Given a partner who was appointed and has no training yet
    cora, iris = cast(TrainingCoordinator, "coordinator"), cast(Trainee, "iris", **TELEPHONE)

    # When the coordinator starts her training and confirms what is required
    cora.starts_the_training_of("Iris Cole")
    training.case_id = Case.objects.get().pk
    cora.confirms_what_is_required()

    # Then she reads what she is owed and why, and says what would help her
    iris.reads_what_is_owed(f"Offer it: {ESSENTIALS}", "So that you know how the NHS thinks about safety")
    iris.says_what_would_help(ESSENTIALS, NEED)

    # When it is offered so that she can use it, she does it, and somebody else checks it
    cora.offers(ESSENTIALS, NEED)
    training.offer_all()
    iris.says_that_it_is_done(ESSENTIALS)
    for item in training.items_that_are("offered"):
        training.complete(item)
    iris.hands_everything_in()
    cora.accepts(ESSENTIALS)
    training.check_all()

    # And when she and the specialist have talked, both say that she is ready, and both sign
    training.talk()
    iris.says_that_they_are_ready()
    training.answer("specialist", "ready")
    iris.signs()
    iris.opens_the_case()
    iris.sees("The partner, Iris Cole Signed on", "Sam Ward Not signed yet")
    assert training.case.state == "sign"  # one signature alone changes nothing
    training.answer("specialist", "sign")

    # Then she is ready for oversight
    assert training.case.state == "in_force"
    iris.finds_themselves_ready()

    # And she can be asked to join a group, and takes her seat
    group = Story(training.trust, training.at)
    monkeypatch.setattr(timezone, "now", lambda: group.at)
    group.walk_to("form_group")
    lead, iris.story = Cast(group, cast.open_page, cast.axe, cast.server)(Lead, "lead"), group
    lead.asks("psp", "Iris Cole")
    iris.takes_the_seat("Patient Safety Partner")
    assert group.seat("iris").counts
    iris.opens_the_case()
    iris.sees("Delay in treating sepsis")
