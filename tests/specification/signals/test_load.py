"""T19, papers that could not be followed, and T20, lay rules that were lifted."""

from __future__ import annotations

import pytest

from tests.builders import BEGINNING, a_story, a_trust
from tests.specification.signals.measuring import measured
from tests.specification.signals.test_entry import Waived
from workflows.doors import understanding
from workflows.processes.oversight.story import Story
from workflows.signals.signal import SIGNALS, Light

pytestmark = pytest.mark.django_db


def test_t19_papers_marked_of_papers_sent_and_the_time_to_mend_them() -> None:
    # Sent: the terms, the plan, a progress note, the findings, the report: 5. Pat cannot follow the findings: 1 of 5 = 20 %,
    # which is above 10 % and not above 20 %: amber. The summary is written again 3 working days later.
    story = a_story().walk_to("affected")
    story.paper("report")
    assert measured(story, "T19").numerator == 0
    version = story.look.latest_released("findings")
    assert version
    story.do(understanding.say_unclear, "pat", version=version.pk, text="What is a SEIPS?")
    found = measured(story, "T19")
    assert (found.numerator, found.denominator, found.cases) == (1, 5, (story.case_id,))
    assert found.others == (("marks mended in the quarter", 0),)
    assert SIGNALS["T19"].light(found) is Light.AMBER
    story.wait(3)
    story.do(understanding.mend_summary, "lead", version=version.pk, plain_summary="The nurses called, and nobody came.")
    found = measured(story, "T19")
    assert found.numerator == 1
    assert found.others == (("marks mended in the quarter", 1), ("working days to mend it, the middle value", 3))


def test_t19_a_paper_that_partners_never_got_was_not_sent_to_them() -> None:
    story = a_story().walk_to("terms")
    story.paper_held_back()
    assert measured(story, "T19").denominator == 0


def test_t20_waivers_for_every_hundred_stages_that_need_partners() -> None:
    # One case without a partner: the rule was lifted twice, and it passed one stage that needs lay partners (the terms).
    # Another in which nothing was lifted passed four: terms, plan, findings, draft report. 2 for 5 stages: 40 per hundred, red.
    trust = a_trust()
    empty = Waived(trust, BEGINNING, partners=()).walk_to("planning")
    found = measured(empty, "T20")
    assert (found.numerator, found.denominator, found.value) == (2, 1, 200)
    assert SIGNALS["T20"].light(found) is Light.FEW
    full = Story(trust, BEGINNING).walk_to("actions")
    found = measured(full, "T20")
    assert (found.numerator, found.denominator, found.value, found.cases) == (2, 5, 40, (empty.case_id,))
    assert SIGNALS["T20"].light(found) is Light.RED
