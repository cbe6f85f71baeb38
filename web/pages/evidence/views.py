"""The pages of what the record proves. Reading one is on the record; a file is the same page in another form."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from audit.replica import from_replica
from cases.models import Organisation, Person
from permissions.auditing import may_audit
from permissions.verdict import require
from web.design_system.views import SignedInRequest, page, signed_in
from web.pages.cases.found import address, found_look
from web.pages.evidence.access import MOST, blocks, in_short
from web.pages.evidence.downloads import handed_out, links
from web.pages.evidence.forms import MomentForm
from web.pages.evidence.tables import tables_of
from workflows.doors.evidence import read_access_of, read_evidence
from workflows.evidence.access import sheet_of, what_could, who_could
from workflows.evidence.drift import drift_of
from workflows.evidence.drift import sheet_of as drift_sheet
from workflows.evidence.questions import QUESTIONS


@require_safe
@signed_in
def access(request: SignedInRequest, ods: str, reference: str) -> HttpResponse:
    """Everybody who could see a case at a moment, whether or not they looked."""
    look = found_look(request, ods, reference, timezone.now())
    require(may_audit(request.person, look.case.organisation_id, look.at))
    form = MomentForm(request.GET or None)
    at = form.moment(look.at)
    read_evidence(case=look.case, by=request.person, at=look.at, what="who could see it")
    found = from_replica(lambda: who_could(look.case, at))
    file = handed_out(request, [sheet_of(found, f"Who could see {reference}", at)], f"{reference}-access")
    told = {"form": form, "at": at, "blocks": blocks(found, {look.case.organisation_id: look.case.organisation}, links=True)}
    told |= {"files": links(request), "in_short": in_short(found), "case_href": address("case", look.case), "about_case": True}
    return file or page(
        request, "pages/evidence/access.jinja", told, title="Who could see it", caption=f"{look.case.title}, {reference}"
    )


@require_safe
@signed_in
def access_of_person(request: SignedInRequest, person: UUID) -> HttpResponse:
    """Every case that a person could see at a moment: an auditor reads it of everybody, everybody else of themselves."""
    now = timezone.now()
    about = Person.objects.filter(pk=person, organisation=request.person.organisation_id).first()
    if about is None:
        raise Http404
    form = MomentForm(request.GET or None)
    at = form.moment(now)
    read_access_of(about=about, by=request.person, at=now)
    found = from_replica(lambda: what_could(about, at))
    file = handed_out(request, [sheet_of(found, f"What {about.name} could see", at)], "what-could-be-seen")
    houses = {one.pk: one for one in Organisation.objects.filter(pk__in={one.case.organisation_id for one in found})}
    own = about.pk == request.person.pk
    told = {"form": form, "at": at, "blocks": blocks(found, houses, links=not own), "files": links(request), "about_case": False}
    told |= {"most": MOST, "more": len(found) > MOST, "number": len({one.case.pk for one in found})}
    title = "What you could see" if own else f"What {about.name} could see"
    return file or page(request, "pages/evidence/access.jinja", told, title=title)


@require_safe
@signed_in
def differences(request: SignedInRequest) -> HttpResponse:
    """Where grants, seats and rights given elsewhere differ, over the whole organisation of the auditor."""
    organisation = request.visitor.organisation
    require(may_audit(request.person, organisation.pk, timezone.now()))
    sheet = from_replica(lambda: drift_sheet(drift_of(organisation)))
    told = {"table": tables_of([sheet])[0], "files": links(request)}
    title = "Does everybody see what their seat lets them see?"
    return handed_out(request, [sheet], "differences") or page(request, "pages/evidence/differences.jinja", told, title=title)


@require_safe
@signed_in
def questions(request: SignedInRequest, ods: str, reference: str) -> HttpResponse:
    """The eight questions of an auditor about one case, each a link to its answer."""
    look = found_look(request, ods, reference, timezone.now())
    require(may_audit(request.person, look.case.organisation_id, look.at))
    asked = [(one, address("question", look.case, number=one.number)) for one in QUESTIONS.values()]
    told = {"asked": asked, "access_href": address("access", look.case), "record_href": address("record", look.case)}
    told["case_href"] = address("case", look.case)
    return page(
        request, "pages/evidence/questions.jinja", told, title="Questions of an auditor", caption=f"{look.case.title}, {reference}"
    )


@require_safe
@signed_in
def question(request: SignedInRequest, ods: str, reference: str, number: int) -> HttpResponse:
    """The answer to one of the eight, as the case stood at a moment: in sentences, with every row behind them."""
    look = found_look(request, ods, reference, timezone.now())
    if number not in QUESTIONS:
        raise Http404
    require(may_audit(request.person, look.case.organisation_id, look.at))
    asked, form = QUESTIONS[number], MomentForm(request.GET or None)
    at = form.moment(look.at)
    read_evidence(
        case=look.case, by=request.person, at=look.at, what=f"question {number}, {asked.short[:1].lower()}{asked.short[1:]}"
    )
    answer = from_replica(lambda: asked.answer(look.case, at))
    told = {"form": form, "at": at, "answer": answer, "tables": tables_of(answer.sheets), "files": links(request)}
    told |= {"case_href": address("case", look.case), "all_href": address("questions", look.case), "asked": asked}
    told["others"] = [(one, address("question", look.case, number=one.number)) for one in QUESTIONS.values() if one is not asked]
    file = handed_out(request, answer.sheets, f"{reference}-question-{number}") if answer.sheets else None
    return file or page(request, "pages/evidence/question.jinja", told, title=asked.asks, caption=f"{look.case.title}, {reference}")
