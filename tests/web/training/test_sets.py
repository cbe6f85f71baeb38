"""What each task asks for: everybody reads it, the quality team and the coordinator write the next version, old ones stay."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from cases.models import RequirementSet
from tests.builders import another_trust
from tests.web.casework import FORBIDDEN, FOUND, NOT_FOUND, OK, day, hidden, words
from tests.web.training.conftest import TrainingWork

SETS, NEW = reverse("requirement_sets"), reverse("requirement_set_new", args=("oversight",))
WHY = "So that you know how to read a chart in a meeting."


def newest(work: TrainingWork) -> RequirementSet:
    return RequirementSet.objects.filter(organisation=work.story.trust.organisation, task="oversight").latest("version")


def form(work: TrainingWork, **other: Any) -> dict[str, Any]:
    """The page of a new version, with the rows of the last one as they stand, and `other` typed over them."""
    last = newest(work)
    rows = {
        f"{name}_{number}": getattr(row, name) if getattr(row, name) is not None else ""
        for number, row in enumerate(last.requirements.order_by("number"), start=1)
        for name in ("code", "title", "why", "valid_for", "within", "source")
    }
    page = work.client("quality").get(NEW)
    return {**hidden(page), **rows, **day("starts_on", work.story.look.today), "source": "Our own policy", **other}


@pytest.fixture
def begun(work: TrainingWork) -> TrainingWork:
    work.story.open()
    return work


def agree(work: TrainingWork, of: RequirementSet | None = None) -> RequirementSet:
    """The specialist agrees, as the second person."""
    written = of or newest(work)
    page = answering(written)
    sent = {**hidden(work.client("specialist").get(page)), "answer": "confirm"}
    work.story.wait()
    assert work.client("specialist").post(page, sent).status_code == FOUND
    return newest(work)


def answering(of: RequirementSet) -> str:
    return reverse("requirement_set_answer", args=(of.pk,))


def send(work: TrainingWork, data: dict[str, Any], key: str = "quality") -> Any:
    work.story.wait()
    return work.client(key).post(NEW, data)


@pytest.mark.parametrize("key", ["pat", "lead2", "quality"])
def test_everybody_reads_what_is_required_why_and_who_says_so(begun: TrainingWork, key: str) -> None:
    shown = words(begun.client(key).get(SETS))
    assert "Oversight training In force From" in shown
    assert "3. Data protection You will read about people\u2019s care." in shown
    assert "How long it holds 1 year" in shown
    assert "How long it holds 3 years" in shown
    assert "Where it comes from Data Security and Protection Toolkit; yearly" in shown
    assert ("Write a new version of" in shown) is (key == "quality")


def test_a_new_version_begins_with_what_the_last_one_asks_and_takes_a_row_more(begun: TrainingWork) -> None:
    assert "Data protection" in begun.client("quality").get(NEW).content.decode()
    response = send(begun, form(begun, title_6="Reading charts", why_6=WHY, valid_for_6="24"))
    assert response.status_code == FOUND
    made = newest(begun)
    assert made.version == 2
    assert [row.code for row in made.requirements.order_by("number")][-1] == "reading_charts"
    assert "Reading charts" in words(begun.client("pat").get(response.headers["Location"]))


def test_the_version_before_stays_readable_and_what_began_by_it_goes_on_by_it(begun: TrainingWork) -> None:
    first = newest(begun)
    send(begun, form(begun, title_6="Reading charts", why_6=WHY))
    agree(begun)
    shown = words(begun.client("pat").get(SETS))
    assert "Other versions Oversight training, version 1" in shown
    assert "Replaced" in shown
    old = words(begun.client("pat").get(reverse("requirement_set", args=(first.pk,))))
    assert "Reading charts" not in old
    assert "Data protection" in old
    assert len(begun.story.look.training_items) == 5


def test_a_version_that_begins_later_leaves_the_one_in_force(begun: TrainingWork) -> None:
    later = begun.story.look.today.replace(month=12)
    send(begun, form(begun, title_6="Reading charts", why_6=WHY, **day("starts_on", later)))
    agree(begun)
    shown = words(begun.client("pat").get(SETS))
    assert "Oversight training, version 2 , from Wednesday 2 December 2026 Begins later" in shown


@pytest.mark.proves("IG12")
def test_without_information_governance_it_is_asked_why_and_everybody_reads_the_reason(begun: TrainingWork) -> None:
    empty = {f"{name}_3": "" for name in ("title", "why", "valid_for", "within", "source")}
    refused = send(begun, form(begun, title_6="Reading charts", why_6=WHY, **empty))
    assert "None of these trainings is in data protection or information governance." in words(refused)
    assert 'value="Reading charts"' in refused.content.decode()
    assert newest(begun).version == 1
    send(begun, form(begun, **empty, without="The regional host trains them in it."))
    assert [row.title for row in newest(begun).requirements.all() if row.title == "Data protection"] == []
    told = "None of these trainings is in data protection or information governance. The reason: \u201cThe regional host"
    assert told in words(begun.client("specialist").get(answering(newest(begun))))
    agree(begun)
    shown = words(begun.client("pat").get(SETS))
    assert told in shown
    assert "Of these tasks, 1 asks for no training in data protection" in shown


def test_what_is_missing_is_named_and_nothing_typed_is_lost(begun: TrainingWork) -> None:
    response = send(begun, form(begun, title_6="Reading charts", source=""))
    shown, page = words(response), response.content.decode()
    assert response.status_code == OK
    assert "Say where this comes from" in shown
    assert "Training 6: say why it is asked" in shown
    assert 'value="Reading charts"' in page
    assert '<details class="nhsuk-details" open>' in page
    assert newest(begun).version == 1


def test_a_version_without_any_training_is_none(begun: TrainingWork) -> None:
    nothing = {name: "" for name in form(begun) if name[-2] == "_"}
    assert "Name at least one training" in words(send(begun, form(begun, **nothing)))


def test_a_version_cannot_begin_before_the_one_that_it_follows(begun: TrainingWork) -> None:
    early = day("starts_on", begun.story.look.today.replace(year=2020))
    assert "must be on or after" in words(send(begun, form(begun, **early)))


def test_pressing_twice_writes_one(begun: TrainingWork) -> None:
    sent = form(begun, title_6="Reading charts", why_6=WHY)
    assert [send(begun, sent).status_code for _ in range(2)] == [FOUND, FOUND]
    assert newest(begun).version == 2


@pytest.mark.parametrize("key", ["pat", "lead2", "specialist", "auditor"])
def test_others_are_refused_with_the_rule(begun: TrainingWork, key: str) -> None:
    response = begun.client(key).get(NEW)
    assert response.status_code == FORBIDDEN
    assert "The quality team or the coordinator says what training is required." in words(response)
    assert "Rule C1" in words(response)


def test_those_of_another_organisation_and_of_no_task_are_not_found(begun: TrainingWork) -> None:
    far = RequirementSet.objects.filter(organisation=another_trust().organisation).first()
    assert far
    assert begun.client("pat").get(reverse("requirement_set", args=(far.pk,))).status_code == NOT_FOUND
    assert begun.client("quality").get(reverse("requirement_set_new", args=("juggling",))).status_code == NOT_FOUND


def test_a_version_waits_and_says_for_whom_and_the_second_person_sees_what_it_changes(begun: TrainingWork) -> None:
    empty = {f"{name}_1": "" for name in ("title", "why", "valid_for", "within", "source")}
    send(begun, form(begun, title_6="Reading charts", why_6=WHY, valid_for_3="24", **empty))
    waits = reverse("requirement_set", args=(newest(begun).pk,))
    shown = words(begun.client("quality").get(waits))
    assert "This is not in force. A second person must agree" in shown
    assert "Ask Sam Ward." in shown
    assert "Waits for a second person" in words(begun.client("coordinator").get(SETS))
    assert "Write a new version of: Oversight" not in words(begun.client("coordinator").get(SETS))
    assert "Agree, or refuse" in words(begun.client("specialist").get(waits))
    asked = words(begun.client("specialist").get(answering(newest(begun))))
    assert "Added Reading charts" in asked
    assert "Altered Data protection How long it holds: 2 years Before: 1 year" in asked
    assert "Taken away Patient safety syllabus, level 1: Essentials" in asked
    assert "level 2" not in asked.partition("All that it asks for")[0]


def test_a_refusal_goes_back_to_the_writer_with_its_reason(begun: TrainingWork) -> None:
    send(begun, form(begun, title_6="Reading charts", why_6=WHY))
    page = answering(newest(begun))
    sent = {**hidden(begun.client("specialist").get(page)), "answer": "refuse", "why_not": ""}
    assert "Say why you do not agree" in words(begun.client("specialist").post(page, sent))
    begun.story.wait()
    assert begun.client("specialist").post(page, {**sent, "why_not": "Charts are not for partners."}).status_code == FOUND
    shown = words(begun.client("quality").get(reverse("requirement_set", args=(newest(begun).pk,))))
    assert "Not agreed" in shown
    assert "Sam Ward did not agree on" in shown
    assert "Charts are not for partners." in shown
    told = words(begun.client("quality").get(reverse("notices")))
    assert "Sam Ward did not agree Oversight training" in told


@pytest.mark.parametrize(("key", "why"), [("quality", "You wrote this version"), ("coordinator", "agrees as the second person")])
def test_who_wrote_it_and_whoever_has_no_such_office_are_refused(begun: TrainingWork, key: str, why: str) -> None:
    send(begun, form(begun, title_6="Reading charts", why_6=WHY))
    response = begun.client(key).get(answering(newest(begun)))
    assert response.status_code == FORBIDDEN
    assert why in words(response)
