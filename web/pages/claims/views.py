"""The pages of claims: one's own, a new one, one claim and what is done about it, the office's queue, the totals."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from cases.models import Claim, PaymentTerms, Seat
from permissions.payment import is_payment_office, may_claim, may_see_totals, may_write_terms, visible_claims
from permissions.verdict import Refused, require
from web.design_system.asking import Asking, Question
from web.design_system.views import SignedInRequest, page, signed_in
from web.pages.claims.acts import ACTS, open_acts
from web.pages.claims.forms import ClaimForm, PaidForm, TermsForm, lines_of
from web.pages.claims.reading import MyClaims, Queue, told, totals_of, whole
from web.pages.claims.words import Words, terms_lines
from workflows.calendar import london_day
from workflows.doors.claims import make_claim, terms_on
from workflows.doors.payment_terms import record_payment_terms

TERMS = ("starts_on", "source", "whole_day", "half_day", "half_day_hours", "half_day_is", "paid_within", "expenses")


@require_safe
@signed_in
def my_claims(request: SignedInRequest) -> HttpResponse:
    """What one has claimed, and what is owed."""
    at, organisation = timezone.now(), request.visitor.organisation
    require(may_claim(request.person, organisation, at))
    terms = terms_lines(terms_on(organisation, london_day(at)))
    return page(request, "pages/claims/mine.jinja", mine=MyClaims(request.person, at), terms=terms, title="My claims")


@signed_in
def new(request: SignedInRequest) -> HttpResponse:
    """One day's time and expenses, a check, and it is sent."""
    at, organisation = timezone.now(), request.visitor.organisation
    require(may_claim(request.person, organisation, at))
    asking = _asking_for_a_claim(request)
    if asking.is_confirmed:
        given = asking.answers
        made = make_claim(
            by=request.person, at=at, request=given["request"], organisation=organisation, day=given["day"], lines=lines_of(given),
            case_reference=given.get("case") or "",
        )  # fmt: skip
        return redirect("claim", claim=made.pk)
    return asking.response({"back": reverse("claims"), "back_text": "My claims"})


def _asking_for_a_claim(request: SignedInRequest) -> Asking:
    sat = Seat.objects.filter(person=request.person, active_from__isnull=False, case__organisation=request.visitor.organisation)
    cases = dict(sat.order_by("-case__opened_at").values_list("case__reference", "case__title"))
    options = {"cases": [(code, f"{code}: {title}") for code, title in cases.items()], "today": london_day(timezone.now())}
    question = Question("claim", ClaimForm, "Claim for your time and expenses", "pages/claims/new.jinja", options)
    return Asking(request, [question], check_title="Check your claim", confirm="Send my claim")


def _found(request: SignedInRequest, key: UUID) -> Claim:
    """The claim that an address names; one of somebody else is not found. Raises Http404."""
    found = whole(visible_claims(request.person, timezone.now())).prefetch_related("said__by").filter(pk=key).first()
    if found is None:
        raise Http404
    return found


@require_safe
@signed_in
def claim(request: SignedInRequest, claim: UUID) -> HttpResponse:
    """One claim: what it is for, what it comes to, where it stands, what was said."""
    at, found = timezone.now(), _found(request, claim)
    same_day = whole(Claim.objects.filter(person=found.person_id, day=found.day, organisation=found.organisation_id))
    shown = next(one for one in told(same_day, at) if one.key == found.pk)
    said = [Words(one.text, one.by.name, one.at) for one in sorted(found.said.all(), key=lambda one: one.at)]
    own = found.person_id == request.person.pk
    acts = open_acts(found, request.person, at)
    return page(request, "pages/claims/claim.jinja", claim=shown, said=said, acts=acts, own=own, title=shown.title)


@signed_in
def act_on_claim(request: SignedInRequest, claim: UUID, act: str) -> HttpResponse:
    """One act on one claim."""
    at, found, one = timezone.now(), _found(request, claim), ACTS[act]
    options = {"today": london_day(at)} if one.form is PaidForm else {}
    form = one.form(request.POST or None, **options)
    if form.is_valid():
        given = form.cleaned_data
        one.do(by=request.person, at=at, request=given["request"], claim=found.pk, **one.particulars(given))
        return redirect("claim", claim=found.pk)
    require(*one.verdicts(found, request.person, at))
    shown = told([found], at)[0]
    return page(request, "pages/claims/act.jinja", form=form, act=one, claim=shown, title=f"{one.title}: claim {found.number}")


@require_safe
@signed_in
def office(request: SignedInRequest) -> HttpResponse:
    """What waits to be decided and paid."""
    at, organisation = timezone.now(), request.visitor.organisation
    require(is_payment_office(request.person, organisation, at))
    return page(request, "pages/claims/office.jinja", queue=Queue(organisation, at), title="Partners\u2019 claims")


@require_safe
@signed_in
def totals(request: SignedInRequest) -> HttpResponse:
    """How many claims, how late, how much in all: nobody's own."""
    at, organisation = timezone.now(), request.visitor.organisation
    require(may_see_totals(request.person, organisation, at))
    return page(request, "pages/claims/totals.jinja", totals=totals_of(organisation, at), title="What partners are paid, in total")


@require_safe
@signed_in
def terms(request: SignedInRequest) -> HttpResponse:
    """What is paid, by when, and who says so; every version."""
    at, organisation = timezone.now(), request.visitor.organisation
    versions = list(PaymentTerms.objects.filter(organisation=organisation).order_by("-version"))
    shown = [(one.version, terms_lines(one)) for one in versions]
    may_write = may_write_terms(request.person, organisation, at)
    return page(request, "pages/claims/terms.jinja", versions=shown, may_write=may_write, title="What partners are paid")


@signed_in
def new_terms(request: SignedInRequest) -> HttpResponse:
    """Write the next version. It begins with what the last one says."""
    at, organisation = timezone.now(), request.visitor.organisation
    require(may_write_terms(request.person, organisation, at))
    last = PaymentTerms.objects.filter(organisation=organisation).order_by("-version").first()
    before = {name: getattr(last, name) for name in TERMS} if last else {}
    form = TermsForm(request.POST or None, initial={**before, "starts_on": london_day(at)})
    if form.is_valid() and _wrote(request, form):
        return redirect("payment_terms")
    return page(request, "pages/claims/terms_new.jinja", form=form, title="What partners are paid: a new version")


def _wrote(request: SignedInRequest, form: TermsForm) -> bool:
    """False where it was refused, with every reason on the form."""
    given = form.cleaned_data
    try:
        record_payment_terms(
            by=request.person, at=timezone.now(), request=given["request"], organisation=request.visitor.organisation,
            **{name: given[name] for name in TERMS},
        )  # fmt: skip
    except Refused as refused:
        for verdict in refused.verdicts:
            form.add_error(None, str(verdict))
        return False
    return True
