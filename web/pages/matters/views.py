"""The pages of what partners raise: a list, the board's list, one to raise, one and what is done about it."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from cases.models import Case, Matter, Seat
from permissions.matters import BOARD_ITEM, CONCERN, MATTERS, OBJECTION, may_raise, reads_all_of, visible_matters
from permissions.verdict import require
from web.design_system.asking import Asking, Question
from web.design_system.views import SignedInRequest, page, signed_in
from web.pages.matters.acts import ACTS, open_acts
from web.pages.matters.forms import YES, RaiseForm, WithholdForm
from web.pages.matters.words import as_read_by, in_words, whole
from workflows.doors.matters import raise_matter

RAISE = {
    CONCERN.code: "Raise a concern", BOARD_ITEM.code: "Raise an item for the board",
    OBJECTION.code: "Say that it was not because of you",
}  # fmt: skip


@require_safe
@signed_in
def concerns(request: SignedInRequest) -> HttpResponse:
    """Every concern that the visitor may read: their own, those to answer, those shared with them."""
    at = timezone.now()
    both = visible_matters(request.person, at).filter(kind__in=(CONCERN.code, OBJECTION.code))
    found = as_read_by(both, request.person, at, reads_all=True)
    may = may_raise(request.person, request.visitor.organisation, at)
    return page(request, "pages/matters/concerns.jinja", matters=found, may_raise=may, title="Concerns")


@require_safe
@signed_in
def board_items(request: SignedInRequest) -> HttpResponse:
    """Every item that partners raised for a board or committee, with its answer."""
    at = timezone.now()
    found = as_read_by(visible_matters(request.person, at).filter(kind=BOARD_ITEM.code), request.person, at, reads_all=False)
    may = may_raise(request.person, request.visitor.organisation, at)
    return page(request, "pages/matters/board.jinja", matters=found, may_raise=may, title="Items for the board")


@signed_in
def new(request: SignedInRequest, what: str) -> HttpResponse:
    """Raise a concern or an item: what it is, a check, and it is sent."""
    at, organisation = timezone.now(), request.visitor.organisation
    if what not in MATTERS:
        raise Http404
    require(may_raise(request.person, organisation, at))
    cases = _own_cases(request, what)
    asking = _asking(request, what, cases)
    if asking.is_confirmed:
        given = asking.answers
        made = raise_matter(
            by=request.person, at=at, request=given["request"], organisation=organisation, kind=what, title=given["title"],
            text=given["text"], body=given.get("body") or "", share=given.get("share") == YES,
            case=cases.get(given.get("case") or ""),
        )  # fmt: skip
        return redirect("matter", matter=made.pk)
    return asking.response({"kind": MATTERS[what], "back": reverse("concerns" if what != BOARD_ITEM.code else "board_items")})


def _own_cases(request: SignedInRequest, kind: str) -> dict[str, Case]:
    """Those that it can be about: an objection is about one's own training (C9)."""
    sat = Seat.objects.filter(person=request.person, active_from__isnull=False, case__organisation=request.visitor.organisation)
    if about := MATTERS[kind].about:
        sat = sat.filter(case__process=about)
    return {str(seat.case_id): seat.case for seat in sat.select_related("case").order_by("-case__opened_at")}


def _meant(request: SignedInRequest, cases: dict[str, Case]) -> str:
    """The key of the case from whose page somebody comes, by `?case=` and its reference; empty where it is none of theirs."""
    return next((key for key, case in cases.items() if case.reference == request.GET.get("case")), "")


def _asking(request: SignedInRequest, kind: str, cases: dict[str, Case]) -> Asking:
    choices = [(key, f"{case.reference}: {case.title}") for key, case in cases.items()]
    options = {"kind": MATTERS[kind], "cases": choices, "initial": {"case": _meant(request, cases)}}
    question = Question("matter", RaiseForm, RAISE[kind], "pages/matters/new.jinja", options)
    return Asking(request, [question], check_title="Check before you send", confirm="Send it")


def _found(request: SignedInRequest, key: UUID) -> Matter:
    """The matter that an address names. Raises Http404."""
    found = whole(visible_matters(request.person, timezone.now()).filter(pk=key)).first()
    if found is None:
        raise Http404
    return found


@require_safe
@signed_in
def matter(request: SignedInRequest, matter: UUID) -> HttpResponse:
    """One matter: the partner's words, who answers by when, what was said."""
    at, found = timezone.now(), _found(request, matter)
    shown = in_words(found, at, reads_all_of(found, request.person, at) or not MATTERS[found.kind].for_all)
    acts = open_acts(found, request.person, at)
    own = found.person_id == request.person.pk
    return page(request, "pages/matters/matter.jinja", matter=shown, acts=acts, own=own, title=shown.title, caption=shown.name)


@signed_in
def act_on_matter(request: SignedInRequest, matter: UUID, act: str) -> HttpResponse:
    """One act on one matter."""
    at, found, one = timezone.now(), _found(request, matter), ACTS[act]
    initial = (
        {"title": found.shown_title or found.title, "text": found.shown_text or found.text} if one.form is WithholdForm else None
    )
    form = one.form(request.POST or None, initial=initial)
    if form.is_valid():
        given = form.cleaned_data
        one.do(by=request.person, at=at, request=given["request"], matter=found.pk, **one.particulars(given))
        return redirect("matter", matter=found.pk)
    require(*one.may(found, request.person, at))
    shown = in_words(found, at, written=True)
    return page(request, "pages/matters/act.jinja", form=form, act=one, matter=shown, title=one.title, caption=shown.name)
