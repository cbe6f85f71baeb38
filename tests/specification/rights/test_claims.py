"""R20, IG10: a partner's time and expenses are claimed, decided by somebody else, paid in time, and kept apart from the cases."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from audit.models import Event
from audit.verify import verify_chains
from cases.models import Claim, ClaimWord
from notifications.models import Notice
from permissions.payment import visible_claims
from permissions.roles import COORDINATOR, SPECIALIST
from permissions.verdict import Refused
from tests.builders import BEGINNING, a_story, a_trust, another_trust, refused
from tests.builders_payment import claimed, expense, terms, time
from workflows.calendar import ENGLAND, LONDON, london_day
from workflows.deadlines.running import run_due
from workflows.demo.trust import PERSONAS, Trust
from workflows.doors import claims
from workflows.doors.people import appoint, end_appointment
from workflows.payment import worth_of_day

pytestmark = pytest.mark.usefixtures("apart")

State = Claim.State
LATER = BEGINNING + timedelta(hours=3)
WHY = "The bus ticket is missing."


@pytest.fixture(scope="module")
def _trust(kept: None) -> Trust:
    trust = a_trust()
    terms(trust, BEGINNING)
    return trust


@pytest.fixture
def trust(_trust: Trust, apart: None) -> Trust:
    return _trust


def do(act: Any, trust: Trust, key: str, claim: Claim, at: datetime = LATER, **more: Any) -> Claim:
    return act(by=trust[key], at=at, claim=claim.pk, **more)


def approved(trust: Trust, claim: Claim) -> Claim:
    return do(claims.approve_claim, trust, "coordinator", claim)


def told(person: Any) -> list[str]:
    """What a person was told of claims, oldest first."""
    return list(
        Notice.objects.filter(person=person, case=None, text__icontains="claim").order_by("at", "id").values_list("text", flat=True)
    )


# What can be claimed


@pytest.mark.parametrize("kind", ["meeting", "preparation", "reading", "training"])
def test_preparing_reading_and_training_count_as_much_as_a_meeting(trust: Trust, kind: str) -> None:
    assert approved(trust, claimed(trust, BEGINNING, time(kind, "3"))).amount == Decimal(75)


def test_an_expense_says_what_it_was_for(trust: Trust) -> None:
    assert approved(trust, claimed(trust, BEGINNING, expense("6.40"))).amount == Decimal("6.40")
    with refused("R20"):
        claimed(trust, LATER, expense("6.40", " "))


@pytest.mark.parametrize(
    "lines", [(expense("0"),), (time("reading", "0"),), (time("reading", "20"), time("meeting", "5")), (time("reading", "-1"),)]
)
def test_what_cannot_be_is_refused(trust: Trust, lines: tuple[dict[str, Any], ...]) -> None:
    with refused("R20"):
        claimed(trust, LATER, *lines)


def test_a_claim_for_nothing_or_for_a_day_to_come_is_refused(trust: Trust) -> None:
    with refused("R20"):
        claims.make_claim(organisation=trust.organisation, by=trust["pat"], at=LATER, day=london_day(LATER), lines=[])
    with refused("R20"):
        claimed(trust, LATER, day=london_day(LATER) + timedelta(days=1))


@pytest.mark.parametrize("key", ["lead", "coordinator", "auditor"])
def test_claims_are_for_partners(trust: Trust, key: str) -> None:
    with refused("R20"):
        claimed(trust, LATER, who=key)


def test_what_was_done_before_leaving_is_still_owed(trust: Trust) -> None:
    pat = trust["pat"]
    end_appointment(appointment=pat.appointments.get(), by=trust["quality"], at=LATER, reason="Term over.")
    assert claimed(trust, LATER + timedelta(days=30)).state == State.CLAIMED


def test_a_case_can_be_named_by_those_who_sat_on_it_and_is_no_more_than_a_reference() -> None:
    story = a_story().walk_to("terms")
    reference = story.case.reference
    assert claimed(story.trust, story.at, case_reference=reference).case_reference == reference
    with pytest.raises(Refused, match="You have no seat on that case"):
        claimed(story.trust, story.at, who="tomas", case_reference=reference)
    related = {field.related_model for field in Claim._meta.get_fields() if field.is_relation}
    assert "Case" not in {model.__name__ for model in related if model}


def test_sending_twice_claims_once(trust: Trust) -> None:
    assert claimed(trust, BEGINNING, request="once").pk == claimed(trust, LATER, request="once", day=london_day(BEGINNING)).pk
    assert Claim.objects.count() == 1


# What it comes to: the organisation's own terms


@pytest.mark.parametrize(("half_is", "hours", "pounds"), [
    ("up_to", "4", 75), ("up_to", "4.25", 150), ("under", "3.75", 75), ("under", "4", 150),
])  # fmt: skip
def test_exactly_four_hours_are_what_the_organisation_says(trust: Trust, half_is: str, hours: str, pounds: int) -> None:
    """The published rules differ at exactly four hours, so it is data."""
    found = terms(trust, LATER, half_day_is=half_is)
    assert worth_of_day(found, Decimal(hours)) == Decimal(pounds)


def test_one_day_is_paid_as_one_day_however_many_claims_it_comes_in(trust: Trust) -> None:
    both = [claimed(trust, BEGINNING, time("reading", "2")), claimed(trust, BEGINNING, time("meeting", "2"))]
    assert [approved(trust, one).amount for one in both] == [Decimal(75), Decimal(0)]
    longer = claimed(trust, LATER, time("meeting", "1"), day=london_day(BEGINNING))
    assert approved(trust, longer).amount == Decimal(75), "five hours are a whole day"


def test_what_was_declined_does_not_make_another_claim_smaller(trust: Trust) -> None:
    first, second = claimed(trust, BEGINNING, time("reading", "2")), claimed(trust, BEGINNING, time("meeting", "2"))
    do(claims.decline_claim, trust, "coordinator", first, text=WHY)
    assert approved(trust, second).amount == Decimal(75)


def test_a_claim_keeps_the_terms_of_its_day(trust: Trust) -> None:
    claim = claimed(trust, BEGINNING, time("meeting", "6"))
    terms(trust, LATER, starts_on=london_day(LATER), whole_day=Decimal(10), half_day=Decimal(5), paid_within=3)
    assert approved(trust, claim).amount == Decimal(150)
    assert claimed(trust, LATER, time("meeting", "6")).due_on == ENGLAND.add(london_day(LATER), 3)


def test_terms_have_a_source_and_are_written_by_those_who_keep_them(trust: Trust) -> None:
    for changes in ({"source": " "}, {"paid_within": 0}, {"half_day": None}, {"half_day": Decimal(200)}, {"by": trust["pat"]},
                    {"half_day_hours": Decimal(0)}, {"starts_on": date(2020, 1, 1)}):  # fmt: skip
        with refused("R20"):
            terms(trust, LATER, **changes)


def test_without_terms_a_claim_can_be_made_and_is_owed_an_answer_in_twenty_working_days(apart: None) -> None:
    other = a_trust()
    claim = claimed(other, BEGINNING, expense("6.40"), time("meeting", "3"))
    assert claim.due_on == ENGLAND.add(london_day(BEGINNING), 20)
    assert approved(other, claim).amount == Decimal("6.40")


# Its life


def test_it_is_claimed_approved_and_paid_and_the_partner_is_told(trust: Trust) -> None:
    claim = claimed(trust, BEGINNING)
    approved(trust, claim)
    paid = do(claims.record_payment, trust, "coordinator", claim, paid_on=london_day(LATER))
    assert (paid.state, paid.paid_on, paid.decided_by) == (State.PAID, london_day(LATER), trust["coordinator"])
    assert told(trust["pat"]) == ["Your claim 1 was approved. It waits to be paid.", "Your claim 1 is paid."]
    assert told(trust["coordinator"]) == ["Pat Mercer sent in claim 1."]


def test_a_question_has_its_words_is_answered_and_does_not_stop_the_clock(trust: Trust) -> None:
    claim = claimed(trust, BEGINNING)
    asked = do(claims.question_claim, trust, "coordinator", claim, text=WHY)
    assert (asked.state, asked.due_on) == (State.QUESTIONED, claim.due_on)
    answered = do(claims.answer_about_claim, trust, "pat", claim, text="Here it is.")
    assert (answered.state, answered.due_on) == (State.CLAIMED, claim.due_on)
    assert list(ClaimWord.objects.order_by("at", "id").values_list("act", "text")) == [("question", WHY), ("answer", "Here it is.")]


def test_a_refusal_gives_its_reason_and_the_partner_may_answer_it(trust: Trust) -> None:
    claim = claimed(trust, BEGINNING)
    with refused("R20"):
        do(claims.decline_claim, trust, "coordinator", claim, text="  ")
    do(claims.decline_claim, trust, "coordinator", claim, text=WHY)
    assert told(trust["pat"])[-1] == "Your claim 1 was declined. Read why; you may answer."
    assert do(claims.answer_about_claim, trust, "pat", claim, text="I do have it.").state == State.CLAIMED
    assert approved(trust, claim).state == State.APPROVED


MOVES: dict[str, tuple[Any, str, dict[str, Any]]] = {
    "approve": (claims.approve_claim, "coordinator", {}),
    "pay": (claims.record_payment, "coordinator", {"paid_on": london_day(BEGINNING)}),
    "question": (claims.question_claim, "coordinator", {"text": WHY}),
    "decline": (claims.decline_claim, "coordinator", {"text": WHY}),
    "answer": (claims.answer_about_claim, "pat", {"text": WHY}),
    "take_back": (claims.take_back_claim, "pat", {}),
}
ALLOWED = {
    "claimed": {"approve", "question", "decline", "take_back"}, "questioned": {"approve", "answer", "decline", "take_back"},
    "approved": {"pay"}, "paid": set(), "declined": {"answer"}, "taken_back": set(),
}  # fmt: skip
ROADS: dict[str, tuple[str, ...]] = {
    "claimed": (), "questioned": ("question",), "approved": ("approve",), "paid": ("approve", "pay"), "declined": ("decline",),
    "taken_back": ("take_back",),
}  # fmt: skip


@pytest.mark.parametrize("move", MOVES)
@pytest.mark.parametrize("state", ROADS)
def test_each_move_leads_only_from_where_it_may(trust: Trust, state: str, move: str) -> None:
    claim = claimed(trust, BEGINNING)
    for step in (*ROADS[state], *((move,) if move in ALLOWED[state] else ())):
        act, key, more = MOVES[step]
        claim = do(act, trust, key, claim, **more)
    if move not in ALLOWED[state]:
        act, key, more = MOVES[move]
        with refused("STALE"):
            do(act, trust, key, claim, **more)


@pytest.mark.parametrize("move", MOVES)
@pytest.mark.parametrize("key", ["amina", "lead", "exec", "quality", "auditor", "coordinator", "pat"])
def test_only_the_partner_and_the_payment_office_act_on_a_claim(trust: Trust, key: str, move: str) -> None:
    claim = claimed(trust, BEGINNING)
    act, whose, more = MOVES[move]
    for step in {"pay": ("approve",), "answer": ("question",)}.get(move, ()):
        claim = do(MOVES[step][0], trust, MOVES[step][1], claim, **MOVES[step][2])
    if key == whose:
        assert do(act, trust, key, claim, **more).pk == claim.pk
    else:
        with refused("IG10" if whose == "coordinator" else "R2"):
            do(act, trust, key, claim, **more)


def test_nobody_decides_their_own_claim(trust: Trust) -> None:
    """A partner who also came to hold the office still has a colleague decide."""
    claim = claimed(trust, BEGINNING)
    appoint(person=trust["pat"], role=COORDINATOR.code, starts_on=london_day(BEGINNING), at=BEGINNING)
    for act, _, more in (MOVES["approve"], MOVES["decline"]):
        with refused("R18"):
            do(act, trust, "pat", claim, **more)


def test_it_cannot_be_paid_tomorrow(trust: Trust) -> None:
    claim = approved(trust, claimed(trust, BEGINNING))
    with refused("R20"):
        do(claims.record_payment, trust, "coordinator", claim, paid_on=london_day(LATER) + timedelta(days=1))


# Late


def nine_after(claim: Claim, days: int = 1) -> datetime:
    return datetime.combine(ENGLAND.add(claim.due_on, days), datetime.min.time().replace(hour=9, minute=1), LONDON)


@pytest.mark.proves("R20")
@pytest.mark.parametrize("state", ["claimed", "questioned", "approved"])
def test_a_claim_unpaid_after_its_day_is_told_upward_once(trust: Trust, state: str) -> None:
    claim = claimed(trust, BEGINNING)
    for step in ROADS[state]:
        act, key, more = MOVES[step]
        do(act, trust, key, claim, **more)
    run_due(lambda: nine_after(claim, 0))
    assert not Event.objects.filter(kind="claim_late").exists()
    for _ in range(2):
        run_due(lambda: nine_after(claim))
    late = Event.objects.get(kind="claim_late")
    assert (late.capacity, late.facts["people"]) == ("system", ["Sam Ward"])
    assert told(trust["specialist"]) == [
        "Claim 1 of a partner was to be paid by 30 March 2026, and is late. You are the next person up."
    ]
    assert told(trust["pat"])[-1] == "Your claim 1 was to be paid by 30 March 2026, and is late. The next person up has been told."


@pytest.mark.parametrize("state", ["paid", "declined", "taken_back"])
def test_nothing_is_late_of_a_claim_that_has_come_to_an_end(trust: Trust, state: str) -> None:
    claim = claimed(trust, BEGINNING)
    for step in ROADS[state]:
        act, key, more = MOVES[step]
        do(act, trust, key, claim, **more)
    assert run_due(lambda: nine_after(claim)).done == 0


def test_a_refusal_that_is_answered_is_owed_by_the_first_day_still(trust: Trust) -> None:
    claim = claimed(trust, BEGINNING)
    do(claims.decline_claim, trust, "coordinator", claim, text=WHY)
    run_due(lambda: nine_after(claim))
    do(claims.answer_about_claim, trust, "pat", claim, at=nine_after(claim), text="I have it.")
    run_due(lambda: nine_after(claim, 2))
    assert Event.objects.filter(kind="claim_late").count() == 1


def test_the_next_office_is_told_where_the_first_is_empty(apart: None) -> None:
    trust = a_trust(tuple(one for one in PERSONAS if one.role != SPECIALIST))
    claim = claimed(trust, BEGINNING)
    run_due(lambda: nine_after(claim))
    assert Event.objects.get(kind="claim_late").facts["people"] == ["Eleanor Hughes"]


def test_nobody_says_that_it_is_late_but_the_clock(trust: Trust) -> None:
    claim = claimed(trust, BEGINNING)
    with refused("R16"):
        claims.tell_of_late_claim(claim=claim.pk, by=trust["coordinator"], at=LATER)


def test_one_that_cannot_be_told_of_keeps_no_other_waiting(trust: Trust, monkeypatch: pytest.MonkeyPatch) -> None:
    from workflows.deadlines import offices

    first, second = claimed(trust, BEGINNING), claimed(trust, LATER)

    def tell(pk: Any, at: datetime, request: str) -> None:
        if pk == first.pk:
            raise RuntimeError
        claims.tell_of_late_claim(claim=pk, at=at, request=request)

    monkeypatch.setattr(offices, "LATE", (offices.Late("claim_late", "Tell", offices.LATE[0].find, tell),))
    tally = run_due(lambda: nine_after(second))
    assert (tally.done, tally.failed) == (1, 1)


# Kept apart


SECRET = "A carer for my mother, whose name is Zebedee"


@pytest.mark.proves("IG10")
def test_the_ledger_says_that_there_was_a_claim_and_not_what_it_was(trust: Trust) -> None:
    claim = claimed(trust, BEGINNING, expense("123.45", SECRET), time("reading", "3.25"))
    do(claims.question_claim, trust, "coordinator", claim, text=f"Who is {SECRET}?")
    do(claims.answer_about_claim, trust, "pat", claim, text=f"It is {SECRET}.")
    approved(trust, claim)
    with refused("STALE"):
        approved(trust, claim)
    run_due(lambda: nine_after(claim))
    events = Event.objects.filter(chain=f"org:{trust.organisation.pk}").order_by("-seq")[:8]
    said = json.dumps([[one.facts, one.reason] for one in events]) + " ".join(Notice.objects.values_list("text", flat=True))
    assert not {word for word in ("Zebedee", "123.45", "198.45", "3.25") if word in said}
    assert not Event.objects.exclude(case_id=None).filter(kind__startswith="claim").exists()
    assert verify_chains().findings == []


@pytest.mark.proves("IG10")
def test_a_claim_is_read_by_its_partner_and_the_payment_office_alone(trust: Trust) -> None:
    claim = claimed(trust, BEGINNING)
    far = another_trust()
    everybody = {**trust.people, **far.people}
    assert {key for key, one in everybody.items() if claim in visible_claims(one, LATER)} == {"pat", "coordinator"}
