"""The partner's word on what was typed in for them: by the link that was sent to them alone, or signed in."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from cases.models import Person, TypedAnswer
from permissions.verdict import require
from web.design_system.views import SignedInRequest, page, signed_in
from web.design_system.visitor import visitor_for
from web.pages.cases.found import address, found_look
from web.pages.typed.forms import NO, ConfirmForm
from web.pages.typed.presenter import TypedPage
from workflows.calendar import london_day
from workflows.confirm_links import behind
from workflows.doors import confirming
from workflows.law import typed as typed_case
from workflows.look import Look
from workflows.registry import process_of
from workflows.typed_standing import kept


@signed_in
def signed_in_confirm(request: SignedInRequest, ods: str, reference: str, typed: UUID) -> HttpResponse:
    """For a partner who signs in, with nothing but their own word."""
    look = found_look(request, ods, reference, timezone.now())
    found = kept(look, typed)
    if found is None:
        raise Http404
    return _confirm(request, look, found, request.person, "")


def by_link(request: HttpRequest, token: str) -> HttpResponse:
    """For whoever got the link: it stands for the partner, unless somebody else is signed in here."""
    found = behind(token)
    if found is None:
        raise Http404
    at = timezone.now()
    person: Person | None = found.seat.person
    if request.user.is_authenticated:
        visitor = visitor_for(request.user, london_day(at))
        person = visitor.person if visitor else None
    if person is None:
        return page(request, "pages/errors/nobody.jinja", status=403)
    case = typed_case(found.case)
    look = Look(case, process_of(case.process, case.definition_version), at)
    return _confirm(request, look, found, person, token)


def _confirm(request: HttpRequest, look: Look, found: TypedAnswer, person: Person, token: str) -> HttpResponse:
    """Exactly what was typed in, and the one question. What can no longer be confirmed can still be denied."""
    refusals = [one for one in confirming.may_confirm(look, person, found.pk, token)[1] if not one]
    form = ConfirmForm(request.POST or None, may_confirm=not refusals)
    shown = TypedPage(look, found, person)
    if form.is_valid():
        return _said(request, shown, form, token)
    require(*confirming.may_deny(look, person, found.pk, token)[1])
    return page(request, "pages/typed/confirm.jinja", shown=shown, form=form, refusals=refusals)


def _said(request: HttpRequest, shown: TypedPage, form: ConfirmForm, token: str) -> HttpResponse:
    said = form.cleaned_data
    particulars = {"case": shown.case.pk, "by": shown.person, "at": shown.look.at, "typed": shown.typed.pk, "token": token}
    if said["answer"] == NO:
        confirming.deny(**particulars, request=said["request"], reason=said["reason"] or "")
    else:
        confirming.confirm(**particulars, request=said["request"])
    title = "It is on record that you did not say this" if said["answer"] == NO else "Your answer is in the record"
    back = "" if token else address("case", shown.case)
    return page(request, "pages/typed/confirmed.jinja", shown=shown, denied=said["answer"] == NO, title=title, back=back)
