"""A quarter has a first moment that is in it and a last one that is not: what is counted is counted in one quarter only."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from cases.models import CommentAnswer, PaperVersion, Position, Visit, Waiver
from tests.builders import BEGINNING, a_trust
from tests.specification.signals.test_entry import Waived
from workflows.processes.oversight.story import Story
from workflows.signals.signal import SIGNALS, Span

pytestmark = pytest.mark.django_db

LATE = timedelta(days=400)


def _agreed(story: Story) -> datetime:
    found = Visit.objects.get(case=story.case_id, stage="terms").ended_at
    assert found
    return found


def _heard(story: Story) -> datetime:
    found = Visit.objects.get(case=story.case_id, stage="terms__dissent").ended_at
    assert found
    return found


def _released(story: Story) -> datetime:
    found = PaperVersion.objects.get(paper__case=story.case_id, paper__kind="terms").released_at
    assert found
    return found


@pytest.fixture
def story() -> Story:
    """Nobody lay sat until the terms were there; then Pat came, commented, disagreed, and was heard."""
    story = Waived(a_trust(), BEGINNING, partners=()).walk_to("terms")
    story.record_questions()
    story.paper("terms")
    story.take_seat("pat")
    said = story.comment("pat", "And the night?", kind="terms")
    assert said
    story.answer_comments()
    story.submit("lead")
    story.answer("chair", enough_time=True)
    story.dissent("pat")
    story.hear_dissent("pass")
    story.answer("pat", "heard")
    return story


COUNTED: dict[str, Callable[[Story], datetime]] = {
    "T1": _heard,  # the terms were approved when the executive went on
    "T2": _agreed,
    "T3": lambda story: Position.objects.get(case=story.case_id, answer="do_not_support").at,
    "T5": _released,
    "T7": lambda story: CommentAnswer.objects.get(case=story.case_id).at,
    "T8": _heard,
    "T19": _released,
}


@pytest.mark.parametrize("code", COUNTED)
def test_the_first_moment_of_a_quarter_is_in_it_and_the_last_in_the_next(code: str, story: Story) -> None:
    moment, organisation = COUNTED[code](story), story.trust.organisation
    measure = SIGNALS[code].measure
    assert measure(Span(organisation, moment, moment + timedelta(seconds=1))).denominator == 1
    assert measure(Span(organisation, moment - LATE, moment)).denominator == 0


def test_a_waiver_counts_in_the_quarter_in_which_it_was_granted(story: Story) -> None:
    organisation, moment = story.trust.organisation, Waiver.objects.filter(case=story.case_id).latest("granted_at").granted_at
    measure = SIGNALS["T20"].measure
    assert measure(Span(organisation, moment, moment + timedelta(seconds=1))).numerator == 1
    assert measure(Span(organisation, moment - LATE, moment)).numerator == 0
    assert measure(Span(organisation, _agreed(story), _agreed(story) + timedelta(seconds=1))).denominator == 1
    assert measure(Span(organisation, _agreed(story) - LATE, _agreed(story))).denominator == 0


def test_what_happens_in_another_organisation_is_not_counted(story: Story) -> None:
    elsewhere = a_trust()
    span = Span(elsewhere.organisation, story.at - LATE, story.at + timedelta(minutes=1))
    codes = [*COUNTED, "T4", "T6", "T20"]
    assert {code: SIGNALS[code].measure(span).denominator for code in codes} == dict.fromkeys(codes, 0)
