"""T8: "do not support" decided against, of all such (above 50 %); and no disagreement in fifty decisions, as a question."""

from __future__ import annotations

from typing import Any

import pytest

from tests.builders import BEGINNING, a_story, a_trust
from tests.specification.signals.measuring import measured
from workflows.processes.oversight.story import Story
from workflows.signals import dissent
from workflows.signals.signal import SIGNALS, Light

pytestmark = pytest.mark.django_db


def _disputed(trust: Any, *against: str) -> Story:
    story = Story(trust, BEGINNING).walk_to("terms")
    story.record_questions()
    story.paper("terms")
    story.submit("lead")
    story.answer("chair", enough_time=True)
    for key in story.partners:
        if key in against:
            story.dissent(key)
        else:
            story.answer(key, enough_time=True)
    return story


def test_t8_each_disagreement_is_decided_against_sent_back_or_withdrawn() -> None:
    # First case: Pat disagrees, the executive goes on, Pat was not heard, is heard again, and the case goes on: against.
    # Second: both disagree, the case goes on; Amina withdraws hers on hearing why: one of two against.
    # Third: Pat disagrees and the terms are sent back to be changed: not against.
    # All: 1 + 2 + 1 = 4; against: 1 + 1 = 2, so 50 %. Under five: no light.
    trust = a_trust()
    first = _disputed(trust, "pat")
    first.hear_dissent("pass")
    assert measured(first, "T8").denominator == 0  # it is decided once the partner has said whether they were heard
    first.answer("pat", "not_heard", "You did not read it.")
    assert measured(first, "T8").denominator == 0
    first.hear_dissent("pass")
    first.answer("pat", "heard")
    second = _disputed(trust, "pat", "amina")
    second.hear_dissent("pass")
    second.answer("pat", "heard")
    second.answer("amina", "heard_withdrawn", "Now I see why.")
    third = _disputed(trust, "pat")
    third.hear_dissent("send_back")
    third.answer("pat", "heard")
    found = measured(max((first, second, third), key=lambda one: one.at), "T8")
    assert (found.numerator, found.denominator, found.value) == (2, 4, 0.5)
    assert set(found.cases) == {first.case_id, second.case_id}
    assert SIGNALS["T8"].light(found) is Light.FEW


def test_t8_decisions_without_one_disagreement_raise_a_question_and_no_light(monkeypatch: pytest.MonkeyPatch) -> None:
    assert dissent.MANY == 50
    story = a_story().walk_to("synthesis")  # the terms were decided; the plan was noted, which is no decision
    found = measured(story, "T8")
    assert (found.others, found.question) == ((("decisions of partners since the last disagreement", 1),), "")
    monkeypatch.setattr(dissent, "MANY", 1)
    found = measured(story, "T8")
    assert found.question == "In the last 1 decisions of partners nobody disagreed. Do they feel free to?"
    assert SIGNALS["T8"].light(found) is Light.NONE


def test_t8_a_disagreement_ends_the_row_of_decisions_without_one() -> None:
    story = _disputed(a_trust(), "pat")
    assert dict(measured(story, "T8").others)["decisions of partners since the last disagreement"] == 0
