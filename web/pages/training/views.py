"""What is done about the training of a case: each act on an item, asking for more, asking for a waiver."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from cases.models import TrainingItem
from permissions.verdict import require
from permissions.waiving import last_day
from web.design_system.asking import Asking, Question
from web.design_system.refusing import unless_refused
from web.design_system.views import SignedInRequest, page, signed_in
from web.pages.cases.found import address, found_among, found_look
from web.pages.stages.frame import frame
from web.pages.training.acts import ACTS, WAIVE, ItemAct
from web.pages.training.forms import MoreForm, WaiveForm
from web.pages.training.part import ANCHOR, PROCESS, TrainingPart
from workflows.door import Receipt
from workflows.doors import training, waivers
from workflows.look import Look


@signed_in
def act_on_item(request: SignedInRequest, ods: str, reference: str, item: UUID, act: str) -> HttpResponse:
    """One act on one training: the question, a check of the answers where it is weighty, the act."""
    look = found_look(request, ods, reference, timezone.now())
    one, found = ACTS[act], found_among(look.training_items, item)
    asking = _asking(request, look, one, found)
    if asking.is_confirmed:
        given = asking.answers
        one.do(case=look.case.pk, by=request.person, at=look.at, request=given["request"], item=item, **one.given(given))
        messages.success(request, one.done.format(training=found.title))
        return _to_training(look)
    require(*one.may(look, request.person, item)[2])
    return asking.response({**_around(look, request, found), "submit": "Continue" if one.checked else one.submit, "act": one})


def _asking(request: SignedInRequest, look: Look, act: ItemAct, item: TrainingItem) -> Asking:
    question = Question(act.code, act.form, f"{act.title}: {item.title}", act.template, act.options(look, item))
    return Asking(request, [question], check_title="Check before you send", confirm=act.submit)


def _around(look: Look, request: SignedInRequest, item: TrainingItem | None = None) -> dict[str, Any]:
    """What stands on every page of a training: the case, the item, whose it is."""
    part = TrainingPart(look, request.person)
    back = f"{address('case', look.case)}#{ANCHOR}"
    return {**frame(look), "back": back, "item": item, "training": part}


def _to_training(look: Look) -> HttpResponse:
    """To the top of the case, where it is said that it was done and what can be done next."""
    return redirect(address("case", look.case))


@signed_in
def more(request: SignedInRequest, ods: str, reference: str) -> HttpResponse:
    """The partner asks to be trained in something else too. Nothing is held against them (C5)."""
    look = _training_look(request, ods, reference)
    form = MoreForm(request.POST or None)
    if form.is_valid() and unless_refused(form, lambda: _asked_for_more(request, look, form)) is not None:
        messages.success(request, "You have asked for more training. The coordinator is told.")
        return _to_training(look)
    require(*training.may_ask_for_more(look, request.person)[2])
    return page(request, "pages/training/more.jinja", _around(look, request), form=form, title="Ask for more training")


def _asked_for_more(request: SignedInRequest, look: Look, form: MoreForm) -> Receipt:
    said = form.cleaned_data
    return training.ask_for_more(
        case=look.case.pk, by=request.person, at=look.at, request=said["request"], title=said["title"], why=said["why"]
    )


@signed_in
def waive(request: SignedInRequest, ods: str, reference: str, item: UUID) -> HttpResponse:
    """Ask a second person that a training be left out for a time."""
    look = found_look(request, ods, reference, timezone.now())
    found = found_among(look.training_items, item)
    form = WaiveForm(request.POST or None, today=look.today, latest=last_day(look.today, found.valid_for))
    if form.is_valid() and (receipt := unless_refused(form, lambda: _asked_to_waive(request, look, form, item))):
        messages.success(request, "You have asked. Nothing changes until a second person agrees.")
        return redirect(address("proposal", look.case, proposal=receipt.event.facts["proposal"]))
    require(*waivers.may_ask_to_waive(look, request.person, item)[2])
    title = f"{WAIVE}: {found.title}"
    return page(request, "pages/training/waive.jinja", _around(look, request, found), form=form, title=title)


def _asked_to_waive(request: SignedInRequest, look: Look, form: WaiveForm, item: UUID) -> Receipt:
    said = form.cleaned_data
    return waivers.ask_to_waive(
        case=look.case.pk, by=request.person, at=look.at, request=said["request"], item=item, until=said["until"],
        reason=said["reason"],
    )  # fmt: skip


def _training_look(request: SignedInRequest, ods: str, reference: str) -> Look:
    """The Look of a case of training. Raises Http404 for a case of any other process."""
    look = found_look(request, ods, reference, timezone.now())
    if look.process.code != PROCESS:
        raise Http404
    return look
