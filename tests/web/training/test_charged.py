"""A lapse that is charged to the partner: they read it on their training, and say there that it was not because of them (C9)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from cases.models import Matter
from tests.web.casework import FOUND, hidden, words
from tests.web.training.conftest import TrainingWork
from workflows.doors import facts

OBJECT = reverse("matter_new", args=("objection",))


@pytest.fixture
def charged(work: TrainingWork) -> TrainingWork:
    """Iris alone had yet to say that she is ready when the training ran out, and the coordinator wrote that down."""
    story = work.story
    story.walk_to("in_force")
    story.renewal_begins()
    last = story.look.trained_until
    assert last
    story.renew()
    story.walk_to("readiness")
    story.talk()
    story.answer("specialist", "ready")
    story.until(last + timedelta(days=1))
    story.do(facts.record_facts, "coordinator", act="explain_gap", facts={"gap_cause": "partner"})
    return work


def test_the_partner_reads_it_and_objects_and_the_quality_team_answers(charged: TrainingWork) -> None:
    iris = charged.client("iris")
    page = iris.get(charged.address("case"))
    assert "Why it ran out What was signed before: you" in words(page)
    assert OBJECT in page.content.decode()
    asked = iris.get(OBJECT)
    assert "The quality team answers you in writing, within 10 working days." in words(asked)
    typed = {"title": "I was in hospital", "text": "I wrote to Sam Ward.", "case": str(charged.story.case_id)}
    check = iris.post(OBJECT, {**hidden(asked), **typed})
    assert iris.post(OBJECT, {**hidden(check), "asking_to": "confirm"}).status_code == FOUND
    made = Matter.objects.get()
    assert (made.kind, made.case_id) == ("objection", charged.story.case_id)
    assert "Answer Iris Cole: I was in hospital" in words(charged.client("quality").get("/"))
    assert "I was in hospital" in words(iris.get(reverse("concerns")))


def test_others_read_to_whom_it_is_charged_and_are_not_asked_to_object(charged: TrainingWork) -> None:
    page = charged.client("specialist").get(charged.address("case"))
    assert "What was signed before: the partner" in words(page)
    assert OBJECT not in page.content.decode()


def test_a_lapse_that_may_not_be_charged_to_the_partner_is_refused_on_the_form_with_what_was_chosen(work: TrainingWork) -> None:
    story = work.story
    story.walk_to("in_force")
    story.renewal_begins()
    last = story.look.trained_until
    assert last
    story.renew()
    story.walk_to("readiness")
    story.until(last + timedelta(days=1))
    refused = work.send("coordinator", "facts", {"fact_gap_cause": "partner"}, act="explain_gap")
    shown, page = words(refused), refused.content.decode()
    assert "is not the partner\u2019s" in shown, shown
    assert "There is a problem" in shown
    assert 'value="partner" checked' in page
    assert "<title>Error:" in page
