"""T1, late lay entry: the share of cases where the first lay access is after the scope or the terms are approved (10 % / 25 %)."""

from __future__ import annotations

import pytest

from tests.builders import BEGINNING, a_story, a_trust
from tests.projects import a_project
from workflows.processes.improvement.story import ImprovementStory
from workflows.processes.oversight.story import Story
from workflows.signals.quarters import quarter_of
from workflows.signals.signal import SIGNALS, Light, Span

pytestmark = pytest.mark.django_db

T1 = SIGNALS["T1"]


class Waived(Story):
    """No partner could be found, so that an executive lifted the rule; one came only when the terms were agreed."""

    def seat_group(self) -> None:
        self.take_seat("chair", "chair")
        self.take_seat("engagement", "engagement")
        self.waive()

    def agree_terms(self) -> None:
        self.record_questions()
        self.paper("terms")
        self.submit("lead")
        self.waive()
        self.answer("chair", "support", enough_time=True)


def _spans(story: Story) -> list[Span]:
    quarter = quarter_of(BEGINNING)
    return [one.span(story.trust.organisation, story.at) for one in (quarter, quarter.next)]


def test_a_case_whose_terms_were_agreed_before_any_partner_sat_is_late() -> None:
    # Two cases whose terms are agreed in March 2026. In one both partners sit before; in the other nobody lay sits until
    # afterwards. Late lay entry: 1 of 2 = 50 %; under five, so nothing is concluded.
    trust = a_trust()
    in_time = Story(trust, BEGINNING).walk_to("planning")
    late = Waived(trust, BEGINNING, partners=()).walk_to("planning")
    late.take_seat("pat")
    late.wait(1)
    first, second = _spans(late)
    found = T1.measure(first)
    assert (found.numerator, found.denominator, found.value) == (1, 2, 0.5)
    assert found.cases == (late.case_id,)
    assert in_time.case_id not in found.cases
    assert found.others == (("with no partner to this day", 0),)
    assert T1.light(found) is Light.FEW
    assert T1.measure(second).denominator == 0
    assert T1.light(T1.measure(second)) is Light.NONE


def test_a_case_whose_terms_are_not_agreed_yet_is_not_counted() -> None:
    story = a_story().walk_to("terms")
    assert T1.measure(_spans(story)[0]).denominator == 0


def test_terms_that_go_on_in_spite_of_a_disagreement_are_approved_then() -> None:
    # The disagreement is no approval; going on in spite of it is. Both partners sat before: 0 of 1.
    story = a_story().walk_to("terms")
    story.record_questions()
    story.paper("terms")
    story.submit("lead")
    story.answer("chair", enough_time=True)
    story.answer("amina", enough_time=True)
    story.dissent("pat")
    story.wait(1)
    assert T1.measure(_spans(story)[0]).denominator == 0
    story.hear_dissent("pass")
    story.answer("pat", "heard")
    story.wait(1)
    found = T1.measure(_spans(story)[0])
    assert (found.numerator, found.denominator) == (0, 1)


def test_a_project_whose_scope_was_drafted_before_its_partners_came_is_late_by_its_stamp() -> None:
    # A3: the partner is assigned before the first draft of the scope, else the project is stamped. Both sat before it was
    # settled who takes part; in one the scope had been drafted before they came: 1 of 2.
    stamped = a_project()
    stamped.open(by="quality")
    stamped.answer_proposal()
    stamped.seat_staff()
    stamped.paper("scope", release=False)
    stamped.take_seat("pat")
    stamped.take_seat("amina")
    stamped.submit("coordinator")
    in_time = ImprovementStory(stamped.trust, stamped.at).walk_to("scope")
    in_time.wait(1)
    found = T1.measure(quarter_of(in_time.at).span(in_time.trust.organisation, in_time.at))
    assert (found.numerator, found.denominator, found.cases) == (1, 2, (stamped.case_id,))
