"""Where a partner's training is started, and what home says of those whose training is due."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.urls import reverse

from cases.models import Case
from tests.web.casework import FORBIDDEN, FOUND, Casework, hidden, words
from tests.web.training.conftest import TrainingWork
from workflows.processes.oversight.story import Story
from workflows.processes.training.story import TrainingStory

START = reverse("training_start")
BUDGET = 3
"""The statements of any home."""


def start(work: TrainingWork, partner: str, key: str = "coordinator", task: str = "oversight") -> object:
    work.story.wait()
    asked = {**hidden(work.client(key).get(START)), "person": str(work.story.who(partner).pk), "task": task}
    return work.client(key).post(START, asked)


@pytest.mark.parametrize("key", ["coordinator", "specialist"])
def test_one_page_starts_it_and_leads_to_the_training(work: TrainingWork, key: str) -> None:
    response = start(work, "femi", key)
    case = Case.objects.get()
    assert case.title == "Oversight training: Femi Adeleke"
    assert response.status_code == FOUND  # type: ignore[attr-defined]
    assert response.headers["Location"].endswith(f"/{case.reference}/")  # type: ignore[attr-defined]
    shown = words(work.client("femi").get(response.headers["Location"]))  # type: ignore[attr-defined]
    assert "What you need, and how far you have got" in shown


def test_the_partner_is_chosen_already_where_one_came_from_their_name(work: TrainingWork) -> None:
    page = work.client("coordinator").get(f"{START}?person={work.story.who('femi').pk}&task=projects").content.decode()
    assert f'<option value="{work.story.who("femi").pk}" selected>' in page
    assert 'value="projects" checked' in page


def test_what_is_missing_is_asked_for(work: TrainingWork) -> None:
    work.story.wait()
    response = work.client("coordinator").post(START, {"person": "", "task": ""})
    assert "Choose a partner" in words(response)
    assert "Choose what the training is for" in words(response)


def test_it_is_not_started_twice_and_the_page_says_why(work: TrainingWork) -> None:
    start(work, "femi")
    response = start(work, "femi")
    assert "Femi Adeleke is being trained for this already" in words(response)
    assert Case.objects.count() == 1


def test_it_is_started_for_somebody_in_date_only_on_purpose(work: TrainingWork) -> None:
    asked = {"person": str(work.story.who("pat").pk), "task": "oversight"}
    work.story.wait()
    warned = work.client("coordinator").post(START, {**hidden(work.client("coordinator").get(START)), **asked})
    assert "Pat Mercer is trained in this already, until" in words(warned)
    assert not Case.objects.exists()
    done = work.client("coordinator").post(START, {**hidden(warned), **asked, "anyway": "on"})
    assert "Success The training has started." in words(work.client("coordinator").get(done.headers["Location"]))
    assert Case.objects.count() == 1


@pytest.mark.parametrize("key", ["lead2", "pat", "quality"])
def test_others_do_not_start_it(work: TrainingWork, key: str) -> None:
    response = work.client(key).get(START)
    assert response.status_code == FORBIDDEN
    assert "A case is opened by: partner coordinator, patient safety specialist." in words(response)


def test_opening_a_training_elsewhere_leads_to_this_page(work: TrainingWork) -> None:
    response = work.client("coordinator").get(reverse("case_open") + "?process=TRN")
    assert (response.status_code, response.headers["Location"]) == (FOUND, START)


# Home


def home(work: TrainingWork, key: str = "coordinator") -> str:
    work.story.wait()
    return words(work.client(key).get("/"))


def test_home_names_the_partners_whose_training_is_due(work: TrainingWork) -> None:
    shown = home(work)
    assert "Femi Adeleke: start the training Has no oversight training." in shown
    assert "Tom\u00e1s Silva: start the training Oversight training ran out on" in shown
    assert "Pat Mercer: start the training" not in shown
    start(work, "femi")
    assert "Femi Adeleke: start the training" not in home(work)


def test_home_says_what_we_owe_and_what_is_late(work: TrainingWork) -> None:
    work.story.walk_to("offer")
    assert "Training that we owe to partners Iris Cole: 5 trainings to offer , TRN-2026-0001 TRN-2026-0001." in home(work)
    work.story.wait(25)
    assert "5 not offered in time." in home(work)
    work.story.offer_all()
    assert "Every training was offered." in home(work)


def test_nobody_else_has_these_panels(work: TrainingWork) -> None:
    for key in ("lead2", "pat", "quality", "auditor"):
        assert "Partners whose training is due" not in home(work, key)


@pytest.mark.parametrize("key", ["coordinator", "specialist"])
def test_home_costs_the_same_for_few_and_for_many(work: TrainingWork, key: str, statements: Callable[..., int]) -> None:
    work.story.walk_to("offer")
    few = statements(work, key, "/")
    for partner in ("femi", "joan"):
        TrainingStory(work.story.trust, work.story.at, partners=(partner,)).open()
    assert statements(work, key, "/") == few <= BUDGET


# The people of a case


def a_group(work: TrainingWork) -> Casework:
    """A case of oversight in the same trust, whose group is being formed."""
    story = Story(work.story.trust, work.story.at)
    story.walk_to("form_group")
    work.story.at = story.at
    return Casework(story)


def test_the_people_of_a_case_say_who_cannot_be_asked_for_want_of_training(work: TrainingWork) -> None:
    group = a_group(work)
    shown = words(group.get("coordinator", "people"))
    assert "Partners who cannot be asked yet" in shown
    assert "Iris Cole: Has no oversight training. Start the training of Iris Cole" in shown
    assert "Pat Mercer: " not in shown
    assert "Partners who cannot be asked yet" not in words(group.get("lead", "people"))


def test_beside_a_name_stands_ready_or_not_and_why_and_nothing_of_certificates(work: TrainingWork) -> None:
    work.story.walk_to("in_force")
    shown = words(a_group(work).get("lead", "seat_assign", role="psp"))
    assert "Met: Oversight training is in date until" in shown
    assert "Not met: Has no oversight training on record." in shown
    assert "Certificate" not in shown
    assert "e-Learning for Healthcare" not in shown
