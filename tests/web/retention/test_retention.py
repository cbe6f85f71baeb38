"""The pages on how long records are kept: what is due, held, proposed and gone, and what is left of a case (IG8, IG9)."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from cases.models import Disposal, LegalHold, RetentionRule
from tests.specification.retention.old_cases import carry_out, disposed, years_later
from tests.web.casework import FORBIDDEN, FOUND, OK, Casework, day, hidden, words
from workflows.calendar import london_day
from workflows.doors.people import appoint


def old(work: Casework) -> Casework:
    years_later(work.story.walk_to("closed"))
    return work


def listed(work: Casework, key: str = "quality") -> str:
    return words(work.client(key).get(reverse("retention")))


def do(work: Casework, key: str, act: str, answers: dict[str, Any], about: Any = None) -> Any:
    """Open the page of an act, and send its form."""
    route, more = ("retention_act_about", (about,)) if about else ("retention_act", ())
    address = reverse(route, args=(work.story.case.reference, act, *more))
    work.story.wait()
    opened = work.client(key).get(address)
    assert opened.status_code == OK, words(opened)
    return work.post(key, address, {**hidden(opened), **answers})


def test_ig8_the_page_lists_what_is_due_since_when_and_by_which_rule(work: Casework) -> None:
    page = listed(old(work))
    assert f"{work.story.case.reference} Due since" in page
    assert "Serious incident: 20 years from the day of the incident." in page
    assert "Its facts do not say that another response than an investigation was chosen." in page
    assert work.story.case.title not in page


def test_ig9_a_hold_is_placed_kept_and_lifted_by_two_from_the_page(work: Casework) -> None:
    old(work)
    given = {"kind": "inquest", "asked_by": "The coroner", "reference": "C-77", "reason": "She wrote to us."}
    assert do(work, "quality", "hold", given).status_code == FOUND
    hold = LegalHold.objects.get()
    assert "An inquest, asked for by The coroner" in listed(work)
    assert f"{work.story.case.reference} Due since" not in listed(work)
    refused_to = work.client("quality").get(reverse("retention_act", args=(work.story.case.reference, "propose")))
    assert refused_to.status_code == FORBIDDEN
    assert "A legal hold stands on this case." in words(refused_to)
    do(work, "quality", "lift", {"reason": "The inquest is over."}, hold.pk)
    assert do(work, "caldicott", "agree-lift", {}, hold.pk).status_code == FOUND
    assert not LegalHold.objects.get().stands
    record = words(work.client("auditor").get(work.address("record")))
    assert "placed a legal hold, because of an inquest" in record


def test_ig8_two_people_and_a_partner_decide_from_the_pages_and_a_stub_is_left(work: Casework) -> None:
    old(work)
    do(work, "quality", "propose", {})
    one = Disposal.objects.get()
    assert "Partners can object until" in listed(work)
    work.story.wait(working_days=21)
    assert do(work, "caldicott", "agree", {}, one.pk).status_code == FOUND
    carry_out(work.story, one)
    page = words(work.client("auditor").get(work.address("case")))
    assert "The contents of this case are gone" in page
    assert "Proposed by Quinn Foster" in page
    assert "Agreed by Dr Ines Marsh" in page
    assert "Answers of lay partners" in page
    assert "sepsis" not in page
    assert "Contents gone" in listed(work)


def test_ig8_no_other_page_of_a_disposed_case_opens(work: Casework) -> None:
    old(work)
    disposed(work.story)
    for name in ("record", "people", "comments"):
        response = work.client("auditor").get(work.address(name))
        assert response.status_code == FORBIDDEN
        assert "a stub is left" in words(response)
    home = words(work.client("auditor").get(reverse("home")))
    assert "sepsis" not in home


def test_ig8_a_partner_who_was_told_reads_why_and_objects_and_is_answered(work: Casework) -> None:
    old(work)
    gwen = work.story.who("gwen")
    appoint(person=gwen, role="psp", starts_on=london_day(work.story.at), at=work.story.at)
    address = reverse("retention_case", args=(work.story.case.reference,))
    assert work.client("gwen").get(address).status_code == FORBIDDEN
    do(work, "quality", "propose", {})
    one = Disposal.objects.get()
    notices = words(work.client("gwen").get(reverse("notices")))
    assert f"proposes that the contents of {work.story.case.reference} go" in notices
    assert "Serious incident: 20 years" in words(work.client("gwen").get(address))
    do(work, "gwen", "object", {"text": "We still teach from it."}, one.pk)
    said = one.objections.get()
    do(work, "caldicott", "answer", {"answer": "The lesson is in the yearly report."}, said.pk)
    page = words(work.client("gwen").get(address))
    assert "The lesson is in the yearly report. (Dr Ines Marsh)" in page


def test_a_rule_of_the_organisation_is_written_down_and_the_national_one_is_the_least(work: Casework) -> None:
    address = reverse("retention_rule")
    opened = work.client("quality").get(address)
    given = {"subject": "other", "years": "5", "source": "Policy", **day("starts_on", london_day(work.story.at))}
    answer = work.post("quality", address, {**hidden(opened), **given})
    assert "That is kept for 10 years at least." in words(answer)
    assert work.post("quality", address, {**hidden(opened), **given, "years": "15"}).status_code == FOUND
    assert RetentionRule.objects.get().years == 15
    assert "Other incident: 15 years" in listed(work)
