"""T6 and T7: what becomes of what lay partners say."""

from __future__ import annotations

from datetime import datetime

import pytest

from tests.builders import BEGINNING, a_story
from tests.specification.signals.measuring import measured
from workflows.calendar import LONDON
from workflows.doors.comments import answer_comment
from workflows.doors.people import record_organisation
from workflows.doors.verdicts import say_whether_answered
from workflows.processes.oversight.story import Story
from workflows.signals.signal import SIGNALS, Light

pytestmark = pytest.mark.django_db

T6 = SIGNALS["T6"]


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
    found = measured(story, "T6", _on(2026, 6, 1))
    assert (found.numerator, found.denominator, found.value) == (0, 2, 0.0)
    # July, one minute after its twentieth day: 1 of 1 had no answer. Under five, so no light.
    story.at = _on(2026, 7, 2, 0)
    found = measured(story, "T6", _on(2026, 7, 1))
    assert (found.numerator, found.denominator, found.cases) == (1, 1, (story.case_id,))
    assert found.others == (("still without an answer at the end of the quarter", 1),)
    assert T6.light(found) is Light.FEW


def test_t6_a_day_on_which_the_organisation_is_closed_is_no_working_day(story: Story) -> None:
    # Said on 1 June 2026: the twentieth working day is 29 June. The trust is closed on 3 June, so it is 30 June.
    organisation = story.trust.organisation
    given = {"ods_code": organisation.ods_code, "name": organisation.name, "kind": "trust", "closed_days": ["2026-06-03"]}
    record_organisation(at=story.at, **given)
    organisation.closed_days = ["2026-06-03"]
    story.at = _on(2026, 6, 1)
    said = story.comment("pat", "Nobody asked the night shift.")
    story.at = _on(2026, 6, 30)
    story.do(answer_comment, "lead", comment=said.pk, outcome="changed", text="Page 2 now says so.")
    story.at = _on(2026, 7, 1, 0)
    found = measured(story, "T6", _on(2026, 6, 1))
    assert (found.numerator, found.denominator) == (0, 1)


def test_t6_an_answer_that_comes_late_does_not_undo_that_it_was_late(story: Story) -> None:
    story.at = _on(2026, 6, 1)
    for number in range(5):
        story.comment("pat", f"Something else, {number}.")
    story.at = _on(2026, 6, 30)  # the twentieth working day after 1 June is 29 June
    story.answer_comments()
    story.at = _on(2026, 7, 1)
    # 5 of 5 = 100 %, above 15 %: red. None of them still waits.
    found = measured(story, "T6", _on(2026, 6, 1))
    assert (found.numerator, found.denominator, found.value) == (5, 5, 1.0)
    assert found.others == (("still without an answer at the end of the quarter", 0),)
    assert T6.light(found) is Light.RED


def test_t6_says_nothing_where_nobody_commented(story: Story) -> None:
    found = measured(story, "T6", BEGINNING)
    assert (found.numerator, found.denominator, found.value) == (0, 0, None)
    assert T6.light(found) is Light.NONE


def test_t7_counts_answers_that_changed_something_of_all_answers(story: Story) -> None:
    # Five answers to partners in the quarter, one of them "changed": 1 of 5 = 20 %, which is not below 20 %: green.
    # A sixth, again without a change: 1 of 6 = 17 %, below 20 % and not below 10 %: amber. The answer to the chair is no
    # answer to a partner. Pat says that the last one does not answer him.
    for number in range(5):
        said = story.comment("pat", f"Something else, {number}.")
        outcome = "not_changed" if number else "changed"
        story.do(answer_comment, "lead", comment=said.pk, outcome=outcome, text="Because of the law.")
    by_chair = story.comment("chair", "A chair's words are no lay comment.")
    story.do(answer_comment, "lead", comment=by_chair.pk, outcome="changed", text="Page 3 now says so.")
    found = measured(story, "T7")
    assert (found.numerator, found.denominator, found.value, found.cases) == (1, 5, 0.2, (story.case_id,))
    assert SIGNALS["T7"].light(found) is Light.GREEN
    last = story.comment("pat", "And why not?")
    answer = story.do(answer_comment, "lead", comment=last.pk, outcome="not_changed", text="It is so.")
    story.do(say_whether_answered, "pat", answer=answer.pk, satisfied=False, text="That is no reason.")
    found = measured(story, "T7")
    assert (found.numerator, found.denominator) == (1, 6)
    assert found.others == (("answers that the partner says do not answer it", 1),)
    assert SIGNALS["T7"].light(found) is Light.AMBER
