"""The pages of claims: what is owed to me, a claim with its check, the office's queue, totals that tell of nobody."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse

from cases.models import Claim, PaymentTerms
from tests.builders_payment import claimed, expense, terms, time
from tests.web.casework import FORBIDDEN, FOUND, OK, Casework, day, hidden, words
from workflows.calendar import london_day
from workflows.doors import claims

MINE, NEW, OFFICE, TOTALS, TERMS = (
    reverse(name) for name in ("claims", "claim_new", "claims_office", "claims_totals", "payment_terms")
)


@pytest.fixture
def paid(work: Casework) -> Casework:
    """A trust that has written down what it pays, with a case on which Pat sits."""
    terms(work.story.trust, work.story.at)
    work.story.walk_to("terms")
    return work


def shown(work: Casework, key: str, address: str) -> str:
    response = work.client(key).get(address)
    assert response.status_code == OK, words(response)
    return words(response)


def send(work: Casework, key: str, address: str, answers: dict[str, Any]) -> Any:
    page = work.client(key).get(address)
    assert page.status_code == OK, words(page)
    return work.client(key).post(address, {**hidden(page), **answers})


def of_page(claim: Claim, act: str = "") -> str:
    return reverse(f"claim_{act}" if act else "claim", args=(claim.pk,))


def test_a_partner_claims_a_day_and_checks_it_first(paid: Casework) -> None:
    today = london_day(paid.story.at)
    typed = {"meeting": "2", "reading": "1,5", "expense": "\u00a36.40", "what_for": "Bus", "case": paid.story.case.reference}
    check = send(paid, "pat", NEW, {**typed, **day("day", today)})
    assert "Check your claim" in words(check)
    assert "1.5 hours" in words(check)
    assert Claim.objects.count() == 0
    done = paid.client("pat").post(NEW, {**hidden(check), "asking_to": "confirm"})
    assert done.status_code == FOUND
    text = shown(paid, "pat", done.headers["Location"])
    for part in (
        "Reading : 1.5 hours",
        "Expenses : \u00a36.40: Bus",
        f"Case : {paid.story.case.reference}",
        "Comes to : \u00a381.40",
    ):
        assert part.replace(" :", "") in text.replace(" :", ""), part
    assert "Waits for a decision" in text


@pytest.mark.parametrize(("typed", "says"), [
    ({}, "Enter some hours, or what you spent"),
    ({"expense": "5"}, "Say what you spent it on"),
    ({"what_for": "Bus"}, "Enter how much you spent"),
    ({"reading": "two"}, "must be a number, like 1.5"),
    ({"reading": "25"}, "24"),
])  # fmt: skip
def test_what_is_missing_is_asked_for_again(paid: Casework, typed: dict[str, str], says: str) -> None:
    response = send(paid, "pat", NEW, {**typed, **day("day", london_day(paid.story.at))})
    assert "There is a problem" in words(response)
    assert says in words(response)


def test_only_cases_of_ones_own_are_offered(paid: Casework) -> None:
    assert paid.story.case.reference in paid.client("pat").get(NEW).content.decode()
    assert "one of your cases" not in shown(paid, "tomas", NEW)


def test_what_is_owed_is_summed_and_the_late_are_marked(paid: Casework) -> None:
    claimed(paid.story.trust, paid.story.at, expense("6.40"))
    claimed(paid.story.trust, paid.story.at, time("meeting", "3"))
    assert "\u00a381.40 in all." in shown(paid, "pat", MINE)
    assert "Overdue" not in shown(paid, "pat", MINE)
    paid.story.wait(21)
    assert "Overdue" in shown(paid, "pat", MINE)
    assert "Nothing is owed to you." in shown(paid, "amina", MINE)


def test_the_office_decides_and_the_partner_reads_why(paid: Casework) -> None:
    claim = claimed(paid.story.trust, paid.story.at, expense("6.40"))
    assert send(paid, "coordinator", of_page(claim, "question"), {"text": "Which bus?"}).status_code == FOUND
    assert "Which bus? Cora Bell" in shown(paid, "pat", of_page(claim))
    assert send(paid, "pat", of_page(claim, "answer"), {"text": "The 27."}).status_code == FOUND
    assert send(paid, "coordinator", of_page(claim, "approve"), {}).status_code == FOUND
    assert send(paid, "coordinator", of_page(claim, "pay"), day("paid_on", london_day(paid.story.at))).status_code == FOUND
    text = shown(paid, "pat", of_page(claim))
    assert text.index("Which bus?") < text.index("The 27.")
    assert "Paid on" in text
    assert "Paid on" in shown(paid, "coordinator", OFFICE)


def test_a_page_offers_what_this_person_can_do_now_and_nothing_else(paid: Casework) -> None:
    claim = claimed(paid.story.trust, paid.story.at)
    assert "Take it back" in shown(paid, "pat", of_page(claim))
    assert "Approve" not in shown(paid, "pat", of_page(claim))
    assert "Take it back" not in shown(paid, "coordinator", of_page(claim))
    assert "Say that it is paid" not in shown(paid, "coordinator", of_page(claim))


def test_the_queue_has_the_late_ones_first_and_so_has_the_coordinators_home(paid: Casework) -> None:
    first = claimed(paid.story.trust, paid.story.at, who="amina")
    paid.story.wait(21)
    second = claimed(paid.story.trust, paid.story.at)
    text = shown(paid, "coordinator", OFFICE)
    assert "1 claim is late." in text
    assert text.index(f"Claim {first.number} ") < text.index(f"Claim {second.number} ")
    home = shown(paid, "coordinator", "/")
    assert home.index("Amina Yusuf, claim 1: decide") < home.index("Pat Mercer, claim 2: decide")
    assert "claim" not in shown(paid, "quality", "/").lower()


def test_a_message_about_a_claim_leads_to_it_for_those_who_may_open_it(paid: Casework) -> None:
    claim = claimed(paid.story.trust, paid.story.at)
    claims.question_claim(by=paid.story.who("coordinator"), at=paid.story.at, claim=claim.pk, text="Which bus?")
    page = paid.client("pat").get(reverse("notices"))
    assert f'href="{of_page(claim)}">Open the claim' in page.content.decode()
    claims.tell_of_late_claim(claim=claim.pk, at=paid.story.at + timedelta(days=60))
    upward = paid.client("specialist").get(reverse("notices"))
    assert "Claim 1 of a partner was to be paid" in words(upward)
    assert of_page(claim) not in upward.content.decode()


def test_a_message_that_somebody_passes_on_says_nothing_of_a_payment(paid: Casework) -> None:
    from notifications.posting import send_due
    from workflows.doors.people import record_person

    pat = paid.story.who("pat")
    record_person(organisation=pat.organisation, name=pat.name, email=pat.email, contact_by="phone", at=paid.story.at)
    claim = claimed(paid.story.trust, paid.story.at)
    claims.question_claim(by=paid.story.who("coordinator"), at=paid.story.at, claim=claim.pk, text="Which bus?")
    paid.story.wait(1)
    send_due(lambda: paid.story.at)
    for key in ("coordinator", "quality"):
        text = shown(paid, key, reverse("operations"))
        assert "Something is new on their own page." in text
        assert "claim" not in text.lower()


# Totals


def test_totals_are_shown_over_several_partners_and_never_of_one(paid: Casework) -> None:
    story, coordinator = paid.story, paid.story.who("coordinator")
    for key in ("pat", "pat", "amina"):
        assert "Not shown: it would say what one partner is paid" in shown(paid, "auditor", TOTALS)
        claim = claimed(story.trust, story.at, expense("10"), who=key)
        claims.approve_claim(by=coordinator, at=story.at, claim=claim.pk)
        claims.record_payment(by=coordinator, at=story.at, claim=claim.pk, paid_on=london_day(story.at))
    text = shown(paid, "auditor", TOTALS)
    assert "Paid in all \u00a330.00" in text
    assert "Pat" not in text


# Terms


def test_terms_are_read_by_everybody_and_written_by_the_office(paid: Casework) -> None:
    assert "Half a day (up to and including 4 hours) \u00a375.00" in shown(paid, "pat", TERMS)
    new = reverse("payment_terms_new")
    assert paid.client("pat").get(new).status_code == FORBIDDEN
    typed = {
        "source": "Policy 2",
        "half_day": "",
        "whole_day": "160",
        "half_day_hours": "4",
        "half_day_is": "under",
        "paid_within": "10",
    }
    typed |= day("starts_on", london_day(paid.story.at))
    assert "leave out both" in words(send(paid, "coordinator", new, typed))
    assert send(paid, "coordinator", new, {**typed, "half_day": "80"}).status_code == FOUND
    newest = PaymentTerms.objects.latest("version")
    assert (newest.version, newest.whole_day, newest.half_day_is) == (2, Decimal(160), "under")
    assert "Half a day (less than 4 hours) \u00a380.00" in shown(paid, "amina", TERMS)


def test_where_nothing_is_written_down_the_page_says_so(work: Casework) -> None:
    assert "has not written down what it pays" in shown(work, "pat", MINE)


def test_pages_cost_the_same_for_few_claims_and_for_many(paid: Casework, statements: Any) -> None:
    claimed(paid.story.trust, paid.story.at)
    few = [statements(paid, key, address) for key, address in (("pat", MINE), ("coordinator", OFFICE), ("auditor", TOTALS))]
    for _ in range(20):
        claimed(paid.story.trust, paid.story.at)
    many = [statements(paid, key, address) for key, address in (("pat", MINE), ("coordinator", OFFICE), ("auditor", TOTALS))]
    assert few == many
    assert max(many) <= 6
