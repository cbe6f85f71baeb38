"""C8 and C9: renewed in time, or run out on its day; who caused it; what a lapse stops, and what it does not touch."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from cases.models import Person, TrainingItem, TrainingRecord
from notifications.models import Notice
from permissions.eligibility import GRACE
from permissions.scope import may_see
from tests.builders import again, refused
from tests.trainees import a_training
from workflows import engine
from workflows.available import available
from workflows.calendar import london_day
from workflows.doors import facts, waivers
from workflows.doors.matters import answer_matter, raise_matter
from workflows.opening import calendar_of
from workflows.processes.oversight.story import Story
from workflows.processes.training.story import TrainingStory

pytestmark = pytest.mark.usefixtures("apart")

State, Cause = TrainingItem.State, TrainingItem.Cause
GAP = {"act": "explain_gap", "facts": {"gap_cause": Cause.ORGANISATION}}


@pytest.fixture(scope="module")
def signed(kept: None) -> TrainingStory:
    """In force. Data protection runs out first, a year after it was completed."""
    return a_training().walk_to("in_force")


@pytest.fixture
def case(signed: TrainingStory, apart: None) -> TrainingStory:
    return again(signed)


@pytest.fixture
def renewing(case: TrainingStory) -> TrainingStory:
    """Ninety days before the first item runs out."""
    case.renewal_begins()
    return case


def _until(case: TrainingStory) -> date:
    until = case.look.trained_until
    assert until
    return until


def _cause(case: TrainingStory, code: str = "data_protection") -> str:
    return case.item(code).lapse_cause


# The clock


def test_c8_renewal_begins_ninety_days_before_and_not_a_day_earlier(case: TrainingStory) -> None:
    case.until(_until(case) - timedelta(days=91))
    with refused("C8"):
        case.expire()
    case.until(_until(case) - timedelta(days=90))
    case.expire()
    assert case.case.state == "renew"


def test_c9_it_runs_out_the_day_after_its_last_day(renewing: TrainingStory) -> None:
    case = renewing
    case.until(_until(case))
    with refused("C9"):
        case.expire()
    case.until(_until(case) + timedelta(days=1))
    case.expire()
    assert (case.case.state, case.item("data_protection").state) == ("lapsed", State.LAPSED)


@pytest.mark.parametrize("who", ["coordinator", "iris", "specialist", "exec_team", "root"])
def test_c9_nobody_lets_it_run_out_by_hand(renewing: TrainingStory, who: str) -> None:
    renewing.until(_until(renewing) + timedelta(days=1))
    with refused("R16"):
        engine.expire(case=renewing.case_id, by=renewing.who(who), at=renewing.at)


def test_c9_a_first_training_that_drags_on_is_no_lapse() -> None:
    """Nothing was in force yet, so nothing can run out; the case waits where it is."""
    case = a_training().walk_to("offer")
    case.offer_all()
    case.complete(case.item("data_protection"), completed_on=london_day(case.at) - timedelta(days=350))
    case.check(case.item("data_protection"))
    case.until(london_day(case.at) + timedelta(days=60))
    with refused("C9"):
        case.expire()


# Renewing


def test_c8_renewal_keeps_what_is_still_in_date(renewing: TrainingStory) -> None:
    case = renewing
    before = _until(case)
    case.renew()
    assert [item.state for item in case.look.training_items].count(State.SIGNED) == 4
    renewed = case.item("data_protection")
    assert (renewed.state, renewed.valid_until, renewed.offered_at) == (State.REQUIRED, before, None)
    case.walk_to("in_force")
    records = TrainingRecord.objects.filter(person=case.who("iris")).order_by("completed_on")
    assert [record.valid_until for record in records] == [before, case.look.trained_until]
    assert _until(case) > before


def test_c8_only_the_partner_says_that_they_leave(renewing: TrainingStory) -> None:
    for who in ("coordinator", "specialist", "exec_team"):
        with refused("C8"):
            renewing.decide(who, "end")
    renewing.decide("iris", "end")
    assert renewing.case.state == "ended"


@pytest.mark.parametrize("stage", ["offer", "learn", "checking"])
def test_c9_a_renewal_that_is_not_done_in_time_runs_out_wherever_it_is(renewing: TrainingStory, stage: str) -> None:
    case = renewing
    case.renew()
    case.walk_to(stage)
    case.runs_out()
    assert case.case.state == "lapsed"


# Who caused it


def test_c9_a_lapse_with_no_offer_is_the_organisations_whatever_is_written(renewing: TrainingStory) -> None:
    case = renewing
    case.runs_out()
    assert _cause(case) == Cause.ORGANISATION
    for other in (Cause.PARTNER, Cause.PROVIDER):
        with refused("C9"):
            case.say_why(other)
    case.say_why(Cause.ORGANISATION)
    case.renew()
    assert (_cause(case), case.item("data_protection").state) == (Cause.ORGANISATION, State.REQUIRED)


def test_c9_nor_is_it_the_partners_where_the_renewal_was_begun_and_nothing_offered(renewing: TrainingStory) -> None:
    renewing.renew()
    renewing.runs_out()
    with refused("C9"):
        renewing.say_why(Cause.PARTNER)


def test_c9_an_offer_too_late_to_be_taken_up_is_no_offer(renewing: TrainingStory) -> None:
    """The partner has forty working days; an offer of the last week gives them one."""
    case = renewing
    case.renew()
    case.until(_until(case) - timedelta(days=7))
    case.offer_item(case.item("data_protection"))
    case.runs_out()
    with refused("C9"):
        case.say_why(Cause.PARTNER)


def test_c9_nor_one_that_the_partner_could_not_use(renewing: TrainingStory) -> None:
    case = renewing
    case.renew()
    case.offer_item(case.item("data_protection"))
    case.ask_adjustment(case.item("data_protection"))
    case.runs_out()
    assert _cause(case) == Cause.ORGANISATION


def test_c9_nor_evidence_that_nobody_checked(renewing: TrainingStory) -> None:
    renewing.renew()
    renewing.walk_to("checking")
    renewing.runs_out()
    assert _cause(renewing) == Cause.ORGANISATION


@pytest.mark.parametrize("cause", [Cause.PARTNER, Cause.PROVIDER, Cause.ORGANISATION])
def test_c9_where_it_was_offered_in_time_it_is_charged_to_whoever_caused_it(renewing: TrainingStory, cause: str) -> None:
    case = renewing
    case.renew()
    case.walk_to("learn")
    case.runs_out()
    assert _cause(case) == ""
    case.say_why(cause)
    case.renew()
    assert (_cause(case), case.item("data_protection").state) == (cause, State.OFFERED)
    case.walk_to("in_force")


def test_c9_nothing_is_renewed_before_it_is_written_down_why_it_ran_out(renewing: TrainingStory) -> None:
    """Otherwise a cause that was refused a moment ago would be taken once the evidence of its absence is gone."""
    case = renewing
    case.runs_out()
    item = case.item("data_protection")
    case.offer_item(item)
    case.complete(item)
    with refused("C9"):
        case.check(item)
    with refused("C9"):
        case.say_why(Cause.PARTNER)
    case.say_why(Cause.ORGANISATION)
    case.renew()
    case.check(item)
    assert _cause(case) == Cause.ORGANISATION


def test_c9_nor_waived(renewing: TrainingStory) -> None:
    case = renewing
    case.renew()
    case.walk_to("learn")
    asked = case.ask_to_waive(case.item("data_protection"), _until(case))
    case.until(_until(case) - timedelta(days=1))
    case.runs_out()
    with refused("C9"):
        case.do(waivers.grant_training_waiver, "exec_team", proposal=asked.pk)


def test_c9_a_lapse_is_charged_for_itself_and_not_for_the_one_before(renewing: TrainingStory) -> None:
    """The first was the organisation's. The second time it was offered in time, and somebody else may have caused it."""
    case = renewing
    case.runs_out()
    case.say_why(Cause.ORGANISATION)
    case.renew()
    case.walk_to("in_force")
    case.renewal_begins()
    case.renew()
    case.walk_to("learn")
    case.runs_out()
    assert _cause(case) == ""
    case.say_why(Cause.PARTNER)
    case.renew()
    assert _cause(case) == Cause.PARTNER


@pytest.mark.parametrize("stage", ["readiness", "sign"])
def test_c9_where_it_ran_out_before_both_signed_again_it_is_asked_why(renewing: TrainingStory, stage: str) -> None:
    """The clock takes nobody out of a stage in which the partner answers, so the signatures wait for the cause instead."""
    case = renewing
    last = _until(case)
    case.renew()
    case.walk_to(stage)
    with refused("C9"):
        case.do(facts.record_facts, "coordinator", **GAP)
    case.until(last + timedelta(days=1))
    case.walk_to("sign")
    case.sign()
    assert case.case.state == "sign"
    assert "explain_gap" in [offer.params.get("act") for offer in available(case.look, case.who("coordinator"))]
    with refused("B2"):
        case.do(facts.record_facts, "specialist", **GAP)
    case.do(facts.record_facts, "coordinator", **GAP)
    assert case.case.state == "in_force"
    assert case.look.fact("gap_cause") is None
    assert last < london_day(case.at) < _until(case)


def _charge(case: TrainingStory, cause: str) -> None:
    case.do(facts.record_facts, "coordinator", act="explain_gap", facts={"gap_cause": cause})


def test_c9_it_is_not_the_partners_where_the_specialist_had_not_talked_with_them(renewing: TrainingStory) -> None:
    case, last = renewing, _until(renewing)
    case.renew()
    case.walk_to("readiness")
    case.until(last + timedelta(days=1))
    with refused("C9"):
        _charge(case, Cause.PARTNER)
    _charge(case, Cause.PROVIDER)


@pytest.mark.parametrize(("asked_before", "specialist_answers"), [(4, True), (30, False)])
def test_c9_nor_where_they_were_asked_late_or_the_specialist_was_silent_too(
    renewing: TrainingStory, asked_before: int, specialist_answers: bool
) -> None:
    case, last = renewing, _until(renewing)
    case.renew()
    case.walk_to("readiness")
    visit = case.look.visit
    assert visit
    assert visit.due_on
    case.until(visit.due_on - timedelta(days=asked_before) if asked_before < 30 else london_day(case.at))
    case.talk()
    if specialist_answers:
        case.answer("specialist", "ready")
    case.until(last + timedelta(days=1))
    with refused("C9"):
        _charge(case, Cause.PARTNER)


def test_c9_where_the_partner_alone_was_late_it_is_charged_to_them_and_they_are_told_and_may_object(
    renewing: TrainingStory,
) -> None:
    case, last = renewing, _until(renewing)
    case.renew()
    case.walk_to("readiness")
    case.talk()
    case.answer("specialist", "ready")
    case.until(last + timedelta(days=1))
    _charge(case, Cause.PARTNER)
    iris, quality = case.who("iris"), case.who("quality")
    assert "wrote down that your training ran out because of you" in _last_told(iris)
    made = raise_matter(
        by=iris, at=case.at, organisation=case.trust.organisation, kind="objection", title="I was in hospital", case=case.case,
        text="I wrote to Sam Ward on the third.",
    )  # fmt: skip
    assert made.due_on == calendar_of(case.trust.organisation).add(london_day(case.at), 10)
    assert "raised objection 1. It is to be answered by" in _last_told(quality)
    answer_matter(by=quality, at=case.at, matter=made.pk, outcome="done", text="You are right: it was ours.")


def _last_told(person: Person) -> str:
    return Notice.objects.filter(person=person).latest("at", "id").text


def test_c9_an_objection_names_the_training_it_is_about(case: TrainingStory) -> None:
    with refused("C9"):
        raise_matter(
            by=case.who("iris"), at=case.at, organisation=case.trust.organisation, kind="objection", title="So", text="So."
        )


def test_c9_an_objection_is_about_a_training_and_no_other_case(case: TrainingStory) -> None:
    other = Story(case.trust, case.at).walk_to("terms")
    with refused("C9"):
        raise_matter(
            by=case.who("pat"), at=other.at, organisation=case.trust.organisation, kind="objection", title="So", text="So.",
            case=other.case,
        )  # fmt: skip


def test_c9_evidence_that_was_turned_down_too_late_to_mend_it_is_not_the_partners(renewing: TrainingStory) -> None:
    case = renewing
    case.renew()
    case.walk_to("checking")
    due = case.item("data_protection").due_on
    assert due
    case.until(due + timedelta(days=1))
    case.check(case.item("data_protection"), accepted=False, reason="It has no date on it.")
    case.runs_out()
    with refused("C9"):
        case.say_why(Cause.PARTNER)


def test_c9_a_renewal_signed_in_time_asks_nothing(renewing: TrainingStory) -> None:
    renewing.renew()
    renewing.walk_to("in_force")
    assert renewing.look.fact("gap_cause") is None


# What a lapse stops, and what not


def test_c9_a_lapse_stops_new_seats_at_once_and_sight_of_running_cases_after_thirty_days(case: TrainingStory) -> None:
    late = _until(case) - timedelta(days=3)
    case.until(late)
    group = Story(case.trust, case.at, ("iris", "gwen")).walk_to("form_group")
    group.take_seat("iris")
    other = Story(case.trust, group.at, ("pat",)).walk_to("form_group")
    case.until(_until(case) + timedelta(days=1))
    other.at = group.at = case.at
    with refused("B1"):
        other.offer("iris")
    person, last = case.who("iris"), _until(case) + GRACE
    for day, sees in ((_until(case) + timedelta(days=1), True), (last, True), (last + timedelta(days=1), False)):
        case.until(day)
        assert may_see(person, group.case, case.at) is sees
    assert group.seat("iris").is_active


def test_c9_nothing_that_was_decided_is_altered(case: TrainingStory) -> None:
    case.until(_until(case) - timedelta(days=20))
    group = Story(case.trust, case.at, ("iris", "gwen"))
    group.walk_to("planning")
    said = [(p.pk, p.answer) for p in group.look.positions]
    case.at = max(case.at, group.at)
    case.expire()
    case.runs_out()
    assert [(p.pk, p.answer) for p in group.look.positions] == said
    assert group.case.state == "planning"
