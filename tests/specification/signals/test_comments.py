"""T6 and T7: what becomes of what lay partners say."""

from __future__ import annotations

from datetime import datetime

import pytest

from tests.builders import BEGINNING, a_story
from workflows.calendar import LONDON
from workflows.doors.comments import answer_comment
from workflows.processes.oversight.story import Story
from workflows.signals.quarters import quarter_of
from workflows.signals.signal import SIGNALS, Light, Measured

pytestmark = pytest.mark.django_db

T6 = SIGNALS["T6"]


def _in_quarter(story: Story, code: str, day: datetime) -> Measured:
    return SIGNALS[code].measure(quarter_of(day).span(story.trust.organisation, story.at))


def _on(year: int, month: int, day: int, hour: int = 10) -> datetime:
    return datetime(year, month, day, hour, tzinfo=LONDON)


@pytest.fixture
def story() -> Story:
    return a_story().walk_to("affected")


def test_t6_counts_comments_with_no_response_at_twenty_working_days(story: Story) -> None:
    # Said on Tuesday 2 June 2026. Twenty working days on, without weekends (no bank holiday falls between): 3, 4, 5 June
    # (3), 8 to 12 (8), 15 to 19 (13), 22 to 26 (18), 29 and 30 June (20). So the last day is Tuesday 30 June.
    story.at = _on(2026, 6, 2)
    first = [story.comment("pat", "Nobody asked the night shift."), story.comment("amina", "Page 2 is unclear.")]
    story.comment("chair", "A chair's words are no lay comment.")
    story.at = _on(2026, 6, 3)
    story.comment("pat", "And nobody asked the porters.")  # its twentieth day is 1 July, so it counts in the next quarter
    story.at = _on(2026, 6, 30)
    for one in first:
        story.do(answer_comment, "lead", comment=one.pk, outcome="changed", text="Page 2 now says so.")
    story.at = _on(2026, 7, 1)
    # April to June: both were answered on the last day, which is in time: 0 of 2.
    found = _in_quarter(story, "T6", _on(2026, 6, 1))
    assert (found.numerator, found.denominator, found.value) == (0, 2, 0.0)
    # July, one minute after its twentieth day: 1 of 1 had no answer. Under five, so no light.
    story.at = _on(2026, 7, 2, 0)
    found = _in_quarter(story, "T6", _on(2026, 7, 1))
    assert (found.numerator, found.denominator, found.cases) == (1, 1, (story.case_id,))
    assert found.others == (("still without an answer at the end of the quarter", 1),)
    assert T6.light(found) is Light.FEW


def test_t6_an_answer_that_comes_late_does_not_undo_that_it_was_late(story: Story) -> None:
    story.at = _on(2026, 6, 1)
    for number in range(5):
        story.comment("pat", f"Something else, {number}.")
    story.at = _on(2026, 6, 30)  # the twentieth working day after 1 June is 29 June
    story.answer_comments()
    story.at = _on(2026, 7, 1)
    # 5 of 5 = 100 %, above 15 %: red. None of them still waits.
    found = _in_quarter(story, "T6", _on(2026, 6, 1))
    assert (found.numerator, found.denominator, found.value) == (5, 5, 1.0)
    assert found.others == (("still without an answer at the end of the quarter", 0),)
    assert T6.light(found) is Light.RED


def test_t6_says_nothing_where_nobody_commented(story: Story) -> None:
    found = _in_quarter(story, "T6", BEGINNING)
    assert (found.numerator, found.denominator, found.value) == (0, 0, None)
    assert T6.light(found) is Light.NONE
