"""A4: at least one measure is a partner's, each has a baseline, and none changes behind the group (R4)."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from audit.models import Event
from cases.models import Measure
from tests.builders import again, end_seat, refused
from tests.projects import FullProject, a_full_project
from workflows.available import available
from workflows.doors import measures
from workflows.standing import owing

pytestmark = pytest.mark.usefixtures("apart")

TEXT = {"title": "Names", "why": "Being called by your name is being seen.", "how": "We ask ten people a week."}


@pytest.fixture(scope="module")
def walked(kept: None) -> FullProject:
    """Purpose and scope are agreed; the measures are to be written."""
    case = a_full_project()
    case.walk_to("measures")
    return case


@pytest.fixture
def case(walked: FullProject, apart: None) -> FullProject:
    return again(walked)


def of_the_lead(case: FullProject, **text: Any) -> Measure:
    return case.propose_measure("lead", baseline="Six of ten", **text)


def test_a4_without_a_measure_of_the_partners_nothing_is_put_to_the_group(case: FullProject) -> None:
    with refused("A4"):
        case.submit("lead")
    mine = of_the_lead(case)
    with refused("A4"):
        case.submit("lead")
    assert {seat.person_id for seat in owing(case.look)} == {case.who(key).pk for key in ("lead", "pat", "amina")}
    case.do(measures.endorse_measure, "pat", measure=mine.pk)
    assert {seat.person_id for seat in owing(case.look)} == {case.who("lead").pk}
    case.submit("lead")


def test_a4_each_measure_has_a_baseline(case: FullProject) -> None:
    theirs = case.propose_measure("amina")
    with refused("A4"):
        case.submit("lead")
    for who in ("amina", "chair", "specialist", "root"):
        with refused("A4"):
            case.do(measures.record_baseline, who, measure=theirs.pk, baseline="Six of ten")
    with refused("A4"):
        case.record_baseline(theirs, " ")
    case.record_baseline(theirs)
    case.submit("lead")


@pytest.mark.parametrize("left_out", TEXT)
def test_a4_a_measure_says_what_why_and_how(case: FullProject, left_out: str) -> None:
    with refused("A4"):
        case.do(measures.propose_measure, "pat", **{**TEXT, left_out: " "})


def test_a4_only_a_partner_says_that_it_matters_to_patients_and_once(case: FullProject) -> None:
    mine = of_the_lead(case)
    for who in ("lead", "chair", "specialist", "exec", "root", "gwen"):
        with refused("A4"):
            case.do(measures.endorse_measure, who, measure=mine.pk)
    case.do(measures.endorse_measure, "ivy", measure=mine.pk)
    with refused("A4"):
        case.do(measures.endorse_measure, "pat", measure=mine.pk)
    theirs = case.propose_measure("amina")
    with refused("A4"):
        case.do(measures.endorse_measure, "pat", measure=theirs.pk)


def test_a4_only_its_proposer_changes_a_measure_and_what_was_said_of_the_old_text_is_gone(case: FullProject) -> None:
    mine = of_the_lead(case)
    case.do(measures.endorse_measure, "pat", measure=mine.pk)
    for who in ("pat", "chair", "root"):
        with refused("A4"):
            case.do(measures.change_measure, who, measure=mine.pk, **TEXT)
    with refused("R4"):
        case.do(measures.change_measure, "lead", measure=mine.pk, title=mine.title, why=mine.why, how=mine.how)
    with refused("A4"):
        case.do(measures.change_measure, "lead", measure=mine.pk, **{**TEXT, "why": ""})
    changed = case.do(measures.change_measure, "lead", measure=mine.pk, **TEXT)
    assert (changed.title, changed.is_a_partners) == ("Names", False)
    with refused("A4"):
        case.submit("lead")


def test_a4_a_measure_that_a_partner_chose_is_not_reworded_and_then_dropped(case: FullProject) -> None:
    """Not by its proposer, who wrote it anew, nor by another partner over the head of the one who chose it."""
    mine, theirs = of_the_lead(case), case.propose_measure("amina")
    case.record_baseline(theirs)
    case.do(measures.endorse_measure, "pat", measure=mine.pk)
    case.do(measures.change_measure, "lead", measure=mine.pk, **TEXT)
    for who in ("lead", "chair", "amina", "ivy", "root"):
        with refused("A4"):
            case.do(measures.drop_measure, who, measure=mine.pk, reason="It was not a good one.")
    for who in ("amina", "ivy"):
        with refused("A4"):
            case.do(measures.endorse_measure, who, measure=mine.pk)
    with refused("A4"):
        case.do(measures.drop_measure, "ivy", measure=theirs.pk, reason="Mine is better.")
    with refused("A4"):
        case.submit("lead")
    assert "measure_endorse" in {one.code for one in available(case.look, case.who("pat")) if one.main}
    case.do(measures.endorse_measure, "pat", measure=mine.pk)
    case.submit("lead")
    assert Measure.objects.get(pk=mine.pk).is_a_partners


def test_a4_a_reworded_measure_goes_on_in_the_words_that_its_partner_chose_or_not_at_all(case: FullProject) -> None:
    mine, theirs = of_the_lead(case), case.propose_measure("amina")
    case.record_baseline(theirs)
    case.do(measures.endorse_measure, "pat", measure=mine.pk)
    said_yes_at = Measure.objects.get(pk=mine.pk).endorsed_at
    case.do(measures.change_measure, "lead", measure=mine.pk, **TEXT)
    told = Event.objects.filter(case_id=case.case_id, kind="measure_changed").latest("seq")
    assert told.facts["person_id"] == str(case.who("pat").pk)
    with refused("A4"):
        case.submit("lead")
    words = {"title": mine.title, "why": mine.why, "how": mine.how}
    back = case.do(measures.change_measure, "lead", measure=mine.pk, **words)
    assert (back.endorsed_at, back.is_a_partners) == (said_yes_at, True)
    case.do(measures.change_measure, "lead", measure=mine.pk, **TEXT)
    end_seat(case, "pat")  # type: ignore[arg-type]
    with refused("A4"):
        case.do(measures.drop_measure, "lead", measure=mine.pk, reason="She has left.")
    case.do(measures.drop_measure, "amina", measure=mine.pk, reason="Pat would not have wanted it so.")
    case.submit("lead")


def test_a4_a_partners_measure_is_dropped_by_a_partner_only(case: FullProject) -> None:
    mine, other, theirs = of_the_lead(case), of_the_lead(case), case.propose_measure("amina")
    case.do(measures.endorse_measure, "pat", measure=mine.pk)
    for one in (mine, theirs):
        for who in ("lead", "chair", "exec", "root"):
            with refused("A4"):
                case.do(measures.drop_measure, who, measure=one.pk, reason="Too dear.")
    with refused("A4"):
        case.do(measures.drop_measure, "pat", measure=other.pk, reason="It is the lead's own, and nobody's yet.")
    for one, who in ((mine, "pat"), (theirs, "amina"), (other, "lead")):
        with refused("A4"):
            case.do(measures.drop_measure, who, measure=one.pk, reason=" ")
        dropped = case.do(measures.drop_measure, who, measure=one.pk, reason="We found a better one.")
        assert dropped.dropped_reason == "We found a better one."
        with refused("STALE"):
            case.do(measures.drop_measure, who, measure=one.pk, reason="Twice.")
    assert (case.look.live_measures, len(case.look.measures)) == ([], 3)
    assert of_the_lead(case).number == 4


def test_r4_what_has_been_put_to_the_group_stays_as_it_is_until_it_comes_back(case: FullProject) -> None:
    mine = of_the_lead(case)
    case.do(measures.endorse_measure, "pat", measure=mine.pk)
    case.submit("lead")
    _nothing_changes(case, mine)
    case.answer("lead")
    case.answer("pat")
    case.answer("amina", "do_not_support", "Nobody will have time to ask.")
    _nothing_changes(case, mine)
    case.hear_dissent("send_back", "Ask five and not ten.")
    case.answer("amina", "heard")
    assert case.case.state == "measures"
    case.do(measures.change_measure, "lead", measure=mine.pk, **TEXT)
    case.do(measures.endorse_measure, "pat", measure=mine.pk)
    case.submit("lead")
    case.all_answer()
    assert case.case.state == "testing"
    _nothing_changes(case, mine)


def _nothing_changes(case: FullProject, mine: Measure) -> None:
    for door, who, given in (
        (measures.propose_measure, "amina", TEXT),
        (measures.change_measure, "lead", {"measure": mine.pk, **TEXT}),
        (measures.record_baseline, "lead", {"measure": mine.pk, "baseline": "Seven"}),
        (measures.endorse_measure, "amina", {"measure": mine.pk}),
        (measures.drop_measure, "pat", {"measure": mine.pk, "reason": "No."}),
    ):
        with refused("R4"):
            case.do(door, who, **given)


def test_the_page_offers_each_their_own_part(case: FullProject) -> None:
    def offers(who: str) -> list[str]:
        found = available(case.look, case.who(who))
        return [one.code for one in found if one.code.startswith("measure") and one.allowed]

    assert offers("pat") == offers("lead") == ["measure_propose"]
    case.propose_measure("lead")
    assert offers("pat") == ["measure_propose", "measure_endorse"]
    assert offers("lead") == ["measure_propose", "measure_baseline", "measure_drop"]
    assert offers("chair") == []
    with refused("STALE"):
        case.do(measures.endorse_measure, "pat", measure=uuid4())
