"""Saying what one thinks: the question, a check of the answer, the act, and what comes next."""

from __future__ import annotations

from typing import Any
from uuid import NAMESPACE_OID, UUID, uuid5

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_GET

from cases.models import SafetyAction, Visit
from permissions.verdict import require
from web.design_system.asking import Asking, Question
from web.design_system.views import SignedInRequest, page, signed_in
from web.pages.cases.found import address, found_among, found_look
from web.pages.stages.forms import PositionForm, named
from web.pages.stages.frame import as_key, found_visit, frame
from web.pages.stages.position_presenter import PositionPage
from web.pages.stages.said import SaidPage
from workflows.engine import take_position
from workflows.look import Look
from workflows.may import may_answer


@signed_in
def position(request: SignedInRequest, ods: str, reference: str, visit: UUID) -> HttpResponse:
    """What one thinks of what the stage asks about; where it asks about each of several things, all of them on one page."""
    look = found_look(request, ods, reference, timezone.now())
    stay = found_visit(look, visit)
    items = look.live_actions if look.process.stage(stay.stage).on_each else [None]
    return _answer(request, look, PositionPage(look, request.person, stay, items))


@signed_in
def position_item(request: SignedInRequest, ods: str, reference: str, visit: UUID, item: UUID) -> HttpResponse:
    """What one thinks of one thing among several."""
    look = found_look(request, ods, reference, timezone.now())
    stay = found_visit(look, visit)
    found = found_among(look.live_actions, item)
    if not look.process.stage(stay.stage).on_each:
        raise Http404
    return _answer(request, look, PositionPage(look, request.person, stay, [found]))


@signed_in
@require_GET
def position_done(request: SignedInRequest, ods: str, reference: str, visit: UUID) -> HttpResponse:
    """What one said in a visit, who sees it, and what comes next."""
    look = found_look(request, ods, reference, timezone.now())
    said = SaidPage(look, request.person, found_visit(look, visit))
    if not said.said:
        raise Http404
    told = {"said": said, "title": said.title, "next_lines": said.lines}
    return page(request, "pages/stages/position_done.jinja", {**frame(look), **told})


def _answer(request: SignedInRequest, look: Look, shown: PositionPage) -> HttpResponse:
    asking = _asking(request, shown)
    if asking.is_confirmed:
        _take(request, look, shown.visit, shown.items, asking.answers)
        return redirect(address("position_done", look.case, visit=shown.visit.pk))
    require(*shown.verdicts)
    if request.method == "GET" and not shown.open_items:
        return page(request, "pages/stages/position_answered.jinja", frame(look), position=shown, title=shown.title)
    return asking.response({**frame(look), "position": shown})


def _asking(request: SignedInRequest, shown: PositionPage) -> Asking:
    template = "hearing_position" if shown.stage.hears else "position_items" if shown.stage.on_each else "position"
    question = Question("view", PositionForm, shown.title, f"pages/stages/{template}.jinja", options=shown.options)
    return Asking(
        request, [question], check_title="Check what you are about to say", confirm="Send my answer",
        check_template="pages/stages/check_position.jinja",
    )  # fmt: skip


def _take(request: SignedInRequest, look: Look, visit: Visit, items: list[SafetyAction | None], given: dict[str, Any]) -> None:
    """Take each answer by the door. One that would be refused goes first, so that a refusal leaves nothing half done."""
    answered = [item for item in items if given.get(named("answer", item))]
    each = [(item, _particulars(visit, item, given)) for item in answered]
    if len(each) > 1:
        each.sort(key=lambda one: all(may_answer(look, request.person, **one[1])[2]))
    for item, particulars in each:
        take_position(
            case=look.case.pk, by=request.person, at=look.at, request=_token(given["request"], item), **particulars,
            enough_time=bool(given.get("enough_time")),
        )  # fmt: skip


def _particulars(visit: Visit, item: SafetyAction | None, given: dict[str, Any]) -> dict[str, Any]:
    revision = given.get(named("revision", item), "") if item else ""
    return {
        "visit": visit.pk,
        "answer": given[named("answer", item)],
        "text": given[named("text", item)],
        "version": as_key(given["version"]),
        "item": item.pk if item else None,
        "item_revision": int(revision) if revision.isdecimal() else 0,
    }


def _token(request: str, item: SafetyAction | None) -> str:
    """One filling-in of the page makes one act for each item, and each must be known again by a retry."""
    return uuid5(NAMESPACE_OID, f"{request}:{item.pk}").hex if item else request
