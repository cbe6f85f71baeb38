"""T2 to T5: how long partners have a paper, whether they open it before they answer, how soon they get in, what is held back."""

from __future__ import annotations

import pytest

from tests.builders import BEGINNING, a_story, a_trust
from tests.specification.signals.measuring import measured
from tests.specification.signals.test_entry import Waived
from workflows.answering import Answered
from workflows.calendar import london_day
from workflows.demo.trust import Trust
from workflows.doors import confirming, typed_answers, withholding
from workflows.doors.people import record_person
from workflows.processes.oversight.story import Story
from workflows.signals.signal import SIGNALS, Light

pytestmark = pytest.mark.django_db


# T2: share of lay decisions with fewer than 5 working days between release and decision, 10 % / 20 %


def _terms_decided_after(trust: Trust, working_days: int) -> Story:
    story = Story(trust, BEGINNING).walk_to("terms")
    story.record_questions()
    story.paper("terms")
    story.submit("lead")
    story.wait(working_days)
    story.all_answer(enough_time=working_days < 5)
    return story


def test_t2_five_working_days_are_enough_and_four_are_short() -> None:
    # Papers out on one day, decided 5 working days later: not short. 4 working days later: short. The same day: short.
    # 2 of 3 = 67 %; under five, so no light.
    trust = a_trust()
    at_once = _terms_decided_after(trust, 0)
    four = _terms_decided_after(trust, 4)
    five = _terms_decided_after(trust, 5)
    found = measured(five, "T2")
    assert (found.numerator, found.denominator) == (2, 3)
    assert set(found.cases) == {at_once.case_id, four.case_id}
    assert SIGNALS["T2"].light(found) is Light.FEW


def test_t2_what_partners_only_note_is_no_decision_and_nor_is_one_not_taken_yet() -> None:
    # On the way to the findings: the terms are decided (at once: short), the plan is noted. 1 of 1.
    story = a_story().walk_to("synthesis")
    story.paper("findings")
    story.submit("lead")
    found = measured(story, "T2")
    assert (found.numerator, found.denominator) == (1, 1)


def test_t2_a_new_text_begins_anew_and_a_case_that_is_withdrawn_decides_nothing() -> None:
    # Answers of a text that is then replaced decide nothing; the new text is decided on the day it comes out: short, 1 of 1.
    # Another case is withdrawn while partners are asked: no decision.
    trust = a_trust()
    story = Story(trust, BEGINNING).walk_to("terms")
    story.record_questions()
    story.paper("terms")
    story.submit("lead")
    story.wait(6)
    story.answer("pat")
    story.paper("terms")
    story.submit("lead")
    story.all_answer()
    other = Story(trust, story.at).walk_to("terms")
    other.record_questions()
    other.paper("terms")
    other.submit("lead")
    other.answer("pat")
    other.withdraw()
    found = measured(other, "T2")
    assert (found.numerator, found.denominator, found.cases) == (1, 1, (story.case_id,))
    assert measured(other, "T20").denominator == 1


def test_t2_a_decision_in_which_no_partner_took_part_is_none_of_theirs() -> None:
    story = Waived(a_trust(), BEGINNING, partners=()).walk_to("planning")
    assert measured(story, "T2").denominator == 0


# T3: positions where the paper was never opened, or only afterwards, 5 % / 15 %


def test_t3_an_answer_counts_as_read_only_where_the_very_version_was_opened_before_it() -> None:
    # On the way to the draft two partners answered on the terms, the plan and the findings and opened none: 6 of 6.
    # On the draft Pat answered, opened it, and thought again: the newest answer counts, and it was read: 6 of 7.
    # Amina answered by telephone: not among them, and shown beside. 6 of 7 = 86 %: red.
    story = a_story().walk_to("draft_review")
    before = measured(story, "T3")
    assert (before.numerator, before.denominator, before.cases) == (6, 6, (story.case_id,))
    story.put_draft_to_group()
    story.answer("pat")
    assert measured(story, "T3").numerator == 7
    story.read("pat", "report")
    story.answer("pat")
    version = story.look.latest_released("report")
    assert version
    given = {"seat": story.seat("amina").pk, "said": (Answered("support"),), "given": "phone", "given_on": london_day(story.at)}
    typed = story.do(typed_answers.type_in, "coordinator", visit=story.visit, version=version.pk, **given)
    story.do(confirming.confirm, "amina", typed=typed.pk)
    found = measured(story, "T3")
    assert (found.numerator, found.denominator) == (6, 7)
    assert found.others == (("answers by telephone or letter, not among these", 1),)
    assert SIGNALS["T3"].light(found) is Light.RED


def test_t3_opening_it_afterwards_or_opening_another_version_is_not_reading_it() -> None:
    story = a_story().walk_to("terms")
    story.record_questions()
    story.paper("terms")
    story.read("pat", "terms")
    story.paper("terms")
    story.submit("lead")
    story.answer("pat")
    story.answer("amina")
    story.read("amina", "terms")
    assert (measured(story, "T3").numerator, measured(story, "T3").denominator) == (2, 2)


# T4: median working days from assignment to the first paper opened, and how many above 5; 3 / 5


def test_t4_the_wait_runs_from_the_first_paper_to_its_opening_or_to_the_end_of_the_quarter() -> None:
    # Three partners sit before there is a paper. Pat opens the terms 2 working days after they came out, Amina after 7,
    # and Gwen has not by then. Waits of 2, 7 and 7 working days: the middle one is 7; two are longer than 5.
    story = Story(a_trust(), BEGINNING, partners=("pat", "amina", "gwen")).walk_to("terms")
    story.wait(4)
    story.paper("terms")
    assert measured(story, "T4").denominator == 0  # nobody has waited for more than 5 working days yet
    story.wait(2)
    story.read("pat", "terms")
    assert (measured(story, "T4").value, measured(story, "T4").denominator) == (2, 1)
    story.wait(5)
    story.read("amina", "terms")
    found = measured(story, "T4")
    assert (found.value, found.numerator, found.denominator) == (7, 2, 3)
    assert found.cases == (story.case_id,)
    assert SIGNALS["T4"].light(found) is Light.FEW


def test_t4_a_second_paper_is_no_new_wait_and_nor_is_a_seat_that_is_left() -> None:
    story = a_story().walk_to("terms")
    story.paper("terms")
    story.wait(5)
    story.read("pat", "terms")  # 5 working days are not more than 5
    story.step_down("amina")  # on the same day, without having opened it
    story.paper("terms")
    story.wait(70)  # into the next quarter
    assert measured(story, "T4").denominator == 0
    first = measured(story, "T4", BEGINNING)
    assert (first.value, first.numerator, first.denominator) == (5.0, 0, 1)


def test_t4_a_partner_with_no_account_reads_on_paper_and_is_shown_beside() -> None:
    story = a_story()
    pat = story.who("pat")
    on_paper = record_person(organisation=pat.organisation, name=pat.name, email=pat.email, account=None, at=story.at)
    story.trust.people["pat"] = on_paper
    story.walk_to("terms")
    story.paper("terms")
    story.wait(6)
    story.read("amina", "terms")
    found = measured(story, "T4")
    assert (found.value, found.denominator) == (6, 1)
    assert found.others == (("partners who read on paper, not among these", 1),)


# T5: redacted or withheld items / items given to staff in the same group; red above 20 %


def test_t5_what_partners_get_in_part_or_not_at_all_is_set_against_all_that_staff_get() -> None:
    # Staff got the terms, the plan, a progress note, the findings and the report (5), a letter that partners did not get
    # and a second version of the report that they got in part: 2 of 7 = 29 %: red. The letter was opened to them later.
    story = a_story().walk_to("draft_review")
    assert (measured(story, "T5").numerator, measured(story, "T5").denominator) == (0, 5)
    assert SIGNALS["T5"].light(measured(story, "T5")) is Light.WATCH
    story.paper_held_back()
    story.paper_in_part("report")
    found = measured(story, "T5")
    assert (found.numerator, found.denominator) == (2, 7)
    assert found.others == (("of which the whole paper", 1), ("still held back at the end of the quarter", 2))
    assert SIGNALS["T5"].light(found) is Light.RED
    whole = next(one for one in story.look.withholdings if one.is_whole)
    story.do(withholding.end_withholding, "lead", withholding=whole.pk, reason="The coroner agrees.")
    assert dict(measured(story, "T5").others)["still held back at the end of the quarter"] == 1
