"""T23 and T24: what it is like to be a partner, and who partners are. Totals and means only, and none from which one is known."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from audit.models import Event
from cases.models import Experience, ExperienceRound, Profile
from notifications.models import Notice
from tests.builders import a_trust, another_trust, refused
from tests.specification.signals.partners import light, noon, partner, spring
from workflows.demo.trust import Trust
from workflows.doors.experience import ITEMS, answer_experience, ask_partners
from workflows.doors.profile import Broad, hidden_in, record_profile
from workflows.signals.quarters import Quarter
from workflows.signals.signal import SIGNALS, Light, Measured, Span

pytestmark = pytest.mark.usefixtures("apart")
ASKED = date(2026, 4, 1)  # nineteen working days are left in April: the twentieth is Friday 1 May
ALL_FOUR = dict.fromkeys((code for code, _ in ITEMS), 4)


@pytest.fixture(scope="module")
def _trusts(kept: None) -> tuple[Trust, Trust]:
    return a_trust(), another_trust()


@pytest.fixture
def trust(_trusts: tuple[Trust, Trust], apart: None) -> Trust:
    return Trust(_trusts[0].organisation, dict(_trusts[0].people))


@pytest.fixture
def other(_trusts: tuple[Trust, Trust], apart: None) -> Trust:
    return _trusts[1]


def asked(trust: Trust, on: date = ASKED, who: str = "coordinator") -> ExperienceRound:
    made: ExperienceRound = ask_partners(by=trust[who], at=noon(on), organisation=trust.organisation)
    return made


def answers(trust: Trust, who: str, given: dict[str, int], on: date = ASKED, by: str = "") -> Experience:
    row = Experience.objects.get(person=trust[who])
    made: Experience = answer_experience(by=trust[by or who], at=noon(on), experience=row.pk, answers=given)
    return made


# T24


def test_t24_every_partner_of_the_day_is_asked_once_a_quarter_and_told(trust: Trust) -> None:
    made = asked(trust)
    assert made.closes_on == date(2026, 5, 1)
    assert set(made.asked.values_list("person__name", flat=True)) == {trust[key].name for key in ("pat", "amina", "gwen", "tomas")}
    said = "Cora Bell asks what it is like to be a partner: five short questions, until 1 May 2026."
    assert Notice.objects.filter(text=said).count() == 4
    with refused("T24"):
        asked(trust, date(2026, 6, 30))
    assert asked(trust, date(2026, 7, 1)).quarter == date(2026, 7, 1)


@pytest.mark.parametrize("who", ["pat", "lead", "exec", "auditor"])
def test_t24_only_the_coordinator_or_the_quality_team_asks(trust: Trust, who: str) -> None:
    with refused("T24"):
        asked(trust, who=who)


@pytest.mark.proves("R2")
def test_r2_nobody_answers_for_a_partner(trust: Trust) -> None:
    asked(trust)
    for by in ("coordinator", "amina"):
        with refused("R2"):
            answers(trust, "pat", ALL_FOUR, by=by)


@pytest.mark.parametrize("wrong", [{}, {"in_time": 6}, {"in_time": 0}, {"no_such": 3}], ids=str)
def test_t24_an_answer_is_one_of_those_offered(trust: Trust, wrong: dict[str, int]) -> None:
    asked(trust)
    with refused("T24"):
        answers(trust, "pat", wrong)


def test_t24_it_is_answered_anew_until_the_last_day_and_not_after(trust: Trust) -> None:
    asked(trust)
    answers(trust, "pat", ALL_FOUR)
    assert answers(trust, "pat", {"free": 1}, date(2026, 5, 1)).answers == {"free": 1}
    with refused("STALE"):
        answers(trust, "pat", ALL_FOUR, date(2026, 5, 2))


def five_answer(trust: Trust) -> None:
    """Six are asked. Pat, Amina, Gwen and Tomas answer 4 to all five, Ann 1 to two of them, Ben nothing."""
    for name in ("Ann", "Ben"):
        partner(trust, name)
    asked(trust)
    for key in ("pat", "amina", "gwen", "tomas"):
        answers(trust, key, ALL_FOUR)
    answers(trust, "Ann", {"in_time": 1, "free": 1})


def test_t24_one_answer_is_not_worked_out_from_two_rounds_that_close_in_one_quarter(trust: Trust) -> None:
    five_answer(trust)
    first = spring(trust, "T24")
    early = asked(trust, date(2026, 3, 20))
    row = Experience.objects.get(round=early, person=trust["pat"])
    answer_experience(by=trust["pat"], at=noon(date(2026, 3, 20)), experience=row.pk, answers=dict.fromkeys(ALL_FOUR, 1))
    both = spring(trust, "T24")
    assert early.closes_on == date(2026, 4, 21)
    assert (both.numerator, both.denominator) == (6, 12)
    assert (both.value, both.others) == (first.value, (*first.others, ("answers, too few to say what they were", 1)))


def test_t24_the_mean_of_all_answers_with_how_many_answered(trust: Trust) -> None:
    """Four times five answers of 4, and two of 1: (20 x 4 + 2 x 1) / 22 = 82 / 22 = 3.727: not below 3.5, green.

    Questions: the two that all five answered have (16 + 1) / 5 = 3.4; the others only four answers, and are not told.
    """
    five_answer(trust)
    found = spring(trust, "T24")
    assert (found.numerator, found.denominator, light(trust, "T24")) == (5, 6, Light.GREEN)
    assert found.value == pytest.approx(82 / 22)
    told = dict(ITEMS)
    assert found.others == ((told["in_time"], "3.4 of 5"), (told["free"], "3.4 of 5"))


def test_t24_below_five_answers_nothing_is_told_but_how_many(trust: Trust) -> None:
    partner(trust, "Ann")
    asked(trust)
    for key in ("pat", "amina", "gwen", "tomas"):
        answers(trust, key, ALL_FOUR)
    assert spring(trust, "T24") == Measured(4, 5, None, others=(("answers, too few to say what they were", 4),))


def test_t24_the_few_answers_of_one_round_are_not_added_to_those_of_another(trust: Trust) -> None:
    """Asked late in March and again in April, both rounds close in one quarter: the mean before and after would tell Pat's."""
    for name in ("Ann", "Ben"):
        partner(trust, name)
    first = asked(trust, date(2026, 3, 30))
    for key in ("pat", "amina", "gwen", "tomas", "Ann"):
        answers(trust, key, ALL_FOUR, date(2026, 3, 30))
    second = asked(trust, date(2026, 4, 1))
    assert first.closes_on < second.closes_on < date(2026, 7, 1)
    mine = Experience.objects.get(person=trust["pat"], round=second)
    answer_experience(by=trust["pat"], at=noon(ASKED), experience=mine.pk, answers={"in_time": 1})
    found = spring(trust, "T24")
    assert (found.numerator, found.denominator, found.value) == (6, 12, 4)
    assert found.others[-1] == ("answers, too few to say what they were", 1)


def test_t24_nothing_is_told_while_answers_can_still_be_given(trust: Trust) -> None:
    five_answer(trust)
    begins = Quarter(date(2026, 4, 1)).begins_at
    on_the_last_day, after = (Span(trust.organisation, begins, noon(day)) for day in (date(2026, 5, 1), date(2026, 5, 2)))
    assert SIGNALS["T24"].measure(on_the_last_day).denominator == 0
    assert SIGNALS["T24"].measure(after).value == pytest.approx(82 / 22)


def test_t24_no_message_and_no_entry_of_the_ledger_says_what_somebody_answered(trust: Trust) -> None:
    asked(trust)
    answers(trust, "pat", {"free": 1})
    assert set(Event.objects.get(kind="experience_answered").facts) == {"row"}


# T23


def counted(trust: Trust, *groups: tuple[str, int, int], who: str = "quality", on: date = ASKED, **more: Any) -> Profile:
    given = {"theme": "age", "counted_on": on, "source": "Census 2021", **more}
    made: Profile = record_profile(
        by=trust[who], at=noon(on), organisation=trust.organisation, groups=[Broad(*one) for one in groups], **given
    )
    return made


OLD_AND_YOUNG = (("Under 50", 5, 600), ("50 and over", 15, 400))


def test_t23_how_many_would_have_to_belong_to_other_groups(trust: Trust) -> None:
    """Partners 5 / 20 = 25 % and 75 %, people 60 % and 40 %: half of (35 + 35) is 35 %, and 35 % of 20 partners are 7."""
    counted(trust, *OLD_AND_YOUNG)
    found = spring(trust, "T23")
    assert (found.numerator, found.denominator, light(trust, "T23")) == (7, 20, Light.WATCH)
    assert found.value == pytest.approx(0.35)


def test_t23_the_theme_where_that_is_most_and_what_was_written_last(trust: Trust) -> None:
    counted(trust, *OLD_AND_YOUNG)
    counted(trust, ("Women", 10, 500), ("Men", 10, 500), theme="sex")
    assert spring(trust, "T23").value == pytest.approx(0.35)
    counted(trust, ("Under 50", 12, 600), ("50 and over", 8, 400), on=date(2026, 6, 30))
    assert spring(trust, "T23").value == 0
    counted(trust, *OLD_AND_YOUNG, on=date(2026, 7, 1))
    assert spring(trust, "T23").value == 0


def test_t23_where_a_group_would_be_known_nothing_is_said_of_the_theme(trust: Trust) -> None:
    """Four under 50 alone: hidden, and the other with them, for 20 less 16 is 4. Together they say nothing."""
    counted(trust, ("Under 50", 3, 600), ("50 and over", 1, 400))
    found = spring(trust, "T23")
    assert found == Measured(0, 0, None, others=(("themes counted", 1), ("of these, with too few in a group to say", 1)))


def test_t23_hidden_groups_are_put_together(trust: Trust) -> None:
    """2 and 3 are put together: 5 / 20 = 25 %; 15 / 20 = 75 %. People: 500 of 1000 each: half of (25 + 25) = 25 %."""
    counted(trust, ("North", 2, 200), ("South", 3, 300), ("West", 15, 500), theme="place")
    assert spring(trust, "T23").value == pytest.approx(0.25)


@pytest.mark.parametrize(
    ("sizes", "hidden"), [((5, 9), ()), ((4, 9, 7), (4, 7)), ((1, 4, 9), (1, 4)), ((0, 9, 30), (0, 9)), ((4, 5), (4, 5))]
)
def test_t23_under_five_is_hidden_and_never_one_alone(sizes: tuple[int, ...], hidden: tuple[int, ...]) -> None:
    assert hidden_in([Broad(str(size), size, 100) for size in sizes]) == {str(size) for size in hidden}


@pytest.mark.proves("IG10")
def test_ig10_only_those_who_keep_them_write_totals_and_the_ledger_has_no_number(trust: Trust, other: Trust) -> None:
    for who in ("pat", "lead", "exec"):
        with refused("IG10"):
            counted(trust, *OLD_AND_YOUNG, who=who)
    trust.people["far"] = other["far_lead"]
    with refused("IG10"):
        counted(trust, *OLD_AND_YOUNG, who="far")
    counted(trust, *OLD_AND_YOUNG)
    assert Event.objects.get(kind="profile_recorded").facts["theme"] == "age"
    assert {field.name for field in Profile._meta.get_fields() if field.is_relation} == {"organisation"}


@pytest.mark.parametrize(
    "wrong",
    [
        {"groups": (("Only", 9, 100),)}, {"groups": (("A", 9, 100), ("a ", 9, 100))}, {"groups": (("A", 9, 0), ("B", 9, 100))},
        {"groups": (("A", -1, 9), ("B", 9, 100))}, {"source": " "}, {"theme": "shoes"}, {"counted_on": ASKED + timedelta(days=1)},
    ],
    ids=str,
)  # fmt: skip
def test_t23_totals_are_of_two_groups_or_more_with_a_source(trust: Trust, wrong: dict[str, Any]) -> None:
    given = dict(wrong)
    groups = given.pop("groups", OLD_AND_YOUNG)
    with refused("T23"):
        counted(trust, *groups, **given)


@pytest.mark.parametrize("code", ["T23", "T24"])
def test_where_there_is_nothing_nothing_is_said(trust: Trust, code: str) -> None:
    assert (spring(trust, code).denominator, light(trust, code)) == (0, Light.NONE)
