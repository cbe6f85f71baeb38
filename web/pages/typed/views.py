"""Typing in what a partner said by telephone or letter, and the form that they sign: the coordinator's and the witness's pages."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from cases.models import SafetyAction, Seat, TypedAnswer
from permissions.verdict import require
from web.design_system.forms import ActForm
from web.design_system.views import SignedInRequest, page, signed_in
from web.pages.cases.found import address, found_among, found_look
from web.pages.cases.wording import asked
from web.pages.stages.forms import named
from web.pages.stages.frame import as_key, frame
from web.pages.stages.position_presenter import PositionPage
from web.pages.typed.forms import FileForm, TakeBackForm, TypeInForm, WitnessForm
from web.pages.typed.presenter import TypedPage
from workflows.answering import Answered
from workflows.doors import confirming, typed_answers
from workflows.look import Look
from workflows.offers import REASON
from workflows.typed_standing import kept, may_read


@signed_in
def type_in(request: SignedInRequest, ods: str, reference: str, seat: UUID) -> HttpResponse:
    """What one partner said, put as it would be put to them."""
    look = found_look(request, ods, reference, timezone.now())
    theirs = found_among(look.seats, seat)
    require(*_may_type_in(request, look, theirs))
    live = found_among(look.visits, look.visit.pk if look.visit else seat)
    items: list[SafetyAction | None] = [*look.live_actions] if look.process.stage(live.stage).on_each else [None]
    shown = PositionPage(look, theirs.person, live, items)
    initial = {"version": str(live.version_id or ""), "visit": str(live.pk)}
    options = {**shown.options, "name": theirs.person.name, "today": look.today, "initial": initial}
    form = TypeInForm(request.POST or None, **options)
    if form.is_valid():
        made = _typed_in(request, look, theirs, items, form.cleaned_data)
        return redirect(address("typed", look.case, typed=made))
    told = {"position": shown, "whose": theirs.person, "asks": asked(shown.stage)}
    return page(request, "pages/typed/type_in.jinja", {**frame(look), **told}, form=form)


def _may_type_in(request: SignedInRequest, look: Look, seat: Seat) -> list[Any]:
    """The door's verdicts, as if the first answer were given today, so that what the form asks for greys nothing."""
    stage, visit = look.stage, look.visit
    item = look.live_actions[0] if stage and stage.on_each and look.live_actions else None
    code = stage.asks.answers[0].code if stage and stage.agreed_by else ""
    said = (Answered(code, REASON, item.pk if item else None, item.revision if item else 0),)
    version, key = (visit.version_id, visit.pk) if visit else (None, seat.pk)
    return typed_answers.may_type_in(look, request.person, key, seat.pk, said, version, "phone", look.today)[2]


def _typed_in(request: SignedInRequest, look: Look, seat: Seat, items: list[SafetyAction | None], given: dict[str, Any]) -> UUID:
    receipt = typed_answers.type_in(
        case=look.case.pk, by=request.person, at=look.at, request=given["request"], seat=seat.pk,
        visit=as_key(given["visit"]) or seat.pk, version=as_key(given["version"]), given=given["given"],
        given_on=given["given_on"], enough_time=bool(given.get("enough_time")),
        said=tuple(_answered(item, given) for item in items if given.get(named("answer", item))),
    )  # fmt: skip
    return UUID(receipt.event.facts["typed"])


def _answered(item: SafetyAction | None, given: dict[str, Any]) -> Answered:
    revision = given.get(named("revision", item), "") if item else ""
    return Answered(
        given[named("answer", item)], given[named("text", item)], item.pk if item else None,
        int(revision) if revision.isdecimal() else 0,
    )  # fmt: skip


def _shown(request: SignedInRequest, ods: str, reference: str, typed: UUID) -> TypedPage:
    """What was typed in, for those who may read it before the partner has confirmed it. Raises Http404, and Refused."""
    look = found_look(request, ods, reference, timezone.now())
    found: TypedAnswer | None = kept(look, typed)
    if found is None:
        raise Http404
    require(*may_read(look, request.person, found))
    return TypedPage(look, found, request.person)


@signed_in
def typed(request: SignedInRequest, ods: str, reference: str, typed: UUID) -> HttpResponse:
    """Exactly what was typed in, where it stands, and what can be done about it."""
    shown = _shown(request, ods, reference, typed)
    return page(request, "pages/typed/typed.jinja", frame(shown.look), shown=shown, back=address("case", shown.case))


@signed_in
def letter(request: SignedInRequest, ods: str, reference: str, typed: UUID) -> HttpResponse:
    """The letter to print, with the form that the partner signs and sends back (IG17)."""
    shown = _shown(request, ods, reference, typed)
    require(*confirming.may_file(shown.look, request.person, typed, REASON, shown.look.today)[2])
    return page(request, "pages/typed/letter.jinja", shown=shown, back=address("typed", shown.case, typed=typed))


@signed_in
def file(request: SignedInRequest, ods: str, reference: str, typed: UUID) -> HttpResponse:
    """The signed form came back."""
    shown = _shown(request, ods, reference, typed)
    look, form = shown.look, FileForm(request.POST or None)
    if form.is_valid():
        return _done(request, shown, confirming.file_form, form, reference=form.cleaned_data["reference"],
                     signed_on=form.cleaned_data["signed_on"])  # fmt: skip
    require(*confirming.may_file(look, request.person, typed, REASON, look.today)[2])
    return _asked(request, shown, form, "File the signed form", "File it")


@signed_in
def witness(request: SignedInRequest, ods: str, reference: str, typed: UUID) -> HttpResponse:
    """A second person has seen the signed form."""
    shown = _shown(request, ods, reference, typed)
    form = WitnessForm(request.POST or None)
    if form.is_valid():
        return _done(request, shown, confirming.witness, form)
    require(*confirming.may_witness(shown.look, request.person, typed)[2])
    return _asked(request, shown, form, "Witness the signed form", "I have seen it")


@signed_in
def take_back(request: SignedInRequest, ods: str, reference: str, typed: UUID) -> HttpResponse:
    """It was typed in wrongly, or the partner said so on the form."""
    shown = _shown(request, ods, reference, typed)
    form = TakeBackForm(request.POST or None)
    if form.is_valid():
        return _done(request, shown, confirming.take_back, form, reason=form.cleaned_data["reason"])
    require(*confirming.may_take_back(shown.look, request.person, typed, REASON)[2])
    return _asked(request, shown, form, "Take back what was typed in", "Take it back")


def _asked(request: SignedInRequest, shown: TypedPage, form: ActForm, title: str, submit: str) -> HttpResponse:
    back = address("typed", shown.case, typed=shown.typed.pk)
    return page(request, "pages/typed/act.jinja", shown=shown, form=form, title=title, submit=submit, back=back)


def _done(request: SignedInRequest, shown: TypedPage, act: Any, form: ActForm, **particulars: Any) -> HttpResponse:
    token = form.cleaned_data["request"]
    act(case=shown.case.pk, by=request.person, at=shown.look.at, request=token, typed=shown.typed.pk, **particulars)
    return redirect(address("typed", shown.case, typed=shown.typed.pk))
